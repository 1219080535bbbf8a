//! The address that an application came from is confirmed: by a button, since
//! a mail scanner opens every link and presses none.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::application::{Application, ApplicationCommand, ApplicationState};
use domain::letter::{Letter, LetterLink, News, OfficeNews};
use domain::membership::Category;
use jiff::Timestamp;
use serde_json::json;

use super::access::{Address, Opened, no_such_link};
use super::question::ALREADY_LIVE;
use super::writing::{Changed, Decided, change, to_office};
use crate::answer::ApiError;
use crate::app::App;
use crate::metrics::{self, Metric};
use crate::screen::Screen;
use crate::site::Published;
use crate::store::{Guard, Transaction};

/// `GET /apply/{reference}/{secret}/confirm/`: what is confirmed, and the
/// button. Opening it changes nothing.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = address.open(&app).await?;
    match opened.filter(|opened| opened.purpose == Purpose::Confirm) {
        Some(opened) if is_open(opened.application(), &site, app.clock.now()) => {
            show(&site, &address, opened.application(), None, StatusCode::OK)
        }
        _ => no_such_link(&site),
    }
}

/// Whether there is, or was, something to confirm: a link that was used says
/// how things stand.
fn is_open(application: &Application, site: &Published, now: Timestamp) -> bool {
    application.state != ApplicationState::Draft
        && !application.has_expired(site.publication.membership.draft.days, now)
}

/// `POST /apply/{reference}/{secret}/confirm/`: it is live from now.
pub(super) async fn confirm(
    State(app): State<App>,
    address: Address,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let changed = change(&app, &address, |opened: &Opened, now| {
        decide(&app, &site, opened, now)
    })
    .await?;
    if matches!(changed, Changed::Done(Some(_))) {
        metrics::measure(Metric::Applications, 1);
    }
    match changed {
        Changed::Done(Some(next)) | Changed::Not(Some(next)) => {
            Ok(Redirect::to(&next).into_response())
        }
        Changed::Refused(guard) => {
            let sentence = match guard {
                Guard::Member => "The school with this URN is a member already.",
                _ => ALREADY_LIVE,
            };
            match address.open(&app).await? {
                Some(opened) => {
                    let application = opened.application();
                    show(
                        &site,
                        &address,
                        application,
                        Some(sentence),
                        StatusCode::CONFLICT,
                    )
                }
                None => no_such_link(&site),
            }
        }
        Changed::Done(None) | Changed::Not(None) | Changed::NoLink => no_such_link(&site),
    }
}

fn decide(
    app: &App,
    site: &Published,
    opened: &Opened,
    now: Timestamp,
) -> Result<Decided<Option<String>>, ApiError> {
    let mut application = opened.application().clone();
    if opened.purpose != Purpose::Confirm || !is_open(&application, site, now) {
        return Ok(Decided::Leave(None));
    }
    let page = format!("/apply/submitted/{}/", application.reference);
    if application
        .advance(ApplicationCommand::ConfirmAddress, now)
        .is_err()
    {
        // It was confirmed before; its page says how things stand.
        return Ok(Decided::Leave(Some(page)));
    }
    let Some(member) = application.answers.member(application.category) else {
        return Ok(Decided::Leave(None));
    };
    let mut transaction = Transaction::new();
    if let (Category::Full, Some(urn)) = (application.category, &member.urn) {
        transaction.hold_urn(urn, &application.reference)?;
    }
    let subject = application.reference.to_string();
    let (grant, _) = app.links.give(Purpose::Status, &subject, now);
    transaction.letter(
        Letter {
            to: member.contact,
            news: News::ApplicationReceived {
                reference: application.reference.clone(),
                applicant: member.name.to_string(),
                urn: member.urn,
                pupils: member.pupils,
                link: LetterLink::of(&grant),
            },
        },
        now,
    )?;
    transaction.letter(to_office(app, &application, OfficeNews::Arrived)?, now)?;
    application.grants.push(grant);
    Ok(Decided::Write {
        application: Box::new(application),
        what: Some("application-confirmed"),
        transaction,
        reply: Some(page),
    })
}

fn show(
    site: &Published,
    address: &Address,
    application: &Application,
    problem: Option<&str>,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let member = application.answers.member(application.category);
    let confirmed = application.state != ApplicationState::Unconfirmed;
    let context = json!({
        "action": format!("{}confirm/", address.base()),
        "reference": application.reference,
        "applicant": member.map(|member| member.name.to_string()),
        "category": application.category.words(),
        "confirmed": confirmed, "state_text": application.state.words(), "problem": problem,
    });
    let screen = Screen {
        title: if confirmed {
            "This is confirmed"
        } else {
            "Confirm your application"
        },
        description: "",
        path: "/apply/",
    };
    Ok((
        status,
        screen.render(site, "forms/apply/confirm.html", context)?,
    )
        .into_response())
}
