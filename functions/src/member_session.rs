//! Who acts for a member in this browser: the session that a mailed link began.

use axum::http::HeaderMap;
use domain::account::{Contact, Contacts, Session};
use domain::calendar::london_date;
use domain::contact::EmailAddress;
use domain::membership::Membership;
use jiff::civil::Date;

use crate::app::App;
use crate::cookies;
use crate::store::StoreError;

/// The cookie with a session's secret.
pub const SESSION: &str = "account-session";

/// The secret of this browser's session, if it has one.
#[must_use]
pub fn secret_of(app: &App, headers: &HeaderMap) -> Option<String> {
    cookies::read(app, headers, SESSION)
}

/// The session of this browser.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn session(app: &App, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    let Some(secret) = secret_of(app, headers) else {
        return Ok(None);
    };
    // Sessions keep the system's time: the business clock may show any day.
    let now = app.clock.system_now();
    let session = app.store.account_session(&secret, now).await?;
    if let Some(used) = session.as_ref().and_then(|session| session.used(now)) {
        app.store.keep_account_session(&secret, &used).await?;
    }
    Ok(session)
}

/// A member, and the person of it who is signed in.
#[derive(Debug, Clone)]
pub struct ActsFor {
    /// The member.
    pub membership: Membership,
    /// The person.
    pub contact: Contact,
}

impl ActsFor {
    /// Somebody with this address, if one of the member's people has it and the
    /// membership lasts on that day.
    #[must_use]
    pub fn of(
        email: &EmailAddress,
        membership: Membership,
        people: &Contacts,
        day: Date,
    ) -> Option<ActsFor> {
        let contact = people.with_address(email)?.clone();
        membership.is_on(day).then_some(ActsFor {
            membership,
            contact,
        })
    }
}

/// The members that whoever is signed in here acts for, as long as they are
/// members; none if nobody is.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn acts_for(app: &App, headers: &HeaderMap) -> Result<Vec<ActsFor>, StoreError> {
    let Some(session) = session(app, headers).await? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for reference in app.store.memberships_of(&session.member).await? {
        let read = app.store.member_and_people(&reference).await?;
        let day = london_date(app.clock.now());
        found.extend(read.and_then(|(membership, people)| {
            ActsFor::of(&session.member, membership, &people, day)
        }));
    }
    Ok(found)
}
