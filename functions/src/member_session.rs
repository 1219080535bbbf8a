//! Who acts for a member in this browser: the session that a mailed link began.

use axum::http::HeaderMap;
use domain::account::{Contact, Session};
use domain::calendar::london_date;
use domain::membership::Membership;

use crate::app::App;
use crate::cookies;
use crate::store::StoreError;

/// The cookie with a session's secret.
pub const SESSION: &str = "account-session";

/// The session of this browser.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn session(app: &App, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    let Some(secret) = cookies::read(app, headers, SESSION) else {
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
        let contacts = app.store.contacts(&reference).await?.value;
        let Some(contact) = contacts.with_address(&session.member).cloned() else {
            continue;
        };
        let Some(membership) = app.store.membership(&reference).await? else {
            continue;
        };
        let membership = membership.value;
        if membership.is_on(london_date(app.clock.now())) {
            found.push(ActsFor {
                membership,
                contact,
            });
        }
    }
    Ok(found)
}
