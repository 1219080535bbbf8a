//! Amazon's SES, by its second API.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError as Refusal;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};
use lettre::Message;

use super::NotTaken;
use crate::config::AwsConfig;

/// The tag by which what SES tells of a letter leads back to it; `letters::Notice`
/// reads it.
const LETTER_TAG: &str = "letter";

/// The way to SES.
#[derive(Debug)]
pub(super) struct Ses {
    client: Client,
    configuration_set: Option<String>,
}

impl Ses {
    /// SES as the environment of a Lambda describes it.
    pub(super) fn connect(configuration_set: Option<String>) -> Ses {
        let settings = crate::aws::of_a_function(AwsConfig::of_the_post());
        Ses {
            client: Client::new(&settings),
            configuration_set,
        }
    }

    /// Sends the message of the letter of that id.
    pub(super) async fn send(&self, id: &str, message: &Message) -> Result<String, NotTaken> {
        let none = |_| NotTaken::lasting("the message could not be made");
        let to = message.envelope().to().iter().map(ToString::to_string);
        let raw = RawMessage::builder().data(Blob::new(message.formatted()));
        let tag = MessageTag::builder().name(LETTER_TAG).value(id);
        let sent = self
            .client
            .send_email()
            .destination(
                Destination::builder()
                    .set_to_addresses(Some(to.collect()))
                    .build(),
            )
            .content(
                EmailContent::builder()
                    .raw(raw.build().map_err(none)?)
                    .build(),
            )
            .email_tags(tag.build().map_err(none)?)
            .set_configuration_set_name(self.configuration_set.clone())
            .send()
            .await
            .map_err(not_taken)?;
        sent.message_id
            .ok_or_else(|| NotTaken::passing("it was not said under which name it went"))
    }
}

/// Which refusals last. An account that is paused, over its measure, or whose
/// domain is not proved any more is mended by whoever is on duty; the letters
/// wait. Of a reader that is not there SES tells later, by a bounce.
fn not_taken(error: SdkError<Refusal>) -> NotTaken {
    match &error {
        SdkError::ServiceError(refusal) => {
            let code = refusal.err().code().unwrap_or("an unknown refusal");
            match refusal.err() {
                Refusal::BadRequestException(_) => NotTaken::lasting(code),
                _ => NotTaken::passing(code),
            }
        }
        SdkError::ConstructionFailure(_) => NotTaken::lasting("the request could not be made"),
        _ => NotTaken::passing("it was not reached"),
    }
}
