//! An invoice for places that nobody used, to whoever answers for them.

use super::raise::with_vat;
use super::{BillTo, InvoiceDraft, Subject};
use crate::booking::Booking;
use crate::charges::{ChargeCause, ProposedCharge};
use crate::contact::Person;
use crate::fees::{FeeSchedule, Sum, WorkingLine};
use crate::membership::Membership;
use crate::money::Pence;
use crate::reference::MembershipReference;

/// Who pays for places that nobody used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The membership, if it is a member's.
    pub membership: Option<MembershipReference>,
    /// Who owes it.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
}

impl Payer {
    /// The payer for a booking: the member that agreed to it, or else whoever
    /// booked, for the organisation that was named. A school that somebody only
    /// named is not billed.
    #[must_use]
    pub fn of(booking: &Booking, membership: Option<&Membership>) -> Payer {
        let Some(membership) = membership else {
            return Payer {
                membership: None,
                to: BillTo {
                    name: booking.school.name.clone(),
                    address: None,
                    purchase_order: booking.purchase_order.clone(),
                },
                sent_to: booking.booker.clone(),
            };
        };
        let member = &membership.member;
        let address = member.billing_address.as_ref().or(member.address.as_ref());
        Payer {
            membership: Some(membership.reference.clone()),
            to: BillTo {
                name: member.name.clone(),
                address: address.cloned(),
                purchase_order: member.purchase_order.clone(),
            },
            sent_to: member.finance.as_ref().unwrap_or(&member.contact).clone(),
        }
    }
}

/// What an invoice says that is for charges; none if they come to nothing, or
/// are beyond any ledger.
#[must_use]
pub fn for_charges(
    charges: &[ProposedCharge],
    payer: Payer,
    schedule: &FeeSchedule,
) -> Option<InvoiceDraft> {
    let lines: Vec<WorkingLine> = charges.iter().map(line).collect();
    let price: Pence = lines.iter().map(|line| line.pence).sum();
    if price.is_zero() {
        return None;
    }
    let (total, vat) = with_vat(schedule, price)?;
    let description = match lines.len() {
        1 => "A place at an event that was not used".to_owned(),
        many => format!("{many} places at events that were not used"),
    };
    Some(InvoiceDraft {
        membership: payer.membership,
        subject: Subject::Charges {
            registrations: charges
                .iter()
                .map(|charge| charge.registration.clone())
                .collect(),
        },
        to: payer.to,
        sent_to: payer.sent_to,
        description,
        lines,
        vat,
        total,
        pupils: None,
        schedule: schedule.version.clone(),
        replaces: None,
    })
}

fn line(charge: &ProposedCharge) -> WorkingLine {
    let day = charge.about.starts.date();
    let title = &charge.about.event_title;
    let whose = match &charge.delegate {
        Some(delegate) => format!(" for {delegate}"),
        None => String::new(),
    };
    let why = match charge.cause {
        ChargeCause::NoShow => "at which nobody came",
        ChargeCause::LateCancellation => "given up late",
    };
    let rule = &charge.working.rule;
    let due = charge.working.due();
    WorkingLine {
        from: day,
        to: day,
        pence: due,
        reason: format!("A place at “{title}”{whose}, {why}. {rule}"),
        sum: Some(Sum {
            quantity: 1,
            unit: due,
            numerator: 1,
            denominator: 1,
        }),
    }
}
