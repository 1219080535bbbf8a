//! An application is sent, once. The address that it came from is confirmed
//! by a link before it is live.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::application::{Application, ApplicationCommand, ApplicationState};
use domain::calendar::london_date;
use domain::form::FieldErrors;
use domain::letter::{Letter, LetterLink, News};
use domain::membership::Category;
use jiff::Timestamp;

use super::access::{Address, Opened, no_such_link};
use super::check;
use super::question::taken_by;
use super::writing::{Changed, Decided, change};
use crate::answer::ApiError;
use crate::app::App;
use crate::site::Published;
use crate::store::Transaction;

/// What became of it.
enum Reply {
    /// It is sent, now or before.
    Sent(Application),
    /// Something keeps it from being sent.
    Wrong(Application, FieldErrors, StatusCode),
    NoLink,
}

/// `POST /apply/{reference}/{secret}/check/`: send it.
pub(super) async fn send(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let changed = change(&app, &address, |opened: &Opened, now| {
        decide(&app, &site, opened, now)
    })
    .await?;
    match changed {
        Changed::Done(Reply::Sent(application)) | Changed::Not(Reply::Sent(application)) => {
            let page = format!("/apply/submitted/{}/", application.reference);
            Ok(Redirect::to(&page).into_response())
        }
        Changed::Done(Reply::Wrong(application, errors, status))
        | Changed::Not(Reply::Wrong(application, errors, status)) => {
            check::show(&app, &site, &address, &application, &errors, status)
        }
        Changed::Refused(guard) => {
            let Some(opened) = address.open(&app).await? else {
                return no_such_link(&site);
            };
            let mut errors = FieldErrors::default();
            errors.note("tasks", taken_by(guard));
            let application = opened.application();
            let status = StatusCode::CONFLICT;
            check::show(&app, &site, &address, application, &errors, status)
        }
        _ => no_such_link(&site),
    }
}

fn decide(
    app: &App,
    site: &Published,
    opened: &Opened,
    now: Timestamp,
) -> Result<Decided<Reply>, ApiError> {
    let mut application = opened.application().clone();
    let rules = &site.publication.retention;
    if opened.purpose != Purpose::Draft || application.has_expired(rules.idle_days(), now) {
        return Ok(Decided::Leave(Reply::NoLink));
    }
    if application.state != ApplicationState::Draft {
        return Ok(Decided::Leave(Reply::Sent(application)));
    }
    let member = application.answers.member(application.category);
    let complete = application.is_complete(&site.publication.commitments, london_date(now));
    let (true, Some(member)) = (complete, member) else {
        let mut errors = FieldErrors::default();
        errors.note(
            "tasks",
            "Something is missing: go through the parts that are marked as incomplete",
        );
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(Decided::Leave(Reply::Wrong(application, errors, status)));
    };
    let mut transaction = Transaction::new();
    if let (Category::Full, Some(urn)) = (application.category, &member.urn) {
        transaction.urn_is_free(urn)?;
    }
    let subject = application.reference.to_string();
    let (grant, _) = app.links.give(Purpose::Confirm, &subject, now);
    let letter = Letter {
        to: member.contact,
        news: News::ApplicationToConfirm {
            reference: application.reference.clone(),
            applicant: member.name.to_string(),
            category: application.category,
            link: LetterLink::of(&grant),
            idle_days: rules.idle_days(),
        },
    };
    transaction.letter(letter, now)?;
    application.grants.push(grant);
    application.submitted_at = Some(now);
    if application
        .advance(ApplicationCommand::Submit, now)
        .is_err()
    {
        return Ok(Decided::Leave(Reply::NoLink));
    }
    Ok(Decided::Write {
        application: Box::new(application.clone()),
        what: Some("application-sent"),
        transaction,
        reply: Reply::Sent(application),
    })
}
