//! Why somebody is not signed in: for the window, for the editor, for the log.

use axum::http::StatusCode;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The editor asked for a provider that is not GitHub.
    OtherProvider,
    /// A website that is none of our editors asked.
    OtherSite,
    /// The browser remembers no attempt, or it is over.
    Unknown,
    /// What came back belongs to another attempt.
    Forged,
    /// The person, or GitHub, said no.
    Declined,
    /// GitHub does not take the code: it was used, or it is too old.
    Stale,
    /// GitHub does not know our app: the settings are wrong.
    Misconfigured,
    /// GitHub does not answer.
    Unreachable,
    /// GitHub answers in words that we do not know.
    Unreadable,
}

impl Refusal {
    /// The status of the page.
    pub(super) fn status(self) -> StatusCode {
        match self {
            Refusal::OtherProvider | Refusal::Stale | Refusal::Declined => StatusCode::BAD_REQUEST,
            Refusal::OtherSite | Refusal::Unknown | Refusal::Forged => StatusCode::FORBIDDEN,
            Refusal::Misconfigured => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Unreadable => StatusCode::BAD_GATEWAY,
        }
    }

    /// The code that the editor has a sentence of its own for, in the
    /// person's language.
    pub(super) fn code(self) -> &'static str {
        match self {
            Refusal::OtherProvider => "UNSUPPORTED_BACKEND",
            Refusal::OtherSite => "UNSUPPORTED_DOMAIN",
            Refusal::Unknown | Refusal::Forged => "CSRF_DETECTED",
            Refusal::Declined => "AUTH_CODE_REQUEST_FAILED",
            Refusal::Misconfigured => "MISCONFIGURED_CLIENT",
            Refusal::Stale | Refusal::Unreachable => "TOKEN_REQUEST_FAILED",
            Refusal::Unreadable => "MALFORMED_RESPONSE",
        }
    }

    /// What the window says.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Refusal::OtherProvider => "This sign-in is for GitHub only.",
            Refusal::OtherSite => "This sign-in is for our own editor only.",
            Refusal::Unknown => {
                "This sign-in is over, or was begun in another browser. Close this window and sign in again."
            }
            Refusal::Forged => {
                "This answer belongs to another sign-in, so nothing was done. Close this window and sign in again."
            }
            Refusal::Declined => {
                "GitHub did not sign you in. Close this window and try again if you meant to."
            }
            Refusal::Stale => "That took too long. Close this window and sign in again.",
            Refusal::Misconfigured => {
                "The sign-in is not set up rightly. Tell whoever looks after the website."
            }
            Refusal::Unreachable => {
                "GitHub does not answer. Close this window and try again in a minute."
            }
            Refusal::Unreadable => {
                "GitHub answered in a way we do not understand. Close this window and try again in a minute."
            }
        }
    }

    /// Whether somebody has to look into it.
    pub(super) fn is_ours(self) -> bool {
        self.status().is_server_error()
    }
}
