//! The post: what takes a letter out of the house. Amazon's SES in the cloud, or
//! any server that speaks SMTP.
//!
//! Nothing here decides: a letter is handed over, and either it is taken, or it
//! is said whether another try may go better.

use std::time::Duration;

use domain::delivery::Fault;

use crate::config::PostConfig;
use crate::mail::{Envelope, Words, message};

mod ses;
mod smtp;

use ses::Ses;
use smtp::Smtp;

/// How long one letter may take: shorter than it is somebody's.
const PATIENCE: Duration = Duration::from_secs(20);

/// The way out.
#[derive(Debug)]
pub struct Post {
    way: Way,
    config: PostConfig,
}

/// One of the two.
#[derive(Debug)]
enum Way {
    /// In the cloud.
    Ses(Ses),
    /// Anywhere.
    Smtp(Smtp),
}

/// A letter that was not taken.
#[derive(Debug, thiserror::Error)]
#[error("the letter was not taken: {code}")]
pub struct NotTaken {
    /// Whether another try may go better.
    pub fault: Fault,
    /// The provider's code, never its words, which may quote an address.
    pub code: String,
}

impl NotTaken {
    fn passing(code: impl Into<String>) -> NotTaken {
        NotTaken {
            fault: Fault::Passing,
            code: code.into(),
        }
    }

    fn lasting(code: impl Into<String>) -> NotTaken {
        NotTaken {
            fault: Fault::Lasting,
            code: code.into(),
        }
    }
}

impl Post {
    /// The way that the settings name.
    ///
    /// # Errors
    ///
    /// If the address of the SMTP server is none.
    pub fn new(config: PostConfig) -> anyhow::Result<Post> {
        let way = match &config.smtp_url {
            Some(url) => Way::Smtp(Smtp::new(url)?),
            None => Way::Ses(Ses::connect(config.configuration_set.clone())),
        };
        Ok(Post { way, config })
    }

    /// Hands a letter over; the provider's name for it.
    ///
    /// # Errors
    ///
    /// [`NotTaken`] says whether another try may go better.
    pub async fn send(&self, words: &Words, name: &str) -> Result<String, NotTaken> {
        let envelope = Envelope {
            name: name.to_owned(),
            from: self.config.from.clone(),
            answers_to: self.config.answers_to.clone(),
        };
        let message =
            message(words, &envelope).map_err(|_| NotTaken::lasting("an address is none"))?;
        let sent = async {
            match &self.way {
                Way::Ses(ses) => ses.send(&words.id, &message).await,
                Way::Smtp(smtp) => smtp.send(message).await,
            }
        };
        match tokio::time::timeout(PATIENCE, sent).await {
            Ok(sent) => sent,
            Err(_) => Err(NotTaken::passing("it took too long")),
        }
    }
}
