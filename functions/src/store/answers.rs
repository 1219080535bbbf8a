//! Answers of a form that wait to be checked: kept for an hour under a secret
//! that is in the address of the page to check them on, so that the page can be
//! opened again, and gone back to, as any other.

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::item::{Item, number, value_of};
use super::staff::digest;
use super::{Outcome, Store, StoreError, Transaction, keys};

/// So long answers are kept: longer than anybody needs to look at them.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// Answers, and until when they are there.
#[derive(Debug, Serialize, Deserialize)]
struct Kept<T> {
    answers: T,
    until: Timestamp,
}

impl Store {
    /// Keeps answers under a secret of the caller's.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn keep_answers<T: Serialize + Sync>(
        &self,
        secret: &str,
        answers: &T,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let until = now.saturating_add(KEPT).unwrap_or(Timestamp::MAX);
        let extra = Item::from([("expires_at".into(), number(until.as_second()))]);
        let kept = Kept { answers, until };
        let mut transaction = Transaction::new();
        transaction.put_over(&keys::answers(&digest(secret)), &kept, extra)?;
        match self.commit(transaction).await? {
            Outcome::Committed => Ok(()),
            Outcome::Refused(_) => Err(StoreError::Unreadable("answers that are new")),
        }
    }

    /// The answers that a secret opens, while they are kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn answers<T: DeserializeOwned>(
        &self,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<T>, StoreError> {
        let item = self.get(&keys::answers(&digest(secret))).await?;
        let kept: Option<Kept<T>> = item.map(value_of).transpose()?;
        Ok(kept
            .filter(|kept| now < kept.until)
            .map(|kept| kept.answers))
    }
}
