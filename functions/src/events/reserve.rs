//! Places for the delegates of one booking, however many ask at once.

use domain::booking::{
    About, Attending, Booking, Delegate, PaysBy, Registration, RegistrationState,
};
use domain::event::Event;
use domain::places::FirstStep;
use domain::reference::BookingReference;
use jiff::Timestamp;

use crate::app::App;
use crate::entropy;
use crate::places::Decision;
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, StoreError, Transaction, Tries};

/// What is booked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) delegate: Delegate,
    pub(super) school: Attending,
}

/// Books a place, and gives the page that comes next.
pub(super) async fn reserve(
    app: &App,
    site: &Published,
    event: &Event,
    asked: Asked,
    command: &Command,
) -> Result<String, StoreError> {
    let _turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let mut decision = Decision::about(app, site, &event.slug, now).await?;
        decision.catch_up().await?;
        let booking = asked.booking(event, now);
        let reference = booking.reference.clone();
        decision.ask(booking, FirstStep::Known);
        let next = decision.booking(&reference).await?.map(next_page);
        let next = next.unwrap_or_default();
        let mut transaction = Transaction::new();
        decision.write(&mut transaction)?;
        transaction.remember(command, &next, now)?;

        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(booking = %reference, event = %event.slug, "a booking was made");
            return Ok(next);
        }
        if outcome.is_refused_by(Guard::Command)
            && let Some(done) = app.store.command(command).await?
        {
            return Ok(done.reply);
        }
        tries.again().await?;
    }
}

impl Asked {
    /// As a booking, whose places are asked for next.
    fn booking(&self, event: &Event, now: Timestamp) -> Booking {
        let registration = Registration {
            number: 1,
            delegate: Some(self.delegate.clone()),
            price: event.charge(),
            payment: None,
            state: RegistrationState::Waiting,
        };
        Booking {
            reference: BookingReference::from_entropy(entropy::bytes()),
            event: event.slug.clone(),
            about: About {
                event_title: event.title.clone(),
                starts: event.starts,
                venue: event.venue.clone(),
            },
            booker: self.delegate.person.clone(),
            school: self.school.clone(),
            pays_by: PaysBy::Card,
            needs_approval: false,
            registrations: vec![registration],
            booked_at: now,
        }
    }
}

/// Where a person goes who has booked: to pay, if there is a place to pay for.
fn next_page(booking: &Booking) -> String {
    let mut held = booking.registrations.iter();
    let held = held.find(|one| matches!(one.state, RegistrationState::Held { .. }));
    match held.and_then(|one| one.payment.as_ref()) {
        Some(payment) => format!("/pay/{payment}/"),
        None => format!("/bookings/{}/", booking.reference),
    }
}
