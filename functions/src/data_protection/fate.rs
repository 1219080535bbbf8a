//! What becomes of an item when its person asks for erasure: it goes, or it stays
//! for a reason that the person can be told.

use domain::account::LetInState;
use domain::contact::{EmailAddress, Person};
use domain::enquiry::EnquiryState;
use domain::membership::{Membership, Standing};
use domain::reference::{
    AccessReference, ApplicationReference, BookingReference, EnquiryReference, MembershipReference,
};
use domain::retention::Retention;

use crate::app::App;
use crate::store::{Kind, Spoken, StoreError, Versioned};

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It goes.
    Goes,
    /// It stays, and why.
    Stays(String),
}

impl Fate {
    fn stays(why: &str) -> Fate {
        Fate::Stays(why.to_owned())
    }
}

const HELD: &str = "It is held from being erased: the reason stands on its page";

/// What becomes of an item.
///
/// # Errors
///
/// [`StoreError`] if the records do not answer.
pub async fn fate(
    app: &App,
    retention: &Retention,
    email: &EmailAddress,
    spoken: &Spoken,
) -> Result<Fate, StoreError> {
    if app.store.holds_record_of(&spoken.place).await? {
        return Ok(Fate::stays(HELD));
    }
    let reference = spoken.reference();
    match spoken.kind {
        Kind::Application => application(app, reference).await,
        Kind::Enquiry => enquiry(app, reference).await,
        Kind::LetIn => let_in(app, reference).await,
        Kind::Booking => booking(app, reference).await,
        Kind::Membership | Kind::Contacts => contact(app, reference, email).await,
        Kind::MembershipOfPerson => {
            let membership = spoken.value["reference"].as_str().unwrap_or_default();
            contact(app, membership, email).await
        }
        Kind::DelegateOfEvent => {
            let registration = spoken.value["registration"].as_str().unwrap_or_default();
            let of = registration.rsplit_once('/').map_or("", |(of, _)| of);
            booking(app, of).await
        }
        Kind::Invoice | Kind::CreditNote | Kind::FeeRunRow => Ok(books(retention)),
        Kind::AuditValues if spoken.place.record.starts_with(Kind::Invoice.pattern().0) => {
            Ok(books(retention))
        }
        Kind::AuditValues
        | Kind::Letter
        | Kind::Asked
        | Kind::NoPost
        | Kind::Answers
        | Kind::AccountLink
        | Kind::AccountSession => Ok(Fate::Goes),
        _ => Ok(Fate::stays(
            "It is not one of the records that are erased for a person: ask whoever looks after the system",
        )),
    }
}

fn books(retention: &Retention) -> Fate {
    let keep = retention.money.keep;
    Fate::Stays(format!(
        "It belongs to the company’s books, which are kept for {keep}"
    ))
}

async fn application(app: &App, reference: &str) -> Result<Fate, StoreError> {
    let Ok(reference) = ApplicationReference::parse(reference) else {
        return Ok(Fate::Goes);
    };
    let read = app.store.application(&reference).await?;
    Ok(match read.map(|read| read.value) {
        Some(one) if one.membership.is_some() => {
            Fate::stays("A membership rests on it: it goes with the membership")
        }
        Some(one) if one.state.is_live() => {
            Fate::stays("It waits for a decision: withdraw it first, if the applicant says so")
        }
        _ => Fate::Goes,
    })
}

async fn enquiry(app: &App, reference: &str) -> Result<Fate, StoreError> {
    let Ok(reference) = EnquiryReference::parse(reference) else {
        return Ok(Fate::Goes);
    };
    let read = app.store.enquiry(&reference).await?;
    Ok(match read.map(|read| read.value.state) {
        Some(EnquiryState::Received | EnquiryState::Answered { .. }) => {
            Fate::stays("It is not closed: close it first")
        }
        Some(EnquiryState::Closed { .. }) | None => Fate::Goes,
    })
}

async fn let_in(app: &App, reference: &str) -> Result<Fate, StoreError> {
    let Ok(reference) = AccessReference::parse(reference) else {
        return Ok(Fate::Goes);
    };
    let read = app.store.let_in(&reference).await?;
    Ok(match read.map(|read| read.value.state) {
        Some(LetInState::Waiting) => Fate::stays("It waits for an answer: give one first"),
        _ => Fate::Goes,
    })
}

async fn booking(app: &App, reference: &str) -> Result<Fate, StoreError> {
    let Ok(reference) = BookingReference::parse(reference) else {
        return Ok(Fate::Goes);
    };
    let Some(booking) = app.store.booking(&reference).await? else {
        return Ok(Fate::Goes);
    };
    let now = app.clock.now();
    let about = booking.known();
    let is_to_come = about.ends.unwrap_or(about.starts).instant() > now;
    let has_place = booking
        .registrations
        .iter()
        .any(|one| one.state.at(now).is_live());
    if is_to_come && has_place {
        return Ok(Fate::stays(
            "It has a place at an event to come: give the place up first",
        ));
    }
    for registration in &booking.registrations {
        let charge = app.store.charge(&booking.id(registration)).await?;
        if charge.is_some_and(|charge| charge.value.needs_somebody()) {
            return Ok(Fate::stays(
                "A charge for one of its places is not decided: decide it first",
            ));
        }
    }
    Ok(Fate::Goes)
}

/// Whether a member can do without a person.
async fn contact(app: &App, reference: &str, email: &EmailAddress) -> Result<Fate, StoreError> {
    let Some(read) = membership(app, reference).await? else {
        return Ok(Fate::Goes);
    };
    let Membership {
        member, standing, ..
    } = &read.value;
    let is_theirs = |person: &Person| person.email.is_same(email);
    let written_to = is_theirs(&member.contact) || member.finance.as_ref().is_some_and(is_theirs);
    if *standing == Standing::Ended {
        return Ok(Fate::Goes);
    }
    if written_to {
        return Ok(Fate::stays(
            "The member is written to at this address: name somebody else on its page first",
        ));
    }
    let contacts = app.store.contacts(&read.value.reference).await?.value;
    let mut others = contacts.leads().filter(|lead| !is_theirs(&lead.person));
    Ok(match others.next() {
        Some(_) => Fate::Goes,
        None => Fate::stays("Nobody else leads for the member: name somebody first"),
    })
}

pub(super) async fn membership(
    app: &App,
    reference: &str,
) -> Result<Option<Versioned<Membership>>, StoreError> {
    match MembershipReference::parse(reference) {
        Ok(reference) => app.store.membership(&reference).await,
        Err(_) => Ok(None),
    }
}
