//! A link to an application, by letter: to whoever fills it in, or to somebody
//! who fills in a part of it.

use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::application::Application;
use domain::contact::Person;
use domain::letter::{Letter, LetterLink, News};
use serde_json::json;

use super::access::{Address, Opened};
use super::writing::{Changed, Decided, change};
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::Transaction;

/// More letters than one application needs, hand-overs and changes of mind
/// among them; whoever wants more would fill somebody's letter box.
const MOST_LINKS: usize = 12;

/// What is said when too many letters were asked for.
pub(super) const TOO_MANY: &str =
    "We have sent as many links to this application as we do. Use one of those, or contact us";

/// What became of a letter that was asked for.
pub(super) enum Sending {
    /// It is in the outbox.
    Sent,
    /// As many were sent as are sent.
    TooMany,
    /// The address opens no draft.
    NoDraft,
}

/// Gives somebody a link of their own; `what` is the audit entry's name.
pub(super) async fn send(
    app: &App,
    site: &Published,
    address: &Address,
    to: &Person,
    (purpose, what): (Purpose, &'static str),
    news: impl Fn(&Application, LetterLink) -> News,
) -> Result<Sending, ApiError> {
    let idle_days = site.publication.retention.idle_days();
    let changed = change(app, address, |opened: &Opened, now| {
        let mut application = opened.application().clone();
        if opened.purpose != Purpose::Draft || application.has_expired(idle_days, now) {
            return Ok(Decided::Leave(Sending::NoDraft));
        }
        if application.grants.len() > MOST_LINKS {
            return Ok(Decided::Leave(Sending::TooMany));
        }
        let subject = application.reference.to_string();
        let (grant, _) = app.links.give(purpose, &subject, now);
        let mut transaction = Transaction::new();
        let letter = Letter {
            to: to.clone(),
            news: news(&application, LetterLink::of(&grant)),
        };
        transaction.letter(letter, now)?;
        application.grants.push(grant);
        application.edited_at = now;
        Ok(Decided::Write {
            application: Box::new(application),
            what: Some(what),
            transaction,
            reply: Sending::Sent,
        })
    })
    .await?;
    Ok(match changed {
        Changed::Done(sending) | Changed::Not(sending) => sending,
        Changed::Refused(_) | Changed::NoLink => Sending::NoDraft,
    })
}

/// Says where the letter went; `task` is the part that its link opens, none
/// for the whole application.
pub(super) fn sent(
    site: &Published,
    title: &str,
    to: &Person,
    address: &Address,
    task: Option<&str>,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title,
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "email": to.email, "base": address.base(), "task": task.unwrap_or_default(),
        "idle_days": site.publication.retention.idle_days(),
    });
    Ok(screen
        .render(site, "forms/apply/link-sent.html", context)?
        .into_response())
}
