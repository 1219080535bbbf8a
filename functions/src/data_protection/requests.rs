//! A person's request: entered, looked for part by part, copied, and carried out.
//!
//! Each part of the search is kept, and each thing that goes is a transaction of
//! its own: whoever is cut off goes on. What may go is decided anew for each.

use std::time::{Duration, Instant};

use domain::contact::{EmailAddress, Line};
use domain::reference::{ApplicationReference, BookingReference, SubjectReference};
use domain::staff::StaffId;
use domain::subject::{Search, SubjectRequest};

use super::Refused;
use super::fate::{Fate, fate, membership};
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::store::{
    Guard, Kind, Outcome, Purged, Spoken, StoreError, Transaction, Tries, Versioned,
};

/// How long one form looks or erases; the gateway gives up at 30 s.
const PATIENCE: Duration = Duration::from_secs(8);

/// Enters a request; its name.
///
/// # Errors
///
/// [`Refused`] if the records do not answer.
pub async fn begin(
    app: &App,
    by: &Instruction,
    (email, name): (&EmailAddress, Option<&Line>),
    who: &StaffId,
) -> Result<SubjectReference, Refused> {
    let mut tries = Tries::begin();
    loop {
        if let Some(done) = by.reply(app).await? {
            return SubjectReference::parse(&done).map_err(|_| Refused::NoRequest);
        }
        let now = app.clock.now();
        let reference = SubjectReference::from_entropy(entropy::bytes());
        let asked = (email.clone(), name.cloned());
        let request = SubjectRequest::begun(reference, asked, who.clone(), now);
        let mut transaction = by.transaction();
        transaction.new_subject_request(&request)?;
        by.remember(&mut transaction, &request.reference.to_string(), now)?;
        if app.store.commit(transaction).await? == Outcome::Committed {
            tracing::info!(reference = %request.reference, "subject-request-entered");
            return Ok(request.reference);
        }
        tries.again().await?;
    }
}

/// Looks on, for as long as a form may take. A search that is over begins anew,
/// so that what was written meanwhile is found.
///
/// # Errors
///
/// [`Refused`] if the records do not answer.
pub async fn look(app: &App, reference: &SubjectReference) -> Result<SubjectRequest, Refused> {
    let read = find(app, reference).await?;
    let after = match &read.value.search {
        Search::Looking { after, .. } => after.clone(),
        Search::Over { .. } => None,
    };
    let email = &read.value.email;
    let looked = app.store.look_for(email, after.as_ref(), PATIENCE).await?;
    let now = app.clock.now();
    let next = read
        .value
        .looked(looked.items, looked.found, looked.after, now);
    let mut transaction = Transaction::new();
    transaction.subject_request(read.version, &next, None, now)?;
    match app.store.commit(transaction).await? {
        Outcome::Committed => Ok(next),
        // Somebody else looked on meanwhile.
        Outcome::Refused(_) => Ok(find(app, reference).await?.value),
    }
}

/// The request, if there is one.
async fn find(
    app: &App,
    reference: &SubjectReference,
) -> Result<Versioned<SubjectRequest>, Refused> {
    let read = app.store.subject_request(reference).await?;
    read.ok_or(Refused::NoRequest)
}

/// All that is held now of what was found, with what is beside a booking.
///
/// # Errors
///
/// [`StoreError`] if the records do not answer.
pub async fn held(app: &App, request: &SubjectRequest) -> Result<Vec<Spoken>, StoreError> {
    let found = app.store.spoken_at(&request.email, &request.found).await?;
    let mut all = Vec::with_capacity(found.len());
    for spoken in found {
        let beside = match (spoken.kind, BookingReference::parse(spoken.reference())) {
            (Kind::Booking, Ok(reference)) => match app.store.booking(&reference).await? {
                Some(booking) => {
                    let numbers = booking.without(&request.email).numbers;
                    app.store.of_registrations(&booking, &numbers).await?
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        all.push(spoken);
        all.extend(beside);
    }
    Ok(all)
}

/// Writes down that a copy was given.
///
/// # Errors
///
/// [`Refused`] if it was not looked through everything, or the records do not
/// answer.
pub async fn copied(
    app: &App,
    by: &Instruction,
    reference: &SubjectReference,
) -> Result<SubjectRequest, Refused> {
    done(app, by, reference, "subject-data-copied", |_, _| {}).await
}

/// Erases what may go, for as long as a form may take; whether all of it has.
///
/// # Errors
///
/// [`Refused`] if it was not looked through everything, or the records do not
/// answer.
pub async fn erase(
    app: &App,
    by: &Instruction,
    reference: &SubjectReference,
) -> Result<bool, Refused> {
    if by.is_done(app).await? {
        return Ok(true);
    }
    let request = find(app, reference).await?.value;
    if !request.is_whole() {
        return Err(Refused::NotLooked);
    }
    let site = app.site.published().await.map_err(|_| Refused::NoRules)?;
    let retention = &site.publication.retention;
    let begun = Instant::now();
    let mut all = true;
    for spoken in app.store.spoken_at(&request.email, &request.found).await? {
        if begun.elapsed() >= PATIENCE {
            return Ok(false);
        }
        if fate(app, retention, &request.email, &spoken).await? == Fate::Goes {
            all &= go(app, by, &request.email, &spoken).await? == Purged::Gone;
        }
    }
    if all {
        done(app, by, reference, "subject-data-erased", |request, now| {
            request.erased_at = Some(now);
        })
        .await?;
    }
    Ok(all)
}

/// One item goes, with its record where that is nobody else’s.
async fn go(
    app: &App,
    by: &Instruction,
    email: &EmailAddress,
    spoken: &Spoken,
) -> Result<Purged, StoreError> {
    let now = app.clock.now();
    let (store, who) = (&app.store, by.by.clone());
    let reference = spoken.reference();
    match spoken.kind {
        Kind::Application => {
            let parsed = ApplicationReference::parse(reference).ok();
            let read = match &parsed {
                Some(reference) => store.application(reference).await?,
                None => None,
            };
            match read {
                Some(read) if store.purge(&read).await? => Ok(Purged::Gone),
                Some(_) => Ok(Purged::Changed),
                None => Ok(Purged::Gone),
            }
        }
        Kind::Enquiry | Kind::LetIn => store.purge_whole(&spoken.place).await,
        Kind::Booking => match BookingReference::parse(reference) {
            Ok(reference) => match store.booking_to_change(&reference).await? {
                Some(read) => store.forget_in_booking(who, &read, email, now).await,
                None => Ok(Purged::Gone),
            },
            Err(_) => Ok(Purged::Gone),
        },
        Kind::Membership | Kind::Contacts => match membership(app, reference).await? {
            Some(read) => store.erase_contact(who, &read, email, now).await,
            None => Ok(Purged::Gone),
        },
        _ => store.erase_item(&spoken.place).await,
    }
}

/// Changes a request, with an entry in its history.
async fn done(
    app: &App,
    by: &Instruction,
    reference: &SubjectReference,
    what: &str,
    change: impl Fn(&mut SubjectRequest, jiff::Timestamp),
) -> Result<SubjectRequest, Refused> {
    let mut tries = Tries::begin();
    loop {
        let read = find(app, reference).await?;
        if !read.value.is_whole() {
            return Err(Refused::NotLooked);
        }
        if by.is_done(app).await? {
            return Ok(read.value);
        }
        let now = app.clock.now();
        let mut next = read.value.clone();
        change(&mut next, now);
        let mut transaction = by.transaction();
        transaction.subject_request(read.version, &next, Some(what), now)?;
        by.remember(&mut transaction, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(reference = %reference, "{what}");
            return Ok(next);
        }
        tries.again().await?;
    }
}
