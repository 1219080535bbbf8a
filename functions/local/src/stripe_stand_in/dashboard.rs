//! What somebody at Stripe's dashboard sees and does, and what banks do: the
//! first page of the stand-in, with a button for each.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::money::Pence;
use serde::Deserialize;

use super::desk::Desk;
use super::html::refused;
use super::refusal::Refusal;
use super::state::{self, Wanted};

mod view;

/// The first page and its buttons.
pub(super) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(show))
        .route("/dashboard/payout", post(pay_out))
        .route("/dashboard/{what}/{id}/{action}", post(act))
        .with_state(desk)
}

/// `GET /`.
async fn show(State(desk): State<Arc<Desk>>) -> Response {
    match desk.expire_what_is_due().await {
        Ok(()) => view::page(&desk.store.now()),
        Err(refusal) => refused(&refusal),
    }
}

/// `POST /dashboard/payout`.
async fn pay_out(State(desk): State<Arc<Desk>>) -> Response {
    let made = desk.act(state::State::pay_out).await;
    back(made.map(|_| ()))
}

/// What may stand in a form of the page.
#[derive(Deserialize)]
struct Filled {
    /// How much to give back, as people write it; all of it, if not set.
    #[serde(default)]
    amount: String,
}

/// `POST /dashboard/{what}/{id}/{action}`: one of the buttons.
async fn act(
    State(desk): State<Arc<Desk>>,
    Path((what, id, action)): Path<(String, String, String)>,
    Form(filled): Form<Filled>,
) -> Response {
    let wanted = match amount(&filled.amount) {
        Ok(amount) => Wanted {
            amount,
            reason: Some("requested_by_customer".to_owned()),
            ..Wanted::default()
        },
        Err(refusal) => return refused(&refusal),
    };
    let done = desk.act(move |state, now| match (what.as_str(), action.as_str()) {
        ("payments", "clear") => state.clear_debit(&id, now).map(|_| ()),
        ("payments", "fail") => state.fail_debit(&id, now).map(|_| ()),
        ("payments", "refund") => state.refund(&id, wanted, now).map(|_| ()),
        ("payments", "dispute") => state.dispute(&id, now).map(|_| ()),
        ("refunds", "finish") => state.finish_refund(&id, now).map(|_| ()),
        ("refunds", "fail") => state.fail_refund(&id, now).map(|_| ()),
        ("disputes", "win") => state.decide_dispute(&id, true, now).map(|_| ()),
        ("disputes", "lose") => state.decide_dispute(&id, false, now).map(|_| ()),
        _ => Err(Refusal::NoSuchAddress {
            method: "POST".to_owned(),
            path: format!("/dashboard/{what}/{id}/{action}"),
        }),
    });
    back(done.await)
}

fn amount(text: &str) -> Result<Option<i64>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let pence = Pence::parse(text).map_err(|error| Refusal::wrong("amount", error.to_string()))?;
    let pence = i64::try_from(pence.get());
    pence
        .map(Some)
        .map_err(|_| Refusal::wrong("amount", "That is too much"))
}

fn back(done: Result<(), Refusal>) -> Response {
    match done {
        Ok(()) => Redirect::to("/").into_response(),
        Err(Refusal::NoSuchAddress { .. }) => StatusCode::NOT_FOUND.into_response(),
        Err(refusal) => refused(&refusal),
    }
}
