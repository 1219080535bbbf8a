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
use super::{Store, StoreError, keys};

/// An item holds 400 KB, its keys and names included.
const PART: usize = 350 * 1024;
/// More than any publication; a larger one is a mistake, or an attack.
const LARGEST: u64 = 64 * 1024 * 1024;

impl Store {
    /// Publishes, and gives the version: the same content has the same one.
    ///
    /// The parts are written first and the pointer last, so that a reader
    /// finds the old publication or the new one, never half of each.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not take it.
    pub async fn publish(&self, publication: &Publication) -> Result<String, StoreError> {
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
        self.put_item(item).await?;
        Ok(version)
    }

    /// The publication that is current, if there is one.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer, or what it has is no
    /// publication.
    pub async fn publication(&self) -> Result<Option<Publication>, StoreError> {
        let Some(current) = self.get(&keys::publication()).await? else {
            return Ok(None);
        };
        let mut compressed = data(&current)?.to_vec();
        let more = match current.get("more_parts") {
            Some(AttributeValue::N(more)) => more.parse().map_err(StoreError::unreadable)?,
            _ => 0_usize,
        };
        if let Some(AttributeValue::S(version)) = current.get("publication_version") {
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
        serde_json::from_slice(&json)
            .map(Some)
            .map_err(StoreError::unreadable)
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
