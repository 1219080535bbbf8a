//! A webhook: Stripe saying that something happened. It is believed to be
//! Stripe's by its signature over the raw bytes, and is otherwise only a hint
//! to read Stripe's record again.
//!
//! async-stripe has a reader of its own, but it takes one secret, and wants
//! fields that we do not look at. The scheme is Stripe's: `t=…,v1=…`, each
//! `v1` the hexadecimal HMAC-SHA256 of `{t}.{body}`.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::Sha256;

use crate::config::Secret;

/// How far the signature's time may be from ours, in seconds.
pub const TOLERANCE: i64 = 300;

/// The kinds of event that something follows from: those that an endpoint at
/// Stripe is set to send, and that are asked after when they did not come.
pub const KINDS: [&str; 11] = [
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.refunded",
    "checkout.session.async_payment_failed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "refund.created",
    "refund.failed",
    "refund.updated",
];

/// What a webhook says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Stripe's name for this event; the same when it is sent again.
    pub id: String,
    /// What kind of thing happened: `checkout.session.completed`.
    pub kind: String,
    /// What it happened to.
    pub about: About,
}

/// What an event is about: the record of Stripe's to read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A page to pay on.
    Session(String),
    /// Money given back.
    Refund(String),
    /// A charge, of which something was given back.
    Charge(String),
    /// A payment that the payer disputes.
    Dispute(String),
    /// Nothing that anything follows from.
    Nothing,
}

impl Notice {
    /// An event of a kind about the object with this name.
    pub(super) fn new(id: String, kind: String, object: String) -> Notice {
        let about = if object.is_empty() {
            About::Nothing
        } else if kind.starts_with("checkout.session.") {
            About::Session(object)
        } else if kind.starts_with("refund.") || kind.starts_with("charge.refund.") {
            About::Refund(object)
        } else if kind.starts_with("charge.dispute.") {
            About::Dispute(object)
        } else if kind == "charge.refunded" {
            About::Charge(object)
        } else {
            About::Nothing
        };
        Notice { id, kind, about }
    }
}

/// An event as it is written, as far as we look at it.
#[derive(Deserialize)]
struct Envelope {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    /// A few objects of Stripe's have none.
    #[serde(default)]
    id: String,
}

/// Why a webhook is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// There is no signature, or not in its form.
    #[error("the signature header is missing or is not `t=…,v1=…`")]
    Unsigned,
    /// No secret of ours makes the signature.
    #[error("the signature is not made with a secret of ours")]
    Forged,
    /// The signature was made too long ago, or is of the future.
    #[error("the signature was not made within {TOLERANCE} seconds of now")]
    Stale,
    /// The body is signed, but is no event.
    #[error("the body is not an event")]
    Unreadable,
}

/// Reads a webhook whose signature is right.
///
/// `secrets` are tried all: there are two while one is changed for another.
///
/// # Errors
///
/// [`NoticeError`]; then nothing of the body was looked at, but for
/// [`NoticeError::Unreadable`].
pub fn open(
    body: &[u8],
    header: &str,
    secrets: &[Secret],
    now: Timestamp,
) -> Result<Notice, NoticeError> {
    let mut time = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => time = Some(value),
            Some(("v1", value)) => signatures.extend(from_hexadecimal(value)),
            _ => {}
        }
    }
    let (Some(time), false) = (time, signatures.is_empty()) else {
        return Err(NoticeError::Unsigned);
    };
    let made: i64 = time.parse().map_err(|_| NoticeError::Unsigned)?;

    let known = secrets.iter().any(|secret| {
        signatures
            .iter()
            .any(|signature| is_right(secret, time, body, signature))
    });
    if !known {
        return Err(NoticeError::Forged);
    }
    if now.as_second().abs_diff(made) > TOLERANCE.unsigned_abs() {
        return Err(NoticeError::Stale);
    }
    let envelope: Envelope = serde_json::from_slice(body).map_err(|_| NoticeError::Unreadable)?;
    Ok(Notice::new(
        envelope.id,
        envelope.kind,
        envelope.data.object.id,
    ))
}

/// Compares in a time that does not depend on where the two differ.
fn is_right(secret: &Secret, time: &str, body: &[u8], signature: &[u8]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        return false;
    };
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(signature).is_ok()
}

/// The bytes that hexadecimal digits stand for.
fn from_hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use jiff::Timestamp;
    use sha2::Sha256;

    use super::{About, KINDS, Notice, NoticeError, open};
    use crate::config::Secret;

    const BODY: &[u8] =
        br#"{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1"}}}"#;

    fn sign(secret: &str, time: i64, body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{time}.").as_bytes());
        mac.update(body);
        mac.finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn secrets() -> [Secret; 2] {
        [Secret::new("whsec_new"), Secret::new("whsec_old")]
    }

    #[test]
    fn a_webhook_signed_with_any_of_our_secrets_is_read() {
        for secret in ["whsec_new", "whsec_old"] {
            let header = format!(
                "t=1000,v0=00,v1={},v1={}",
                "ab".repeat(32),
                sign(secret, 1000, BODY)
            );
            let notice = open(BODY, &header, &secrets(), at(1300)).unwrap();
            assert_eq!(notice.about, About::Session("cs_1".to_owned()));
        }
    }

    #[test]
    fn a_signature_that_is_wrong_missing_or_stale_is_refused() {
        let good = format!("t=1000,v1={}", sign("whsec_new", 1000, BODY));
        let refused =
            |body: &[u8], header: &str, now| open(body, header, &secrets(), at(now)).unwrap_err();
        assert_eq!(refused(BODY, &good, 1301), NoticeError::Stale);
        assert_eq!(refused(BODY, &good, 699), NoticeError::Stale);
        assert_eq!(refused(b"{}", &good, 1000), NoticeError::Forged);
        assert_eq!(
            refused(BODY, &good.replace("t=1000", "t=1001"), 1000),
            NoticeError::Forged
        );
        let other = format!("t=1000,v1={}", sign("whsec_other", 1000, BODY));
        assert_eq!(refused(BODY, &other, 1000), NoticeError::Forged);
        for header in [
            "",
            "t=1000",
            "v1=ab",
            "t=x,v1=abab",
            "t=1000,v1=é",
            "t=1000,v1=abc",
        ] {
            assert_eq!(
                refused(BODY, header, 1000),
                NoticeError::Unsigned,
                "{header}"
            );
        }
        assert_eq!(
            open(BODY, &good, &[], at(1000)).unwrap_err(),
            NoticeError::Forged
        );
    }

    #[test]
    fn a_signed_body_that_is_no_event_is_refused() {
        let header = format!("t=1000,v1={}", sign("whsec_new", 1000, b"[]"));
        assert_eq!(
            open(b"[]", &header, &secrets(), at(1000)),
            Err(NoticeError::Unreadable)
        );
    }

    #[test]
    fn every_kind_that_we_ask_for_is_about_something_and_others_are_about_nothing() {
        let about = |kind: &str, object: &str| {
            Notice::new("evt_1".to_owned(), kind.to_owned(), object.to_owned()).about
        };
        for kind in KINDS {
            assert_ne!(about(kind, "x"), About::Nothing, "{kind}");
            assert_eq!(about(kind, ""), About::Nothing, "{kind}");
        }
        assert_eq!(about("refund.failed", "re_1"), About::Refund("re_1".into()));
        assert_eq!(
            about("charge.refunded", "ch_1"),
            About::Charge("ch_1".into())
        );
        let dispute = about("charge.dispute.closed", "dp_1");
        assert_eq!(dispute, About::Dispute("dp_1".into()));
        for kind in ["charge.succeeded", "payout.paid", "balance.available"] {
            assert_eq!(about(kind, "x"), About::Nothing, "{kind}");
        }
    }
}
