//! Lists, the newest first, in pages, as all of Stripe's are.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use serde_json::{Value, json};

use super::super::desk::Desk;
use super::super::event::Delivery;
use super::super::objects;
use super::super::parameters::Parameters;
use super::super::refusal::Refusal;
use super::super::session::Payment;
use super::super::state;
use super::super::unix_time;
use super::super::values::one_of;

/// The parameters of every list.
const EVERY: [&str; 9] = [
    "created",
    "created[gt]",
    "created[gte]",
    "created[lt]",
    "created[lte]",
    "ending_before",
    "expand[]",
    "limit",
    "starting_after",
];

/// How many items a page has, if nobody says, and at most.
const USUAL: i64 = 10;
const MOST: i64 = 100;

type Listed = Result<Json<Value>, Refusal>;

/// `GET /v1/checkout/sessions`.
pub(super) async fn sessions(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Listed {
    let asked = Asked::read(
        "/v1/checkout/sessions",
        query,
        &["payment_intent", "status"],
    )?;
    one_of(
        &asked.parameters,
        "status",
        &["open", "complete", "expired"],
    )?;
    desk.expire_what_is_due().await?;
    let state = desk.store.now();
    let sessions = state.sessions().into_iter().filter(|session| {
        let intent = session.payment.as_ref().map(Payment::intent);
        asked.is("payment_intent", intent.as_deref())
            && asked.is("status", Some(session.status.word()))
    });
    let objects = sessions.map(|session| objects::session(session, &desk.base_url));
    asked.page(&state, objects.collect())
}

/// `GET /v1/refunds`.
pub(super) async fn refunds(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Listed {
    let asked = Asked::read("/v1/refunds", query, &["charge", "payment_intent"])?;
    let state = desk.store.now();
    let objects = state.refunds().iter().rev();
    let objects = objects.map(|refund| objects::refund(&state, refund));
    let objects = objects.filter(|object| asked.is_of_money(object)).collect();
    asked.page(&state, objects)
}

/// `GET /v1/disputes`.
pub(super) async fn disputes(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Listed {
    let asked = Asked::read("/v1/disputes", query, &["charge", "payment_intent"])?;
    let (state, now) = (desk.store.now(), unix_time());
    let objects = state.disputes().iter().rev();
    let objects = objects.map(|dispute| objects::dispute(&state, dispute, now));
    let objects = objects.filter(|object| asked.is_of_money(object)).collect();
    asked.page(&state, objects)
}

/// `GET /v1/events`: with `delivery_success=false`, those that the webhook has
/// not taken.
pub(super) async fn events(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Listed {
    let asked = Asked::read(
        "/v1/events",
        query,
        &["delivery_success", "type", "types[]"],
    )?;
    one_of(&asked.parameters, "delivery_success", &["true", "false"])?;
    let kinds = asked.parameters.list("types");
    let state = desk.store.now();
    let events = state.events().into_iter().filter(|event| {
        let delivered = (event.delivery == Delivery::Delivered).to_string();
        asked.is("delivery_success", Some(&delivered))
            && asked.is("type", Some(&event.kind))
            && (kinds.is_empty() || kinds.contains(&event.kind.as_str()))
    });
    let objects = events.map(|event| objects::event(event, &desk.base_url));
    asked.page(&state, objects.collect())
}

/// `GET /v1/balance_transactions`.
pub(super) async fn lines(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Listed {
    let known = ["currency", "payout", "source", "type"];
    let asked = Asked::read("/v1/balance_transactions", query, &known)?;
    let (state, now) = (desk.store.now(), unix_time());
    let lines = state.lines().iter().rev().filter(|line| {
        asked.is("currency", Some(&line.currency))
            && asked.is("payout", line.payout.as_deref())
            && asked.is("source", Some(&line.source))
            && asked.is("type", Some(&line.kind))
    });
    let objects = lines.map(|line| objects::line(line, now)).collect();
    asked.page(&state, objects)
}

/// `GET /v1/payouts`.
pub(super) async fn payouts(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> Listed {
    let asked = Asked::read("/v1/payouts", query, &[])?;
    let state = desk.store.now();
    let payouts = state.payouts().iter().rev();
    let objects = payouts.map(|payout| objects::payout(&state, payout));
    asked.page(&state, objects.collect())
}

/// What was asked of a list.
struct Asked {
    address: &'static str,
    parameters: Parameters,
}

impl Asked {
    fn read(
        address: &'static str,
        query: Option<String>,
        known: &[&str],
    ) -> Result<Asked, Refusal> {
        let parameters = Parameters::parse(query.unwrap_or_default().as_bytes())?;
        parameters.only(&[&EVERY, known].concat())?;
        Ok(Asked {
            address,
            parameters,
        })
    }

    /// Whether `value` is the one asked for, or any was.
    fn is(&self, name: &str, value: Option<&str>) -> bool {
        match self.parameters.get(name) {
            Some(wanted) => value == Some(wanted),
            None => true,
        }
    }

    fn is_of_money(&self, object: &Value) -> bool {
        ["charge", "payment_intent"]
            .iter()
            .all(|name| self.is(name, object[*name].as_str()))
    }

    /// The page that was asked for, of `objects`, the newest first.
    fn page(&self, state: &state::State, mut objects: Vec<Value>) -> Listed {
        let limit = self.parameters.integer("limit")?.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            let message = format!("`limit` has to be between 1 and {MOST}");
            return Err(Refusal::coded(
                "limit",
                "parameter_invalid_integer",
                message,
            ));
        }
        for (name, fits) in [
            ("created", i64::eq as fn(&i64, &i64) -> bool),
            ("created[gt]", i64::gt),
            ("created[gte]", i64::ge),
            ("created[lt]", i64::lt),
            ("created[lte]", i64::le),
        ] {
            if let Some(than) = self.parameters.integer(name)? {
                objects.retain(|object| {
                    object["created"]
                        .as_i64()
                        .is_some_and(|at| fits(&at, &than))
                });
            }
        }
        if let Some(position) = self.position("starting_after", &objects)? {
            objects.drain(..=position);
        }
        if let Some(position) = self.position("ending_before", &objects)? {
            objects.truncate(position);
        }
        let limit = usize::try_from(limit).unwrap_or_default();
        let has_more = objects.len() > limit;
        objects.truncate(limit);
        let mut list = json!({
            "object": "list",
            "data": objects,
            "has_more": has_more,
            "url": self.address,
        });
        let expanded = self.parameters.list("expand");
        objects::expand(state, &mut list, &expanded, unix_time())?;
        Ok(Json(list))
    }

    fn position(&self, name: &str, objects: &[Value]) -> Result<Option<usize>, Refusal> {
        let Some(id) = self.parameters.get(name) else {
            return Ok(None);
        };
        let found = objects.iter().position(|object| object["id"] == *id);
        found.map(Some).ok_or_else(|| Refusal::NoSuch {
            what: "object in this list",
            id: id.to_owned(),
            parameter: name.to_owned(),
        })
    }
}
