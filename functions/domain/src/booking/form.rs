//! The booking form as it is typed.

use serde::{Deserialize, Serialize};

use super::{Attending, Delegate};
use crate::contact::{EmailAddress, Line, Person};
use crate::form::FieldErrors;
use crate::school::{Urn, UrnError};

/// The booking form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingForm {
    /// The delegate's name.
    pub name: String,
    /// The delegate's email address.
    pub email: String,
    /// The delegate's school or organisation.
    pub school_name: String,
    /// The school's URN; may be empty.
    pub urn: String,
}

impl BookingForm {
    /// Who comes, and from where.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<(Delegate, Attending), FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Line::parse(&self.name, "your name"));
        let email = errors.keep(
            "email",
            EmailAddress::parse(&self.email, "your email address"),
        );
        let school_name = errors.keep(
            "school_name",
            Line::parse(&self.school_name, "your school or organisation"),
        );
        let urn = match Urn::parse(&self.urn) {
            Err(UrnError::Missing) => Some(None),
            given => errors.keep("urn", given).map(Some),
        };
        match (name, email, school_name, urn) {
            (Some(name), Some(email), Some(school_name), Some(urn)) => Ok((
                Delegate {
                    person: Person { name, email },
                    role: None,
                },
                Attending {
                    name: school_name,
                    urn,
                },
            )),
            _ => Err(errors),
        }
    }
}
