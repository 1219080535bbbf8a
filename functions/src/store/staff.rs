//! Staff: who has signed in, sign-ins that have begun, and sessions.
//!
//! What a browser holds is not kept here: only its digest is, so that a copy
//! of the records opens nothing. What has had its time is gone by itself.

use aws_sdk_dynamodb::types::ReturnValue;
use domain::staff::{Session, StaffId, StaffMember};
use domain::trail::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::item::{Item, item_at, number, value_of};
use super::transaction::in_list;
use super::{Guard, Store, StoreError, Transaction, keys};
use crate::identity::SignIn;

/// A sign-in that has begun takes no longer than this, in seconds.
const SIGN_IN: i64 = 10 * 60;

/// A value that counts until an instant.
#[derive(Serialize, Deserialize)]
struct Until<T> {
    until: Timestamp,
    #[serde(flatten)]
    value: T,
}

impl Transaction {
    /// A new session, and whose it is.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn staff_session(&mut self, secret: &str, session: &Session) -> Result<(), StoreError> {
        let key = keys::staff_session(&digest(secret));
        let extra = expiring(session.ends_at());
        self.put_new(&key, session, extra, Guard::Unchanged)?;
        let member = keys::staff(&session.member.id);
        let sort = format!("{}#{}", session.member.name, session.member.id);
        self.put_over(&member, &session.member, in_list(keys::STAFF, sort))?;
        self.by = Who::Staff(session.member.id.clone());
        self.audit(&member, "signed-in", session.begun_at)
    }
}

impl Store {
    /// Keeps a sign-in that has begun, for the browser with this secret.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn begin_sign_in(
        &self,
        secret: &str,
        sign_in: &SignIn,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let until = now
            .saturating_add(jiff::SignedDuration::from_secs(SIGN_IN))
            .unwrap_or(Timestamp::MAX);
        let kept = Until {
            until,
            value: sign_in,
        };
        self.put(
            &keys::staff_sign_in(&digest(secret)),
            &kept,
            expiring(until),
        )
        .await
    }

    /// Takes a sign-in that has begun: nobody can take it again.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn take_sign_in(
        &self,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<SignIn>, StoreError> {
        let answer = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(keys::staff_sign_in(&digest(secret)).attributes()))
            .return_values(ReturnValue::AllOld)
            .send()
            .await
            .map_err(StoreError::database)?;
        let Some(item) = answer.attributes.filter(|item| !item.is_empty()) else {
            return Ok(None);
        };
        let kept: Until<SignIn> = value_of(item)?;
        Ok((now < kept.until).then_some(kept.value))
    }

    /// The session of the browser with this secret, if it lasts still.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn staff_session(
        &self,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let item = self.get(&keys::staff_session(&digest(secret))).await?;
        let session: Option<Session> = item.map(value_of).transpose()?;
        Ok(session.filter(|session| session.is_open(now)))
    }

    /// Writes down that a session is used. One that was ended meanwhile stays
    /// ended.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn keep_staff_session(
        &self,
        secret: &str,
        session: &Session,
    ) -> Result<(), StoreError> {
        let key = keys::staff_session(&digest(secret));
        let mut transaction = Transaction::new();
        transaction.set(&key, "seen_at", &session.seen_at)?;
        self.commit(transaction).await.map(|_| ())
    }

    /// Ends a session, though it is used at that very moment.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn end_staff_session(&self, secret: &str) -> Result<(), StoreError> {
        self.let_go(&keys::staff_session(&digest(secret))).await
    }

    /// The member of staff of that subject.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn staff_member(&self, id: &StaffId) -> Result<Option<StaffMember>, StoreError> {
        let item = self.get(&keys::staff(id)).await?;
        item.map(value_of).transpose()
    }

    /// Everybody who has ever signed in, by name.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn staff(&self) -> Result<Vec<StaffMember>, StoreError> {
        let items = self.list(keys::STAFF, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// One item, whatever was there.
    async fn put(
        &self,
        key: &keys::Key,
        value: &impl Serialize,
        extra: Item,
    ) -> Result<(), StoreError> {
        let mut item = item_at(key, value)?;
        item.extend(extra);
        self.put_item(item).await
    }
}

/// The attribute by which the table lets an item go; a day late, for what is
/// gone is looked at by its own time.
pub(super) fn expiring(at: Timestamp) -> Item {
    let gone = at.as_second().saturating_add(24 * 60 * 60);
    Item::from([("expires_at".into(), number(gone))])
}

pub(super) fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
