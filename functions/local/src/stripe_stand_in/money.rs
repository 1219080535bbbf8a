//! What moves money beside a payment: refunds, disputes, payouts, and the
//! lines of the balance that each of them writes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    /// The session whose money it is.
    pub(super) session: String,
    pub(super) created: i64,
    pub(super) amount: i64,
    pub(super) standing: RefundStanding,
    pub(super) reason: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
}

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RefundStanding {
    /// It is on its way.
    Pending,
    /// The money has left.
    Succeeded,
    /// The payer's bank sent it back.
    Failed,
}

impl RefundStanding {
    /// Stripe's word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            RefundStanding::Pending => "pending",
            RefundStanding::Succeeded => "succeeded",
            RefundStanding::Failed => "failed",
        }
    }
}

/// A payment that the payer's bank has taken back meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Dispute {
    pub(super) id: String,
    /// The session whose money it is.
    pub(super) session: String,
    pub(super) created: i64,
    pub(super) amount: i64,
    pub(super) standing: DisputeStanding,
}

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DisputeStanding {
    /// Nobody has decided.
    NeedsResponse,
    /// The money came again.
    Won,
    /// The money is gone.
    Lost,
}

impl DisputeStanding {
    /// Stripe's word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            DisputeStanding::NeedsResponse => "needs_response",
            DisputeStanding::Won => "won",
            DisputeStanding::Lost => "lost",
        }
    }
}

/// Money on its way to the bank account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payout {
    pub(super) id: String,
    pub(super) created: i64,
    pub(super) amount: i64,
    pub(super) currency: String,
}

/// One line of the balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) id: String,
    /// Stripe's word for its type, such as `payment_refund`.
    pub(super) kind: String,
    /// Stripe's word for what it is to an accountant, such as `refund`.
    pub(super) category: String,
    pub(super) amount: i64,
    pub(super) fee: i64,
    pub(super) currency: String,
    pub(super) created: i64,
    pub(super) available_on: i64,
    /// What wrote it: a charge, a refund, a dispute, a payout.
    pub(super) source: String,
    pub(super) description: Option<String>,
    /// The payout that it went out with.
    pub(super) payout: Option<String>,
}

impl Line {
    /// What the balance changes by.
    pub(super) fn net(&self) -> i64 {
        self.amount - self.fee
    }
}
