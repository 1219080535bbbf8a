//! The parameters of a call, as Stripe's libraries send them.
//!
//! `line_items[0][price_data][currency]=gbp` stays one name with brackets, in
//! one flat list sorted by name. So two calls with the same parameters in
//! another order are equal, as an idempotency key asks (libraries send
//! metadata in whatever order their maps have), and a refusal names a
//! parameter as the caller wrote it.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// What came in the body of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Reads a form body. A list written `expand[]=a&expand[]=b` is numbered,
    /// as if it had been written `expand[0]=a&expand[1]=b`.
    pub(super) fn parse(body: &[u8]) -> Result<Parameters, Refusal> {
        let text = str::from_utf8(body).map_err(|_| Refusal::NotAForm)?;
        let mut form = Url::parse("http://localhost/").expect("a fixed address");
        // A form body and a query are written in the same way.
        form.set_query(Some(text));

        let mut parameters = BTreeMap::new();
        for (name, value) in form.query_pairs().filter(|(name, _)| !name.is_empty()) {
            let name = match name.strip_suffix("[]") {
                None => name.into_owned(),
                Some(list) => (0..)
                    .map(|position: usize| format!("{list}[{position}]"))
                    .find(|name| !parameters.contains_key(name))
                    .expect("a number that is free"),
            };
            parameters.insert(name, value.into_owned());
        }
        Ok(Parameters(parameters))
    }

    /// The value of `name`; an empty one counts as none, as it does for Stripe.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The value of `name`, which has to be there.
    pub(super) fn require(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name)
            .ok_or_else(|| Refusal::Missing(name.to_owned()))
    }

    /// The whole number `name`, if it is there.
    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        self.get(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    Refusal::coded(
                        name,
                        "parameter_invalid_integer",
                        format!("Invalid integer: {text}"),
                    )
                })
            })
            .transpose()
    }

    /// The pairs `name[key]=value`, by key; what lies deeper is not among them.
    pub(super) fn map(&self, name: &str) -> BTreeMap<String, String> {
        self.0
            .iter()
            .filter_map(|(whole, value)| {
                let key = whole
                    .strip_prefix(name)?
                    .strip_prefix('[')?
                    .strip_suffix(']')?;
                (!key.contains(']')).then(|| (key.to_owned(), value.clone()))
            })
            .collect()
    }

    /// The values of the list `name`, in their order.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let positions = self.positions(name).into_iter();
        positions
            .filter_map(|position| self.get(&format!("{name}[{position}]")))
            .collect()
    }

    /// Refuses a parameter of none of the shapes that are `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let unknown = self
            .names()
            .find(|name| !known.contains(&Parameters::shape(name).as_str()));
        match unknown {
            Some(name) => Err(Refusal::Unknown(name.to_owned())),
            None => Ok(()),
        }
    }

    /// The positions in the list `name` that anything is said about.
    pub(super) fn positions(&self, name: &str) -> BTreeSet<usize> {
        self.0
            .keys()
            .filter_map(|whole| {
                let rest = whole.strip_prefix(name)?.strip_prefix('[')?;
                rest.split_once(']')?.0.parse().ok()
            })
            .collect()
    }

    /// A name without its positions: `line_items[0][price]` is a `line_items[][price]`.
    pub(super) fn shape(name: &str) -> String {
        name.split('[')
            .map(|part| match part.strip_suffix(']') {
                Some(position) if position.parse::<usize>().is_ok() => "]",
                _ => part,
            })
            .collect::<Vec<_>>()
            .join("[")
    }

    /// The names as they came.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
