//! Records that go whole, with all that is beside them, and holds, which keep
//! them.
//!
//! More may stand beside a record than one transaction takes. What is beside it
//! goes first, in as many as it needs, and the record last: whoever is cut off
//! finds it again. Each of them asks that nobody holds the record.

use jiff::civil::Date;

use super::item::Item;
use super::keys::{self, Key};
use super::{Guard, Outcome, Store, StoreError, Transaction, Tries};

/// How many items go at once; a transaction takes a hundred, and the last has
/// its own besides.
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
    /// Takes items beside a record away, in as many transactions as they need,
    /// while nobody holds the record and it has this version; none is for a record
    /// that counts no writes. The last of them is `last`, with what is left: whoever
    /// is cut off before it begins anew.
    pub(super) async fn delete_beside(
        &self,
        record: &Key,
        version: Option<u64>,
        mut going: Vec<Item>,
        mut last: Transaction,
    ) -> Result<Outcome, StoreError> {
        while going.len() > AT_ONCE {
            let rest = going.split_off(AT_ONCE);
            let mut some = Transaction::new();
            some.not_held(record)?;
            if let Some(version) = version {
                some.unchanged(record, version)?;
            }
            some.delete_items(going)?;
            going = rest;
            match self.commit(some).await? {
                Outcome::Committed => {}
                refused => return Ok(refused),
            }
        }
        last.not_held(record)?;
        last.delete_items(going)?;
        self.commit(last).await
    }

    /// Takes one item away, whatever it is, though it is written at that very
    /// moment.
    pub(super) async fn let_go(&self, key: &Key) -> Result<(), StoreError> {
        let mut tries = Tries::begin();
        loop {
            let mut transaction = Transaction::new();
            transaction.delete(key.attributes(), None)?;
            if self.commit(transaction).await? == Outcome::Committed {
                return Ok(());
            }
            tries.again().await?;
        }
    }

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
        let mut last = Transaction::new();
        last.delete(own, version)?;
        let outcome = self.delete_beside(record, version, going, last).await?;
        Ok(Purged::of(&outcome))
    }

    /// Takes away the entries of a history that are of an earlier day, with
    /// their values; how many. A record that is held keeps them.
    pub(super) async fn shorten_trail(&self, of: &Key, before: Date) -> Result<u32, StoreError> {
        let mut old = Vec::new();
        for beginning in [keys::AUDIT_VALUES, keys::AUDIT_ENTRY] {
            let until = before.to_string();
            old.extend(self.keys_beside_until(of, beginning, &until).await?);
        }
        if old.is_empty() {
            return Ok(0);
        }
        let entries = old.iter().filter(|item| is_entry(item)).count();
        let last = Transaction::new();
        Ok(match self.delete_beside(of, None, old, last).await? {
            Outcome::Committed => u32::try_from(entries).unwrap_or(u32::MAX),
            // The next night takes what is left.
            Outcome::Refused(_) => 0,
        })
    }
}

fn is_entry(item: &Item) -> bool {
    let sort = item.get("sk").and_then(|sort| sort.as_s().ok());
    sort.is_some_and(|sort| sort.starts_with(keys::AUDIT_ENTRY))
}
