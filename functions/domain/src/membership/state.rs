//! Where a membership stands, and what each command makes of it.

use serde::{Deserialize, Serialize};

/// Where a membership stands. The days that go with it are in
/// [`super::Membership`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A member, with no end in sight.
    Active,
    /// Still a member with every right and duty, until the last day.
    NoticeGiven,
    /// A member no more. The entry in the register stays.
    Ended,
    /// The school has another URN now, and its membership goes on there.
    Transferred,
}

/// What is done to a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipCommand {
    /// Notice was received in the founding window: there is nothing to wait
    /// for.
    GiveFreeNotice,
    /// Notice was received, and has its time to run.
    GiveNotice,
    /// The notice is taken back, and the Board agrees.
    Retract,
    /// The last day has passed.
    ReachEnd,
    /// The school closes.
    Close,
    /// The school has another URN, as after a conversion or a merger.
    ReplaceUrn,
    /// The school wants to be a member again: by a new application.
    JoinAgain,
}

impl Standing {
    /// All of them.
    pub const ALL: [Standing; 4] = [
        Standing::Active,
        Standing::NoticeGiven,
        Standing::Ended,
        Standing::Transferred,
    ];

    /// Where a membership stands after a command.
    ///
    /// [`MembershipCommand::JoinAgain`] leaves the old one as it is.
    ///
    /// # Errors
    ///
    /// [`NotNow`] if the command makes no sense where it stands.
    pub const fn after(self, command: MembershipCommand) -> Result<Standing, NotNow> {
        use MembershipCommand as Do;
        use Standing as Is;
        match (self, command) {
            (Is::Active, Do::GiveFreeNotice) => Ok(Is::Ended),
            (Is::Active, Do::GiveNotice) => Ok(Is::NoticeGiven),
            (Is::NoticeGiven, Do::Retract) => Ok(Is::Active),
            (Is::NoticeGiven, Do::ReachEnd) => Ok(Is::Ended),
            (Is::Active | Is::NoticeGiven, Do::Close) => Ok(Is::Ended),
            (Is::Active | Is::NoticeGiven, Do::ReplaceUrn) => Ok(Is::Transferred),
            (Is::Ended, Do::JoinAgain) => Ok(Is::Ended),
            _ => Err(NotNow { standing: self }),
        }
    }

    /// Where it stands, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Standing::Active => "Member",
            Standing::NoticeGiven => "Member, and has given notice",
            Standing::Ended => "Member no more",
            Standing::Transferred => "Membership goes on under another URN",
        }
    }
}

/// A command that makes no sense where the membership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that cannot be done now: the membership’s state is “{}”", standing.words())]
pub struct NotNow {
    /// Where it stands.
    pub standing: Standing,
}

#[cfg(test)]
mod tests;
