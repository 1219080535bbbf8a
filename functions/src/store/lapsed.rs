//! What may go because it was kept for long enough: found by the lists that it
//! is in, and taken away whole.

use domain::account::{Contacts, LetIn};
use domain::application::{Application, ApplicationState};
use domain::bank::BankLine;
use domain::calendar::{day_begins, london_date};
use domain::enquiry::Enquiry;
use domain::fee_run::{FeeRun, FeeRunState};
use domain::feedback::Feedback;
use domain::invoice::{CreditNote, Invoice};
use domain::letter::OutboxItem;
use domain::membership::{Membership, Standing};
use domain::refund::Refund;
use domain::subject::SubjectRequest;
use jiff::civil::Date;

use super::accounts::person;
use super::item::{Item, Versioned, value_of, versioned};
use super::keys::{self, Key};
use super::purge::Purged;
use super::transaction::in_list;
use super::{Outcome, Store, StoreError, Transaction};

/// A record that was kept for long enough, with what leads to it.
#[derive(Debug, Clone)]
pub struct Lapsed {
    record: Key,
    version: Option<u64>,
    leading: Vec<Key>,
}

impl Lapsed {
    fn of<T>(record: Key, read: &Versioned<T>) -> Lapsed {
        Lapsed {
            record,
            version: Some(read.version),
            leading: Vec::new(),
        }
    }
}

impl Store {
    /// Takes a record away, unless somebody holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn purge_lapsed(&self, lapsed: &Lapsed) -> Result<Purged, StoreError> {
        self.take_away(&lapsed.record, lapsed.version, &lapsed.leading)
            .await
    }

    async fn lapsed<T: serde::de::DeserializeOwned>(
        &self,
        list: &str,
        until: Option<&str>,
        of: impl Fn(&Versioned<T>) -> Option<Lapsed>,
    ) -> Result<Vec<Lapsed>, StoreError> {
        let mut found = Vec::new();
        for item in self.list(list, until).await? {
            found.extend(of(&versioned(item)?));
        }
        Ok(found)
    }

    /// The applications that came to nothing before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_applications(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let until = keys::sortable(day_begins(before));
        let of = |read: &Versioned<Application>| {
            let application = &read.value;
            let settled = application.history.last().map(|last| london_date(last.at));
            let is_due = application.state != ApplicationState::Approved
                && settled.is_none_or(|day| day < before);
            is_due.then(|| Lapsed::of(keys::application(&application.reference), read))
        };
        self.lapsed(keys::DECIDED, Some(&until), of).await
    }

    /// The enquiries that were closed before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_enquiries(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let until = keys::sortable(day_begins(before));
        let of = |read: &Versioned<Enquiry>| {
            Some(Lapsed::of(keys::enquiry(&read.value.reference), read))
        };
        self.lapsed(keys::CLOSED_ENQUIRIES, Some(&until), of).await
    }

    /// The requests to be let in that were answered before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_let_ins(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let until = keys::sortable(day_begins(before));
        let of =
            |read: &Versioned<LetIn>| Some(Lapsed::of(keys::let_in(&read.value.reference), read));
        self.lapsed(keys::LET_IN_ANSWERED, Some(&until), of).await
    }

    /// The letters that were written before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_letters(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let until = keys::sortable(day_begins(before));
        let of =
            |read: &Versioned<OutboxItem>| Some(Lapsed::of(keys::letter(&read.value.id), read));
        let mut lapsed = Vec::new();
        for list in [keys::OUTBOX, keys::LETTERS_SENT, keys::LETTERS_STOPPED] {
            lapsed.extend(self.lapsed(list, Some(&until), of).await?);
        }
        Ok(lapsed)
    }

    /// What people asked about their data before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_subject_requests(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let until = keys::sortable(day_begins(before));
        let of = |read: &Versioned<SubjectRequest>| {
            let reference = &read.value.reference;
            Some(Lapsed::of(keys::subject_request(reference), read))
        };
        self.lapsed(keys::SUBJECT_REQUESTS, Some(&until), of).await
    }

    /// What of the money is settled, and nothing happened to since a day: invoices,
    /// credit notes, refunds, fee runs, lines of the bank’s statement. The ledger
    /// and the payments, which name nobody, stay.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_money(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let day = before.to_string();
        let since = keys::sortable(day_begins(before));
        let invoice = |read: &Versioned<Invoice>| {
            let invoice = &read.value;
            let lapsed = invoice.last_touched_on() < before;
            lapsed.then(|| Lapsed {
                leading: invoice
                    .says
                    .membership
                    .iter()
                    .map(|membership| keys::invoice_of(membership, invoice.number))
                    .collect(),
                ..Lapsed::of(keys::invoice(invoice.number), read)
            })
        };
        let mut found = self.lapsed(keys::INVOICES_SETTLED, None, invoice).await?;
        let note = |read: &Versioned<CreditNote>| {
            (read.value.issued_on < before).then(|| Lapsed {
                version: None,
                ..Lapsed::of(keys::credit_note(read.value.number), read)
            })
        };
        found.extend(self.lapsed(keys::CREDIT_NOTES, None, note).await?);
        let refund = |read: &Versioned<Refund>| {
            let over = read.value.over_since().map(london_date);
            let lapsed = over.is_some_and(|day| day < before);
            lapsed.then(|| Lapsed::of(keys::refund(&read.value.reference), read))
        };
        found.extend(
            self.lapsed(keys::REFUNDS_OVER, Some(&since), refund)
                .await?,
        );
        let line = |read: &Versioned<BankLine>| {
            let lapsed = london_date(read.value.entered_at) < before;
            lapsed.then(|| Lapsed::of(keys::bank_line(&read.value.id), read))
        };
        found.extend(self.lapsed(keys::BANK_DONE, Some(&day), line).await?);
        let fee_run = |read: &Versioned<FeeRun>| match read.value.state {
            FeeRunState::Issued { at } if london_date(at) < before => {
                Some(Lapsed::of(keys::fee_run(read.value.period), read))
            }
            _ => None,
        };
        found.extend(self.lapsed(keys::FEE_RUNS, Some(&day), fee_run).await?);
        Ok(found)
    }

    /// The memberships that ended before a day and have no invoice any more, with
    /// the applications that they rest on.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn lapsed_memberships(&self, before: Date) -> Result<Vec<Lapsed>, StoreError> {
        let mut found = Vec::new();
        for read in self.memberships_that_ended(before).await? {
            let Membership {
                reference,
                application,
                standing,
                ..
            } = &read.value;
            let key = keys::membership(reference);
            let invoices = self.beside(&key, keys::MEMBERSHIPS_INVOICE).await?;
            if *standing != Standing::Ended || !invoices.is_empty() {
                continue;
            }
            if let Some(application) = application
                && let Some(read) = self.application(application).await?
            {
                found.push(Lapsed::of(keys::application(application), &read));
            }
            let Contacts { people } = self.contacts(reference).await?.value;
            let leads = people
                .iter()
                .map(|one| keys::membership_of(&person(&one.person.email), reference));
            found.push(Lapsed {
                leading: leads.collect(),
                ..Lapsed::of(key, &read)
            });
        }
        Ok(found)
    }

    /// Shortens the history of a membership to the entries since a day; how many
    /// are gone.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn shorten_membership_trail(
        &self,
        membership: &Membership,
        before: Date,
    ) -> Result<u32, StoreError> {
        let key = keys::membership(&membership.reference);
        self.shorten_trail(&key, before).await
    }

    /// Forgets what was said about events that started before a day, and by
    /// whom, in as many answers; the marks stay. How many.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn forget_feedback(&self, before: Date, most: usize) -> Result<u32, StoreError> {
        let mut forgotten = 0;
        let items = self.list(keys::FEEDBACK, Some(&before.to_string())).await?;
        for item in items {
            let (Some(key), Some(sort)) = (own_key(&item), text_of(&item, "list_sort")) else {
                continue;
            };
            let answer: Feedback = value_of(item)?;
            let next = answer.forgotten();
            if next == answer || forgotten as usize >= most {
                continue;
            }
            let mut transaction = Transaction::new();
            transaction.put_over(&key, &next, in_list(keys::FEEDBACK, sort))?;
            if self.commit(transaction).await? == Outcome::Committed {
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }
}

pub(super) fn text_of(item: &Item, name: &str) -> Option<String> {
    item.get(name)?.as_s().ok().cloned()
}

/// Where an item is.
pub(super) fn own_key(item: &Item) -> Option<Key> {
    Some(Key {
        pk: text_of(item, "pk")?,
        sk: text_of(item, "sk")?,
    })
}
