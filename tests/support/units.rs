//! What requests to the table cost, in the units that DynamoDB charges: by the
//! sizes of the items that go and come, as its documentation reckons them.
//!
//! A write unit is 1 KB of an item; a read unit 4 KB of what is read consistently.
//! A transaction costs twice that. What is in a list is written to the index as
//! well, and again where its place in it moves; an index is read at half.

use std::cell::{Cell, RefCell};
use std::iter::Sum;
use std::ops::Add;

use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents, SharedInterceptor};
use aws_sdk_dynamodb::error::BoxError;
use serde_json::Value;

use crate::calls::operation;

/// What some requests cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Units {
    /// Requests to the table.
    pub requests: f64,
    /// Read request units.
    pub read: f64,
    /// Write request units.
    pub written: f64,
    /// Letters that were put into the outbox.
    pub letters: f64,
}

impl Add for Units {
    type Output = Units;

    fn add(self, other: Units) -> Units {
        Units {
            requests: self.requests + other.requests,
            read: self.read + other.read,
            written: self.written + other.written,
            letters: self.letters + other.letters,
        }
    }
}

impl Sum for Units {
    fn sum<I: Iterator<Item = Units>>(all: I) -> Units {
        all.fold(Units::default(), Add::add)
    }
}

thread_local! {
    /// What was asked last: whoever is weighed asks one thing after another.
    static ASKED: Cell<Option<(String, Value)>> = const { Cell::new(None) };
    static MADE: RefCell<Vec<Units>> = const { RefCell::new(Vec::new()) };
}

/// What keeps what each request costs, for [`made`]; whichever function it is of.
pub fn keep(_function: &'static str) -> SharedInterceptor {
    SharedInterceptor::new(Meter)
}

/// What was asked since this was asked last, on this thread.
pub fn made() -> Units {
    MADE.take().into_iter().sum()
}

#[derive(Debug)]
struct Meter;

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let asked = json(context.request().body().bytes())?;
        ASKED.set(Some((operation(context).to_owned(), asked)));
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let answered = json(context.response().body().bytes())?;
        if let Some((operation, asked)) = ASKED.take() {
            let units = of(&operation, &asked, &answered);
            MADE.with_borrow_mut(|made| made.push(units));
        }
        Ok(())
    }
}

fn json(bytes: Option<&[u8]>) -> Result<Value, BoxError> {
    match bytes {
        None | Some([]) => Ok(Value::Null),
        Some(bytes) => Ok(serde_json::from_slice(bytes)?),
    }
}

/// What an operation costs.
fn of(operation: &str, asked: &Value, answered: &Value) -> Units {
    let mut units = Units {
        requests: 1.0,
        ..Units::default()
    };
    let items = |list: &Value| list.as_array().cloned().unwrap_or_default();
    match operation {
        "GetItem" => units.read = reading(size(&answered["Item"])),
        "TransactGetItems" => {
            let all = items(&answered["Responses"]);
            let all = all.iter().map(|response| reading(size(&response["Item"])));
            units.read = 2.0 * all.sum::<f64>();
        }
        "BatchGetItem" => {
            let tables = answered["Responses"]
                .as_object()
                .cloned()
                .unwrap_or_default();
            let found = tables.values().flat_map(items);
            units.read = found.map(|item| reading(size(&item))).sum();
        }
        "Query" | "Scan" => {
            let found: u32 = items(&answered["Items"]).iter().map(size).sum();
            let share = if asked["ConsistentRead"] == true {
                1.0
            } else {
                0.5
            };
            units.read = share * reading(found);
        }
        "TransactWriteItems" => {
            for item in items(&asked["TransactItems"]) {
                let put = &item["Put"]["Item"];
                let key = item.as_object().and_then(|item| item.values().next());
                let own = match put.is_null() {
                    true => key.map_or(0, |key| size(&key["Key"])),
                    false => size(put),
                };
                units.written += 2.0 * writing(own);
                if !put["list"].is_null() {
                    // As a rule it was in the list at another place.
                    units.written += 2.0 * writing(own);
                }
                let is_letter = put["pk"]["S"]
                    .as_str()
                    .is_some_and(|pk| pk.starts_with("LETTER#"));
                if is_letter && item["Put"]["ConditionExpression"] == "attribute_not_exists(pk)" {
                    units.letters += 1.0;
                }
            }
        }
        _ => units.written = writing(size(&asked["Item"])),
    }
    units
}

fn reading(bytes: u32) -> f64 {
    f64::from(bytes.div_ceil(4 * 1024).max(1))
}

fn writing(bytes: u32) -> f64 {
    f64::from(bytes.div_ceil(1024).max(1))
}

/// The size of an item or a value, in bytes: its names and what they hold.
fn size(value: &Value) -> u32 {
    let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
    let Some(fields) = value.as_object() else {
        return value.as_str().map_or(1, length);
    };
    let one = fields.iter().next().filter(|_| fields.len() == 1);
    match one {
        Some((kind, held)) if kind == "S" => held.as_str().map_or(0, length),
        Some((kind, held)) if kind == "N" => held.as_str().map_or(0, length) / 2 + 1,
        Some((kind, held)) if kind == "M" => {
            let inner = held.as_object().into_iter().flatten();
            3 + inner
                .map(|(name, value)| length(name) + size(value) + 1)
                .sum::<u32>()
        }
        Some((kind, held)) if kind == "L" => {
            let inner = held.as_array().into_iter().flatten();
            3 + inner.map(|value| size(value) + 1).sum::<u32>()
        }
        Some((kind, _)) if kind == "BOOL" || kind == "NULL" => 1,
        _ => fields
            .iter()
            .map(|(name, value)| length(name) + size(value))
            .sum(),
    }
}
