//! Check-in at the door, on a phone: look for a name or a reference, and press
//! one button. It works without JavaScript.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::booking::{Registration, RegistrationState};
use domain::form::FieldErrors;
use domain::staff::StaffMember;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::signed_in::By;
use super::super::view;
use super::one::{Act, Asked, done};
use super::{find, is_meant, row};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::typed::Typed;

/// `GET /staff/events/{event}/check-in/`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    show(&app, &member, &slug, &asked.q, FieldErrors::default()).await
}

/// `POST /staff/events/{event}/check-in/`.
pub(in super::super) async fn mark(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    typed: Typed<Act>,
) -> Result<Response, ApiError> {
    if let Some(sentence) = done(&app, &member, &slug, &typed).await? {
        let mut errors = FieldErrors::default();
        errors.note("q", sentence);
        return show(&app, &member, &slug, &typed.form.q, errors).await;
    }
    Ok(Redirect::to(&format!("/staff/events/{slug}/check-in/")).into_response())
}

/// Whether a place is kept while it is paid for.
fn is_to_pay(registration: &Registration, now: Timestamp) -> bool {
    matches!(registration.state.at(now), RegistrationState::Held { .. })
}

async fn show(
    app: &App,
    member: &StaffMember,
    slug: &str,
    words: &str,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = &find(app, &site, slug).await?;
    let now = app.clock.now();
    let bookings = app.store.bookings_for(&event.slug).await?;
    let all = bookings.iter().flat_map(|booking| {
        let registrations = booking.registrations.iter();
        registrations.map(move |registration| (booking, registration))
    });
    // Whoever has yet to pay stands at the door too, and is let in once that is
    // done.
    let (expected, unpaid): (Vec<_>, Vec<_>) = all
        .filter(|(_, one)| one.state.fills_place() || is_to_pay(one, now))
        .partition(|(_, one)| one.state.fills_place());
    let here = expected
        .iter()
        .filter(|(_, one)| one.state == RegistrationState::Attended);
    let (here, expected_count) = (here.count(), expected.len());
    let rows: Vec<Value> = expected
        .into_iter()
        .chain(unpaid)
        .filter(|(booking, registration)| is_meant(booking, registration, words))
        .map(|(booking, registration)| {
            let mut shown = row(booking, registration, now);
            if let Value::Object(fields) = &mut shown {
                let pay = registration.to_pay(now);
                let pay = pay.map(|payment| format!("/pay/{payment}/"));
                fields.insert("pay_href".into(), json!(pay));
            }
            shown
        })
        .collect();
    let context = json!({
        "event": { "title": event.title, "starts": event.starts, "slug": event.slug },
        "rows": rows, "q": words, "here": here, "expected": expected_count,
        "errors": errors, "form": { "q": words }, "command": entropy::key(),
    });
    let path = format!("/staff/events/{}/check-in/", event.slug);
    let about = ("Check-in", path.as_str(), "staff/check-in.html");
    view::open(app, member, about, context).await
}
