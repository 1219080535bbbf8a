//! An invoice for places that nobody used, to whoever answers for them.

use super::raise::with_vat;
use super::{InvoiceDraft, Payer, Subject};
use crate::charges::{ChargeCause, ProposedCharge};
use crate::fees::{FeeSchedule, Sum, WorkingLine};
use crate::money::Pence;

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
