//! Asking for a refund.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::super::desk::Desk;
use super::super::event::Snapshot;
use super::super::objects;
use super::super::parameters::Parameters;
use super::super::refusal::Refusal;
use super::super::state::{self, Wanted};
use super::super::values::{metadata, one_of};
use super::{carry_out, read_call};

/// The parameters that are read below, beside metadata.
const READ: [&str; 5] = ["amount", "charge", "expand[]", "payment_intent", "reason"];

/// `POST /v1/refunds`: give something back.
pub(super) async fn create(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let call = read_call("/v1/refunds", &headers, &body)?;
    carry_out(&desk, &headers, call, |state, parameters, now| {
        let session = session(state, parameters)?;
        let refund = state.refund(&session, wanted(parameters)?, now)?;
        Ok(Snapshot::from(objects::refund(state, &refund)))
    })
    .await
}

/// The session whose money is to be given back.
fn session(state: &state::State, parameters: &Parameters) -> Result<String, Refusal> {
    let (what, id) = match (parameters.get("payment_intent"), parameters.get("charge")) {
        (Some(id), None) => ("payment_intent", id),
        (None, Some(id)) => ("charge", id),
        _ => {
            let message = "One of the following params should be provided for this request: \
                           payment_intent or charge.";
            return Err(Refusal::coded(
                "payment_intent",
                "parameter_missing",
                message,
            ));
        }
    };
    let (session, _) = state.session_of_money(what, id)?;
    Ok(session.id.clone())
}

fn wanted(parameters: &Parameters) -> Result<Wanted, Refusal> {
    let names = parameters.names();
    let unknown = names
        .filter(|name| !name.starts_with("metadata["))
        .find(|name| !READ.contains(&Parameters::shape(name).as_str()));
    if let Some(name) = unknown {
        return Err(Refusal::Unknown(name.to_owned()));
    }
    let reasons = ["duplicate", "fraudulent", "requested_by_customer"];
    one_of(parameters, "reason", &reasons)?;
    Ok(Wanted {
        amount: parameters.integer("amount")?,
        reason: parameters.get("reason").map(str::to_owned),
        metadata: metadata(parameters, "metadata")?,
    })
}
