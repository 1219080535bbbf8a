//! A school's application for full membership.
//!
//! The form is parsed once, into [`Details`]; what is wrong is said field by
//! field. The wording of each commitment is kept with the application, in the
//! version that the school agreed to. Nothing here decides: the Board does.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, Line, Person, Telephone};
use crate::form::FieldErrors;
use crate::reference::ApplicationReference;
use crate::school::{PupilsOnRoll, Urn};

mod commitments;
mod state;

pub use commitments::{Agreement, Commitment, CommitmentId, Commitments, CommitmentsError};
pub use state::{ApplicationCommand, ApplicationState, NotNow};

/// An application as it was received, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its name.
    pub reference: ApplicationReference,
    /// What the school said.
    pub details: Details,
    /// What the school agreed to, word for word.
    pub agreement: Agreement,
    /// Where it stands.
    pub state: ApplicationState,
    /// When it was received.
    pub submitted_at: Timestamp,
}

/// What a school says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The school's name.
    pub school_name: Line,
    /// Its Unique Reference Number.
    pub urn: Urn,
    /// The pupils on its roll, as the school declares them.
    pub pupils: PupilsOnRoll,
    /// The headteacher.
    pub head: Person,
    /// Whom THE Partnership writes to.
    pub contact: MainContact,
    /// Who receives invoices.
    pub finance: Person,
}

/// The person whom THE Partnership writes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MainContact {
    /// The name and the address.
    #[serde(flatten)]
    pub person: Person,
    /// The person's role at the school.
    pub role: Line,
    /// Where the person can be rung.
    pub telephone: Telephone,
}

/// The application form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationForm {
    /// The school's name.
    pub school_name: String,
    /// The school's URN.
    pub urn: String,
    /// Pupils on roll.
    pub pupils: String,
    /// The headteacher's name.
    pub head_name: String,
    /// The headteacher's email address.
    pub head_email: String,
    /// The main contact's name.
    pub contact_name: String,
    /// The main contact's role.
    pub contact_role: String,
    /// The main contact's email address.
    pub contact_email: String,
    /// The main contact's telephone number.
    pub contact_telephone: String,
    /// The finance contact's name.
    pub finance_name: String,
    /// The finance contact's email address.
    pub finance_email: String,
    /// `agreed`, if the tick for the aims and values is set.
    pub aims_and_values: String,
    /// `agreed`, if the tick for the guarantee is set.
    pub guarantee: String,
    /// `agreed`, if the tick for the annual fee is set.
    pub annual_fee: String,
}

impl ApplicationForm {
    /// What the school said and agreed to.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(
        &self,
        commitments: &Commitments,
        now: Timestamp,
    ) -> Result<(Details, Agreement), FieldErrors> {
        let mut errors = FieldErrors::default();
        let wrong = &mut errors;

        let school_name = wrong.keep(
            "school_name",
            Line::parse(&self.school_name, "your school’s name"),
        );
        let urn = wrong.keep("urn", Urn::parse(&self.urn));
        let pupils = wrong.keep("pupils", PupilsOnRoll::parse(&self.pupils));
        let head_name = wrong.keep(
            "head_name",
            Line::parse(&self.head_name, "the headteacher’s name"),
        );
        let head_email = wrong.keep(
            "head_email",
            EmailAddress::parse(&self.head_email, "the headteacher’s email address"),
        );
        let contact_name = wrong.keep(
            "contact_name",
            Line::parse(&self.contact_name, "the main contact’s name"),
        );
        let contact_role = wrong.keep(
            "contact_role",
            Line::parse(&self.contact_role, "the main contact’s role"),
        );
        let contact_email = wrong.keep(
            "contact_email",
            EmailAddress::parse(&self.contact_email, "the main contact’s email address"),
        );
        let telephone = wrong.keep(
            "contact_telephone",
            Telephone::parse(
                &self.contact_telephone,
                "the main contact’s telephone number",
            ),
        );
        let finance_name = wrong.keep(
            "finance_name",
            Line::parse(&self.finance_name, "the finance contact’s name"),
        );
        let finance_email = wrong.keep(
            "finance_email",
            EmailAddress::parse(&self.finance_email, "the finance contact’s email address"),
        );
        for id in CommitmentId::ALL {
            if self.tick(id) != "agreed" {
                wrong.note(id.field(), id.missing());
            }
        }

        let details = (|| {
            Some(Details {
                school_name: school_name?,
                urn: urn?,
                pupils: pupils?,
                head: Person {
                    name: head_name?,
                    email: head_email?,
                },
                contact: MainContact {
                    person: Person {
                        name: contact_name?,
                        email: contact_email?,
                    },
                    role: contact_role?,
                    telephone: telephone?,
                },
                finance: Person {
                    name: finance_name?,
                    email: finance_email?,
                },
            })
        })();
        match details {
            Some(details) if errors.is_empty() => Ok((details, commitments.agreed(now))),
            _ => Err(errors),
        }
    }

    /// What the tick of a commitment says.
    fn tick(&self, id: CommitmentId) -> &str {
        match id {
            CommitmentId::AimsAndValues => &self.aims_and_values,
            CommitmentId::Guarantee => &self.guarantee,
            CommitmentId::AnnualFee => &self.annual_fee,
        }
    }
}

#[cfg(test)]
mod tests;
