//! An enquiry: somebody asks about a service, or about anything else.
//!
//! It is kept until it has been answered and closed, so that none is lost in
//! somebody's post. Anyone may ask: nothing is asked twice or in vain, and
//! only what an answer needs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::contact::{EmailAddress, Line, Person, Telephone};
use crate::form::FieldErrors;
use crate::passage::Passage;
use crate::reference::EnquiryReference;

/// An enquiry as it was received, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enquiry {
    /// Its name.
    pub reference: EnquiryReference,
    /// The service that it is about; none if it is about something else.
    pub about: Option<AboutService>,
    /// What was asked, and by whom.
    pub asked: Asked,
    /// The answers so far.
    #[serde(default)]
    pub replies: Vec<Reply>,
    /// Where it stands.
    pub state: EnquiryState,
    /// When it was received.
    pub received_at: Timestamp,
}

/// The service as it was called when somebody asked about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutService {
    /// The catalogue's number: `S32`.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// What was asked, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who asks.
    pub person: Person,
    /// The school or organisation, if one was named.
    pub organisation: Option<Line>,
    /// Where the person can be rung, if that is wanted.
    pub telephone: Option<Telephone>,
    /// The question.
    pub message: Passage,
}

/// An answer to an enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// What was answered.
    pub text: Passage,
    /// Whether it went by letter; otherwise the person was told in another way.
    pub by_letter: bool,
    /// When.
    pub at: Timestamp,
}

impl Enquiry {
    /// The enquiry with an answer more.
    ///
    /// # Errors
    ///
    /// [`EnquiryClosed`] if it is closed.
    pub fn answered(&self, reply: Reply) -> Result<Enquiry, EnquiryClosed> {
        let state = self.state.after(EnquiryCommand::Answer, reply.at)?;
        let mut next = self.clone();
        next.state = state;
        next.replies.push(reply);
        Ok(next)
    }

    /// The enquiry, closed.
    ///
    /// # Errors
    ///
    /// [`EnquiryClosed`] if it was already.
    pub fn closed(&self, at: Timestamp) -> Result<Enquiry, EnquiryClosed> {
        Ok(Enquiry {
            state: self.state.after(EnquiryCommand::Close, at)?,
            ..self.clone()
        })
    }
}

/// Where an enquiry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum EnquiryState {
    /// Received, and waiting for an answer.
    Received,
    /// Answered; it may go on.
    Answered {
        /// When.
        at: Timestamp,
    },
    /// Nothing more is to be done.
    Closed {
        /// When.
        at: Timestamp,
    },
}

/// What is done with an enquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnquiryCommand {
    /// Somebody has answered, by letter or by telephone.
    Answer,
    /// Nothing more is to be done.
    Close,
}

/// A closed enquiry stays closed: a new question is a new enquiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the enquiry is closed: a new question is a new enquiry")]
pub struct EnquiryClosed;

impl EnquiryState {
    /// Where the enquiry stands after a command.
    ///
    /// # Errors
    ///
    /// [`EnquiryClosed`] if it is closed.
    pub fn after(self, command: EnquiryCommand, at: Timestamp) -> Result<Self, EnquiryClosed> {
        match (self, command) {
            (EnquiryState::Closed { .. }, _) => Err(EnquiryClosed),
            (_, EnquiryCommand::Answer) => Ok(EnquiryState::Answered { at }),
            (_, EnquiryCommand::Close) => Ok(EnquiryState::Closed { at }),
        }
    }
}

/// The form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EnquiryForm {
    /// The name of who asks.
    pub name: String,
    /// The email address of who asks.
    pub email: String,
    /// The school or organisation.
    pub organisation: String,
    /// A telephone number.
    pub telephone: String,
    /// The question.
    pub message: String,
}

impl EnquiryForm {
    /// What was asked.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<Asked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("name", Line::parse(&self.name, "your name"));
        let email = errors.keep(
            "email",
            EmailAddress::parse(&self.email, "your email address"),
        );
        let organisation = errors.keep(
            "organisation",
            Line::parse_optional(
                &self.organisation,
                "the name of your school or organisation",
            ),
        );
        let telephone = errors.keep(
            "telephone",
            Telephone::parse_optional(&self.telephone, "your telephone number"),
        );
        let message = errors.keep("message", Passage::parse(&self.message, "your question"));
        match (name, email, organisation, telephone, message) {
            (Some(name), Some(email), Some(organisation), Some(telephone), Some(message)) => {
                Ok(Asked {
                    person: Person { name, email },
                    organisation,
                    telephone,
                    message,
                })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{EnquiryClosed, EnquiryCommand, EnquiryForm, EnquiryState};

    #[test]
    fn an_enquiry_needs_a_name_an_address_and_a_question_and_no_more() {
        let errors = EnquiryForm::default().parse().unwrap_err();
        let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "Enter your name",
                "Enter your email address",
                "Enter your question"
            ]
        );
        let form = EnquiryForm {
            name: "Sam".into(),
            email: "sam@sample.example".into(),
            message: "What does it cost?".into(),
            ..EnquiryForm::default()
        };
        assert_eq!(form.parse().unwrap().organisation, None);
    }

    #[test]
    fn an_enquiry_is_answered_then_closed_and_stays_closed() {
        let at = Timestamp::UNIX_EPOCH;
        let answered = EnquiryState::Received
            .after(EnquiryCommand::Answer, at)
            .unwrap();
        assert_eq!(answered, EnquiryState::Answered { at });
        let closed = answered.after(EnquiryCommand::Close, at).unwrap();
        for command in [EnquiryCommand::Answer, EnquiryCommand::Close] {
            assert_eq!(closed.after(command, at), Err(EnquiryClosed));
        }
    }
}
