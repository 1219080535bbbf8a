//! A way back in when the known contact has left: the request is kept for the
//! membership secretary, who checks it. The answer here is the same whatever
//! the school.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::account::LetInForm;
use domain::form::FieldErrors;
use domain::letter::{AccountNews, Letter, News};
use domain::reference::AccessReference;
use serde_json::json;

use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::screen::Screen;
use crate::store::{Guard, Outcome, Transaction, Tries};
use crate::typed::Typed;

/// Where it is said that it was received.
const SENT: &str = "/account/let-in/sent/";

/// `GET /account/let-in/`.
pub(super) async fn page(State(app): State<App>) -> Result<Response, ApiError> {
    let (form, errors) = (LetInForm::default(), FieldErrors::default());
    show(&app, &form, &entropy::key(), &errors, StatusCode::OK).await
}

/// `POST /account/let-in/`.
pub(super) async fn ask(
    State(app): State<App>,
    typed: Typed<LetInForm>,
) -> Result<Response, ApiError> {
    let mut tries = Tries::begin();
    loop {
        let now = app.clock.now();
        let reference = AccessReference::from_entropy(entropy::bytes());
        let asked = match typed.form.parse(reference.clone(), now) {
            Ok(asked) => asked,
            Err(errors) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return show(&app, &typed.form, &typed.key, &errors, status).await;
            }
        };
        let mut transaction = Transaction::new();
        let system_now = app.clock.system_now();
        let read = app.store.asked(&asked.person.email).await?;
        let Some(often) = read.value.once_more(system_now) else {
            return Ok(Redirect::to(SENT).into_response());
        };
        transaction.asked(&asked.person.email, read.version, &often, system_now)?;
        transaction.new_let_in(&asked)?;
        let news = AccountNews::LetInForOffice {
            reference,
            school: asked.school.to_string(),
        };
        let letter = Letter {
            to: app.office()?,
            news: News::Account(news),
        };
        transaction.letter(letter, now)?;
        transaction.remember(&typed.command, SENT, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(let_in = %asked.reference, "let-in-asked");
            return Ok(Redirect::to(SENT).into_response());
        }
        tries.again().await?;
    }
}

/// `GET /account/let-in/sent/`.
pub(super) async fn sent(State(app): State<App>) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let screen = Screen {
        title: "We have your request",
        description: "",
        path: "/account/let-in/",
    };
    Ok(screen
        .render(&site, "forms/account/let-in-sent.html", json!({}))?
        .into_response())
}

async fn show(
    app: &App,
    form: &LetInForm,
    key: &str,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let screen = Screen {
        title: "Has the person we know left your school?",
        description: "",
        path: "/account/let-in/",
    };
    let context = json!({ "form": form, "errors": errors, "command": key });
    let page = screen.render(&site, "forms/account/let-in.html", context)?;
    Ok((status, page).into_response())
}
