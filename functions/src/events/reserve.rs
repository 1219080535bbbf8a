//! Places for the delegates of one booking, however many ask at once.

use axum::http::StatusCode;
use domain::access::Purpose;
use domain::booking::{AskedPlaces, Attending, Booking, PaysBy, RegistrationState};
use domain::calendar::london_date;
use domain::contact::{EmailAddress, Person};
use domain::event::Event;
use domain::form::FieldErrors;
use domain::places::{Asker, FirstStep};
use domain::reference::{BookingReference, MembershipReference};
use jiff::Timestamp;

use crate::app::App;
use crate::entropy;
use crate::member_session::ActsFor;
use crate::metrics::{self, Metric};
use crate::places::{BookedTwice, Decision};
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, Store, StoreError, Transaction, Tries};

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
    /// Something is missing that this booking needs.
    #[error("Something is missing that this booking needs")]
    Fields(FieldErrors),
    /// Somebody is booked there already.
    #[error(transparent)]
    Twice(#[from] BookedTwice),
    /// The member has nobody who could.
    #[error(
        "Nobody at your school can approve this booking: ask us to give one of its contacts the finance role"
    )]
    NobodyApproves,
    /// It is too early.
    #[error("Booking for this event has not opened yet")]
    NotOpen,
    /// It is too late.
    #[error("Booking for this event has closed")]
    Closed,
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

impl NotBooked {
    /// The field that it is about, and the status that it is answered with; none
    /// where the records do not answer, or each field has its own.
    pub(super) fn about(&self) -> Option<(&'static str, StatusCode)> {
        Some(match self {
            NotBooked::Twice(_) => ("others", StatusCode::CONFLICT),
            NotBooked::NobodyApproves
            | NotBooked::NotOpen
            | NotBooked::Closed
            | NotBooked::CalledOff => ("submit", StatusCode::CONFLICT),
            NotBooked::TooOften => ("email", StatusCode::TOO_MANY_REQUESTS),
            NotBooked::Fields(_) | NotBooked::Store(_) => return None,
        })
    }
}

impl Request {
    /// A booking of somebody who is not signed in: the address is confirmed
    /// first, and a member's price is for its own contacts to agree to.
    pub(super) async fn of_anybody(
        app: &App,
        event: &Event,
        places: AskedPlaces,
    ) -> Result<Request, NotBooked> {
        let claimed = member_of(app, &places.school).await?;
        let on_invoice = is_on_invoice(&places, event, claimed.is_some());
        let must_approve = event.needs_approval || on_invoice;
        let mut errors = FieldErrors::default();
        if on_invoice && claimed.is_none() && places.invoice_address.is_none() {
            errors.note("invoice_address", "Enter where the invoice is addressed");
        }
        let approvers: Vec<Person> = match &claimed {
            Some(reference) if event.is_cheaper_for_members() || must_approve => {
                approvers_of(app, reference).await?
            }
            _ if must_approve => budget_holder(&places, &mut errors).into_iter().collect(),
            _ => Vec::new(),
        };
        if !errors.is_empty() {
            return Err(NotBooked::Fields(errors));
        }
        if must_approve && approvers.is_empty() {
            return Err(NotBooked::NobodyApproves);
        }
        // A name alone proves no membership: its own contacts agree to it.
        let membership = claimed.filter(|_| !approvers.is_empty());
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
        let must_approve = event.needs_approval || is_on_invoice(&places, event, true);
        let approvers = match must_approve && !is_holder {
            true => approvers_of(app, &acts.membership.reference).await?,
            false => Vec::new(),
        };
        if must_approve && !is_holder && approvers.is_empty() {
            return Err(NotBooked::NobodyApproves);
        }
        Ok(Request {
            places,
            membership: Some(acts.membership.reference.clone()),
            approvers,
            first: FirstStep::Known,
        })
    }

    /// As a booking, whose places are asked for next.
    pub(super) fn booking(&self, app: &App, event: &Event, now: Timestamp) -> Booking {
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
            address_key: Some(Store::address_key(&self.places.booker.email)),
            ..Booking::asked(reference, event, &self.places, membership, now)
        }
    }
}

/// The booking as it would be, with its prices, and how many places the limit
/// for one school leaves it: nothing is written.
pub(super) async fn preview(
    app: &App,
    site: &Published,
    event: &Event,
    request: &Request,
) -> Result<(Booking, Option<u32>), StoreError> {
    let now = app.clock.now();
    let mut booking = request.booking(app, event, now);
    let mut decision = Decision::about(app, site, &event.slug, now).await?;
    if request.first == FirstStep::Known {
        decision.include(&mut booking).await?;
    }
    let left = match request.first {
        FirstStep::Known => {
            let first = booking.registrations.first();
            let party = first.and_then(|first| Asker::of(&booking, first).party);
            decision.tally().left_for(event, party.as_ref())
        }
        // Nobody is told what somebody else's address has booked.
        FirstStep::ConfirmAddress => event.limit_per_school,
    };
    Ok((booking, left))
}

/// Whether something is to be put on an invoice.
fn is_on_invoice(places: &AskedPlaces, event: &Event, member: bool) -> bool {
    places.pays_by == PaysBy::Invoice && event.price_for(member).is_some()
}

/// Those who may approve a booking for a member: those for whom its invoices are.
async fn approvers_of(app: &App, member: &MembershipReference) -> Result<Vec<Person>, StoreError> {
    let contacts = app.store.contacts(member).await?.value;
    let people = contacts.people.into_iter();
    let may = people.filter(|contact| contact.role.may_open_invoices());
    Ok(may.map(|contact| contact.person).collect())
}

/// Who approves it for a school that is no member: somebody else than books.
fn budget_holder(places: &AskedPlaces, errors: &mut FieldErrors) -> Option<Person> {
    let Some(named) = places.approver.clone() else {
        errors.note("approver_name", "Enter your budget holder’s name");
        let sentence = "Enter your budget holder’s email address";
        errors.note("approver_email", sentence);
        return None;
    };
    if named.email.is_same(&places.booker.email) {
        let sentence = "The budget holder must be somebody else: enter another email address";
        errors.note("approver_email", sentence);
    }
    Some(named)
}

/// Books places, and gives the page that comes next.
pub(super) async fn reserve(
    app: &App,
    site: &Published,
    event: &Event,
    request: &Request,
    command: &Command,
) -> Result<String, NotBooked> {
    let mut turn = app.store.turn(&event.slug).await;
    let mut tries = Tries::begin();
    let mut is_name_taken = false;
    loop {
        let now = app.clock.now();
        let mut decision = Decision::in_turn(app, site, &event.slug, &mut turn, now).await?;
        if decision.tally().called_off {
            return Err(NotBooked::CalledOff);
        }
        decision.catch_up().await?;
        let mut booking = request.booking(app, event, now);
        let reference = booking.reference.clone();
        if request.first == FirstStep::Known {
            decision.include(&mut booking).await?;
        }
        decision.ask(booking, request.first);
        if is_name_taken {
            decision.look_for_named().await??;
        }
        let next = decision.booking(&reference).await?.map(next_page);
        let next = next.unwrap_or_default();
        let mut transaction = Transaction::new();
        let tally = decision.write(&mut transaction).await?;
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
            turn.leave(tally);
            tracing::info!(booking = %reference, event = %event.slug, "a booking was made");
            metrics::measure(Metric::Bookings, 1);
            return Ok(next);
        }
        if outcome.is_refused_by(Guard::Command)
            && let Some(done) = app.store.command(command).await?
        {
            return Ok(done.reply);
        }
        is_name_taken = outcome.is_refused_by(Guard::Delegate);
        tries.again().await?;
    }
}

/// The membership of a school, as long as it lasts.
async fn member_of(
    app: &App,
    school: &Attending,
) -> Result<Option<MembershipReference>, StoreError> {
    let Some(urn) = &school.urn else {
        return Ok(None);
    };
    let Some(reference) = app.store.live_membership(urn).await? else {
        return Ok(None);
    };
    let membership = app.store.membership(&reference).await?;
    let today = london_date(app.clock.now());
    let lasts = membership.is_some_and(|read| read.value.is_on(today));
    Ok(Some(reference).filter(|_| lasts))
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
