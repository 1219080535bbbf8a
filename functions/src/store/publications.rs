//! The publication in the table: compressed, and split where it is too large
//! for one item.

use std::io::{Read as _, Write as _};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::publication::Publication;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::item::{Item, number, text};
use super::{Outcome, Store, StoreError, Transaction, keys};

/// An item holds 400 KB, its keys and names included.
const PART: usize = 350 * 1024;
/// More than any publication; a larger one is a mistake, or an attack.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The publication that is current, and which it is; neither where nothing was
/// published yet.
#[derive(Debug, Clone, Default)]
pub struct Current {
    /// Its version: the same content has the same one.
    pub version: Option<String>,
    /// The publication.
    pub publication: Option<Publication>,
}

impl Store {
    /// Publishes in place of the publication that was read, with what follows
    /// from it in one transaction; gives the version, or none if another was
    /// published meanwhile.
    ///
    /// The parts are written first and the pointer last, so that a reader
    /// finds the old publication or the new one, never half of each.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not take it.
    pub async fn publish(
        &self,
        publication: &Publication,
        read_version: Option<&str>,
        mut transaction: Transaction,
    ) -> Result<Option<String>, StoreError> {
        let json = serde_json::to_vec(publication).map_err(StoreError::unreadable)?;
        let version: String = Sha256::digest(&json)
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut compressed = GzEncoder::new(Vec::new(), Compression::best());
        compressed
            .write_all(&json)
            .map_err(StoreError::unreadable)?;
        let compressed = compressed.finish().map_err(StoreError::unreadable)?;

        let mut parts: Vec<&[u8]> = compressed.chunks(PART).collect();
        let first = if parts.is_empty() {
            &[][..]
        } else {
            parts.remove(0)
        };
        for (index, part) in parts.iter().enumerate() {
            let mut item = keys::publication_part(&version, index + 1).attributes();
            item.insert("data".into(), AttributeValue::B(Blob::new(*part)));
            self.put_item(item).await?;
        }
        let mut item = keys::publication().attributes();
        item.insert("publication_version".into(), text(&version));
        item.insert("more_parts".into(), number(parts.len()));
        item.insert("data".into(), AttributeValue::B(Blob::new(first)));
        transaction.pointer(item, read_version)?;
        Ok(match self.commit(transaction).await? {
            Outcome::Committed => Some(version),
            Outcome::Refused(_) => None,
        })
    }

    /// The publication that is current, if there is one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer, or what it has is no
    /// publication.
    pub async fn publication(&self) -> Result<Option<Publication>, StoreError> {
        Ok(self.current().await?.publication)
    }

    /// Which publication is current, whether or not it can be read.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn publication_version(&self) -> Result<Option<String>, StoreError> {
        let current = self.get(&keys::publication()).await?;
        Ok(current.as_ref().and_then(version_of))
    }

    /// The publication that is current, and which it is.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer, or what it has is no
    /// publication.
    pub async fn current(&self) -> Result<Current, StoreError> {
        let Some(current) = self.get(&keys::publication()).await? else {
            return Ok(Current::default());
        };
        let mut compressed = data(&current)?.to_vec();
        let more = match current.get("more_parts") {
            Some(AttributeValue::N(more)) => more.parse().map_err(StoreError::unreadable)?,
            _ => 0_usize,
        };
        let version = version_of(&current);
        if let Some(version) = &version {
            for index in 1..=more {
                let part = self.get(&keys::publication_part(version, index)).await?;
                compressed.extend_from_slice(data(&part.unwrap_or_default())?);
            }
        }
        let mut json = Vec::new();
        GzDecoder::new(compressed.as_slice())
            .take(LARGEST)
            .read_to_end(&mut json)
            .map_err(StoreError::unreadable)?;
        let publication = serde_json::from_slice(&json).map_err(StoreError::unreadable)?;
        Ok(Current {
            version,
            publication: Some(publication),
        })
    }
}

/// The version that an item points to.
fn version_of(current: &Item) -> Option<String> {
    match current.get("publication_version") {
        Some(AttributeValue::S(version)) => Some(version.clone()),
        _ => None,
    }
}

/// The bytes of a part.
fn data(item: &Item) -> Result<&[u8], StoreError> {
    match item.get("data") {
        Some(AttributeValue::B(data)) => Ok(data.as_ref()),
        _ => Err(StoreError::unreadable(
            "a part of the publication is missing",
        )),
    }
}
