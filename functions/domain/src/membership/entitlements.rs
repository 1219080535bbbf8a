//! What each category of member can expect, as `content/entitlements.yaml`
//! has it: the words are the editors'.

use serde::{Deserialize, Serialize};

use super::Category;

/// The entitlements of members.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitlements {
    /// Where they stand.
    pub source: String,
    /// What every member can expect.
    pub all: Vec<Entitlement>,
    /// What full members can expect as well.
    pub full: Vec<Entitlement>,
}

/// One thing that a member can expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitlement {
    /// What, in words.
    pub text: String,
    /// The number of the service that it is, in the catalogue: `S08`.
    pub service: Option<String>,
}

impl Entitlements {
    /// What a member of a category can expect, in order.
    pub fn of(&self, category: Category) -> impl Iterator<Item = &Entitlement> {
        let full = (category == Category::Full).then_some(&self.full);
        self.all.iter().chain(full.into_iter().flatten())
    }
}
