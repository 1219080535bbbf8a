//! The books held against the card provider's balance.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What the comparison gave. Sums are in pence, and below nought where more
/// left than came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reconciliation {
    /// When it was made.
    pub at: Timestamp,
    /// How many lines the provider's balance has.
    pub lines: usize,
    /// What its balance changed by.
    pub provider: i64,
    /// What our books say that it changed by.
    pub books: i64,
    /// Payments for which the two differ.
    pub differences: Vec<Difference>,
    /// Lines that belong to nothing of ours.
    pub strange: Vec<String>,
}

/// A payment on which the provider and the books differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which.
    pub payment: String,
    /// What the provider moved for it.
    pub provider: i64,
    /// What the books moved for it.
    pub books: i64,
}

impl Reconciliation {
    /// Whether the two agree.
    #[must_use]
    pub fn is_even(&self) -> bool {
        self.differences.is_empty() && self.strange.is_empty() && self.provider == self.books
    }
}

/// The payments on which the two differ, of what each moved by payment.
#[must_use]
pub fn differences(
    provider: &BTreeMap<String, i64>,
    books: &BTreeMap<String, i64>,
) -> Vec<Difference> {
    let all: BTreeSet<&String> = provider.keys().chain(books.keys()).collect();
    let moved =
        |by: &BTreeMap<String, i64>, payment: &String| by.get(payment).copied().unwrap_or_default();
    all.into_iter()
        .map(|payment| Difference {
            payment: payment.clone(),
            provider: moved(provider, payment),
            books: moved(books, payment),
        })
        .filter(|one| one.provider != one.books)
        .collect()
}
