//! Charges that were proposed for places nobody used: put on an invoice, or
//! waived with a reason.

use domain::booking::RegistrationId;
use domain::calendar::london_date;
use domain::charges::{ChargeState, ProposedCharge};
use domain::invoice::{Dates, InvoiceNumber, MOST_PLACES, Payer, for_charges};
use domain::passage::Passage;

use super::Refused;
use crate::app::App;
use crate::instruction::Instruction;
use crate::invoicing;
use crate::site::Published;
use crate::store::{Guard, Outcome, StoreError, Tries, Versioned};

/// Who pays for a charge: the member that agreed to the booking, or whoever
/// booked.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn payer(app: &App, charge: &ProposedCharge) -> Result<Option<Payer>, StoreError> {
    let Some(booking) = app.store.booking(&charge.registration.booking).await? else {
        return Ok(None);
    };
    let membership = match &booking.membership {
        Some(reference) => app.store.membership(reference).await?,
        None => None,
    };
    let membership = membership.map(|read| read.value);
    Ok(Some(Payer::of(&booking, membership.as_ref())))
}

/// Puts charges of one payer on an invoice; gives its number.
///
/// # Errors
///
/// [`Refused`] says why not; then nothing is invoiced.
pub async fn invoice_charges(
    app: &App,
    site: &Published,
    by: &Instruction,
    chosen: &[RegistrationId],
) -> Result<InvoiceNumber, Refused> {
    if chosen.is_empty() || chosen.len() > MOST_PLACES {
        return Err(Refused::HowManyPlaces);
    }
    let fees = &site.publication.fees;
    let mut tries = Tries::begin();
    loop {
        let known = by.reply(app).await?;
        if let Some(number) = known.and_then(|reply| InvoiceNumber::parse(&reply)) {
            return Ok(number);
        }
        let now = app.clock.now();
        let mut read: Vec<Versioned<ProposedCharge>> = Vec::new();
        let mut pays: Option<Payer> = None;
        for id in chosen {
            let charge = app.store.charge(id).await?.ok_or(Refused::NoRecord)?;
            let own = payer(app, &charge.value).await?.ok_or(Refused::NoRecord)?;
            if pays.as_ref().is_some_and(|pays| *pays != own) {
                return Err(Refused::TwoPayers);
            }
            pays = Some(own);
            read.push(charge);
        }
        let charges: Vec<ProposedCharge> = read.iter().map(|one| one.value.clone()).collect();
        let pays = pays.ok_or(Refused::HowManyPlaces)?;
        let draft = for_charges(&charges, pays, fees).ok_or(Refused::NoSum)?;
        let dates = Dates::by_terms(fees, london_date(now));
        let mut transaction = by.transaction();
        let invoice = invoicing::issue(app, &mut transaction, draft, dates, now).await?;
        for charge in &read {
            let next = charge.value.decided(ChargeState::Invoiced {
                by: by.by.clone(),
                at: now,
                invoice: invoice.number,
                came: false,
            })?;
            transaction.charge(charge, &next, "charge-invoiced", now)?;
        }
        by.remember(&mut transaction, &invoice.number.to_string(), now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(invoice = %invoice.number, charges = chosen.len(), "charges-invoiced");
            return Ok(invoice.number);
        }
        tries.again().await?;
    }
}

/// Waives a charge, for a reason.
///
/// # Errors
///
/// [`Refused`] says why not.
pub async fn waive_charge(
    app: &App,
    by: &Instruction,
    id: &RegistrationId,
    reason: &Passage,
) -> Result<(), Refused> {
    let mut tries = Tries::begin();
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let read = app.store.charge(id).await?.ok_or(Refused::NoRecord)?;
        let next = read.value.decided(ChargeState::Waived {
            by: by.by.clone(),
            at: now,
            reason: reason.clone(),
        })?;
        let mut transaction = by.transaction();
        transaction.charge(&read, &next, "charge-waived", now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(registration = %id, "charge-waived");
            return Ok(());
        }
        tries.again().await?;
    }
}
