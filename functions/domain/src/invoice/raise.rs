//! What the schedule makes due: the invoice of a member's fee for a period, or
//! the reason why there is none.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BillTo, InvoiceDraft, Subject, Vat};
use crate::calendar::long_date;
use crate::contact::{Line, Person};
use crate::fees::{FeeSchedule, Period, QuoteError, Sum, WorkingLine};
use crate::ledger::Income;
use crate::membership::{Category, Membership};
use crate::money::Pence;
use crate::passage::Passage;
use crate::school::PupilsOnRoll;

/// What a member owes for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fee {
    /// An invoice.
    Due(Box<InvoiceDraft>),
    /// Nothing.
    Nothing(NoFee),
}

/// Why no fee is invoiced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NoFee {
    /// Nothing is charged in the period.
    #[error("nothing is charged in this period ({0})")]
    Holiday(String),
    /// The schedule begins later.
    #[error("the fee schedule begins later")]
    BeforeTheSchedule,
    /// The school has no pupils.
    #[error("there are no pupils on roll")]
    NoPupils,
    /// Nobody has said how many pupils it has.
    #[error("nobody has said how many pupils are on roll")]
    PupilsUnknown,
    /// No fee is set for an associate.
    #[error("no fee is set for an associate: it is quoted by hand")]
    Associate,
    /// The membership does not reach into the period.
    #[error("the membership does not reach into this period")]
    NoMember,
}

/// The fee that a new membership makes due, for the period of its first day.
///
/// # Errors
///
/// [`QuoteError`] near the end of the calendar.
pub fn first_fee(membership: &Membership, schedule: &FeeSchedule) -> Result<Fee, QuoteError> {
    match schedule.period(membership.joined_on)? {
        Some(period) => fee_for(membership, schedule, &period, membership.member.pupils),
        None => Ok(Fee::Nothing(NoFee::BeforeTheSchedule)),
    }
}

/// The fee of a member for a period of the schedule, for the months of it in
/// which it is a member.
///
/// # Errors
///
/// [`QuoteError`] near the end of the calendar.
///
/// # Source
///
/// Prospectus, section E2: £5 per pupil, payable in advance; nothing is
/// charged in the holiday. No fee is set for an associate.
pub fn fee_for(
    membership: &Membership,
    schedule: &FeeSchedule,
    period: &Period,
    pupils: Option<PupilsOnRoll>,
) -> Result<Fee, QuoteError> {
    let from = period.from.max(membership.joined_on);
    let to = membership
        .ends_on
        .map_or(period.to, |last| last.min(period.to));
    if from > to {
        return Ok(Fee::Nothing(NoFee::NoMember));
    }
    let (line, pupils) = match membership.category {
        Category::Full => {
            let Some(pupils) = pupils else {
                return Ok(Fee::Nothing(NoFee::PupilsUnknown));
            };
            let mut lines = schedule.owed(pupils, from, to)?;
            match lines.pop() {
                Some(line) => (line, Some(pupils)),
                None => return Ok(Fee::Nothing(NoFee::BeforeTheSchedule)),
            }
        }
        Category::Associate => match schedule.billing.associate.pence {
            Some(unit) => (associate(unit, period, from, to)?, None),
            None => return Ok(Fee::Nothing(NoFee::Associate)),
        },
    };
    if line.pence.is_zero() {
        return Ok(Fee::Nothing(match line.sum {
            None => NoFee::Holiday(period.name.clone()),
            Some(_) => NoFee::NoPupils,
        }));
    }
    let (total, vat) = with_vat(schedule, line.pence).ok_or(QuoteError::TooFar(from))?;
    let kind = match membership.category {
        Category::Full => "Full membership",
        Category::Associate => "Associate membership",
    };
    let member = &membership.member;
    Ok(Fee::Due(Box::new(InvoiceDraft {
        membership: Some(membership.reference.clone()),
        subject: Subject::Fee {
            period: period.from,
        },
        to: BillTo {
            name: member.name.clone(),
            address: member
                .billing_address
                .clone()
                .or_else(|| member.address.clone()),
            purchase_order: member.purchase_order.clone(),
        },
        sent_to: member
            .finance
            .clone()
            .unwrap_or_else(|| member.contact.clone()),
        description: format!("{kind} from {} to {}", long_date(from), long_date(to)),
        lines: vec![line],
        vat,
        total,
        pupils,
        schedule: schedule.version.clone(),
        replaces: None,
    })))
}

/// The line of an associate's fee, by months as a school's is.
fn associate(
    unit: Pence,
    period: &Period,
    from: Date,
    to: Date,
) -> Result<WorkingLine, QuoteError> {
    let (numerator, denominator) = period.share_between(from, to);
    let sum = Sum {
        quantity: 1,
        unit,
        numerator,
        denominator,
    };
    Ok(WorkingLine {
        from,
        to,
        pence: sum.total().ok_or(QuoteError::TooFar(from))?,
        reason: format!("Associate membership, {unit} a year × {numerator}/{denominator}"),
        sum: (numerator != 0).then_some(sum),
    })
}

/// What is charged for a price, and the VAT in it.
pub(super) fn with_vat(schedule: &FeeSchedule, price: Pence) -> Option<(Pence, Vat)> {
    let rule = &schedule.billing.vat;
    let (total, tax) = rule.charge(price)?;
    Some((
        total,
        Vat {
            treatment: rule.treatment,
            percent: rule.percent,
            tax,
        },
    ))
}

/// An invoice that the treasurer writes: for a contract, a service, a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// Who owes it.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
    /// The stream of income that it belongs to.
    pub income: Income,
    /// What it is for.
    pub description: Line,
    /// The first and the last day of the supply.
    pub service: (Date, Date),
    /// How many, and what one costs before VAT that is added.
    pub quantity: u32,
    /// What one costs.
    pub unit: Pence,
    /// What is said beside the sum.
    pub note: Option<Passage>,
}

impl ByHand {
    /// What the invoice says; none if it asks for nothing, or is beyond any
    /// ledger.
    #[must_use]
    pub fn draft(
        self,
        schedule: &FeeSchedule,
        member: Option<&Membership>,
    ) -> Option<InvoiceDraft> {
        let sum = Sum {
            quantity: self.quantity,
            unit: self.unit,
            numerator: 1,
            denominator: 1,
        };
        let price = sum.total().filter(|price| !price.is_zero())?;
        let (total, vat) = with_vat(schedule, price)?;
        let working = format!("{} × {}", self.quantity, self.unit);
        let reason = match &self.note {
            Some(note) => format!("{working}: {note}"),
            None => working,
        };
        Some(InvoiceDraft {
            membership: member.map(|member| member.reference.clone()),
            subject: Subject::ByHand {
                income: self.income,
            },
            to: self.to,
            sent_to: self.sent_to,
            description: self.description.to_string(),
            lines: vec![WorkingLine {
                from: self.service.0,
                to: self.service.1,
                pence: price,
                reason,
                sum: Some(sum),
            }],
            vat,
            total,
            pupils: None,
            schedule: schedule.version.clone(),
            replaces: None,
        })
    }
}
