//! Memberships, and the register of members.

use domain::ledger::JournalEntry;
use domain::membership::{Category, Membership};
use domain::reference::MembershipReference;
use domain::school::Urn;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::applications::Held;
use super::item::{Item, Versioned, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

/// An entry in the register of members (Companies Act 2006, section 113): kept
/// when the membership has ended, apart from whom we write to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// The membership.
    pub membership: MembershipReference,
    /// The name.
    pub name: String,
    /// The address.
    pub address: Option<String>,
    /// The class of member.
    pub class: Category,
    /// The day of entry.
    pub entered_on: Date,
    /// The last day.
    pub ceased_on: Option<Date>,
}

impl RegisterEntry {
    /// The entry of a membership; an associate has none.
    #[must_use]
    pub fn of(membership: &Membership) -> Option<RegisterEntry> {
        (membership.category == Category::Full).then(|| RegisterEntry {
            membership: membership.reference.clone(),
            name: membership.member.name.to_string(),
            address: membership.member.address.as_ref().map(ToString::to_string),
            class: membership.category,
            entered_on: membership.joined_on,
            ceased_on: membership.ends_on,
        })
    }
}

impl Transaction {
    /// A new membership with its entry in the register, holding its school's
    /// URN; refused if the school is a member.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_membership(&mut self, membership: &Membership) -> Result<(), StoreError> {
        let key = keys::membership(&membership.reference);
        let mut extra = listed(membership);
        extra.extend(first_version());
        self.put_new(&key, membership, extra, Guard::Unchanged)?;
        if let (Category::Full, Some(urn)) = (membership.category, &membership.member.urn) {
            let held = Held {
                reference: &membership.reference,
            };
            self.put_new(
                &keys::live_membership(urn),
                &held,
                Item::new(),
                Guard::Member,
            )?;
        }
        self.register(membership)?;
        self.first_contacts(membership)?;
        if let Some(entry) = JournalEntry::brought_forward(membership, membership.entered_at) {
            self.ledger(&entry)?;
        }
        self.audit(&key, "membership-begun", membership.entered_at)
    }

    /// A membership in place of the one that was read, and what was done; its
    /// history is not told the values.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub(super) fn replace_membership(
        &mut self,
        read: &Versioned<Membership>,
        next: &Membership,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::membership(&next.reference);
        self.replace(&key, read.version, next, listed(next))?;
        self.register(next)?;
        self.audit(&key, what, now)
    }

    /// A membership in place of the one that was read, and what of it changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn change_membership(
        &mut self,
        read: &Versioned<Membership>,
        next: &Membership,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::membership(&next.reference);
        self.replace(&key, read.version, next, listed(next))?;
        self.register(next)?;
        self.audit_change(&key, what, now, &read.value, next)
    }

    /// Lets the URN of a membership go; refused if another holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as a condition.
    pub fn release_member_urn(
        &mut self,
        urn: &Urn,
        reference: &MembershipReference,
    ) -> Result<(), StoreError> {
        self.delete_of(&keys::live_membership(urn), reference)
    }

    /// Refuses all of it if an application of the school with this URN is live.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as a condition.
    pub fn expect_no_application(&mut self, urn: &Urn) -> Result<(), StoreError> {
        self.absent(&keys::live_application(urn), Guard::LiveApplication)
    }

    /// The entry in the register, as the membership has it now.
    fn register(&mut self, membership: &Membership) -> Result<(), StoreError> {
        let Some(entry) = RegisterEntry::of(membership) else {
            return Ok(());
        };
        let sort = format!("{}#{}", entry.entered_on, entry.membership);
        let key = keys::register_entry(&membership.reference);
        self.put_over(&key, &entry, in_list(keys::REGISTER, sort))
    }
}

/// The list that a membership is in: those that may still end, by what ends
/// next; the others are found by their references.
fn listed(membership: &Membership) -> Item {
    let ends = membership
        .ends_on
        .map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
    in_list(
        keys::MEMBERSHIPS,
        format!("{ends}#{}", membership.reference),
    )
}

impl Store {
    /// The membership of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn membership(
        &self,
        reference: &MembershipReference,
    ) -> Result<Option<Versioned<Membership>>, StoreError> {
        let item = self.get(&keys::membership(reference)).await?;
        item.map(versioned).transpose()
    }

    /// All memberships: those whose last day comes first stand first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn memberships(&self) -> Result<Vec<Versioned<Membership>>, StoreError> {
        let items = self.list(keys::MEMBERSHIPS, None).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The memberships whose last day is before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn memberships_that_ended(
        &self,
        before: Date,
    ) -> Result<Vec<Versioned<Membership>>, StoreError> {
        let until = before.to_string();
        let items = self.list(keys::MEMBERSHIPS, Some(&until)).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The register of members, in the order of entry.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn register(&self) -> Result<Vec<RegisterEntry>, StoreError> {
        let items = self.list(keys::REGISTER, None).await?;
        items.into_iter().map(super::item::value_of).collect()
    }
}
