//! Save and return: a link that opens the application again, by letter.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::contact::{EmailAddress, Line, Person};
use domain::form::FieldErrors;
use domain::letter::{Letter, LetterLink, News};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::access::{Address, Opened, no_such_link};
use super::question::open_draft;
use super::writing::{Changed, Decided, change};
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::site::Published;
use crate::store::Transaction;
use crate::typed::Typed;

/// More letters than one application needs; whoever wants more would fill
/// somebody's letter box.
const MOST_LINKS: usize = 12;

/// The form as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SaveForm {
    name: String,
    email: String,
}

/// `GET /apply/{reference}/{secret}/save/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = open_draft(&app, &address, &site).await?;
    let Some(opened) = opened.filter(|opened| opened.purpose == Purpose::Draft) else {
        return no_such_link(&site);
    };
    let answers = &opened.application().answers;
    let form = SaveForm {
        name: answers.text("contact_name").to_owned(),
        email: answers.text("contact_email").to_owned(),
    };
    show(
        &site,
        &address,
        &form,
        &FieldErrors::default(),
        StatusCode::OK,
    )
}

/// `POST /apply/{reference}/{secret}/save/`: write the letter.
pub(super) async fn send(
    State(app): State<App>,
    address: Address,
    typed: Typed<SaveForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let mut errors = FieldErrors::default();
    let name = errors.keep("name", Line::parse(&typed.form.name, "your name"));
    let email = errors.keep(
        "email",
        EmailAddress::parse(&typed.form.email, "your email address"),
    );
    let (Some(name), Some(email)) = (name, email) else {
        if open_draft(&app, &address, &site).await?.is_none() {
            return no_such_link(&site);
        }
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &address, &typed.form, &errors, status);
    };
    let to = Person { name, email };
    let idle_days = site.publication.membership.draft.days;
    let changed = change(&app, &address, |opened: &Opened, now| {
        let mut application = opened.application().clone();
        if opened.purpose != Purpose::Draft || application.has_expired(idle_days, now) {
            return Ok(Decided::Leave(None));
        }
        if application.grants.len() > MOST_LINKS {
            return Ok(Decided::Leave(Some(false)));
        }
        let subject = application.reference.to_string();
        let (grant, _) = app.links.give(Purpose::Draft, &subject, now);
        let mut transaction = Transaction::new();
        transaction.letter(
            Letter {
                to: to.clone(),
                news: News::ApplicationToFinish {
                    reference: application.reference.clone(),
                    link: LetterLink::of(&grant),
                    idle_days,
                },
            },
            now,
        )?;
        application.grants.push(grant);
        application.edited_at = now;
        Ok(Decided::Write {
            application: Box::new(application),
            what: Some("application-link-sent"),
            transaction,
            reply: Some(true),
        })
    })
    .await?;
    match changed {
        Changed::Done(Some(true)) => sent(&site, to.email.as_str(), &address, idle_days),
        Changed::Done(Some(false)) | Changed::Not(Some(_)) => {
            errors.note("email", TOO_MANY);
            let status = StatusCode::TOO_MANY_REQUESTS;
            show(&site, &address, &typed.form, &errors, status)
        }
        _ => no_such_link(&site),
    }
}

/// What is said when too many letters were asked for.
pub(super) const TOO_MANY: &str =
    "We have sent as many links to this application as we do. Use one of those, or contact us";

/// Says where the letter went.
fn sent(
    site: &Published,
    email: &str,
    address: &Address,
    idle_days: u32,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "We are sending you a link",
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "email": email, "base": address.base(), "idle_days": idle_days, "task": "",
    });
    Ok(screen
        .render(site, "forms/apply/link-sent.html", context)?
        .into_response())
}

fn show(
    site: &Published,
    address: &Address,
    form: &SaveForm,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title: "Where should we send the link?",
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "form": form, "errors": errors, "base": address.base(),
        "idle_days": site.publication.membership.draft.days,
    });
    Ok((
        status,
        screen.render(site, "forms/apply/save.html", context)?,
    )
        .into_response())
}
