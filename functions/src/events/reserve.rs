//! Places for the delegates of one booking, however many ask at once.

use domain::access::Purpose;
use domain::account::ContactRole;
use domain::booking::{AskedPlaces, Attending, Booking, RegistrationState};
use domain::contact::{EmailAddress, Person};
use domain::event::Event;
use domain::places::FirstStep;
use domain::reference::{BookingReference, MembershipReference};
use jiff::Timestamp;

use crate::app::App;
use crate::entropy;
use crate::member_session::ActsFor;
use crate::places::Decision;
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, StoreError, Transaction, Tries};

/// What is booked, and on whose behalf.
#[derive(Debug, Clone)]
pub(super) struct Request {
    places: AskedPlaces,
    /// The member that the school is, whoever books.
    membership: Option<MembershipReference>,
    /// Who must approve it; nobody if there is no need.
    approvers: Vec<Person>,
    first: FirstStep,
}

/// Why nothing was booked.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotBooked {
    /// Somebody must approve it, and it is not said who.
    #[error("Enter your budget holder’s name")]
    NoApprover,
    /// The event was cancelled.
    #[error("This event was cancelled: nothing can be booked")]
    CalledOff,
    /// The address was written to too often.
    #[error(
        "We have written to this address several times in the last hour. Use the link in the latest letter, or wait an hour"
    )]
    TooOften,
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Request {
    /// A booking of somebody who is not signed in: the address is confirmed
    /// first, and a member's price is for its own contacts to agree to.
    pub(super) async fn of_anybody(
        app: &App,
        event: &Event,
        places: AskedPlaces,
    ) -> Result<Request, NotBooked> {
        let mut membership = match &places.school.urn {
            Some(urn) => app.store.live_membership(urn).await?,
            None => None,
        };
        let gains = event.price_for(true) != event.price_for(false);
        let approvers: Vec<Person> = match &membership {
            Some(reference) if gains || event.needs_approval => {
                let contacts = app.store.contacts(reference).await?.value;
                let people = contacts.people.iter();
                let may = people.filter(|contact| contact.role.may_open_invoices());
                may.map(|contact| contact.person.clone()).collect()
            }
            _ if event.needs_approval => {
                let named = places.approver.clone();
                vec![named.ok_or(NotBooked::NoApprover)?]
            }
            _ => Vec::new(),
        };
        if gains && approvers.is_empty() {
            // Nobody can agree to it: a name alone proves no membership.
            membership = None;
        }
        Ok(Request {
            places,
            membership,
            approvers,
            first: FirstStep::ConfirmAddress,
        })
    }

    /// A booking of a member's contact who is signed in.
    pub(super) async fn of_contact(
        app: &App,
        event: &Event,
        mut places: AskedPlaces,
        acts: &ActsFor,
    ) -> Result<Request, NotBooked> {
        let member = &acts.membership.member;
        places.booker = acts.contact.person.clone();
        places.school = Attending {
            name: member.name.clone(),
            urn: member.urn.clone(),
        };
        let is_holder = acts.contact.role.may_open_invoices();
        let approvers = if event.needs_approval && !is_holder {
            let contacts = app.store.contacts(&acts.membership.reference).await?.value;
            let people = contacts.people.iter();
            let may = people.filter(|contact| contact.role != ContactRole::Reader);
            may.map(|contact| contact.person.clone()).collect()
        } else {
            Vec::new()
        };
        Ok(Request {
            places,
            membership: Some(acts.membership.reference.clone()),
            approvers,
            first: FirstStep::Known,
        })
    }

    /// As a booking, whose places are asked for next.
    fn booking(&self, app: &App, event: &Event, now: Timestamp) -> Booking {
        let reference = BookingReference::from_entropy(entropy::bytes());
        let mut purposes = vec![Purpose::Booking];
        if self.first == FirstStep::ConfirmAddress {
            purposes.push(Purpose::BookingAddress);
        }
        if !self.approvers.is_empty() {
            purposes.push(Purpose::BookingApproval);
        }
        let subject = reference.to_string();
        let grants = purposes
            .into_iter()
            .map(|purpose| app.links.give(purpose, &subject, now).0);
        let membership = self.membership.clone();
        Booking {
            approvers: self.approvers.clone(),
            grants: grants.collect(),
            ..Booking::asked(reference, event, &self.places, membership, now)
        }
    }
}

/// Books places, and gives the page that comes next.
pub(super) async fn reserve(
    app: &App,
    site: &Published,
    event: &Event,
    request: &Request,
    command: &Command,
) -> Result<String, NotBooked> {
    let _turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let mut decision = Decision::about(app, site, &event.slug, now).await?;
        if decision.tally().called_off {
            return Err(NotBooked::CalledOff);
        }
        decision.catch_up().await?;
        let booking = request.booking(app, event, now);
        let reference = booking.reference.clone();
        decision.ask(booking, request.first);
        let next = decision.booking(&reference).await?.map(next_page);
        let next = next.unwrap_or_default();
        let mut transaction = Transaction::new();
        decision.write(&mut transaction)?;
        transaction.remember(command, &next, now)?;
        if request.first == FirstStep::ConfirmAddress {
            // A letter to an address that nobody has proved.
            let email = &request.places.booker.email;
            if !note_letter(app, &mut transaction, email).await? {
                let done = app.store.command(command).await?;
                return done.map(|done| done.reply).ok_or(NotBooked::TooOften);
            }
        }
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

/// Counts a letter to an address; whether it may be written to once more.
async fn note_letter(
    app: &App,
    transaction: &mut Transaction,
    email: &EmailAddress,
) -> Result<bool, StoreError> {
    let now = app.clock.system_now();
    let read = app.store.asked(email).await?;
    let Some(asked) = read.value.once_more(now) else {
        tracing::info!("a booking was to be confirmed too often");
        return Ok(false);
    };
    transaction.asked(email, read.version, &asked, now)?;
    Ok(true)
}

/// Where a person goes who has booked: to pay, if there is a place to pay for.
pub(super) fn next_page(booking: &Booking) -> String {
    let mut held = booking.registrations.iter();
    let held = held.find(|one| matches!(one.state, RegistrationState::Held { .. }));
    match held.and_then(|one| one.payment.as_ref()) {
        Some(payment) => format!("/pay/{payment}/"),
        None => format!("/bookings/{}/", booking.reference),
    }
}
