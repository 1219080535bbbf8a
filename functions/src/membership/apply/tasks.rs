//! The list of tasks: what is done, what is to do, and what comes after.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Purpose;
use domain::application::{ApplicationState, Page, Task};
use domain::calendar::{london_date, long_date};
use serde_json::{Value, json};

use super::access::{Address, Opened, no_such_link};
use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;
use crate::site::Published;

/// `GET /apply/{reference}/{secret}/`.
pub(super) async fn page(State(app): State<App>, address: Address) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let now = app.clock.now();
    let idle_days = site.publication.retention.idle_days();
    let Some(opened) = address.open(&app).await? else {
        return no_such_link(&site);
    };
    let application = opened.application();
    match opened.purpose {
        Purpose::Status
        | Purpose::Confirm
        | Purpose::Invoice
        | Purpose::SignIn
        | Purpose::Address
        | Purpose::Booking
        | Purpose::BookingAddress
        | Purpose::BookingApproval
        | Purpose::Feedback => {
            let next = if opened.purpose == Purpose::Confirm {
                "confirm/"
            } else {
                "status/"
            };
            return Ok(Redirect::to(&format!("{}{next}", address.base())).into_response());
        }
        _ if application.has_expired(idle_days, now) => return no_such_link(&site),
        _ if application.state != ApplicationState::Draft => {
            let page = format!("/apply/submitted/{}/", application.reference);
            return Ok(Redirect::to(&page).into_response());
        }
        Purpose::Draft | Purpose::Task(_) => {}
    }
    let today = london_date(now);
    let tasks: Vec<Value> = Task::of(application.category)
        .iter()
        .filter(|task| opened.may_do(**task))
        .map(|task| {
            json!({
                "title": task.title(),
                "href": first_page(&opened, *task).map(|slug| format!("{}{slug}/", address.base())),
                "status": status(&opened, *task, &site, today),
            })
        })
        .collect();
    let until = application
        .expires_at(idle_days)
        .map(|at| long_date(london_date(at)));
    let context = json!({
        "tasks": tasks, "base": address.base(), "whole": opened.purpose == Purpose::Draft,
        "complete": application.is_complete(&site.publication.commitments, today),
        "reference": application.reference, "category": application.category,
        "applicant": applicant(&opened), "until": until,
    });
    let screen = Screen {
        title: "Your application",
        description: "",
        path: "/apply/",
    };
    Ok(screen
        .render(&site, "forms/apply/tasks.html", context)?
        .into_response())
}

/// The page of a task that comes first.
fn first_page(opened: &Opened, task: Task) -> Option<&'static str> {
    Page::of_task(opened.application().category, task)
        .next()
        .map(|page| page.slug)
}

/// How far a task is.
fn status(opened: &Opened, task: Task, site: &Published, today: jiff::civil::Date) -> &'static str {
    let application = opened.application();
    let begun = application.answers.begun(application.category, task);
    if task.is_optional() {
        return if begun { "Completed" } else { "Optional" };
    }
    if application.is_task_complete(task, &site.publication.commitments, today) {
        "Completed"
    } else if begun {
        "In progress"
    } else {
        "Not started"
    }
}

/// The name of the applicant, once it is known.
fn applicant(opened: &Opened) -> String {
    let answers = &opened.application().answers;
    match answers.text("school_name") {
        "" => answers.text("contact_name").to_owned(),
        name => name.to_owned(),
    }
}
