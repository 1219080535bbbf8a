//! Checkout Sessions and their states: open, then complete or expired, once.
//! A complete one has taken money, or been promised it.

use serde::{Deserialize, Serialize};

use super::order::Order;
use super::refusal::Refusal;

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

/// The money that a complete session took, or waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payment {
    /// The part of its identifier after `pi_`, which its charge and payment method share.
    pub(super) stem: String,
    pub(super) created: i64,
    #[serde(default)]
    pub(super) method: Method,
    #[serde(default)]
    pub(super) taken: Taken,
}

/// How somebody pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Method {
    /// By card: the money is there at once.
    #[default]
    Card,
    /// By Bacs Direct Debit: the bank says some days later whether it is.
    BacsDebit,
}

impl Method {
    /// Every method that the stand-in knows.
    pub(super) const ALL: [Method; 2] = [Method::Card, Method::BacsDebit];

    /// Stripe's word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Method::Card => "card",
            Method::BacsDebit => "bacs_debit",
        }
    }
}

/// Whether the money is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Taken {
    /// It is.
    #[default]
    Succeeded,
    /// Nobody knows yet.
    Processing,
    /// It is not, and will not be.
    Failed,
}

impl Payment {
    /// The identifier of its payment intent.
    pub(super) fn intent(&self) -> String {
        format!("pi_{}", self.stem)
    }

    /// The identifier of its charge, which Stripe begins otherwise where no
    /// card was charged.
    pub(super) fn charge(&self) -> String {
        match self.method {
            Method::Card => format!("ch_{}", self.stem),
            Method::BacsDebit => format!("py_{}", self.stem),
        }
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

    /// Whether the money is there.
    pub(super) fn is_paid(&self) -> bool {
        self.payment
            .as_ref()
            .is_some_and(|payment| payment.taken == Taken::Succeeded)
    }

    /// The money that is there.
    pub(super) fn paid(&self) -> Result<&Payment, Refusal> {
        match &self.payment {
            Some(payment) if payment.taken == Taken::Succeeded => Ok(payment),
            Some(payment) => Err(Refusal::wrong(
                "payment_intent",
                format!(
                    "This PaymentIntent ({}) does not have a successful charge to refund.",
                    payment.intent()
                ),
            )),
            None => Err(Refusal::wrong("session", "This session was not paid.")),
        }
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
