//! Links that are mailed to a person of a member's: each is used once, by a
//! button, within its time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::ContactId;
use crate::access::{Grant, Purpose};
use crate::contact::EmailAddress;
use crate::reference::MembershipReference;

/// A link, and whether it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLink {
    /// Its name, in its address. It opens nothing without the secret.
    pub id: String,
    /// What it opens.
    pub opens: Opens,
    /// What is kept of its secret.
    pub grant: Grant,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Opens {
    /// A session.
    SignIn {
        /// Of whom.
        email: EmailAddress,
        /// The page to go on to.
        to: String,
    },
    /// Nothing: it confirms the new address of a contact.
    Address {
        /// Of which member.
        membership: MembershipReference,
        /// Of which contact.
        contact: ContactId,
        /// The address as it is to be.
        email: EmailAddress,
    },
}

impl Opens {
    /// The purpose that its secret is derived for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        match self {
            Opens::SignIn { .. } => Purpose::SignIn,
            Opens::Address { .. } => Purpose::Address,
        }
    }

    /// How long the link lasts: a letter to sign in is read at once; one that
    /// somebody else has caused, within a day.
    #[must_use]
    pub const fn lasts(&self) -> SignedDuration {
        match self {
            Opens::SignIn { .. } => SignedDuration::from_mins(15),
            Opens::Address { .. } => SignedDuration::from_hours(24),
        }
    }
}

/// Whether a link can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// It can.
    Open,
    /// It was.
    Used,
    /// Its time has passed.
    Expired,
}

impl AccountLink {
    /// The instant from which it opens nothing.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        let given = self.grant.given_at;
        given
            .saturating_add(self.opens.lasts())
            .unwrap_or(Timestamp::MAX)
    }

    /// Whether it can be used.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> LinkState {
        match self.used_at {
            Some(_) => LinkState::Used,
            None if now < self.until() => LinkState::Open,
            None => LinkState::Expired,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{AccountLink, LinkState, Opens};
    use crate::access::{Grant, Purpose};
    use crate::contact::EmailAddress;

    #[test]
    fn a_link_to_sign_in_works_once_within_fifteen_minutes() {
        let mut link = AccountLink {
            id: "1".into(),
            opens: Opens::SignIn {
                email: EmailAddress::parse("sam@sample.example", "").unwrap(),
                to: "/account/".into(),
            },
            grant: Grant {
                purpose: Purpose::SignIn,
                nonce: String::new(),
                digest: String::new(),
                given_at: Timestamp::UNIX_EPOCH,
            },
            used_at: None,
        };
        let after = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        assert_eq!(link.state(after(15 * 60 - 1)), LinkState::Open);
        assert_eq!(link.state(after(15 * 60)), LinkState::Expired);
        link.used_at = Some(after(60));
        assert_eq!(link.state(after(61)), LinkState::Used);
    }
}
