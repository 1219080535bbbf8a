//! The answers, all on one page, each with a way to change it; and the button
//! that sends them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::application::{Application, Page, Task};
use domain::calendar::london_date;
use domain::form::FieldErrors;
use serde_json::{Value, json};

use super::access::{Address, no_such_link};
use super::question::open_draft;
use super::shown::said;
use crate::answer::ApiError;
use crate::app::App;
use crate::questions::label;
use crate::screen::Screen;
use crate::site::Published;

/// `GET /apply/{reference}/{secret}/check/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let opened = open_draft(&app, &address, &site).await?;
    match opened.filter(|opened| opened.purpose == Purpose::Draft) {
        Some(opened) => {
            let application = opened.application();
            show(
                &app,
                &site,
                &address,
                application,
                &FieldErrors::default(),
                StatusCode::OK,
            )
        }
        None => no_such_link(&site),
    }
}

/// The answers as they stand, with what keeps them from being sent.
pub(super) fn show(
    app: &App,
    site: &Published,
    address: &Address,
    application: &Application,
    errors: &FieldErrors,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let commitments = &site.publication.commitments;
    let tasks: Vec<Value> = Task::of(application.category)
        .iter()
        .map(|task| {
            let complete =
                task.is_optional() || application.is_task_complete(*task, commitments, today);
            let questions: Vec<Value> = Page::of_task(application.category, *task)
                .map(|page| {
                    let rows = rows(site, address, application, page);
                    json!({ "title": page.title, "rows": rows })
                })
                .collect();
            json!({ "title": task.title(), "complete": complete, "questions": questions })
        })
        .collect();
    let context = json!({
        "tasks": tasks, "errors": errors, "base": address.base(),
        "complete": application.is_complete(commitments, today),
        "category": application.category,
    });
    let screen = Screen {
        title: "Check your answers",
        description: "",
        path: "/apply/",
    };
    Ok((
        status,
        screen.render(site, "forms/apply/check.html", context)?,
    )
        .into_response())
}

fn rows(
    site: &Published,
    address: &Address,
    application: &Application,
    page: &'static Page,
) -> Vec<Value> {
    let answers = &application.answers;
    page.fields
        .iter()
        .filter(|field| field.is_asked(answers))
        .map(|field| {
            let value = said(field, answers.text(field.name));
            json!({
                "label": label(field, site, application.category),
                "value": if value.is_empty() { "Not provided".to_owned() } else { value },
                "href": format!("{}{}/?from=check#{}", address.base(), page.slug, field.name),
            })
        })
        .collect()
}
