//! Checkout Sessions and their states: open, then complete or expired, once.

use serde::{Deserialize, Serialize};

use super::order::Order;

/// One Checkout Session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) created: i64,
    pub(super) status: Status,
    /// Made when the visitor pays, as it is at Stripe.
    pub(super) payment: Option<Payment>,
    /// The API version that the session was made with; its events carry it.
    pub(super) api_version: Option<String>,
    pub(super) order: Order,
}

/// The money that a complete session took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payment {
    /// The part of its identifier after `pi_`, which its charge and payment method share.
    pub(super) stem: String,
    pub(super) created: i64,
}

impl Payment {
    /// The identifier of its payment intent.
    pub(super) fn intent(&self) -> String {
        format!("pi_{}", self.stem)
    }
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// It can be paid.
    Open,
    /// It was paid.
    Complete,
    /// Its time ran out, or it was ended before that.
    Expired,
}

impl Status {
    /// Stripe's word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Complete => "complete",
            Status::Expired => "expired",
        }
    }
}

impl Session {
    /// A new session, open.
    pub(super) fn open(order: Order, now: i64, api_version: Option<String>) -> Session {
        Session {
            id: identifier("cs_test_a1", 58),
            created: now,
            status: Status::Open,
            payment: None,
            api_version,
            order,
        }
    }

    /// Whether its time has run out without anybody having noted it yet.
    pub(super) fn is_due(&self, now: i64) -> bool {
        self.status == Status::Open && self.order.expires_at <= now
    }

    /// The address that the visitor goes to once it is paid.
    pub(super) fn success_url(&self) -> String {
        self.order
            .success_url
            .replace("{CHECKOUT_SESSION_ID}", &self.id)
    }
}

/// An identifier of `length` random letters and digits after `prefix`.
pub(super) fn identifier(prefix: &str, length: usize) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut random = vec![0; length];
    getrandom::fill(&mut random).expect("the operating system gives random bytes");
    let letters = random
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    prefix.chars().chain(letters).collect()
}
