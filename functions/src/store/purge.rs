//! Records that go whole, with all that is beside them, and holds, which keep
//! them.
//!
//! More may stand beside a record than one transaction takes. What is beside it
//! goes first, in as many as it needs, and the record last: whoever is cut off
//! finds it again. Each of them asks that nobody holds the record.

use jiff::civil::Date;

use super::item::{self, Item};
use super::keys::{self, Key};
use super::{Guard, Outcome, Store, StoreError, Transaction};

/// How many items go at once; a transaction takes a hundred, and has two
/// conditions besides.
const AT_ONCE: usize = 90;

/// What became of a record that was to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purged {
    /// It is gone.
    Gone,
    /// Somebody holds it.
    Held,
    /// It has changed meanwhile: look at it again.
    Changed,
}

impl Purged {
    /// What an outcome says of it.
    pub(super) fn of(outcome: &Outcome) -> Purged {
        match outcome {
            Outcome::Committed => Purged::Gone,
            held if held.is_refused_by(Guard::Held) => Purged::Held,
            Outcome::Refused(_) => Purged::Changed,
        }
    }
}

impl Transaction {
    /// All of it is refused while somebody holds the record at `of`.
    pub(super) fn not_held(&mut self, of: &Key) -> Result<(), StoreError> {
        self.absent(&keys::hold(of), Guard::Held)
    }

    /// Items go, whatever they are by now.
    pub(super) fn delete_items(&mut self, items: Vec<Item>) -> Result<(), StoreError> {
        for item in items {
            let key = item
                .into_iter()
                .filter(|(name, _)| name == "pk" || name == "sk");
            self.delete(key.collect(), None)?;
        }
        Ok(())
    }
}

impl Store {
    /// Takes a record away with all that is beside it, and with what leads to it
    /// from elsewhere, if it has this version; none is for a record that counts
    /// no writes.
    pub(super) async fn take_away(
        &self,
        record: &Key,
        version: Option<u64>,
        leading: &[Key],
    ) -> Result<Purged, StoreError> {
        let own = record.attributes();
        // A hold is asked for, never taken away.
        let hold = keys::hold(record).attributes();
        let mut going = self.keys_beside(record).await?;
        going.retain(|key| *key != own && *key != hold);
        going.extend(leading.iter().map(Key::attributes));
        while going.len() > AT_ONCE {
            let rest = going.split_off(AT_ONCE);
            let mut some = Transaction::new();
            some.not_held(record)?;
            if let Some(version) = version {
                some.unchanged(record, version)?;
            }
            some.delete_items(going)?;
            going = rest;
            match Purged::of(&self.commit(some).await?) {
                Purged::Gone => {}
                kept => return Ok(kept),
            }
        }
        let mut last = Transaction::new();
        last.not_held(record)?;
        last.delete(own, version)?;
        last.delete_items(going)?;
        Ok(Purged::of(&self.commit(last).await?))
    }

    /// The keys of a record and of all that is beside it.
    async fn keys_beside(&self, record: &Key) -> Result<Vec<Item>, StoreError> {
        let mut keys = Vec::new();
        let mut after = None;
        loop {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", item::text(&record.pk))
                .projection_expression("pk, sk")
                .consistent_read(true)
                .set_exclusive_start_key(after)
                .send()
                .await
                .map_err(StoreError::database)?;
            keys.extend(answer.items.unwrap_or_default());
            after = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if after.is_none() {
                return Ok(keys);
            }
        }
    }

    /// Takes away the entries of a history that are of an earlier day, with
    /// their values; how many. A record that is held keeps them.
    pub(super) async fn shorten_trail(&self, of: &Key, before: Date) -> Result<u32, StoreError> {
        let mut old = Vec::new();
        for beginning in [keys::AUDIT_VALUES, keys::AUDIT_ENTRY] {
            old.extend(
                self.beside_until(of, beginning, &before.to_string())
                    .await?,
            );
        }
        let mut gone = 0;
        while !old.is_empty() {
            let rest = old.split_off(old.len().min(AT_ONCE));
            let entries = old.iter().filter(|item| is_entry(item)).count();
            let mut some = Transaction::new();
            some.not_held(of)?;
            some.delete_items(old)?;
            old = rest;
            if self.commit(some).await? != Outcome::Committed {
                break;
            }
            gone += u32::try_from(entries).unwrap_or(u32::MAX);
        }
        Ok(gone)
    }

    /// The keys of the items beside a record whose sort key begins so and goes
    /// on with less than `until`.
    async fn beside_until(
        &self,
        of: &Key,
        beginning: &str,
        until: &str,
    ) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut after: Option<Item> = None;
        loop {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :until")
                .expression_attribute_values(":pk", item::text(&of.pk))
                .expression_attribute_values(":from", item::text(beginning))
                .expression_attribute_values(":until", item::text(format!("{beginning}{until}")))
                .projection_expression("pk, sk")
                .consistent_read(true)
                .set_exclusive_start_key(after)
                .send()
                .await
                .map_err(StoreError::database)?;
            items.extend(answer.items.unwrap_or_default());
            after = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if after.is_none() {
                return Ok(items);
            }
        }
    }
}

fn is_entry(item: &Item) -> bool {
    let sort = item.get("sk").and_then(|sort| sort.as_s().ok());
    sort.is_some_and(|sort| sort.starts_with(keys::AUDIT_ENTRY))
}
