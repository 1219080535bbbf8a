//! What the webhook missed: Stripe's half of the sweep.

use std::collections::BTreeSet;

use domain::payment::Outcome;
use jiff::Timestamp;

use super::{About, Notice, ProviderError, Reading, Stripe};

/// What is to be done, and what could not be found out.
#[derive(Debug, Default)]
pub struct Missed {
    /// Pages of open payments that were paid, failed or closed.
    pub pages: Vec<Reading>,
    /// Events that our webhook has not taken, but for those about `pages`.
    pub notices: Vec<Notice>,
    /// Pages that Stripe could not tell of, with the reason.
    pub unread: Vec<(String, ProviderError)>,
}

impl Stripe {
    /// Asks after the pages of payments that are open here, and after every
    /// event since `from` that was not delivered.
    ///
    /// One page that cannot be read hides no other.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if the events cannot be read now.
    pub async fn missed(
        &self,
        open: &BTreeSet<String>,
        from: Timestamp,
    ) -> Result<Missed, ProviderError> {
        let mut missed = Missed::default();
        for session in open {
            match self.read(session).await {
                Ok(reading) if reading.record.outcome == Outcome::Pending => {}
                Ok(reading) => missed.pages.push(reading),
                Err(error) => missed.unread.push((session.clone(), error)),
            }
        }
        let notices = self.undelivered(from).await?;
        missed.notices = notices
            .into_iter()
            .filter(|notice| match &notice.about {
                About::Session(session) => !open.contains(session),
                _ => true,
            })
            .collect();
        Ok(missed)
    }
}
