//! Single values of an order, within Stripe's limits.

use std::collections::BTreeMap;

use reqwest::Url;

use super::parameters::Parameters;
use super::refusal::Refusal;

/// A whole number that has to be there, `least` or more.
pub(super) fn at_least(parameters: &Parameters, name: &str, least: i64) -> Result<i64, Refusal> {
    parameters.require(name)?;
    match parameters.integer(name)? {
        Some(number) if number >= least => Ok(number),
        _ => {
            let message = format!("`{name}` has to be {least} or more");
            Err(Refusal::coded(name, "parameter_invalid_integer", message))
        }
    }
}

/// Refuses a value that is none of `allowed`; none at all is well.
pub(super) fn one_of(parameters: &Parameters, name: &str, allowed: &[&str]) -> Result<(), Refusal> {
    match parameters.get(name) {
        Some(value) if !allowed.contains(&value) => {
            let allowed = allowed.join(" or ");
            Err(Refusal::wrong(
                name,
                format!("Invalid {name}: the stand-in knows only {allowed}, not {value}"),
            ))
        }
        _ => Ok(()),
    }
}

/// An address that a browser can be sent to. It is kept as it was written: its
/// `{CHECKOUT_SESSION_ID}` is filled in later.
pub(super) fn address(parameters: &Parameters, name: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = parameters.get(name) else {
        return Ok(None);
    };
    match Url::parse(text) {
        Ok(url) if ["http", "https"].contains(&url.scheme()) => Ok(Some(text.to_owned())),
        _ => Err(Refusal::coded(
            name,
            "url_invalid",
            "Not a valid URL: it has to begin with https:// or http://",
        )),
    }
}

/// Text of `longest` characters at most.
pub(super) fn text(
    parameters: &Parameters,
    name: &str,
    longest: usize,
) -> Result<Option<String>, Refusal> {
    match parameters.get(name) {
        Some(text) if text.chars().count() > longest => Err(Refusal::wrong(
            name,
            format!("`{name}` may have {longest} characters at most"),
        )),
        text => Ok(text.map(str::to_owned)),
    }
}

/// An email address, as far as Stripe looks at it.
pub(super) fn email(parameters: &Parameters, name: &str) -> Result<Option<String>, Refusal> {
    match parameters.get(name) {
        Some(text) if !text.contains('@') || text.contains(char::is_whitespace) => {
            Err(Refusal::coded(
                name,
                "email_invalid",
                format!("Invalid email address: {text}"),
            ))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// Stripe keeps 50 entries, names of 40 characters and values of 500.
pub(super) fn metadata(
    parameters: &Parameters,
    name: &str,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut entries = parameters.map(name);
    entries.retain(|_, value| !value.is_empty());
    if entries.len() > 50 {
        return Err(Refusal::wrong(name, "Metadata may have 50 entries at most"));
    }
    for (key, value) in &entries {
        if key.chars().count() > 40 || value.chars().count() > 500 {
            return Err(Refusal::wrong(
                &format!("{name}[{key}]"),
                "Metadata names may have 40 characters at most, and values 500",
            ));
        }
    }
    Ok(entries)
}
