//! The API: the three calls about Checkout Sessions, and reading a payment intent.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde_json::Value;

use super::desk::Desk;
use super::objects;
use super::order::Order;
use super::parameters::Parameters;
use super::refusal::Refusal;
use super::session::Session;
use super::state::{Answer, Call};
use super::{traffic, unix_time};

/// Everything under `/v1`.
pub(super) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/v1/checkout/sessions", post(create))
        .route("/v1/checkout/sessions/{id}", get(read))
        .route("/v1/checkout/sessions/{id}/expire", post(expire))
        .route("/v1/payment_intents/{id}", get(read_intent))
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
    let key = idempotency_key(&headers)?;
    let version = text_of(&headers, "stripe-version");
    let now = unix_time();

    let same_key = key.clone();
    let answer = desk
        .store
        .change(move |state| {
            state.once(same_key.as_deref(), call, now, |state, parameters| {
                let order = Order::parse(parameters, now)?;
                let session = Session::open(order, now, version);
                state.add(&session);
                Ok(session)
            })
        })
        .await?;
    Ok(reply(&desk, &answer, key.as_deref()))
}

/// `GET /v1/checkout/sessions/{id}`: a session as it is now.
async fn read(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let session = desk.look(&id).await?;
    Ok(Json(objects::session(&session, &desk.base_url)))
}

/// `POST /v1/checkout/sessions/{id}/expire`: end an open session.
async fn expire(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let call = read_call(
        &format!("/v1/checkout/sessions/{id}/expire"),
        &headers,
        &body,
    )?;
    let key = idempotency_key(&headers)?;
    let now = unix_time();

    desk.expire_what_is_due().await?;
    let same_key = key.clone();
    let answer = desk
        .store
        .change(move |state| {
            state.once(same_key.as_deref(), call, now, |state, _| {
                state.expire(&id, now)
            })
        })
        .await?;
    Ok(reply(&desk, &answer, key.as_deref()))
}

/// `GET /v1/payment_intents/{id}`: the money that a session took.
async fn read_intent(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let state = desk.store.now();
    let (session, payment) = state.session_of_intent(&id)?;
    Ok(Json(objects::payment_intent(session, payment)))
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

fn reply(desk: &Desk, answer: &Answer, key: Option<&str>) -> Response {
    let object = objects::session(&answer.session, &desk.base_url);
    let mut response = Json(object).into_response();
    let headers = response.headers_mut();
    if let Some(key) = key.and_then(|key| HeaderValue::from_str(key).ok()) {
        headers.insert(HeaderName::from_static("idempotency-key"), key);
    }
    if answer.replayed {
        let name = HeaderName::from_static("idempotent-replayed");
        headers.insert(name, HeaderValue::from_static("true"));
    }
    response
}
