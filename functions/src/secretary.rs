//! What the membership secretary does with applications, memberships, enquiries
//! and requests to be let in, each as one conditional transaction that may be asked for twice.
//!
//! Screens and jobs call these; nothing here knows of them. Whether the person
//! may is theirs to check.

use domain::account::{ContactsError, LetInAnswered, ReckonError};
use domain::application::{DecisionError, NotNow};
use domain::enquiry::EnquiryClosed;
use domain::fees::QuoteError;
use domain::membership::LeaveError;

use crate::instruction::Changed;
use crate::store::StoreError;

mod applications;
mod enquiries;
mod erasure;
mod import;
mod let_in;
mod memberships;

pub use applications::{ask, enter, pick_up, take_as_live, withdraw};
pub use enquiries::{answer, close_enquiry};
pub use erasure::erase_history;
pub use import::{Imported, import, is_there};
pub use let_in::{Access, let_in, refuse_to_let_in};
pub use memberships::{
    Agreed, close, correct_details, give_notice, log, name_link, replace_urn, retract_notice,
};

/// Why something was not done; each says it as a sentence to whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such record.
    #[error("There is no such record")]
    NoRecord,
    /// Somebody else has changed the record since it was on the screen.
    #[error(transparent)]
    Changed(#[from] Changed),
    /// It makes no sense where the application stands.
    #[error("{}", sentence(.0))]
    NotNow(#[from] NotNow),
    /// The decision makes no sense, or something of it is missing.
    #[error("{}", sentence(.0))]
    Decision(#[from] DecisionError),
    /// The enquiry is closed.
    #[error("{}", sentence(.0))]
    Closed(#[from] EnquiryClosed),
    /// What a history tells is still needed.
    #[error(
        "The history is still needed: it can be erased once nothing is to be decided or answered any more"
    )]
    StillNeeded,
    /// Somebody holds the record.
    #[error("This record is held from being erased: let it go first, if its reason is gone")]
    Held,
    /// The request to be let in has its answer.
    #[error(transparent)]
    Answered(#[from] LetInAnswered),
    /// The member's contacts cannot be so.
    #[error(transparent)]
    Contacts(#[from] ContactsError),
    /// The membership cannot end so.
    #[error("{}", sentence(.0))]
    Leave(#[from] LeaveError),
    /// What leaving comes to cannot be worked out.
    #[error("{}", sentence(.0))]
    Fee(#[from] QuoteError),
    /// Another application holds the school's URN.
    #[error(
        "Another application from the school with this URN is live: one of the two has to be withdrawn first"
    )]
    AlreadyLive,
    /// The school is a member already.
    #[error("The school with this URN is a member already")]
    AlreadyMember,
    /// The member that another has merged into is none.
    #[error(
        "There is no member with that reference on the day after: look it up, and enter it as it stands at the top of its page"
    )]
    NoSuchMember,
    /// The answers do not say who applies.
    #[error("The application is not whole: it does not say who applies, or whom to write to")]
    Incomplete,
    /// The records do not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<domain::membership::NotNow> for Refused {
    fn from(error: domain::membership::NotNow) -> Refused {
        Refused::Leave(error.into())
    }
}

impl From<ReckonError> for Refused {
    fn from(error: ReckonError) -> Refused {
        match error {
            ReckonError::Leave(error) => error.into(),
            ReckonError::Quote(error) => error.into(),
        }
    }
}

/// An error as a sentence begins.
fn sentence(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
