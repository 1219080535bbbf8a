//! What is written about a member's own page: to its people, and to the office.

use serde::{Deserialize, Serialize};

use super::LetterLink;
use crate::account::ContactRole;
use crate::reference::{AccessReference, MembershipReference};

/// What a letter about a member's own page tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum AccountNews {
    /// The link to sign in with.
    SignIn {
        /// The name of the link.
        id: String,
        /// Its secret, to be derived.
        link: LetterLink,
    },
    /// To a new address: it is to be confirmed.
    Address {
        /// The name of the link.
        id: String,
        /// Of which member.
        member: String,
        /// Its secret, to be derived.
        link: LetterLink,
    },
    /// To somebody who may sign in from now on.
    Welcome {
        /// Of which member.
        member: String,
        /// What the person may do.
        role: ContactRole,
    },
    /// To the people of a member: something has changed about who may sign in.
    Changed {
        /// Of which member.
        member: String,
        /// Whom it is about.
        who: String,
        /// What.
        change: ContactChange,
    },
    /// To the office: a member has given notice.
    NoticeForOffice {
        /// The membership.
        reference: MembershipReference,
        /// The member.
        member: String,
        /// Its last day.
        ends_on: jiff::civil::Date,
    },
    /// To the office: somebody asks to be let in.
    LetInForOffice {
        /// The request.
        reference: AccessReference,
        /// The school, as it was typed.
        school: String,
    },
    /// To who asked to be let in: it could not be made sure who that is.
    LetInRefused {
        /// The request.
        reference: AccessReference,
    },
}

/// What has changed about who may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactChange {
    /// The person was added by a lead.
    Added,
    /// The person has another address.
    Moved,
    /// The person was removed.
    Removed,
    /// The person was let in by the membership secretary.
    LetIn,
}

impl AccountNews {
    /// The name of its template in the theme, under `letters/`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            AccountNews::SignIn { .. } => "account-sign-in",
            AccountNews::Address { .. } => "account-address",
            AccountNews::Welcome { .. } => "account-welcome",
            AccountNews::Changed { .. } => "account-changed",
            AccountNews::NoticeForOffice { .. } => "notice-for-office",
            AccountNews::LetInForOffice { .. } => "let-in-for-office",
            AccountNews::LetInRefused { .. } => "let-in-refused",
        }
    }
}
