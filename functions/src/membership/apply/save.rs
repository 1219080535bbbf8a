//! Save and return: a link that opens the application again, by letter.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::application::Application;
use domain::contact::{EmailAddress, Line, Person};
use domain::form::FieldErrors;
use domain::letter::News;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::access::{Address, no_such_link};
use super::mailed_link::{self, Sending, TOO_MANY};
use super::question::open_draft;
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::site::Published;
use crate::typed::Typed;

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
    let idle_days = site.publication.retention.idle_days();
    let what = (Purpose::Draft, "application-link-sent");
    let news = |application: &Application, link| News::ApplicationToFinish {
        reference: application.reference.clone(),
        link,
        idle_days,
    };
    match mailed_link::send(&app, &site, &address, &to, what, news).await? {
        Sending::Sent => mailed_link::sent(&site, "We are sending you a link", &to, &address, None),
        Sending::TooMany => {
            errors.note("email", TOO_MANY);
            let status = StatusCode::TOO_MANY_REQUESTS;
            show(&site, &address, &typed.form, &errors, status)
        }
        Sending::NoDraft => no_such_link(&site),
    }
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
        "idle_days": site.publication.retention.idle_days(),
    });
    Ok((
        status,
        screen.render(site, "forms/apply/save.html", context)?,
    )
        .into_response())
}
