//! One attempt to pay at a time.
//!
//! The attempt is written down, with its idempotency key and its end, before
//! the provider is asked for a page: a crash, a second click or a lost answer
//! leads to the same page again, never to a second one that could be paid too.

use domain::booking::BookingRules;
use domain::payment::{Attempt, Outcome as Became, Payment, PaymentState, Purpose};
use jiff::{SignedDuration, Timestamp};

use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::places::Decision;
use crate::settlements::{provider, settle, unavailable};
use crate::store::{Outcome, PaidInvoice, PaidPlace, Transaction, Tries, Versioned};
use crate::stripe::{CheckoutPage, ProviderError, Stripe};

/// Stripe counts its least time from when a request arrives, by its own clock.
const ON_THE_WAY: SignedDuration = SignedDuration::from_secs(60);

/// No page of Stripe's is open for longer than a day; the hour is for clocks.
const LONGEST_PAGE: SignedDuration = SignedDuration::from_hours(25);

/// Where the payer goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// To the provider's page.
    Provider(String),
    /// Nowhere: there is nothing to pay, now or any more.
    Settled,
}

/// Begins to pay, or goes on with what was begun.
pub(super) async fn begin(app: &App, payment: &Payment) -> Result<Next, ApiError> {
    let stripe = provider(app)?;
    let mut tries = Tries::begin();
    // An attempt that turned out dead gives way to one other, and no more: a
    // provider that refuses the second would refuse the hundredth.
    let mut dead: Option<String> = None;
    loop {
        let read = read(app, payment).await?;
        if read.payment().value.state != PaymentState::Open {
            return Ok(Next::Settled);
        }
        let attempt = read.payment().value.attempt.clone();
        let attempt = attempt.filter(|attempt| dead.as_ref() != Some(&attempt.key));
        match attempt {
            None => match note_attempt(app, &read).await? {
                Noted::Yes => {}
                Noted::NoPlace => return Ok(Next::Settled),
                Noted::Changed => tries.again().await?,
            },
            Some(attempt) => match go_on(app, stripe, &read, &attempt).await? {
                Progress::Done(next) => return Ok(next),
                Progress::Changed => tries.again().await?,
                Progress::Dead if dead.is_none() => dead = Some(attempt.key),
                Progress::Dead => {
                    let reference = &payment.reference;
                    return Err(ApiError::Internal(anyhow::anyhow!(
                        "the provider refuses every page for payment {reference}"
                    )));
                }
            },
        }
    }
}

/// Where an attempt has led.
enum Progress {
    /// To what the payer sees next.
    Done(Next),
    /// Nowhere: it can be paid on no more, or never could.
    Dead,
    /// Somebody else was first.
    Changed,
}

/// Goes on with an attempt: to its page if it has one, else to ask for it.
async fn go_on(
    app: &App,
    stripe: &Stripe,
    read: &Paid,
    attempt: &Attempt,
) -> Result<Progress, ApiError> {
    let payment = &read.payment().value;
    if let Some(session) = &attempt.session {
        let reading = stripe.read(session).await.map_err(unavailable)?;
        // One that asks for another sum is closed before there is another.
        let is_right = reading.record.amount == i64::try_from(payment.amount.get()).ok();
        let reading = match &reading.url {
            Some(_) if !is_right => stripe.expire(session).await.map_err(unavailable)?,
            _ => reading,
        };
        return match (reading.record.outcome, reading.url) {
            (Became::Expired | Became::Failed, _) => Ok(Progress::Dead),
            (Became::Pending, Some(url)) => Ok(Progress::Done(Next::Provider(url))),
            (Became::Pending | Became::Promised | Became::Paid, _) => {
                settle(app, session, None).await?;
                Ok(Progress::Done(Next::Settled))
            }
        };
    }
    let page = stripe.page(
        payment,
        &attempt.key,
        attempt.expires_at,
        &app.config.base_url,
    );
    match page.await {
        Ok(page) if note_session(app, read, attempt, &page).await? => {
            Ok(Progress::Done(Next::Provider(page.url)))
        }
        Ok(_) => Ok(Progress::Changed),
        // The key was kept, but the page was never made, and its end may be
        // too near by now; or it was made in other words, and is open.
        Err(ProviderError::Refused(refusal)) => {
            tracing::warn!(payment = %payment.reference, "an attempt to pay was refused: {refusal}");
            if refusal.is_of_another_call {
                return close_lost(app, stripe, payment).await;
            }
            Ok(Progress::Dead)
        }
        Err(error) => Err(unavailable(error)),
    }
}

/// Closes the pages of a payment whose names were never written down, so that
/// the next is the only one; what was paid on one meanwhile is settled.
async fn close_lost(app: &App, stripe: &Stripe, payment: &Payment) -> Result<Progress, ApiError> {
    let reference = payment.reference.to_string();
    let from = app.clock.system_now().saturating_sub(LONGEST_PAGE);
    let made = stripe
        .sessions_since(from.unwrap_or(Timestamp::MIN))
        .await
        .map_err(unavailable)?;
    for reading in made {
        if reading.record.reference.as_deref() != Some(&reference) {
            continue;
        }
        let session = &reading.record.session;
        let outcome = match reading.url {
            Some(_) => {
                stripe
                    .expire(session)
                    .await
                    .map_err(unavailable)?
                    .record
                    .outcome
            }
            None => reading.record.outcome,
        };
        if !matches!(outcome, Became::Expired | Became::Failed) {
            settle(app, session, None).await?;
            return Ok(Progress::Done(Next::Settled));
        }
    }
    Ok(Progress::Dead)
}

/// Closes whatever page a payment has, because another sum is asked now;
/// whether it can be paid on no more.
pub(super) async fn close(app: &App, payment: &Payment) -> Result<bool, ApiError> {
    let Some(attempt) = &payment.attempt else {
        return Ok(true);
    };
    let stripe = provider(app)?;
    let Some(session) = &attempt.session else {
        let closed = close_lost(app, stripe, payment).await?;
        return Ok(matches!(closed, Progress::Dead));
    };
    let reading = stripe.expire(session).await.map_err(unavailable)?;
    if matches!(reading.record.outcome, Became::Expired | Became::Failed) {
        return Ok(true);
    }
    settle(app, session, None).await?;
    Ok(false)
}

/// What became of writing an attempt down.
enum Noted {
    Yes,
    /// The place is kept no longer.
    NoPlace,
    /// Somebody else was first.
    Changed,
}

/// Writes a new attempt down, and keeps the place for as long as it lasts.
async fn note_attempt(app: &App, read: &Paid) -> Result<Noted, ApiError> {
    let site = app.site.published().await?;
    let rules = &site.publication.booking;
    let read = match read {
        Paid::Place(read) => read,
        Paid::Invoice(read) => return note_for_invoice(app, read, rules).await,
    };
    let booking = &read.booking.value;
    if site.publication.event(&booking.event).is_none() {
        return Ok(Noted::NoPlace);
    }
    let now = app.clock.now();
    let mut decision = Decision::of(app, &site, &booking.event, read.places.clone(), now);
    decision.take(read.booking.clone());
    if !decision.extend(&booking.reference, &read.payment.value.reference) {
        return Ok(Noted::NoPlace);
    }
    decision.catch_up().await?;
    let mut transaction = Transaction::new();
    let payment = begun(app, &read.payment.value, rules);
    transaction.payment(read.payment.version, &payment, "payment-begun", now)?;
    decision.write(&mut transaction).await?;
    Ok(match app.store.commit(transaction).await? {
        Outcome::Committed => Noted::Yes,
        Outcome::Refused(_) => Noted::Changed,
    })
}

/// A payment with a new attempt, and a key of its own.
fn begun(app: &App, payment: &Payment, rules: &BookingRules) -> Payment {
    let attempt = Attempt {
        key: entropy::key(),
        expires_at: ends(app.clock.system_now(), rules.checkout.duration()),
        session: None,
        promised_at: None,
    };
    Payment {
        attempt: Some(attempt),
        ..payment.clone()
    }
}

/// Writes a new attempt at an invoice down: it is owed until it is paid.
async fn note_for_invoice(
    app: &App,
    read: &PaidInvoice,
    rules: &BookingRules,
) -> Result<Noted, ApiError> {
    let invoice = &read.invoice.value;
    let is_asked = invoice.balance() == read.payment.value.amount;
    if !is_asked || invoice.payment.as_ref() != Some(&read.payment.value.reference) {
        return Ok(Noted::NoPlace);
    }
    let payment = begun(app, &read.payment.value, rules);
    let mut transaction = Transaction::new();
    transaction.payment(
        read.payment.version,
        &payment,
        "payment-begun",
        app.clock.now(),
    )?;
    Ok(match app.store.commit(transaction).await? {
        Outcome::Committed => Noted::Yes,
        Outcome::Refused(_) => Noted::Changed,
    })
}

/// When a page made now closes, to the second, as the provider counts.
fn ends(now: Timestamp, lasts: SignedDuration) -> Timestamp {
    let end = now
        .saturating_add(lasts + ON_THE_WAY)
        .unwrap_or(Timestamp::MAX);
    Timestamp::from_second(end.as_second()).unwrap_or(Timestamp::MAX)
}

/// Writes down the provider's name for the page; whether nobody was first.
async fn note_session(
    app: &App,
    read: &Paid,
    attempt: &Attempt,
    page: &CheckoutPage,
) -> Result<bool, ApiError> {
    let attempt = Attempt {
        session: Some(page.session.clone()),
        ..attempt.clone()
    };
    let payment = Payment {
        attempt: Some(attempt),
        ..read.payment().value.clone()
    };
    let mut transaction = Transaction::new();
    transaction.payment(
        read.payment().version,
        &payment,
        "payment-page-made",
        app.clock.now(),
    )?;
    Ok(app.store.commit(transaction).await? == Outcome::Committed)
}

/// A payment with what it pays for, read together.
enum Paid {
    Place(Box<PaidPlace>),
    Invoice(Box<PaidInvoice>),
}

impl Paid {
    fn payment(&self) -> &Versioned<Payment> {
        match self {
            Paid::Place(read) => &read.payment,
            Paid::Invoice(read) => &read.payment,
        }
    }
}

async fn read(app: &App, payment: &Payment) -> Result<Paid, ApiError> {
    let read = match &payment.purpose {
        Purpose::Booking { booking, event } => app
            .store
            .paid_place(&payment.reference, booking, event)
            .await?
            .map(|read| Paid::Place(Box::new(read))),
        Purpose::Invoice { invoice } => app
            .store
            .paid_invoice(&payment.reference, *invoice)
            .await?
            .map(|read| Paid::Invoice(Box::new(read))),
    };
    read.ok_or(ApiError::NotFound)
}
