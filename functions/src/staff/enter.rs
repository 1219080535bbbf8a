//! An application that came on paper, entered on one page: the questions are
//! those of the applicant's pages, and are read by the same rules.

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::application::{Answers, Application, Page};
use domain::calendar::london_date;
use domain::day::past_day;
use domain::form::FieldErrors;
use domain::membership::Category;
use domain::reference::ApplicationReference;
use domain::school::Urn;
use domain::staff::StaffMember;
use serde_json::{Value, json};

use super::record::wrong;
use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::instruction::Instruction;
use crate::prefill;
use crate::questions;
use crate::screen::Screen;
use crate::secretary::{self, Refused};
use crate::site::Published;
use crate::typed::Typed;

/// `GET /staff/applications/enter/?category=…&urn=…`: which form, and then the
/// form, with what the national register knows.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let said = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let Some(category) = category(said("category")) else {
        return choose(&app, &member).await;
    };
    let mut typed = Answers::default();
    if let (Category::Full, Ok(urn)) = (category, Urn::parse(said("urn"))) {
        prefill::fill_in(&mut typed, &urn, &site);
    }
    let shown = Shown {
        category,
        typed,
        received_on: String::new(),
        key: entropy::key(),
        errors: FieldErrors::default(),
    };
    show(&app, &site, &member, shown, StatusCode::OK).await
}

fn category(name: &str) -> Option<Category> {
    match name {
        "full" => Some(Category::Full),
        "associate" => Some(Category::Associate),
        _ => None,
    }
}

/// `POST /staff/applications/enter/`.
pub(super) async fn enter(
    State(app): State<App>,
    By(member): By,
    sent: Typed<BTreeMap<String, String>>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let text = |name: &str| sent.form.get(name).map(String::as_str).unwrap_or_default();
    let Some(category) = category(text("category")) else {
        return Ok(Redirect::to(PATH).into_response());
    };
    let by = Instruction::of_staff(&member, &sent.command);
    if let Some(reference) = by.reply(&app).await? {
        return Ok(Redirect::to(&address(&reference)).into_response());
    }
    let mut typed = Answers::default();
    for field in Page::of(category).iter().flat_map(|page| page.fields) {
        typed.keep(field.name, text(field.name));
    }
    let shown = |errors| Shown {
        category,
        typed: typed.clone(),
        received_on: text("received_on").to_owned(),
        key: sent.key.clone(),
        errors,
    };
    let application = match read(&app, &site, category, &typed, text("received_on")) {
        Ok(application) => application,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&app, &site, &member, shown(errors), status).await;
        }
    };
    match secretary::enter(&app, &by, application).await {
        Ok(reference) => Ok(Redirect::to(&address(&reference.to_string())).into_response()),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => {
            let errors = wrong("urn", error);
            show(&app, &site, &member, shown(errors), StatusCode::CONFLICT).await
        }
    }
}

const PATH: &str = "/staff/applications/enter/";

fn address(reference: &str) -> String {
    format!("/staff/applications/{reference}/")
}

/// The application, by the rules of the applicant's own pages.
fn read(
    app: &App,
    site: &Published,
    category: Category,
    typed: &Answers,
    received_on: &str,
) -> Result<Application, FieldErrors> {
    let now = app.clock.now();
    let today = london_date(now);
    let mut errors = FieldErrors::default();
    let received_on = errors.keep(
        "received_on",
        past_day(received_on, "the date of receipt", today),
    );
    // What the register says decides which questions there are.
    let mut known = Answers::default();
    if let (Category::Full, Ok(urn)) = (category, Urn::parse(typed.text("urn"))) {
        prefill::fill_in(&mut known, &urn, site);
    }
    let answers = match known.read_all(category, typed, today) {
        Ok(answers) => Some(answers),
        Err(wrong) => {
            errors.append(wrong);
            None
        }
    };
    let (Some(received_on), Some(answers)) = (received_on, answers) else {
        return Err(errors);
    };
    let reference = ApplicationReference::from_entropy(entropy::bytes());
    let agreement = site.publication.commitments.agreed_by(category, now);
    Application::from_paper(reference, category, answers, agreement, received_on, now)
        .map_err(|error| wrong("received_on", error))
}

/// The form, and what is wrong with it.
struct Shown {
    category: Category,
    typed: Answers,
    received_on: String,
    key: String,
    errors: FieldErrors,
}

async fn show(
    app: &App,
    site: &Published,
    member: &StaffMember,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let category = shown.category;
    let mut known = shown.typed.clone();
    if let (Category::Full, Ok(urn)) = (category, Urn::parse(shown.typed.text("urn"))) {
        prefill::fill_in(&mut known, &urn, site);
    }
    let mut form: BTreeMap<&str, &str> = BTreeMap::from([("received_on", &*shown.received_on)]);
    let pages: Vec<Value> = Page::of(category)
        .iter()
        .map(|page| {
            let asked = page.fields.iter().filter(|field| field.is_asked(&known));
            let fields: Vec<Value> = asked
                .map(|field| questions::shown(field, site, category))
                .collect();
            json!({ "title": page.title, "fields": fields })
        })
        .collect();
    for field in Page::of(category).iter().flat_map(|page| page.fields) {
        form.insert(field.name, shown.typed.text(field.name));
    }
    let context = json!({
        "pages": pages, "form": form, "errors": shown.errors, "command": shown.key,
        "category": match category { Category::Full => "full", Category::Associate => "associate" },
        "words": category.words(),
    });
    let screen = Screen {
        title: "Enter an application that came on paper",
        description: "",
        path: PATH,
    };
    view::page(app, member, screen, "staff/enter.html", context, status).await
}

async fn choose(app: &App, member: &StaffMember) -> Result<Response, ApiError> {
    let about = (
        "Enter an application that came on paper",
        PATH,
        "staff/enter.html",
    );
    let context = json!({ "pages": [], "form": {}, "errors": [] });
    view::open(app, member, about, context).await
}
