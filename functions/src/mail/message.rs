//! A letter as mail programs exchange it: its text, the same as HTML, and what
//! goes with it, in one message.

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use domain::contact::EmailAddress;

use super::Words;

/// Who writes, and who reads the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The name that the reader sees.
    pub name: String,
    /// The address that it comes from.
    pub from: EmailAddress,
    /// The address that an answer goes to.
    pub answers_to: EmailAddress,
}

/// The letter's own id, by which two of the same are told to be one.
#[derive(Debug, Clone)]
struct LetterId(String);

impl Header for LetterId {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Letter-Id")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(LetterId(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// A message that says it was written by a program, so that no program answers.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message of a letter. Asked twice, it has the same `Message-ID`: programs
/// that show mail show one.
///
/// # Errors
///
/// If an address is one that mail cannot carry.
pub fn message(words: &Words, envelope: &Envelope) -> Result<Message, lettre::error::Error> {
    let address = |address: &EmailAddress| mailbox(None, address.as_str());
    let host = envelope.from.as_str().rsplit('@').next();
    let builder = Message::builder()
        .from(mailbox(
            Some(envelope.name.clone()),
            envelope.from.as_str(),
        )?)
        .reply_to(address(&envelope.answers_to)?)
        .to(mailbox(None, &words.to)?)
        .subject(words.subject.clone())
        .message_id(Some(format!(
            "<{}@{}>",
            words.id,
            host.unwrap_or("localhost")
        )))
        .header(LetterId(words.id.clone()))
        .header(AutoSubmitted);
    let read = MultiPart::alternative_plain_html(words.text.clone(), words.html.clone());
    if words.attachments.is_empty() {
        return builder.multipart(read);
    }
    let mut whole = MultiPart::mixed().multipart(read);
    for attachment in &words.attachments {
        let kind = ContentType::parse(attachment.kind).unwrap_or(ContentType::TEXT_PLAIN);
        let part: SinglePart =
            Part::new(attachment.name.to_owned()).body(attachment.text.clone(), kind);
        whole = whole.singlepart(part);
    }
    builder.multipart(whole)
}

fn mailbox(name: Option<String>, address: &str) -> Result<Mailbox, lettre::error::Error> {
    let address: Address = address
        .parse()
        .map_err(|_| lettre::error::Error::EmailMissingAt)?;
    Ok(Mailbox::new(name, address))
}
