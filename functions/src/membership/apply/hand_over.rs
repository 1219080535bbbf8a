//! One task is handed over to somebody else, by a link that opens that task
//! and nothing else.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::application::{Application, Task};
use domain::contact::{EmailAddress, Line, Person};
use domain::form::FieldErrors;
use domain::letter::News;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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
pub(super) struct HandOverForm {
    task: String,
    name: String,
    email: String,
}

/// `GET /apply/{reference}/{secret}/hand-over/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = open_draft(&app, &address, &site).await?;
    let Some(opened) = opened.filter(|opened| opened.purpose == Purpose::Draft) else {
        return no_such_link(&site);
    };
    let (form, errors) = (HandOverForm::default(), FieldErrors::default());
    show(
        &site,
        &address,
        opened.application(),
        &form,
        &errors,
        StatusCode::OK,
    )
}

/// `POST /apply/{reference}/{secret}/hand-over/`: write the letter.
pub(super) async fn send(
    State(app): State<App>,
    address: Address,
    typed: Typed<HandOverForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = open_draft(&app, &address, &site).await?;
    let Some(opened) = opened.filter(|opened| opened.purpose == Purpose::Draft) else {
        return no_such_link(&site);
    };
    let form = &typed.form;
    let mut errors = FieldErrors::default();
    let task = Task::of(opened.application().category)
        .iter()
        .copied()
        .find(|task| task.slug() == form.task);
    if task.is_none() {
        errors.note("task", "Choose the part to hand over");
    }
    let name = errors.keep("name", Line::parse(&form.name, "the person’s name"));
    let email = errors.keep(
        "email",
        EmailAddress::parse(&form.email, "the person’s email address"),
    );
    let again = |errors: &FieldErrors, status| {
        show(&site, &address, opened.application(), form, errors, status)
    };
    let (Some(task), Some(name), Some(email)) = (task, name, email) else {
        return again(&errors, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let to = Person { name, email };
    let what = (Purpose::Task(task), "application-task-handed-over");
    let news = |application: &Application, link| {
        let school = application.answers.text("school_name");
        News::ApplicationTask {
            reference: application.reference.clone(),
            school: (!school.is_empty()).then(|| school.to_owned()),
            task: task.title().to_owned(),
            link,
        }
    };
    match mailed_link::send(&app, &site, &address, &to, what, news).await? {
        Sending::Sent => {
            let title = "We are sending the link";
            mailed_link::sent(&site, title, &to, &address, Some(task.title()))
        }
        Sending::TooMany => {
            errors.note("email", TOO_MANY);
            again(&errors, StatusCode::TOO_MANY_REQUESTS)
        }
        Sending::NoDraft => no_such_link(&site),
    }
}

fn show(
    site: &Published,
    address: &Address,
    application: &Application,
    form: &HandOverForm,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let tasks: Vec<Value> = Task::of(application.category)
        .iter()
        .map(|task| json!({ "value": task.slug(), "label": task.title() }))
        .collect();
    let screen = Screen {
        title: "Which part should somebody else do?",
        description: "",
        path: "/apply/",
    };
    let context = json!({
        "form": form, "errors": errors, "tasks": tasks, "base": address.base(),
    });
    Ok((
        status,
        screen.render(site, "forms/apply/hand-over.html", context)?,
    )
        .into_response())
}
