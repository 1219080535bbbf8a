//! What somebody who has a link to a booking may wish, and what each wish does.

use domain::access::Purpose;
use domain::booking::{Delegate, Registration, RegistrationCommand as Do};
use domain::calendar::london_date;
use domain::letter::{News, PlaceAbout, PlaceNews};
use jiff::Timestamp;

use super::access::Address;
use super::change::{Change, NotChanged};
use super::request::approvers_of;
use crate::app::App;
use crate::giving_up::{GivenUp, give_up, price};
use crate::places::{letter_about, letter_to_booker};
use crate::site::Published;

/// What is wished.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    /// The address is right: the places are asked for in earnest.
    ConfirmAddress,
    /// The school approves the booking.
    Approve,
    /// It does not.
    Refuse,
    /// What is offered for nothing is accepted.
    Accept,
    /// A place is given up: in one of three ways, by where it stands.
    GiveUp {
        /// Which.
        command: Do,
        /// What it comes to, as it was shown; no sum is taken from it.
        shown: String,
    },
    /// Somebody comes, instead of whoever was named.
    Name(Delegate),
}

impl Wish {
    /// What the link must be for.
    pub(super) fn purpose(&self) -> Purpose {
        match self {
            Wish::ConfirmAddress => Purpose::BookingAddress,
            Wish::Approve | Wish::Refuse => Purpose::BookingApproval,
            Wish::Accept | Wish::GiveUp { .. } | Wish::Name(_) => Purpose::Booking,
        }
    }

    /// Its name in a log.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Wish::ConfirmAddress => "booking-address-confirmed",
            Wish::Approve => "booking-approved",
            Wish::Refuse => "booking-refused",
            Wish::Accept => "place-accepted",
            Wish::GiveUp { .. } => "place-given-up",
            Wish::Name(_) => "delegate-named",
        }
    }

    /// Decides what becomes of it.
    pub(super) async fn decide(
        &self,
        (app, site): (&App, &Published),
        change: &mut Change<'_>,
        address: &Address,
        now: Timestamp,
    ) -> Result<(), NotChanged> {
        match self {
            Wish::ConfirmAddress | Wish::Approve | Wish::Accept if change.has_begun(now) => {
                Err(NotChanged::Begun)
            }
            Wish::ConfirmAddress => {
                let reference = change.booking.reference.clone();
                find_approvers(app, change, now).await?;
                change.decision.include_taken(&reference).await?;
                of_all(change, Do::ConfirmAddress, now)
            }
            Wish::Approve => of_all(change, Do::Approve, now),
            Wish::Refuse => {
                of_all(change, Do::Refuse, now)?;
                tell_refused(change);
                Ok(())
            }
            Wish::Accept => {
                let booking = change.booking.clone();
                let (_, id) = address.registration(&booking)?;
                change.decision.command(&id, Do::Accept)?;
                let before = &booking.registrations;
                change.decision.follow(&booking.reference, before);
                Ok(())
            }
            Wish::GiveUp { command, shown } => {
                let booking = change.booking.clone();
                let (registration, id) = address.registration(&booking)?;
                if change.has_begun(now) {
                    return Err(NotChanged::Begun);
                }
                let reckoned = price(app, site, &booking, registration, now).await?;
                if *command == Do::Cancel && *shown != reckoned.shown() {
                    return Err(NotChanged::Moved);
                }
                change.decision.command(&id, *command)?;
                let mut given_up = GivenUp {
                    decision: &mut change.decision,
                    transaction: &mut change.transaction,
                    booking: &booking,
                };
                Ok(give_up(app, &mut given_up, registration, reckoned, now).await?)
            }
            Wish::Name(delegate) => name(change, address, delegate, now),
        }
    }
}

/// Finds who approves for a member that somebody named who was not signed in.
async fn find_approvers(
    app: &App,
    change: &mut Change<'_>,
    now: Timestamp,
) -> Result<(), NotChanged> {
    let booking = &change.booking;
    let (Some(member), true) = (&booking.membership, booking.approvers.is_empty()) else {
        return Ok(());
    };
    let read = app.store.member_and_people(member).await?;
    let lasts = read.filter(|(membership, _)| membership.is_on(london_date(now)));
    let approvers = lasts.map(|(_, people)| approvers_of(&people));
    let approvers = approvers.filter(|people| !people.is_empty());
    let approvers = approvers.ok_or(NotChanged::NobodyApproves)?;
    change.decision.approved_by(&booking.reference, approvers);
    Ok(())
}

/// Does something to all places of a booking that wait for it.
fn of_all(change: &mut Change<'_>, command: Do, now: Timestamp) -> Result<(), NotChanged> {
    let before = change.booking.registrations.clone();
    let waiting = before
        .iter()
        .filter(|one| one.state.at(now).allows(command).is_ok());
    let mut done = false;
    for registration in waiting {
        let id = change.booking.id(registration);
        change.decision.command(&id, command)?;
        done = true;
    }
    if let Some(first) = before.first().filter(|_| !done) {
        first.state.at(now).allows(command)?;
    }
    let reference = change.booking.reference.clone();
    change.decision.follow(&reference, &before);
    Ok(())
}

fn tell_refused(change: &mut Change<'_>) {
    let booking = &change.booking;
    if let Some(first) = booking.registrations.first() {
        let letter = letter_to_booker(booking, first, |booking| {
            News::Place(PlaceNews {
                booking,
                about: PlaceAbout::Refused,
            })
        });
        change.decision.tell(letter);
    }
}

fn name(
    change: &mut Change<'_>,
    address: &Address,
    delegate: &Delegate,
    now: Timestamp,
) -> Result<(), NotChanged> {
    let booking = change.booking.clone();
    let (registration, id) = address.registration(&booking)?;
    if change.has_begun(now) {
        return Err(NotChanged::Begun);
    }
    let state = change.decision.command(&id, Do::Swap)?;
    let former = registration.delegate.as_ref();
    let is_another =
        former.is_none_or(|former| !former.person.email.is_same(&delegate.person.email));
    change.decision.name_delegate(&id, delegate.clone());
    if !state.has_place() || !is_another {
        return Ok(());
    }
    let next = Registration {
        delegate: Some(delegate.clone()),
        ..registration.clone()
    };
    let confirmed = letter_about(&booking, &next, |booking| News::BookingConfirmed {
        booking,
        paid_pence: None,
        delegates: Vec::new(),
        joining: None,
    });
    change.decision.tell(confirmed);
    if former.is_some() {
        let passed_on = letter_about(&booking, registration, |booking| {
            News::Place(PlaceNews {
                booking,
                about: PlaceAbout::PassedOn,
            })
        });
        change.decision.tell(passed_on);
    }
    Ok(())
}
