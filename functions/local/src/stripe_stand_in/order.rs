//! What is asked for when a Checkout Session is made.
//!
//! One-off payments in hosted mode, by card and by Bacs Direct Debit, which is
//! what the product uses. All else that Stripe offers is refused by name, never passed over: a parameter
//! that did nothing here would be found out only in production.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parameters::Parameters;
use super::refusal::Refusal;
use super::session::Method;
use super::values::{address, at_least, email, metadata, one_of, text};

/// Stripe's own limits: a session is open for at least half an hour and at
/// most a day after it is made. Two computers' clocks may differ a little.
const SHORTEST: i64 = 30 * 60;
const LONGEST: i64 = 24 * 60 * 60;
const CLOCK_DIFFERENCE: i64 = 60;

/// Stripe's most for one card payment: eight digits.
const DEAREST: i64 = 99_999_999;

/// The currencies known here, with Stripe's least for a payment in each.
const CURRENCIES: [(&str, &str, i64); 3] = [("gbp", "£", 30), ("eur", "€", 50), ("usd", "$", 50)];

/// The parameters that are read below; `[]` stands for a position in a list.
const READ: [&str; 19] = [
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "expires_at",
    "line_items[][price]",
    "line_items[][price_data][currency]",
    "line_items[][price_data][product]",
    "line_items[][price_data][product_data][description]",
    "line_items[][price_data][product_data][name]",
    "line_items[][price_data][unit_amount]",
    "line_items[][quantity]",
    "mode",
    "payment_intent_data[description]",
    "payment_intent_data[receipt_email]",
    "allowed_payment_method_types[]",
    "payment_method_types[]",
    "success_url",
    "ui_mode",
    "expand[]",
];

/// Parameters within which everything is read.
const MAPS: [&str; 2] = ["metadata[", "payment_intent_data[metadata]["];

/// Parameters that only change how Stripe's page looks.
const LOOKS: [&str; 5] = [
    "billing_address_collection",
    "branding_settings",
    "custom_text",
    "locale",
    "submit_type",
];

/// What one session is to charge for, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) lines: Vec<Line>,
    pub(super) currency: String,
    #[serde(default = "card_alone")]
    pub(super) methods: Vec<Method>,
    pub(super) success_url: String,
    pub(super) cancel_url: Option<String>,
    pub(super) expires_at: i64,
    pub(super) client_reference_id: Option<String>,
    pub(super) customer_email: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) payment_description: Option<String>,
    pub(super) payment_metadata: BTreeMap<String, String>,
    pub(super) receipt_email: Option<String>,
}

/// One thing that is paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) unit_amount: i64,
    pub(super) quantity: i64,
}

impl Order {
    /// Reads the parameters of `POST /v1/checkout/sessions`, made at `now`.
    pub(super) fn parse(parameters: &Parameters, now: i64) -> Result<Order, Refusal> {
        for name in parameters.names() {
            let top = name.split('[').next().unwrap_or(name);
            let is_known = READ.contains(&Parameters::shape(name).as_str())
                || MAPS.iter().any(|map| name.starts_with(map))
                || LOOKS.contains(&top);
            if !is_known {
                return Err(Refusal::Unknown(name.to_owned()));
            }
        }
        one_of(parameters, "mode", &["payment"])?;
        parameters.require("mode")?;
        one_of(parameters, "ui_mode", &["hosted", "hosted_page"])?;
        let methods = methods(parameters)?;

        let (currency, lines) = lines(parameters)?;
        let order = Order {
            lines,
            currency,
            methods,
            success_url: address(parameters, "success_url")?
                .ok_or_else(|| Refusal::Missing("success_url".to_owned()))?,
            cancel_url: address(parameters, "cancel_url")?,
            expires_at: expires_at(parameters, now)?,
            client_reference_id: text(parameters, "client_reference_id", 200)?,
            customer_email: email(parameters, "customer_email")?,
            metadata: metadata(parameters, "metadata")?,
            payment_description: text(parameters, "payment_intent_data[description]", 1000)?,
            payment_metadata: metadata(parameters, "payment_intent_data[metadata]")?,
            receipt_email: email(parameters, "payment_intent_data[receipt_email]")?,
        };
        order.total_is_chargeable()?;
        Ok(order)
    }

    /// The sum of the lines, in the currency's smallest unit.
    pub(super) fn total(&self) -> i64 {
        self.lines
            .iter()
            .map(|line| line.unit_amount.saturating_mul(line.quantity))
            .fold(0, i64::saturating_add)
    }

    /// A sum as people read it: `£45.00`.
    pub(super) fn in_words(&self, amount: i64) -> String {
        let sign = CURRENCIES
            .iter()
            .find(|(code, _, _)| *code == self.currency)
            .map_or("", |(_, sign, _)| sign);
        format!("{sign}{}.{:02}", amount / 100, amount % 100)
    }

    fn total_is_chargeable(&self) -> Result<(), Refusal> {
        let (total, least) = (
            self.total(),
            CURRENCIES
                .iter()
                .find(|(code, _, _)| *code == self.currency)
                .map_or(1, |(_, _, least)| *least),
        );
        if total < least {
            return Err(Refusal::coded(
                "line_items",
                "amount_too_small",
                format!("A payment has to come to at least {}", self.in_words(least)),
            ));
        }
        if total > DEAREST {
            return Err(Refusal::coded(
                "line_items",
                "amount_too_large",
                format!("A payment may come to {} at most", self.in_words(DEAREST)),
            ));
        }
        Ok(())
    }
}

/// The ways to pay: by card, unless others are named.
fn methods(parameters: &Parameters) -> Result<Vec<Method>, Refusal> {
    let mut methods = Vec::new();
    for list in ["payment_method_types", "allowed_payment_method_types"] {
        for position in parameters.positions(list) {
            let name = format!("{list}[{position}]");
            one_of(parameters, &name, &Method::ALL.map(Method::word))?;
            let word = parameters.require(&name)?;
            methods.extend(Method::ALL.into_iter().find(|method| method.word() == word));
        }
    }
    if methods.is_empty() {
        methods = card_alone();
    }
    Ok(methods)
}

fn card_alone() -> Vec<Method> {
    vec![Method::Card]
}

fn lines(parameters: &Parameters) -> Result<(String, Vec<Line>), Refusal> {
    let mut lines = Vec::new();
    let mut currency: Option<String> = None;
    for position in parameters.positions("line_items") {
        let line = format!("line_items[{position}]");
        // Prices and products that Stripe keeps: there are none in a stand-in.
        for (name, what) in [("price", "price"), ("price_data[product]", "product")] {
            let name = bracketed(&line, name);
            if let Some(id) = parameters.get(&name) {
                let message = format!("No such {what}: '{id}'");
                return Err(Refusal::coded(&name, "resource_missing", message));
            }
        }
        let name = bracketed(&line, "price_data[currency]");
        let found = parameters.require(&name)?.to_lowercase();
        if !CURRENCIES.iter().any(|(code, _, _)| *code == found) {
            let message = format!("Invalid currency: {found}. Known here: gbp, eur, usd");
            return Err(Refusal::wrong(&name, message));
        }
        if currency.as_ref().is_some_and(|currency| *currency != found) {
            let message = "All lines of one session have to be in one currency";
            return Err(Refusal::wrong(&name, message));
        }
        currency = Some(found);
        lines.push(Line {
            unit_amount: at_least(parameters, &bracketed(&line, "price_data[unit_amount]"), 0)?,
            name: parameters
                .require(&bracketed(&line, "price_data[product_data][name]"))?
                .to_owned(),
            description: parameters
                .get(&bracketed(&line, "price_data[product_data][description]"))
                .map(str::to_owned),
            quantity: at_least(parameters, &bracketed(&line, "quantity"), 1)?,
        });
    }
    let currency = currency.ok_or_else(|| Refusal::Missing("line_items".to_owned()))?;
    Ok((currency, lines))
}

/// `line_items[0]` and `price_data[currency]` make `line_items[0][price_data][currency]`.
fn bracketed(outer: &str, inner: &str) -> String {
    match inner.split_once('[') {
        None => format!("{outer}[{inner}]"),
        Some((first, rest)) => format!("{outer}[{first}][{rest}"),
    }
}

fn expires_at(parameters: &Parameters, now: i64) -> Result<i64, Refusal> {
    let Some(time) = parameters.integer("expires_at")? else {
        return Ok(now + LONGEST);
    };
    if time < now + SHORTEST - CLOCK_DIFFERENCE || time > now + LONGEST + CLOCK_DIFFERENCE {
        let message = "`expires_at` has to be between 30 minutes and 24 hours from now";
        return Err(Refusal::wrong("expires_at", message));
    }
    Ok(time)
}
