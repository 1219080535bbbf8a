//! The API: making a session or a refund, ending a session, and reading
//! whatever came of it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};

use super::desk::Desk;
use super::event::Snapshot;
use super::objects;
use super::order::Order;
use super::parameters::Parameters;
use super::refusal::Refusal;
use super::session::Session;
use super::state::{self, Answer, Call};
use super::{traffic, unix_time};

mod lists;
mod reading;
mod refunds;

/// Everything under `/v1`.
pub(super) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/v1/checkout/sessions", post(create).get(lists::sessions))
        .route("/v1/checkout/sessions/{id}", get(reading::session))
        .route("/v1/checkout/sessions/{id}/expire", post(expire))
        .route("/v1/payment_intents/{id}", get(reading::payment_intent))
        .route("/v1/charges/{id}", get(reading::charge))
        .route("/v1/refunds", post(refunds::create).get(lists::refunds))
        .route("/v1/refunds/{id}", get(reading::refund))
        .route("/v1/disputes", get(lists::disputes))
        .route("/v1/disputes/{id}", get(reading::dispute))
        .route("/v1/events", get(lists::events))
        .route("/v1/events/{id}", get(reading::event))
        .route("/v1/balance", get(reading::balance))
        .route("/v1/balance_transactions", get(lists::lines))
        .route("/v1/balance_transactions/{id}", get(reading::line))
        .route("/v1/payouts", get(lists::payouts))
        .route("/v1/payouts/{id}", get(reading::payout))
        .route("/v1/{*other}", axum::routing::any(unknown))
        .method_not_allowed_fallback(unknown)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&desk),
            traffic::admit,
        ))
        .with_state(desk)
}

/// `POST /v1/checkout/sessions`: make a session.
async fn create(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let call = read_call("/v1/checkout/sessions", &headers, &body)?;
    let version = text_of(&headers, "stripe-version");
    carry_out(&desk, &headers, call, move |state, parameters, now| {
        let order = Order::parse(parameters, now)?;
        let session = Session::open(order, now, version);
        state.add(&session);
        Ok(session.into())
    })
    .await
}

/// `POST /v1/checkout/sessions/{id}/expire`: end an open session.
async fn expire(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let address = format!("/v1/checkout/sessions/{id}/expire");
    let call = read_call(&address, &headers, &body)?;
    call.parameters.only(&["expand[]"])?;
    desk.expire_what_is_due().await?;
    carry_out(&desk, &headers, call, move |state, _, now| {
        state.expire(&id, now).map(Snapshot::from)
    })
    .await
}

/// Carries a call out once for its idempotency key, and answers with what it
/// made.
async fn carry_out(
    desk: &Arc<Desk>,
    headers: &HeaderMap,
    call: Call,
    act: impl FnOnce(&mut state::State, &Parameters, i64) -> Result<Snapshot, Refusal> + Send + 'static,
) -> Result<Response, Refusal> {
    let key = idempotency_key(headers)?;
    let now = unix_time();
    let parameters = call.parameters.clone();
    let same_key = key.clone();
    let answer = desk
        .store
        .change(move |state| {
            state.once(same_key.as_deref(), call, now, |state, parameters| {
                act(state, parameters, now)
            })
        })
        .await?;
    reply(desk, &answer, key.as_deref(), &parameters.list("expand"))
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::NoSuchAddress {
        method: method.to_string(),
        path: uri.path().to_owned(),
    }
}

fn read_call(address: &str, headers: &HeaderMap, body: &[u8]) -> Result<Call, Refusal> {
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !is_form && !body.is_empty() {
        return Err(Refusal::NotAForm);
    }
    Ok(Call {
        address: address.to_owned(),
        parameters: Parameters::parse(body)?,
    })
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let key = text_of(headers, "idempotency-key").filter(|key| !key.is_empty());
    if key.as_ref().is_some_and(|key| key.len() > 255) {
        return Err(Refusal::wrong(
            "Idempotency-Key",
            "An idempotency key may have 255 characters at most",
        ));
    }
    Ok(key)
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn reply(
    desk: &Desk,
    answer: &Answer,
    key: Option<&str>,
    expanded: &[&str],
) -> Result<Response, Refusal> {
    let mut object = objects::snapshot(&answer.object, &desk.base_url);
    objects::expand(&desk.store.now(), &mut object, expanded, unix_time())?;
    let mut response = Json(object).into_response();
    let headers = response.headers_mut();
    if let Some(key) = key.and_then(|key| HeaderValue::from_str(key).ok()) {
        headers.insert(HeaderName::from_static("idempotency-key"), key);
    }
    if answer.replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        headers.insert(name, HeaderValue::from_static("true"));
    }
    Ok(response)
}
