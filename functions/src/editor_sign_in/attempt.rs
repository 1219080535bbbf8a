//! One attempt to sign in, remembered in the browser that began it.
//!
//! The cookie holds two random texts. The *state* goes to GitHub and must
//! come back, so that nobody can finish here what they began elsewhere. The
//! *verifier* (RFC 7636) stays, and is shown only when the code is exchanged,
//! so that a code that leaks on the way is of no use.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::entropy;

/// How long somebody may take on GitHub's pages, in seconds: a code of
/// GitHub's is good for as long.
const PATIENCE: u32 = 600;

/// The digits of a state, and twice as many of a verifier.
const STATE: usize = 32;

/// An attempt that is under way.
pub(super) struct Attempt {
    state: String,
    verifier: String,
}

impl Attempt {
    /// A new one.
    pub(super) fn begin() -> Attempt {
        Attempt {
            state: entropy::key(),
            verifier: format!("{}{}", entropy::key(), entropy::key()),
        }
    }

    /// The one that a browser remembers, if it remembers one.
    pub(super) fn of(headers: &HeaderMap, origin: &str) -> Option<Attempt> {
        let name = name(origin);
        let cookies = headers.get_all(header::COOKIE);
        let value = cookies
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(known, value)| (known == name).then_some(value))?;
        let (state, verifier) = value.split_once('.')?;
        let ours = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        (ours(state, STATE) && ours(verifier, 2 * STATE)).then(|| Attempt {
            state: state.to_owned(),
            verifier: verifier.to_owned(),
        })
    }

    /// What is sent to GitHub and comes back.
    pub(super) fn state(&self) -> &str {
        &self.state
    }

    /// What is shown when the code is exchanged.
    pub(super) fn verifier(&self) -> &str {
        &self.verifier
    }

    /// What GitHub is told of the verifier before that: its SHA-256.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }

    /// Whether that is the state of this attempt, compared in a time that
    /// does not depend on where the two differ.
    pub(super) fn is_answered_by(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// The cookie that remembers it.
    pub(super) fn cookie(&self, origin: &str) -> String {
        let value = format!("{}.{}", self.state, self.verifier);
        cookie(origin, &value, PATIENCE)
    }
}

/// The cookie that forgets the attempt.
pub(super) fn forget(origin: &str) -> String {
    cookie(origin, "", 0)
}

/// `Lax`, because GitHub leads back by a link; without `Secure` and its
/// prefix on `http://localhost`, where some browsers would drop it.
fn cookie(origin: &str, value: &str, seconds: u32) -> String {
    let secure = if origin.starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let name = name(origin);
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

fn name(origin: &str) -> &'static str {
    if origin.starts_with("https://") {
        "__Host-editor-sign-in"
    } else {
        "editor-sign-in"
    }
}
