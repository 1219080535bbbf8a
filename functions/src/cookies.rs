//! Cookies: only those that a sign-in needs, each for this origin alone, out
//! of the reach of scripts, and not sent along when another site posts here.
//!
//! On an `http://` address (one machine) without `Secure` and the `__Host-`
//! prefix, since Safari drops them there.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

use crate::app::App;

/// How long a browser keeps a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Until the browser is closed.
    WhileOpen,
    /// For so many seconds.
    Seconds(u32),
    /// Not at all: it is taken away.
    Gone,
}

/// The value of a cookie in a request.
#[must_use]
pub fn read(app: &App, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = full_name(app, name);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// The header that sets a cookie.
#[must_use]
pub fn set(app: &App, name: &str, value: &str, kept: Kept) -> HeaderValue {
    let mut cookie = Cookie::new(full_name(app, name), value.to_owned());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    if is_secure(app) {
        cookie.set_secure(true);
    }
    match kept {
        Kept::WhileOpen => {}
        Kept::Seconds(seconds) => {
            cookie.set_max_age(cookie::time::Duration::seconds(i64::from(seconds)));
        }
        Kept::Gone => cookie.set_max_age(cookie::time::Duration::ZERO),
    }
    HeaderValue::from_str(&cookie.to_string()).unwrap_or(HeaderValue::from_static(""))
}

fn is_secure(app: &App) -> bool {
    app.config.base_url.starts_with("https://")
}

fn full_name(app: &App, name: &str) -> String {
    if is_secure(app) {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}
