//! Certificates of attendance: each delegate who came has one, with the question
//! what the event was like, once its last day has come.
//!
//! Who comes on the last day has it at once. Of a series, whoever came before
//! that has it when the event is over: nobody holds a certificate for a day that
//! has not been.

use domain::access::Purpose;
use domain::booking::{Booking, Registration, RegistrationState};
use domain::calendar::london_date;
use domain::event::EventSlug;
use domain::feedback::FeedbackAsked;
use domain::letter::{FeedbackLink, LetterLink, News, PlaceAbout, PlaceNews};
use domain::places::Tally;
use jiff::Timestamp;

use crate::app::App;
use crate::places::{Decision, letter_about};
use crate::site::Published;
use crate::store::{Outcome, StoreError, Transaction, Tries};

/// Gives a delegate who came the certificate, or notes that one is due.
///
/// # Errors
///
/// [`StoreError::Unreadable`] if it cannot be written as an item.
pub fn certify_or_note(
    app: &App,
    decision: &mut Decision<'_>,
    transaction: &mut Transaction,
    (booking, registration): (&Booking, &Registration),
    now: Timestamp,
) -> Result<(), StoreError> {
    let about = booking.now(decision.event());
    if london_date(now) < about.last_day() {
        decision.certificate_is_due();
        return Ok(());
    }
    certify(app, decision, transaction, (booking, registration), now)
}

/// Gives a delegate the certificate, unless there is one.
fn certify(
    app: &App,
    decision: &mut Decision<'_>,
    transaction: &mut Transaction,
    (booking, registration): (&Booking, &Registration),
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = booking.id(registration);
    let asked = ask_feedback(app, decision.site(), booking, registration, now);
    let Some(code) = decision.certify(&id, asked.clone()) else {
        return Ok(());
    };
    transaction.certificate(&code, &id)?;
    let feedback = asked.map(|asked| FeedbackLink {
        number: id.number,
        link: LetterLink::of(&asked.grant),
        until: asked.until,
    });
    let letter = letter_about(booking, registration, |booking| {
        News::Place(PlaceNews {
            booking,
            about: PlaceAbout::Certified { code, feedback },
        })
    });
    decision.tell(letter);
    Ok(())
}

/// Asks a delegate who came what the event was like, unless that is over.
fn ask_feedback(
    app: &App,
    site: &Published,
    booking: &Booking,
    registration: &Registration,
    now: Timestamp,
) -> Option<FeedbackAsked> {
    let ends = booking.now(site.publication.event(&booking.event)).ends();
    let until = site.publication.booking.feedback_until(ends.instant());
    let subject = booking.id(registration).to_string();
    let (grant, _) = app.links.give(Purpose::Feedback, &subject, now);
    let asked = FeedbackAsked {
        grant,
        until,
        answered: false,
    };
    Some(asked).filter(|_| now < until)
}

/// Gives the certificates that are due at series that are over, those too that
/// are published no more. It may be cut off between any two bookings, and goes
/// on.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn certify_what_is_due(app: &App, site: &Published) -> Result<(), StoreError> {
    let now = app.clock.now();
    let withdrawn = app.store.withdrawn_events().await?.into_iter();
    let is_withdrawn = |slug: &EventSlug| site.publication.event(slug).is_none();
    let withdrawn = withdrawn.filter(|event| is_withdrawn(&event.slug));
    let published = site.publication.events.iter().cloned();
    for event in published.chain(withdrawn) {
        let is_over = event.ends.instant() <= now;
        if event.sessions.len() > 1 && is_over {
            certify_at(app, site, &event.slug).await?;
        }
    }
    Ok(())
}

async fn certify_at(app: &App, site: &Published, event: &EventSlug) -> Result<(), StoreError> {
    if !app.store.tally(event).await?.value.certificates_due {
        return Ok(());
    }
    let is_due =
        |one: &&Registration| one.state == RegistrationState::Attended && one.certificate.is_none();
    for reference in app.store.bookings_at(event).await? {
        let _turn = app.store.turn(event).await;
        let mut tries = Tries::begin();
        loop {
            let now = app.clock.now();
            let mut decision = Decision::about(app, site, event, now).await?;
            let Some(booking) = decision.booking(&reference).await?.cloned() else {
                break;
            };
            let due: Vec<&Registration> = booking.registrations.iter().filter(is_due).collect();
            if due.is_empty() {
                break;
            }
            let mut transaction = Transaction::new();
            for one in due {
                certify(app, &mut decision, &mut transaction, (&booking, one), now)?;
            }
            decision.write(&mut transaction).await?;
            if app.store.commit(transaction).await? == Outcome::Committed {
                tracing::info!(booking = %reference, "delegates-certified");
                break;
            }
            tries.again().await?;
        }
    }
    // Whoever is marked meanwhile changes the places too, and so is looked at by
    // the next run.
    let read = app.store.tally(event).await?;
    let none_due = Tally {
        certificates_due: false,
        ..read.value
    };
    let mut transaction = Transaction::new();
    transaction.tally(event, read.version, &none_due)?;
    app.store.commit(transaction).await?;
    Ok(())
}
