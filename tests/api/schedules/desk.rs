//! What the treasurer does by hand: bank transfers, places on an invoice, and
//! invoices that are void.

use domain::bank::BankLineId;
use domain::booking::{RegistrationCommand, RegistrationState};
use domain::invoice::{InvoiceNumber, Means};
use domain::ledger::JournalEntry;
use domain::money::Pence;
use domain::payment::{Payment, PaymentState, Purpose};
use domain::places::Asker;

use super::model::{Work, World};
use super::random::Random;
use super::steps::write_or_wait;

/// The treasurer puts a bank transfer to an invoice.
pub fn by_bank(world: &mut World, random: &mut Random) {
    let all: Vec<u32> = world.invoices.keys().copied().collect();
    let Some(number) = random.one_of(&all) else {
        return;
    };
    let digits = format!("{:020x}", world.ledger.len());
    let line = BankLineId::parse(&digits).unwrap();
    let kept = &world.invoices[&number];
    let mut invoice = kept.value.clone();
    let pence: Pence = random.part(invoice.says.total);
    let by = Means::Bank { line: line.clone() };
    if invoice.pay(pence, by, world.now).is_err() {
        return;
    }
    let entry = JournalEntry::bank(&invoice, &line, pence, (1, false), world.now);
    let work = Work {
        read: vec![(format!("invoice#{number}"), kept.version)],
        invoice: vec![invoice],
        entries: vec![entry],
        ..Work::default()
    };
    write_or_wait(world, random, Some(work));
}

/// The treasurer puts a place that is kept on an invoice.
pub fn invoice_place(world: &mut World, random: &mut Random) {
    let all: Vec<Payment> = world
        .payments
        .values()
        .map(|kept| kept.value.clone())
        .collect();
    let Some(payment) = random.one_of(&all) else {
        return;
    };
    let (PaymentState::Open, Purpose::Booking { booking, .. }) = (&payment.state, &payment.purpose)
    else {
        return;
    };
    let mut tally = world.tally.value.clone();
    let now = world.now;
    let mut booking = world.bookings[&booking.to_string()].clone();
    let bought: Vec<_> = booking.bought_by(&payment.reference).cloned().collect();
    let is_kept = bought.iter().all(|one| {
        matches!(
            one.state.at(now),
            RegistrationState::Held { .. } | RegistrationState::Offered { .. }
        )
    });
    if !is_kept || random.below(2) == 0 {
        return;
    }
    for one in bought {
        let asker = Asker::of(&booking, &one);
        let pay = (one.state, RegistrationCommand::Pay);
        let by = Some(&world.event);
        let state = tally.command(&asker, pay, by, &world.rules, now).unwrap();
        booking.registration_mut(one.number).unwrap().state = state;
    }
    let invoice = InvoiceNumber::after(u32::try_from(world.invoices.len()).unwrap());
    let kept = world.payment(&payment.reference).unwrap();
    let work = Work {
        read: vec![
            (format!("payment#{}", payment.reference), kept.version),
            world.tally_read(),
        ],
        payment: Some(Payment {
            state: PaymentState::Invoiced { at: now, invoice },
            ..payment.clone()
        }),
        tally: Some(tally),
        bookings: vec![booking],
        ..Work::default()
    };
    assert!(world.write(work));
    world.issue(payment.amount);
}

/// The treasurer makes an invoice void.
pub fn void(world: &mut World, random: &mut Random) {
    let all: Vec<u32> = world.invoices.keys().copied().collect();
    let Some(number) = random.one_of(&all) else {
        return;
    };
    let kept = &world.invoices[&number];
    let mut invoice = kept.value.clone();
    if random.below(3) > 0 || invoice.void("A test", world.now).is_err() {
        return;
    }
    let entry = JournalEntry::void(&invoice, world.now);
    let work = Work {
        read: vec![(format!("invoice#{number}"), kept.version)],
        invoice: vec![invoice],
        entries: vec![entry],
        ..Work::default()
    };
    write_or_wait(world, random, Some(work));
}
