//! A place that is given up: what is charged by the policy, and what goes back
//! of what was paid, commanded in the same transaction. What is charged beyond
//! what was paid is proposed to the treasurer.

use domain::booking::{Booking, Registration, RegistrationState};
use domain::calendar::london_date;
use domain::invoice::{CreditNoteNumber, Invoice};
use domain::ledger::JournalEntry;
use domain::letter::{Letter, MoneyAbout, News, PlaceAbout, PlaceNews, Returned};
use domain::money::Pence;
use domain::payment::{Payment, PaymentState};
use domain::places::{Reckoned, told_given_up};
use domain::reference::{PaymentReference, RefundReference};
use domain::settlement::{Asked, Identity, ask_refund};
use jiff::Timestamp;

use crate::answer::ApiError;
use crate::app::App;
use crate::charges::propose_for_late;
use crate::entropy;
use crate::invoicing;
use crate::places::{Decision, without};
use crate::site::Published;
use crate::store::{StoreError, Transaction, Versioned};

/// The decision by which a place is given up, and the transaction that it goes
/// into.
pub struct GivenUp<'c, 'a> {
    /// The decision.
    pub decision: &'c mut Decision<'a>,
    /// The transaction.
    pub transaction: &'c mut Transaction,
    /// The booking as it was read.
    pub booking: &'c Booking,
}

/// What giving a place up comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// What goes back of what was paid, or is asked for no more.
    pub back: Pence,
    /// Which of the two.
    pub returned: Returned,
    /// What is charged all the same.
    pub charge: Pence,
    /// What of that was not paid for the place: it is proposed to the treasurer.
    pub due: Pence,
    /// Whether it counts among the included places all the same.
    pub stays_counted: bool,
}

impl Price {
    /// Nothing goes back, and nothing is charged.
    pub const NOTHING: Price = Price {
        back: Pence::ZERO,
        returned: Returned::ToCard,
        charge: Pence::ZERO,
        due: Pence::ZERO,
        stays_counted: false,
    };

    /// The same where nothing is charged: all that was paid goes back.
    #[must_use]
    pub fn waived(self) -> Price {
        Price {
            back: self.back.plus(self.charge.less(self.due)),
            returned: self.returned,
            ..Price::NOTHING
        }
    }

    /// What goes back and what is charged, as a form brings it back.
    #[must_use]
    pub fn shown(self) -> String {
        let counted = if self.stays_counted { "-counted" } else { "" };
        format!("{}-{}{counted}", self.back.get(), self.charge.get())
    }
}

/// Why a place is given up, as refunds and credit notes say it.
const GIVEN_UP: &str = "A place was given up";
/// Why it is no more.
const CALLED_OFF: &str = "The event was cancelled";

/// What giving a place up comes to now. A place that is not anybody's yet costs
/// nothing; nor does one at an event that was withdrawn. One at an event that was
/// moved costs no more than the rules say.
///
/// # Errors
///
/// [`ApiError`] if the database does not answer.
pub async fn price(
    app: &App,
    site: &Published,
    booking: &Booking,
    registration: &Registration,
    now: Timestamp,
) -> Result<Price, ApiError> {
    if !registration.state.has_place() {
        return Ok(Price::NOTHING);
    }
    if registration.included {
        let event = site.publication.event(&booking.event);
        let would_cost = event.and_then(|event| event.price_for(true));
        let charge = would_cost.map_or(Pence::ZERO, |price| charge(site, booking, price, now));
        return Ok(Price {
            stays_counted: !charge.is_zero(),
            ..Price::NOTHING
        });
    }
    let price = registration.price.unwrap_or(Pence::ZERO);
    let asked = asked(app, registration).await?;
    let charge = charge(site, booking, price, now);
    let back = asked.less(charge);
    Ok(Price {
        back,
        returned: returned(app, registration, back, now).await?,
        charge,
        due: charge.less(asked),
        stays_counted: false,
    })
}

/// What the policy of its event charges for a place of a booking that costs so
/// much.
fn charge(site: &Published, booking: &Booking, price: Pence, now: Timestamp) -> Pence {
    let rules = &site.publication.booking;
    let event = site.publication.event(&booking.event);
    booking.charge(price, event, rules, now)
}

/// What was paid for a place, or is asked for it on an invoice.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn asked(app: &App, registration: &Registration) -> Result<Pence, StoreError> {
    let Some((payment, price)) = registration.payment.as_ref().zip(registration.price) else {
        return Ok(Pence::ZERO);
    };
    let payment = app.store.payment(payment).await?;
    let was_asked = payment.is_some_and(|payment| {
        matches!(
            payment.state,
            PaymentState::Paid { .. } | PaymentState::Invoiced { .. }
        )
    });
    Ok(if was_asked { price } else { Pence::ZERO })
}

/// What becomes of so much of what was paid for a place, or is asked for it.
async fn returned(
    app: &App,
    registration: &Registration,
    back: Pence,
    now: Timestamp,
) -> Result<Returned, ApiError> {
    let Some(payment) = &registration.payment else {
        return Ok(Returned::ToCard);
    };
    let payment = app.store.payment(payment).await?;
    let Some(PaymentState::Invoiced { invoice, .. }) = payment.map(|payment| payment.state) else {
        return Ok(Returned::ToCard);
    };
    let standing = invoicing::standing(app, invoice).await?;
    let mut invoice = standing.ok_or(ApiError::NotFound)?.value;
    let gross = with_vat(&invoice, back);
    let credited = invoice.credit(gross, CreditNoteNumber::after(0), now);
    Ok(match credited {
        Ok(()) => Returned::NotAsked,
        Err(_) => Returned::ByOffice,
    })
}

/// Gives back what is due for a place that was given up, and tells of it.
///
/// # Errors
///
/// [`ApiError`] if the database does not answer.
pub async fn give_up(
    app: &App,
    change: &mut GivenUp<'_, '_>,
    registration: &Registration,
    price: Price,
    now: Timestamp,
) -> Result<(), ApiError> {
    let Price {
        back,
        mut returned,
        charge,
        due,
        stays_counted,
    } = price;
    let own = change.booking.id(registration);
    if !stays_counted {
        change.decision.include_no_more(&own);
    }
    change.decision.keeps(&own, charge.less(due));
    if matches!(registration.state, RegistrationState::Held { .. })
        && let Some(reference) = &registration.payment
        && let Some(payment) = app.store.payment_to_change(reference).await?
        && let Some(less) = without(&payment.value, change.booking, registration.number)
    {
        let transaction = &mut *change.transaction;
        transaction.payment(payment.version, &less, "payment-lowered", now)?;
    }
    if !back.is_zero()
        && let Some(reference) = &registration.payment
        && let Some(payment) = app.store.payment_to_change(reference).await?
    {
        match payment.value.state.clone() {
            PaymentState::Paid { session, .. } => {
                refund(change, &payment, session, back, (GIVEN_UP, now))?;
            }
            PaymentState::Invoiced { invoice, .. } => {
                let invoice = invoicing::standing(app, invoice).await?;
                let invoice = invoice.ok_or(ApiError::NotFound)?;
                let by = (GIVEN_UP, now);
                returned = credit(app, change, registration, &invoice, back, by).await?;
            }
            PaymentState::Open | PaymentState::RefundDue { .. } => {}
        }
    }
    if let Some(event) = change.decision.event() {
        let site = change.decision.site();
        let place = (change.booking, registration);
        propose_for_late(site, event, change.transaction, place, price, now)?;
    }
    let reckoned = Reckoned {
        back,
        returned,
        charge,
        due,
    };
    let mut waiting = change.decision.tally().waiting.iter();
    let is_waited_for = waiting.any(|waiter| waiter.registration != own);
    for letter in told_given_up(change.booking, registration, reckoned, is_waited_for) {
        change.decision.tell(letter);
    }
    Ok(())
}

/// What all comes to that is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AllBack {
    /// What goes back of what was paid.
    pub refunded: Pence,
    /// What is asked for no more, of an invoice that is not paid.
    pub credited: Pence,
}

/// Gives all back that was paid for places, or is asked for them: those of a
/// booking whose event is cancelled, and that are paid for together. Gives how
/// much.
///
/// # Errors
///
/// [`ApiError`] if the database does not answer.
pub async fn give_all_back(
    app: &App,
    change: &mut GivenUp<'_, '_>,
    places: &[Registration],
    now: Timestamp,
) -> Result<AllBack, ApiError> {
    let mut payments: Vec<PaymentReference> = Vec::new();
    for payment in places.iter().filter_map(|one| one.payment.as_ref()) {
        if !payments.contains(payment) {
            payments.push(payment.clone());
        }
    }
    let mut back = AllBack::default();
    for reference in payments {
        let bought = places
            .iter()
            .filter(|one| one.payment.as_ref() == Some(&reference));
        let price: Pence = bought.filter_map(|one| one.price).sum();
        let Some(payment) = app.store.payment_to_change(&reference).await? else {
            continue;
        };
        match payment.value.state.clone() {
            PaymentState::Paid { session, .. } => {
                let refunded = refund(change, &payment, session, price, (CALLED_OFF, now))?;
                back.refunded = back.refunded.plus(refunded);
            }
            PaymentState::Invoiced { invoice, .. } => {
                let invoice = invoicing::standing(app, invoice).await?;
                let invoice = invoice.ok_or(ApiError::NotFound)?;
                let Some(first) = places.first() else {
                    continue;
                };
                let by = (CALLED_OFF, now);
                match credit(app, change, first, &invoice, price, by).await? {
                    Returned::NotAsked => back.credited = back.credited.plus(price),
                    Returned::ToCard | Returned::ByOffice => {
                        back.refunded = back.refunded.plus(price);
                    }
                }
            }
            PaymentState::Open | PaymentState::RefundDue { .. } => {}
        }
    }
    Ok(back)
}

/// The way it came: written down for the function that speaks to the provider.
fn refund(
    change: &mut GivenUp<'_, '_>,
    payment: &Versioned<Payment>,
    session: String,
    pence: Pence,
    (reason, now): (&str, Timestamp),
) -> Result<Pence, ApiError> {
    // What a payer disputes is with the bank.
    let pence = pence.min(payment.value.refundable(&session));
    if pence.is_zero() {
        return Ok(pence);
    }
    let asked = Asked {
        session,
        pence,
        reason: reason.to_owned(),
    };
    let identity = Identity {
        refund: RefundReference::from_entropy(entropy::bytes()),
        // A place that was paid by card is on no invoice: it needs no note.
        note: CreditNoteNumber::after(0),
    };
    let settled = ask_refund(&payment.value, None, &asked, identity, now)
        .map_err(|error| ApiError::Internal(error.into()))?;
    let transaction = &mut *change.transaction;
    if let Some(entry) = &settled.entry {
        transaction.ledger(entry)?;
    }
    if let Some(refund) = &settled.new {
        transaction.new_refund(refund, now)?;
    }
    transaction.payment(payment.version, &settled.payment, "refund-asked", now)?;
    Ok(pence)
}

/// A price, with the VAT that is in the invoice.
fn with_vat(invoice: &Invoice, pence: Pence) -> Pence {
    let (net, total) = (invoice.says.net(), invoice.says.total);
    total.share(pence.get(), net.get()).unwrap_or(pence)
}

/// Less is asked on the invoice; if it was paid, the office gives it back. Says
/// which.
async fn credit(
    app: &App,
    change: &mut GivenUp<'_, '_>,
    registration: &Registration,
    read: &Versioned<Invoice>,
    pence: Pence,
    (reason, now): (&str, Timestamp),
) -> Result<Returned, ApiError> {
    let issued = app.store.credit_notes_issued().await?;
    let number = CreditNoteNumber::after(issued.value.last);
    let mut invoice = read.value.clone();
    let gross = with_vat(&invoice, pence);
    let note = invoice.credit_note(number, gross, reason, london_date(now));
    if invoice.credit(gross, number, now).is_err() {
        let office = app.office()?;
        change.decision.tell(Letter {
            to: office,
            news: News::Place(PlaceNews {
                booking: domain::letter::Booked::of(change.booking, registration),
                about: PlaceAbout::ForOffice {
                    invoice: read.value.number.to_string(),
                    refund_pence: gross,
                },
            }),
        });
        return Ok(Returned::ByOffice);
    }
    let about = MoneyAbout::Credited {
        note: number,
        amount_pence: gross,
        reason: reason.to_owned(),
    };
    let letter = invoicing::letter(app, &mut invoice, about, now);
    change.decision.tell(letter);
    let transaction = &mut *change.transaction;
    transaction.new_credit_note(&issued, &note, now)?;
    transaction.ledger(&JournalEntry::credit(&note, now))?;
    transaction.invoice(read, &invoice, "invoice-credited", now)?;
    Ok(Returned::NotAsked)
}
