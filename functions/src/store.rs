//! The store: every item of the one table, and the only place that names the
//! database's SDK.
//!
//! Records are read whole. Every change is one [`Transaction`]: the records,
//! the audit entry, the letter and the command that asked for it commit
//! together or not at all. What was read is guarded by its version; when it
//! has changed meanwhile, the caller decides again ([`Tries`]).

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId as _;

mod accounts;
mod answers;
mod applications;
mod bank;
mod call_offs;
mod charges;
mod commands;
mod delegates;
mod enquiries;
mod erasure;
mod fee_runs;
mod feedback;
mod fetch;
mod forgotten;
mod holds;
mod invoices;
mod item;
mod keys;
mod kinds;
mod lapsed;
mod ledger;
mod let_in;
mod member_log;
mod memberships;
mod no_post;
mod outbox;
mod people;
mod places;
mod publications;
mod purge;
mod query;
mod refunds;
mod staff;
mod subject_erasure;
mod subjects;
mod tellings;
mod to_book;
mod trail;
mod transaction;
mod tries;
mod turns;

pub use applications::Held;
pub use commands::{Command, CommandRecord};
pub use erasure::HistoryOf;
pub use invoices::{Issued, PaidInvoice};
pub use item::Versioned;
pub use kinds::Kind;
pub use lapsed::Lapsed;
pub use memberships::RegisterEntry;
pub use no_post::NoPost;
pub use places::PaidPlace;
pub use publications::Current;
pub use purge::Purged;
pub use subjects::Spoken;
pub use to_book::{AskerRead, MemberRead, PlacesRead};
pub use transaction::{Guard, Outcome, Transaction};
pub use tries::Tries;
pub use turns::Turn;

use crate::config::AwsConfig;
use item::Item;
use keys::Key;
use turns::Turns;

/// The table, and the way to it.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
    turns: Turns,
}

impl Store {
    /// A store in the table of that name.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Store {
        Store {
            client,
            table: table.into(),
            turns: Turns::default(),
        }
    }

    /// A store over the network, as the environment of a Lambda describes it.
    #[must_use]
    pub fn connect(table: impl Into<String>) -> Store {
        let settings = crate::aws::of_a_function(AwsConfig::of_the_database());
        Store::new(Client::new(&settings), table)
    }

    /// A store over the network, from wherever somebody has the keys to AWS.
    pub async fn connect_from_a_desk(table: impl Into<String>) -> Store {
        Store::new(Client::new(&crate::aws::of_a_desk().await), table)
    }

    /// The same table by another client; whoever decides about the same event
    /// still does so in turn.
    #[must_use]
    pub fn over(&self, client: Client) -> Store {
        Store {
            client,
            ..self.clone()
        }
    }

    /// Whether the table answers.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it does not.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.get(&keys::publication()).await.map(|_| ())
    }

    /// One item, whatever was at its key.
    async fn put_item(&self, item: Item) -> Result<(), StoreError> {
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .send()
            .await
            .map_err(StoreError::database)?;
        Ok(())
    }

    /// The item at a key, as it is now.
    async fn get(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .consistent_read(true)
            .send()
            .await
            .map_err(StoreError::database)?;
        Ok(answer.item)
    }
}

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too many wanted the same thing at the same moment.
    #[error("others kept changing the same record; nothing was written")]
    Busy,
    /// The database did not answer, or refused; its code, never its words,
    /// which may quote what somebody typed.
    #[error("the database did not do it: {0}")]
    Database(String),
    /// What is stored, or was to be, is not what the code expects.
    #[error("an item cannot be read or written as {0}")]
    Unreadable(&'static str),
}

impl StoreError {
    fn database<E: ProvideErrorMetadata, R>(error: SdkError<E, R>) -> StoreError {
        let code = match &error {
            SdkError::ServiceError(refusal) => refusal.err().code().unwrap_or("an unknown refusal"),
            SdkError::TimeoutError(_) => "it took too long",
            SdkError::DispatchFailure(_) => "it was not reached",
            SdkError::ConstructionFailure(_) => "the request could not be made",
            _ => "its answer was not understood",
        };
        let request = match &error {
            SdkError::ServiceError(refusal) => refusal.err().meta().request_id(),
            _ => None,
        };
        StoreError::Database(match request {
            Some(id) => format!("{code} (request {id})"),
            None => code.to_owned(),
        })
    }

    /// The kind of failure only: its words may quote what is stored.
    fn unreadable<E>(_: E) -> StoreError {
        StoreError::Unreadable(std::any::type_name::<E>())
    }
}
