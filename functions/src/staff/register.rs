//! The register of members, with associates apart, and the roll of voters at a
//! date; both on a page and as a file.
//!
//! Companies Act 2006, section 113: the name and the address of every member,
//! the day of entry, the day of ceasing, and the class.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::day;
use domain::form::FieldErrors;
use domain::membership::{Category, Membership};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::csv_file::download;
use crate::screen::Screen;
use crate::store::RegisterEntry;

/// `GET /staff/register/`.
pub(super) async fn page(State(app): State<App>, By(member): By) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let entries: Vec<Value> = app
        .store
        .register()
        .await?
        .iter()
        .map(|entry| {
            json!({
                "reference": entry.membership, "name": entry.name, "address": entry.address,
                "class": entry.class.words(), "entered_on": long_date(entry.entered_on),
                "ceased_on": ceased(entry.ceased_on, today).map(long_date),
            })
        })
        .collect();
    let associates: Vec<Value> = associates(&app)
        .await?
        .iter()
        .map(|membership| {
            json!({
                "reference": membership.reference, "name": membership.member.name,
                "address": membership.member.address,
                "class": membership.category.words(),
                "entered_on": long_date(membership.joined_on),
                "ceased_on": ceased(membership.ends_on, today).map(long_date),
            })
        })
        .collect();
    let context =
        json!({ "entries": entries, "associates": associates, "today": long_date(today) });
    let about = (
        "Register of members",
        "/staff/register/",
        "staff/register.html",
    );
    view::open(&app, &member, about, context).await
}

/// The day of ceasing, once it has passed: on the last day it is a member still.
fn ceased(last_day: Option<Date>, today: Date) -> Option<Date> {
    last_day.filter(|last| *last < today)
}

async fn associates(app: &App) -> Result<Vec<Membership>, ApiError> {
    let all = app.store.memberships().await?;
    let mut associates: Vec<_> = all
        .into_iter()
        .map(|read| read.value)
        .filter(|membership| membership.category == Category::Associate)
        .collect();
    associates.sort_by_key(|membership| membership.joined_on);
    Ok(associates)
}

/// The columns of both files.
const COLUMNS: [&str; 6] = [
    "name",
    "address",
    "class",
    "date in",
    "date out",
    "reference",
];

/// `GET /staff/register.csv`.
pub(super) async fn register_file(State(app): State<App>) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let entries = app.store.register().await?;
    let rows = entries.iter().map(|entry| entry_row(entry, today));
    download(&format!("register-{today}.csv"), &COLUMNS, rows)
}

fn entry_row(entry: &RegisterEntry, today: Date) -> Vec<String> {
    vec![
        entry.name.clone(),
        one_line(entry.address.as_deref()),
        entry.class.words().to_owned(),
        entry.entered_on.to_string(),
        shown(ceased(entry.ceased_on, today)),
        entry.membership.to_string(),
    ]
}

/// `GET /staff/associates.csv`.
pub(super) async fn associates_file(State(app): State<App>) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let associates = associates(&app).await?;
    let rows = associates.iter().map(|membership| {
        let address = membership.member.address.as_ref().map(ToString::to_string);
        vec![
            membership.member.name.to_string(),
            one_line(address.as_deref()),
            membership.category.words().to_owned(),
            membership.joined_on.to_string(),
            shown(ceased(membership.ends_on, today)),
            membership.reference.to_string(),
        ]
    });
    download(&format!("associates-{today}.csv"), &COLUMNS, rows)
}

/// `GET /staff/roll/?on=YYYY-MM-DD`: who has a vote on a day, today if none is
/// said.
pub(super) async fn roll(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let today = london_date(app.clock.now());
    let typed = asked.get("on").map(String::as_str).unwrap_or_default();
    let mut errors = FieldErrors::default();
    let on = match typed.trim() {
        "" => Some(today),
        text => errors.keep(
            "on",
            day::parse(text).ok_or("Enter a day, like 14 March 2017"),
        ),
    };
    let voters: Vec<Value> = match on {
        Some(on) => voters(&app, on)
            .await?
            .iter()
            .map(|membership| {
                json!({
                    "reference": membership.reference, "name": membership.member.name,
                    "urn": membership.member.urn, "contact": membership.member.contact,
                })
            })
            .collect(),
        None => Vec::new(),
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let screen = Screen {
        title: "Roll of voters",
        description: "",
        path: "/staff/roll/",
    };
    let context = json!({
        "voters": voters, "on": on.map(long_date), "day": on.map(|on| on.to_string()),
        "form": { "on": typed }, "errors": errors,
    });
    view::page(&app, &member, screen, "staff/roll.html", context, status).await
}

/// `GET /staff/roll.csv?on=YYYY-MM-DD`.
pub(super) async fn roll_file(
    State(app): State<App>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let typed = asked.get("on").map(|text| text.trim()).unwrap_or_default();
    let on = match typed {
        "" => london_date(app.clock.now()),
        text => day::parse(text).ok_or_else(|| {
            ApiError::BadRequest("Say the day of the roll, like `?on=2017-04-03`.".to_owned())
        })?,
    };
    let columns = ["urn", "name", "votes", "contact", "email", "reference"];
    let voters = voters(&app, on).await?;
    let rows = voters.iter().map(|membership| {
        let member = &membership.member;
        vec![
            member
                .urn
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            member.name.to_string(),
            "1".to_owned(),
            member.contact.name.to_string(),
            member.contact.email.as_str().to_owned(),
            membership.reference.to_string(),
        ]
    });
    download(&format!("roll-of-voters-{on}.csv"), &columns, rows)
}

/// The full members of a day, by their names: one school, one vote.
async fn voters(app: &App, on: Date) -> Result<Vec<Membership>, ApiError> {
    let all = app.store.memberships().await?;
    let mut voters: Vec<_> = all
        .into_iter()
        .map(|read| read.value)
        .filter(|membership| membership.votes_on(on))
        .collect();
    voters.sort_by_cached_key(|membership| membership.member.name.as_str().to_lowercase());
    Ok(voters)
}

fn one_line(address: Option<&str>) -> String {
    address.unwrap_or_default().replace('\n', ", ")
}

fn shown(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
