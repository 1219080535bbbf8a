//! A way back in when the known contact has left: somebody of the school asks,
//! the membership secretary checks who that is, and lets the person in or not.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ContactRole;
use crate::contact::{EmailAddress, Line, Person, Telephone};
use crate::form::FieldErrors;
use crate::passage::Passage;
use crate::reference::{AccessReference, MembershipReference};
use crate::school::{Urn, UrnError};

/// A request to be let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetIn {
    /// Its name.
    pub reference: AccessReference,
    /// Who asks.
    pub person: Person,
    /// The person's post.
    pub job: Line,
    /// Where the person can be called, at the school.
    pub telephone: Telephone,
    /// The school, as it was typed.
    pub school: Line,
    /// Its URN, if it was given.
    pub urn: Option<Urn>,
    /// Why nobody else can let the person in.
    pub why: Passage,
    /// Where it stands.
    pub state: LetInState,
    /// How it was checked.
    pub checked: Option<Passage>,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum LetInState {
    /// Nobody has checked it.
    Waiting,
    /// The person was let in.
    Granted {
        /// To which membership.
        membership: MembershipReference,
        /// As what.
        role: ContactRole,
        /// When.
        at: Timestamp,
    },
    /// The person was not.
    Refused {
        /// When.
        at: Timestamp,
    },
}

/// What the secretary answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetInAnswer {
    /// The person is who it says.
    Grant {
        /// To which membership.
        membership: MembershipReference,
        /// As what.
        role: ContactRole,
    },
    /// It could not be made sure.
    Refuse,
}

/// It was answered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This request was answered before")]
pub struct LetInAnswered;

impl LetIn {
    /// The request with its answer, and how it was checked.
    ///
    /// # Errors
    ///
    /// [`LetInAnswered`] if it has one.
    pub fn answered(
        &self,
        answer: LetInAnswer,
        checked: Passage,
        at: Timestamp,
    ) -> Result<LetIn, LetInAnswered> {
        if self.state != LetInState::Waiting {
            return Err(LetInAnswered);
        }
        Ok(LetIn {
            state: match answer {
                LetInAnswer::Grant { membership, role } => LetInState::Granted {
                    membership,
                    role,
                    at,
                },
                LetInAnswer::Refuse => LetInState::Refused { at },
            },
            checked: Some(checked),
            ..self.clone()
        })
    }
}

/// The form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LetInForm {
    /// The school.
    pub school: String,
    /// Its URN; may be empty.
    pub urn: String,
    /// The name of who asks.
    pub name: String,
    /// The person's post.
    pub job: String,
    /// The email address.
    pub email: String,
    /// The telephone number.
    pub telephone: String,
    /// Why nobody else can let the person in.
    pub why: String,
}

impl LetInForm {
    /// The request.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(
        &self,
        reference: AccessReference,
        asked_at: Timestamp,
    ) -> Result<LetIn, FieldErrors> {
        let mut errors = FieldErrors::default();
        let school = errors.keep("school", Line::parse(&self.school, "the school’s name"));
        let urn = match Urn::parse(&self.urn) {
            Err(UrnError::Missing) => Some(None),
            given => errors.keep("urn", given).map(Some),
        };
        let name = errors.keep("name", Line::parse(&self.name, "your name"));
        let job = errors.keep("job", Line::parse(&self.job, "your post at the school"));
        let email = errors.keep(
            "email",
            EmailAddress::parse(&self.email, "your email address"),
        );
        let telephone = errors.keep(
            "telephone",
            Telephone::parse(&self.telephone, "the school’s telephone number"),
        );
        let why = errors.keep("why", Passage::parse(&self.why, "what has happened"));
        match (school, urn, name.zip(email), job, telephone, why) {
            (
                Some(school),
                Some(urn),
                Some((name, email)),
                Some(job),
                Some(telephone),
                Some(why),
            ) => Ok(LetIn {
                reference,
                person: Person { name, email },
                job,
                telephone,
                school,
                urn,
                why,
                state: LetInState::Waiting,
                checked: None,
                asked_at,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{LetInAnswer, LetInAnswered, LetInForm};
    use crate::passage::Passage;
    use crate::reference::AccessReference;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn form() -> LetInForm {
        LetInForm {
            school: "Sample Primary School".into(),
            urn: "900 001".into(),
            name: "আজিজ চৌধুরী".into(),
            job: "Headteacher".into(),
            email: "head@sample.example".into(),
            telephone: "020 7946 0000".into(),
            why: "Our business manager has left.".into(),
        }
    }

    #[test]
    fn a_request_is_answered_once() {
        let reference = AccessReference::from_entropy([1; 5]);
        let asked = form().parse(reference, NOW).unwrap();
        let checked = Passage::parse("Called the school’s own number.", "").unwrap();
        let refused = asked
            .answered(LetInAnswer::Refuse, checked.clone(), NOW)
            .unwrap();
        let again = refused.answered(LetInAnswer::Refuse, checked, NOW);
        assert_eq!(again, Err(LetInAnswered));
    }

    #[test]
    fn every_field_that_is_wrong_is_told_at_once() {
        let reference = AccessReference::from_entropy([1; 5]);
        let wrong = LetInForm {
            urn: "12".into(),
            ..LetInForm::default()
        };
        let errors = wrong.parse(reference, NOW).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        let all = ["school", "urn", "name", "job", "email", "telephone", "why"];
        assert_eq!(fields, all);
    }
}
