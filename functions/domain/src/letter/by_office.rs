//! What is written to somebody because the office has done something with the
//! person's record: nobody learns of it from the record alone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LetterLink;
use crate::reference::{ApplicationReference, MembershipReference};
use crate::school::Urn;

/// What a letter tells that the office has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum OfficeDone {
    /// To the applicant: an application was taken back.
    Withdrawn {
        /// Its reference.
        reference: ApplicationReference,
        /// Who applied, where that is known.
        applicant: Option<String>,
        /// Where it is followed, and where one applies again.
        link: LetterLink,
    },
    /// To the member: its school goes on under another URN.
    UrnReplaced {
        /// The membership that ends.
        reference: MembershipReference,
        /// The member, as it was called.
        member: String,
        /// The URN that it had.
        urn: Option<Urn>,
        /// The membership that goes on.
        next: MembershipReference,
        /// The member, as it is called.
        next_member: String,
        /// The URN that it has.
        next_urn: Urn,
        /// The first day under it.
        from: Date,
    },
}

impl OfficeDone {
    /// The name of its template in the theme, under `letters/`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            OfficeDone::Withdrawn { .. } => "application-withdrawn",
            OfficeDone::UrnReplaced { .. } => "urn-replaced",
        }
    }
}
