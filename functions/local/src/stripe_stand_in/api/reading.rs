//! Reading one object by its identifier, as it is now.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use serde_json::Value;

use super::super::desk::Desk;
use super::super::objects;
use super::super::parameters::Parameters;
use super::super::refusal::Refusal;
use super::super::state;
use super::super::unix_time;

type Read = Result<Json<Value>, Refusal>;

/// `GET /v1/checkout/sessions/{id}`.
pub(super) async fn session(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    desk.expire_what_is_due().await?;
    one(&desk, query, |state, _| {
        Ok(objects::session(state.session(&id)?, &desk.base_url))
    })
}

/// `GET /v1/payment_intents/{id}`: the money that a session took.
pub(super) async fn payment_intent(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, _| {
        let (session, payment) = state.session_of_money("payment_intent", &id)?;
        Ok(objects::payment_intent(session, payment))
    })
}

/// `GET /v1/charges/{id}`.
pub(super) async fn charge(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, _| {
        let (session, payment) = state.session_of_money("charge", &id)?;
        Ok(objects::charge(state, session, payment))
    })
}

/// `GET /v1/refunds/{id}`.
pub(super) async fn refund(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, _| {
        Ok(objects::refund(state, state.refund_by_id(&id)?))
    })
}

/// `GET /v1/disputes/{id}`.
pub(super) async fn dispute(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, now| {
        Ok(objects::dispute(state, state.dispute_by_id(&id)?, now))
    })
}

/// `GET /v1/events/{id}`.
pub(super) async fn event(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, _| {
        let events = state.events();
        let found = events.into_iter().find(|event| event.id == id);
        let event = found.ok_or_else(|| Refusal::NoSuch {
            what: "event",
            id: id.clone(),
            parameter: "id".to_owned(),
        })?;
        Ok(objects::event(event, &desk.base_url))
    })
}

/// `GET /v1/balance`.
pub(super) async fn balance(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Read {
    one(&desk, query, |state, now| Ok(objects::balance(state, now)))
}

/// `GET /v1/balance_transactions/{id}`.
pub(super) async fn line(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, now| {
        Ok(objects::line(state.line_by_id(&id)?, now))
    })
}

/// `GET /v1/payouts/{id}`.
pub(super) async fn payout(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Read {
    one(&desk, query, |state, _| {
        Ok(objects::payout(state, state.payout_by_id(&id)?))
    })
}

/// An object, with what was asked to be expanded in it.
fn one(
    desk: &Desk,
    query: Option<String>,
    find: impl FnOnce(&state::State, i64) -> Result<Value, Refusal>,
) -> Read {
    let parameters = Parameters::parse(query.unwrap_or_default().as_bytes())?;
    parameters.only(&["expand[]"])?;
    let (state, now) = (desk.store.now(), unix_time());
    let mut object = find(&state, now)?;
    objects::expand(&state, &mut object, &parameters.list("expand"), now)?;
    Ok(Json(object))
}
