//! The calls that came to the API: how many, and which of them are to fail.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::desk::Desk;
use super::refusal::Refusal;
use super::session::identifier;

/// A way for a call to go wrong on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Stripe answers 500, having done nothing.
    Refused,
    /// Stripe does what was asked, but something on the way back answers 502.
    AnswerLost,
}

/// Counts by address, and the faults still to come.
#[derive(Default)]
pub(super) struct Traffic {
    counts: Mutex<BTreeMap<String, usize>>,
    /// With the address that a fault is for, if it is for one.
    faults: Mutex<VecDeque<(Option<String>, Fault)>>,
}

impl Traffic {
    /// How often each address was called, as `POST /v1/checkout/sessions`.
    pub(super) fn counts(&self) -> BTreeMap<String, usize> {
        self.counts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Lets the next calls go wrong, one after the other: those to an address,
    /// if one is named.
    pub(super) fn fail_next(&self, address: Option<&str>, fault: Fault, times: usize) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = (address.map(str::to_owned), fault);
        faults.extend(std::iter::repeat_n(fault, times));
    }

    fn count(&self, address: String) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(address).or_default() += 1;
    }

    fn next_fault(&self, address: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let is_for = |of: &Option<String>| of.as_deref().is_none_or(|of| of == address);
        let position = faults.iter().position(|(of, _)| is_for(of))?;
        faults.remove(position).map(|(_, fault)| fault)
    }
}

/// Every call goes through here: counted, let through with the right key, and
/// given a number, which Stripe's libraries show in their errors.
pub(super) async fn admit(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map_or_else(
        || request.uri().path().to_owned(),
        |path| path.as_str().to_owned(),
    );
    let address = format!("{} {path}", request.method());
    desk.traffic.count(address.clone());

    let mut response = match (
        check_key(&desk, &request),
        desk.traffic.next_fault(&address),
    ) {
        (Err(refusal), _) => refusal.into_response(),
        (Ok(()), None) => next.run(request).await,
        (Ok(()), Some(Fault::Refused)) => {
            Refusal::Broken("The stand-in was told to fail".to_owned()).into_response()
        }
        (Ok(()), Some(Fault::AnswerLost)) => {
            next.run(request).await;
            (
                StatusCode::BAD_GATEWAY,
                "The stand-in was told to lose this answer",
            )
                .into_response()
        }
    };
    let number = HeaderValue::try_from(identifier("req_", 14)).expect("letters and digits");
    response.headers_mut().insert("request-id", number);
    response
}

fn check_key(desk: &Desk, request: &Request) -> Result<(), Refusal> {
    let key = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .ok_or(Refusal::NoKey)?;
    if key != desk.secret_key {
        let letters = key.chars().count();
        return Err(Refusal::WrongKey(
            key.chars().skip(letters.saturating_sub(4)).collect(),
        ));
    }
    Ok(())
}
