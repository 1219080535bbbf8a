//! The three things that a school commits to when it joins, with their
//! wording and its version (prospectus, "How to join").

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::membership::Category;

/// Which commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommitmentId {
    /// To support the aims and values.
    AimsAndValues,
    /// To pay up to the guarantee if THE Partnership is wound up owing debts.
    Guarantee,
    /// To pay the annual fee.
    AnnualFee,
}

impl CommitmentId {
    /// All three, in the order of the form.
    pub const ALL: [CommitmentId; 3] = [
        CommitmentId::AimsAndValues,
        CommitmentId::Guarantee,
        CommitmentId::AnnualFee,
    ];

    /// What an applicant reads who left the tick out.
    #[must_use]
    pub const fn missing(self) -> &'static str {
        match self {
            CommitmentId::AimsAndValues => "Confirm that you support the aims and values",
            CommitmentId::Guarantee => {
                "Confirm that your school will pay the guarantee if it is called on"
            }
            CommitmentId::AnnualFee => {
                "Confirm that your school will pay the annual membership fee"
            }
        }
    }
}

/// The wording of all three, as `content/commitments.yaml` states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Commitments {
    /// Changes whenever a word changes.
    pub version: String,
    /// One of each, in the order of the form.
    pub commitments: Vec<Commitment>,
}

/// The wording of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Which.
    pub id: CommitmentId,
    /// What the school agrees to.
    pub text: String,
    /// The same for an associate, who may be a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub associate: Option<String>,
    /// Where it stands.
    pub source: String,
}

impl Commitments {
    /// The wording of one, to an applicant of that category.
    #[must_use]
    pub fn wording(&self, id: CommitmentId, category: Category) -> &str {
        let commitment = self.commitments.iter().find(|one| one.id == id);
        commitment.map_or("", |commitment| match (category, &commitment.associate) {
            (Category::Associate, Some(wording)) => wording,
            _ => &commitment.text,
        })
    }

    /// Those that an applicant of that category agrees to, agreed to now: an
    /// associate gives no guarantee and pays no fee that is set.
    #[must_use]
    pub fn agreed_by(&self, category: Category, at: Timestamp) -> Agreement {
        let asked = self.commitments.iter().filter(|commitment| match category {
            Category::Full => true,
            Category::Associate => commitment.id == CommitmentId::AimsAndValues,
        });
        let agreed = asked.map(|commitment| Commitment {
            text: self.wording(commitment.id, category).to_owned(),
            associate: None,
            ..commitment.clone()
        });
        Agreement {
            version: self.version.clone(),
            commitments: agreed.collect(),
            at,
        }
    }
}

/// What a school agreed to, word for word, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The version of the wording.
    pub version: String,
    /// The wording.
    pub commitments: Vec<Commitment>,
    /// When.
    pub at: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    version: String,
    commitments: Vec<Commitment>,
}

/// The file does not hold one of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write the three commitments once each: `aims-and-values`, `guarantee`, `annual-fee`")]
pub struct CommitmentsError;

impl TryFrom<Unchecked> for Commitments {
    type Error = CommitmentsError;

    fn try_from(file: Unchecked) -> Result<Commitments, CommitmentsError> {
        let mut commitments = file.commitments;
        commitments.sort_by_key(|commitment| commitment.id);
        if !commitments
            .iter()
            .map(|commitment| commitment.id)
            .eq(CommitmentId::ALL)
        {
            return Err(CommitmentsError);
        }
        Ok(Commitments {
            version: file.version,
            commitments,
        })
    }
}
