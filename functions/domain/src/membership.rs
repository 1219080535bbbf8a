//! A membership: from the Board's decision to the last day, and after.
//!
//! One school, one membership, one vote: a full member is known by its URN. An
//! associate has neither vote nor an entry in the register of members
//! (Companies Act 2006, section 113).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contact::{Line, Person};
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::{ApplicationReference, MembershipReference};
use crate::school::{PupilsOnRoll, Urn};

mod changes;
mod details;
mod entitlements;
mod import;
mod log;
mod notice;
mod state;

pub use changes::{ChangeForm, Closed, NewUrn, ReceivedNotice};
pub use details::{DetailsForm, LinkForm};
pub use entitlements::{Entitlement, Entitlements};
pub use import::{COLUMNS, ImportedMember, NEEDED, RowFault};
pub use log::{Channel, LogEntry, LogForm};
pub use notice::{NoticeError, Withdrawal};
pub use state::{MembershipCommand, NotNow, Standing};

use crate::fees::Notice;

/// The two categories (prospectus, section D1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// A publicly funded school in Tower Hamlets.
    Full,
    /// Another school, an institution or a person.
    Associate,
}

impl Category {
    /// The category in words: `full member`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Category::Full => "full member",
            Category::Associate => "associate member",
        }
    }
}

/// Who is a member, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The name in the register.
    pub name: Line,
    /// The school's URN; none for what is not a school.
    pub urn: Option<Urn>,
    /// The address in the register.
    pub address: Option<Passage>,
    /// Whom THE Partnership writes to.
    pub contact: Person,
    /// Who receives invoices.
    pub finance: Option<Person>,
    /// Where invoices are addressed, if not to the school's address.
    pub billing_address: Option<Passage>,
    /// What a purchase order calls it.
    pub purchase_order: Option<Line>,
    /// The pupils on roll, as declared at joining; none for what has no pupils.
    /// A year's own number is in its [`crate::account::PupilReturn`].
    pub pupils: Option<PupilsOnRoll>,
}

/// A membership, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Its name.
    pub reference: MembershipReference,
    /// The category: the class of member in the register.
    pub category: Category,
    /// Who.
    pub member: Member,
    /// The application that led to it, if one did.
    pub application: Option<ApplicationReference>,
    /// Its first day: the day of the decision.
    pub joined_on: Date,
    /// Where it stands.
    pub standing: Standing,
    /// The notice that runs or has run.
    pub notice: Option<Withdrawal>,
    /// Its last day, once that is known.
    pub ends_on: Option<Date>,
    /// The membership that goes before it, under another URN.
    pub before: Option<MembershipReference>,
    /// The membership that it goes on in, under another URN or after a merger.
    pub after: Option<MembershipReference>,
    /// The member of staff whom the member turns to: an entitlement of every
    /// member (prospectus, section E3).
    #[serde(default)]
    pub link: Option<Person>,
    /// What was owed or in credit when the members of that day were brought
    /// in, for the ledger to begin with.
    #[serde(default)]
    pub brought_forward: Option<BroughtForward>,
    /// When it was entered.
    pub entered_at: Timestamp,
}

/// A balance that is older than these records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtForward {
    /// The day that it is of.
    pub as_at: Date,
    /// How much.
    pub pence: Pence,
    /// Whether the member is in credit; else it owes.
    pub in_credit: bool,
}

impl Membership {
    /// Whether it is a membership on a day: the first and the last day count.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        self.joined_on <= day && self.ends_on.is_none_or(|last| day <= last)
    }

    /// Whether it has a vote on a day: one school, one vote.
    #[must_use]
    pub fn votes_on(&self, day: Date) -> bool {
        self.category == Category::Full && self.is_on(day)
    }

    /// Takes notice that was received on a day; `asked` is the last day that
    /// the school asks for. Gives what it comes to, to be shown before it is
    /// confirmed.
    ///
    /// # Errors
    ///
    /// [`LeaveError`] says why not.
    pub fn give_notice(
        &self,
        rule: &Notice,
        received_on: Date,
        asked: Option<Date>,
    ) -> Result<Membership, LeaveError> {
        if received_on < self.joined_on {
            return Err(LeaveError::BeforeJoining);
        }
        let withdrawal = rule.withdrawal(received_on, asked)?;
        // A day still to come, even in the window, is one to wait for.
        let at_once = withdrawal.ends_on == received_on;
        let command = if at_once && withdrawal.free {
            MembershipCommand::GiveFreeNotice
        } else {
            MembershipCommand::GiveNotice
        };
        Ok(Membership {
            standing: self.standing.after(command)?,
            notice: Some(withdrawal),
            ends_on: Some(withdrawal.ends_on),
            ..self.clone()
        })
    }

    /// Takes the notice back, as long as the membership lasts.
    ///
    /// # Errors
    ///
    /// [`NotNow`] if none runs.
    pub fn retract(&self, today: Date) -> Result<Membership, NotNow> {
        self.expect_to_last(today)?;
        Ok(Membership {
            standing: self.standing.after(MembershipCommand::Retract)?,
            notice: None,
            ends_on: None,
            ..self.clone()
        })
    }

    /// Refuses a membership whose last day is before a day, whether or not
    /// anything has run since.
    fn expect_to_last(&self, day: Date) -> Result<(), NotNow> {
        match self.ends_on {
            Some(last) if last < day => Err(NotNow {
                standing: Standing::Ended,
            }),
            _ => Ok(()),
        }
    }

    /// Ends it if its last day has passed; none if there is nothing to do.
    #[must_use]
    pub fn reach_end(&self, today: Date) -> Option<Membership> {
        let passed = self.ends_on.is_some_and(|last| last < today);
        let standing = self.standing.after(MembershipCommand::ReachEnd);
        match standing {
            Ok(standing) if passed => Some(Membership {
                standing,
                ..self.clone()
            }),
            _ => None,
        }
    }

    /// Ends it because the school closes; the last day is the school's. Where
    /// the school has merged into another member, it leads there.
    ///
    /// # Errors
    ///
    /// [`LeaveError`] says why not.
    pub fn close(&self, closed: &Closed) -> Result<Membership, LeaveError> {
        let last_day = closed.last_day;
        if last_day < self.joined_on {
            return Err(LeaveError::BeforeJoining);
        }
        if closed.merged_into.as_ref() == Some(&self.reference) {
            return Err(LeaveError::IntoItself);
        }
        Ok(Membership {
            standing: self.standing.after(MembershipCommand::Close)?,
            ends_on: Some(self.ends_on.map_or(last_day, |known| known.min(last_day))),
            after: closed.merged_into.clone(),
            ..self.clone()
        })
    }

    /// Carries it on under another URN from a day: the old entry, and the new
    /// one, each with a link to the other. A notice that runs goes with it.
    ///
    /// # Errors
    ///
    /// [`LeaveError`] says why not.
    pub fn replace_urn(
        &self,
        urn: Urn,
        name: Line,
        from: Date,
        reference: MembershipReference,
        now: Timestamp,
    ) -> Result<(Membership, Membership), LeaveError> {
        let last_day = from.yesterday().unwrap_or(from);
        if last_day < self.joined_on {
            return Err(LeaveError::BeforeJoining);
        }
        self.expect_to_last(from)?;
        if self.member.urn.as_ref() == Some(&urn) {
            return Err(LeaveError::SameUrn);
        }
        let old = Membership {
            standing: self.standing.after(MembershipCommand::ReplaceUrn)?,
            ends_on: Some(last_day),
            after: Some(reference.clone()),
            ..self.clone()
        };
        let new = Membership {
            reference,
            member: Member {
                urn: Some(urn),
                name,
                ..self.member.clone()
            },
            joined_on: from,
            before: Some(self.reference.clone()),
            after: None,
            // It stands on the old one's statement.
            brought_forward: None,
            entered_at: now,
            ..self.clone()
        };
        Ok((old, new))
    }
}

/// Why a membership cannot end so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeaveError {
    /// It makes no sense where the membership stands.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The last day cannot be that one.
    #[error(transparent)]
    Notice(#[from] NoticeError),
    /// The new URN is the old one.
    #[error("The membership has that URN already")]
    SameUrn,
    /// It would go on in itself.
    #[error("A member cannot merge into itself: enter the reference of the other one")]
    IntoItself,
    /// It would end before it began.
    #[error("That day is before the membership began")]
    BeforeJoining,
}

#[cfg(test)]
mod tests;
