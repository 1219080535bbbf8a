//! Where an application stands, and what each command makes of it.
//!
//! The table is one `match`: what is not in it is forbidden. Who may give a
//! command is the caller's to check; whether it makes sense is said here.

use serde::{Deserialize, Serialize};

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApplicationState {
    /// Being written. It is not live: it holds no URN.
    Draft,
    /// Sent, but the address that it came from is not confirmed yet. It is not
    /// live either, so that nobody can hold a school's place by its URN.
    Unconfirmed,
    /// Sent and live, waiting for the membership secretary.
    Submitted,
    /// The secretary has it.
    UnderReview,
    /// The applicant has been asked for something.
    InformationRequested,
    /// The Board has said yes.
    Approved,
    /// The Board has said no.
    Declined,
    /// The applicant has taken it back.
    Withdrawn,
    /// It lay untouched for too long, and is purged.
    Expired,
}

/// What is done to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplicationCommand {
    /// The applicant changes an answer.
    Edit,
    /// The applicant sends it.
    Submit,
    /// The applicant confirms the address by the link in the letter.
    ConfirmAddress,
    /// The secretary takes it as live although the address is not confirmed.
    Override,
    /// The secretary takes it up.
    PickUp,
    /// The secretary asks for something.
    Ask,
    /// The applicant answers what was asked.
    Reply,
    /// The secretary records that the Board approved it.
    Approve,
    /// The secretary records that the Board declined it.
    Decline,
    /// The secretary records a decision anew, with the same outcome, because
    /// its date, minute or reason was wrong.
    CorrectDecision,
    /// The applicant takes it back.
    Withdraw,
    /// It has lain untouched for too long.
    Expire,
    /// The applicant applies once more, with the same answers.
    ApplyAgain,
}

impl ApplicationState {
    /// All of them.
    pub const ALL: [ApplicationState; 9] = [
        ApplicationState::Draft,
        ApplicationState::Unconfirmed,
        ApplicationState::Submitted,
        ApplicationState::UnderReview,
        ApplicationState::InformationRequested,
        ApplicationState::Approved,
        ApplicationState::Declined,
        ApplicationState::Withdrawn,
        ApplicationState::Expired,
    ];

    /// Where an application stands after a command.
    ///
    /// [`ApplicationCommand::ApplyAgain`] leaves the old one as it is: the new
    /// one begins as a draft.
    ///
    /// # Errors
    ///
    /// [`NotNow`] if the command makes no sense where it stands.
    pub const fn after(self, command: ApplicationCommand) -> Result<ApplicationState, NotNow> {
        use ApplicationCommand as Do;
        use ApplicationState as Is;
        match (self, command) {
            (Is::Draft, Do::Edit) => Ok(Is::Draft),
            (Is::Draft, Do::Submit) => Ok(Is::Unconfirmed),
            (Is::Unconfirmed, Do::ConfirmAddress | Do::Override) => Ok(Is::Submitted),
            (Is::Submitted, Do::PickUp) => Ok(Is::UnderReview),
            (Is::UnderReview, Do::Ask) => Ok(Is::InformationRequested),
            (Is::InformationRequested, Do::Reply) => Ok(Is::UnderReview),
            (Is::UnderReview, Do::Approve) => Ok(Is::Approved),
            (Is::UnderReview, Do::Decline) => Ok(Is::Declined),
            (Is::Approved, Do::CorrectDecision) => Ok(Is::Approved),
            (Is::Declined, Do::CorrectDecision) => Ok(Is::Declined),
            (
                Is::Draft
                | Is::Unconfirmed
                | Is::Submitted
                | Is::UnderReview
                | Is::InformationRequested,
                Do::Withdraw,
            ) => Ok(Is::Withdrawn),
            (Is::Draft | Is::Unconfirmed, Do::Expire) => Ok(Is::Expired),
            (Is::Declined, Do::ApplyAgain) => Ok(Is::Declined),
            (Is::Withdrawn, Do::ApplyAgain) => Ok(Is::Withdrawn),
            _ => Err(NotNow { state: self }),
        }
    }

    /// Whether it holds its school's URN.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            ApplicationState::Submitted
                | ApplicationState::UnderReview
                | ApplicationState::InformationRequested
        )
    }

    /// Whether nothing of it is to be decided or answered any more.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(
            self,
            ApplicationState::Approved
                | ApplicationState::Declined
                | ApplicationState::Withdrawn
                | ApplicationState::Expired
        )
    }

    /// Where it stands, as the applicant reads it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            ApplicationState::Draft => "Not sent yet",
            ApplicationState::Unconfirmed => "Sent, and waiting for you to confirm your address",
            ApplicationState::Submitted => "Received, and waiting for the membership secretary",
            ApplicationState::UnderReview => "The membership secretary is looking at it",
            ApplicationState::InformationRequested => "We have asked you for something",
            ApplicationState::Approved => "Approved by the Board",
            ApplicationState::Declined => "Declined by the Board",
            ApplicationState::Withdrawn => "Withdrawn",
            ApplicationState::Expired => "Expired",
        }
    }
}

/// A command that makes no sense where the application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that cannot be done now: the application’s state is “{}”", state.words())]
pub struct NotNow {
    /// Where it stands.
    pub state: ApplicationState,
}

#[cfg(test)]
mod tests;
