//! A member's own page: who may see and do what there, how they get in, and
//! what they declare.
//!
//! A person is known by an address that letters reach; there is no password. A
//! person may act for several schools, and a school has several people, each
//! with a role.

mod asked;
mod contacts;
mod leaving;
mod let_in;
mod link;
mod pupils;
mod reckoning;

pub use asked::Asked;
pub use contacts::{
    Contact, ContactForm, ContactId, ContactRole, Contacts, ContactsError, NewContact,
};
pub use leaving::{Leaving, LeavingLine, leaving};
pub use let_in::{LetIn, LetInAnswer, LetInAnswered, LetInForm, LetInState};
pub use link::{AccountLink, LinkState, Opens};
pub use pupils::{PupilReturn, PupilReturnForm, academic_year, pupils_on, year_to_declare};
pub use reckoning::{ReckonError, Reckoning};

/// A sign-in of a person who acts for members, known by the address.
pub type Session = crate::session::Session<crate::contact::EmailAddress>;
