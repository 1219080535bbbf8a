//! What the event organiser does with places: marks who came, books for those
//! who phone or walk in, gives a place up for somebody. Each is one conditional
//! transaction that may be asked for twice.
//!
//! Screens call these; nothing here knows of them. Whether the person may is
//! theirs to check.

use domain::access::Purpose;
use domain::booking::{
    AskedPlaces, Booking, Delegate, Forbidden, PaysBy, RegistrationCommand, RegistrationId,
    RegistrationState,
};
use domain::event::Event;
use domain::places::FirstStep;
use domain::reference::BookingReference;

use crate::answer::ApiError;
use crate::app::App;
use crate::certifying::certify_or_note;
use crate::charges::{propose_for_absence, take_back};
use crate::entropy;
use crate::giving_up::{GivenUp, Price, give_up, price};
use crate::instruction::Instruction;
use crate::places::{BookedTwice, Decision};
use crate::site::Published;
use crate::store::{Guard, Outcome, Store, StoreError, Tries};

mod call_off;
mod joining;
mod message;

pub use call_off::{advance, call_off};
pub use joining::set_joining;
pub use message::{Reached, reached, send};

/// Why something was not done; each says it as a sentence to whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// There is no such record.
    #[error("There is no such registration")]
    NoRecord,
    /// Where the place stands, that cannot be done.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The event was cancelled.
    #[error("This event was cancelled: nothing can be booked")]
    CalledOff,
    /// The event is published no more.
    #[error("This event is not on the site any more: nothing can be booked")]
    Withdrawn,
    /// What it comes to is not what was shown any more.
    #[error("What this costs has changed since the page was opened: look again, then confirm")]
    Moved,
    /// A certificate names somebody.
    #[error("Say who came first: nobody is named for this place")]
    Unnamed,
    /// Nobody can have come yet.
    #[error("The event has not begun: who came is marked from its first day on")]
    TooEarly,
    /// An invoice has to be addressed.
    #[error("Enter where the invoice is addressed: no member has this URN")]
    NoInvoiceAddress,
    /// Somebody is booked there already.
    #[error(transparent)]
    Twice(#[from] BookedTwice),
    /// Something else stands in the way.
    #[error("{0}")]
    Api(ApiError),
}

impl From<ApiError> for NotDone {
    fn from(error: ApiError) -> NotDone {
        NotDone::Api(error)
    }
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> NotDone {
        NotDone::Api(error.into())
    }
}

/// What the organiser does to one registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Somebody else comes, or somebody is named, at the door too.
    Name(Delegate),
    /// The delegate came.
    Attended,
    /// The delegate did not come.
    Absent,
    /// The place is given up for the delegate; whether the event's conditions
    /// are waived.
    GiveUp {
        /// Whether nothing is charged.
        waived: bool,
        /// What it comes to by the conditions, as it was shown; no sum is taken
        /// from it.
        shown: String,
    },
}

impl Deed {
    fn command(&self, state: RegistrationState) -> RegistrationCommand {
        match (self, state) {
            (Deed::Name(_), _) => RegistrationCommand::Swap,
            (Deed::Attended, _) => RegistrationCommand::Attend,
            (Deed::Absent, _) => RegistrationCommand::MissOut,
            (Deed::GiveUp { .. }, RegistrationState::Waiting) => RegistrationCommand::Leave,
            (Deed::GiveUp { .. }, RegistrationState::Offered { .. }) => {
                RegistrationCommand::Decline
            }
            (Deed::GiveUp { .. }, _) => RegistrationCommand::Cancel,
        }
    }
}

/// Does something to one registration.
///
/// # Errors
///
/// [`NotDone`] says why not.
pub async fn act(
    app: &App,
    site: &Published,
    by: &Instruction,
    id: &RegistrationId,
    deed: &Deed,
) -> Result<(), NotDone> {
    let booking = app.store.booking(&id.booking).await?;
    let event = booking.ok_or(NotDone::NoRecord)?.event;
    let _turn = app.store.turn(&event).await;
    let mut tries = Tries::begin();
    let mut is_name_taken = false;
    loop {
        if by.is_done(app).await? {
            return Ok(());
        }
        let now = app.clock.now();
        let mut decision = Decision::about(app, site, &event, now).await?;
        let booking = decision.booking(&id.booking).await?.cloned();
        let booking = booking.ok_or(NotDone::NoRecord)?;
        let registration = booking.registration(id.number).ok_or(NotDone::NoRecord)?;
        let starts = booking.now(decision.event()).starts;
        let has_day_come = domain::calendar::london_date(now) >= starts.date();
        let is_mark = matches!(deed, Deed::Attended | Deed::Absent);
        if is_mark && !has_day_come {
            return Err(NotDone::TooEarly);
        }
        if *deed == Deed::Attended && registration.delegate.is_none() {
            return Err(NotDone::Unnamed);
        }
        let reckoned = match deed {
            Deed::GiveUp { waived, shown } => {
                let reckoned = price(app, site, &booking, registration, now).await?;
                if *shown != reckoned.shown() {
                    return Err(NotDone::Moved);
                }
                match *waived {
                    true => reckoned.waived(),
                    false => reckoned,
                }
            }
            Deed::Attended | Deed::Absent | Deed::Name(_) => Price::NOTHING,
        };
        let command = deed.command(registration.state.at(now));
        decision.command(id, command)?;
        let mut transaction = by.transaction();
        match deed {
            Deed::GiveUp { .. } => {
                let mut given_up = GivenUp {
                    decision: &mut decision,
                    transaction: &mut transaction,
                    booking: &booking,
                };
                give_up(app, &mut given_up, registration, reckoned, now).await?;
            }
            Deed::Attended => {
                take_back(app, &mut transaction, id, now).await?;
                let place = (&booking, registration);
                certify_or_note(app, &mut decision, &mut transaction, place, now)?;
            }
            Deed::Name(delegate) => decision.name_delegate(id, delegate.clone()),
            Deed::Absent => {
                let place = (&booking, registration);
                propose_for_absence(app, site, &mut transaction, place, now).await?;
            }
        }
        decision.catch_up().await?;
        if is_name_taken {
            decision.look_for_named().await??;
        }
        decision.write(&mut transaction).await?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(registration = %id, "organiser-{}", match deed {
                Deed::Attended => "attended",
                Deed::Absent => "absent",
                Deed::Name(_) => "named",
                Deed::GiveUp { .. } => "gave-up",
            });
            return Ok(());
        }
        is_name_taken = outcome.is_refused_by(Guard::Delegate);
        tries.again().await?;
    }
}

/// Books for somebody who phones or walks in. Nobody confirms an address: the
/// organiser has spoken with the person.
///
/// # Errors
///
/// [`NotDone`] says why not.
pub async fn book(
    app: &App,
    site: &Published,
    by: &Instruction,
    event: &Event,
    asked: &AskedPlaces,
) -> Result<BookingReference, NotDone> {
    let membership = match &asked.school.urn {
        Some(urn) => app.store.live_membership(urn).await?,
        None => None,
    };
    let is_on_invoice =
        asked.pays_by == PaysBy::Invoice && event.price_for(membership.is_some()).is_some();
    if is_on_invoice && membership.is_none() && asked.invoice_address.is_none() {
        return Err(NotDone::NoInvoiceAddress);
    }
    let _turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    let mut is_name_taken = false;
    loop {
        if let Some(reply) = by.reply(app).await? {
            return BookingReference::parse(&reply).map_err(|_| NotDone::NoRecord);
        }
        let now = app.clock.now();
        let mut decision = Decision::about(app, site, &event.slug, now).await?;
        if decision.tally().called_off {
            return Err(NotDone::CalledOff);
        }
        if decision.event().is_none() {
            return Err(NotDone::Withdrawn);
        }
        decision.catch_up().await?;
        let reference = BookingReference::from_entropy(entropy::bytes());
        let subject = reference.to_string();
        let (grant, _) = app.links.give(Purpose::Booking, &subject, now);
        let member = membership.clone();
        let mut booking = Booking {
            grants: vec![grant],
            address_key: Some(Store::address_key(&asked.booker.email)),
            ..Booking::asked(reference.clone(), event, asked, member, now)
        };
        decision.include(&mut booking).await?;
        decision.ask(booking, FirstStep::Known);
        if is_name_taken {
            decision.look_for_named().await??;
        }
        let mut transaction = by.transaction();
        decision.write(&mut transaction).await?;
        by.remember(&mut transaction, &subject, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed {
            tracing::info!(booking = %reference, event = %event.slug, "organiser-booked");
            return Ok(reference);
        }
        is_name_taken = outcome.is_refused_by(Guard::Delegate);
        tries.again().await?;
    }
}
