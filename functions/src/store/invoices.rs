//! Invoices and credit notes, with their numbers, and the payments by card for
//! them.

use std::collections::BTreeMap;

use domain::invoice::{CreditNote, CreditNoteNumber, Invoice, InvoiceNumber, Subject, What};
use domain::payment::Payment;
use domain::reference::{MembershipReference, PaymentReference};
use domain::trail::Entry;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::accounts::Leads;
use super::item::{Item, Versioned, value_of, versioned};
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

/// How many of a series were issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Issued {
    /// The number of the last one.
    pub last: u32,
}

/// All that the settling of a payment for an invoice looks at, read together.
#[derive(Debug, Clone)]
pub struct PaidInvoice {
    /// The payment.
    pub payment: Versioned<Payment>,
    /// The invoice.
    pub invoice: Versioned<Invoice>,
}

impl Transaction {
    /// A new invoice under the number that is next; refused if another was
    /// issued meanwhile, so that no number is left out or given twice, or if
    /// the fee that it is for was invoiced before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_invoice(
        &mut self,
        issued: &Versioned<Issued>,
        invoice: &Invoice,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let last = Issued {
            last: invoice.number.get(),
        };
        self.replace(&keys::invoices_issued(), issued.version, &last, Item::new())?;
        let key = keys::invoice(invoice.number);
        let mut extra = listed(invoice);
        extra.extend(first_version());
        self.put_new(&key, invoice, extra, Guard::Unchanged)?;
        let leads = Leads {
            reference: invoice.number,
        };
        if let Some(membership) = &invoice.says.membership {
            let key = keys::invoice_of(membership, invoice.number);
            self.put_over(&key, &leads, Item::new())?;
            if let Subject::Fee { period } = &invoice.says.subject {
                let key = keys::fee_of(membership, *period);
                // What stands in place of another is still the one fee.
                match invoice.says.replaces {
                    None => self.put_new(&key, &leads, Item::new(), Guard::Fee)?,
                    Some(_) => self.put_over(&key, &leads, Item::new())?,
                }
            }
        }
        self.audit(&key, "invoice-issued", now)
    }

    /// Lets the fee of an invoice that is void be invoiced again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as a condition.
    pub fn release_fee(&mut self, invoice: &Invoice) -> Result<(), StoreError> {
        match (&invoice.says.membership, &invoice.says.subject) {
            (Some(membership), Subject::Fee { period }) => {
                self.delete_of(&keys::fee_of(membership, *period), &invoice.number)
            }
            _ => Ok(()),
        }
    }

    /// An invoice in place of the one that was read, and what of it changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn invoice(
        &mut self,
        read: &Versioned<Invoice>,
        next: &Invoice,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::invoice(next.number);
        self.replace(&key, read.version, next, listed(next))?;
        self.audit_change(&key, what, now, &read.value, next)
    }

    /// A new credit note under the number that is next; refused if another was
    /// issued meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_credit_note(
        &mut self,
        issued: &Versioned<Issued>,
        note: &CreditNote,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let last = Issued {
            last: note.number.get(),
        };
        let counter = keys::credit_notes_issued();
        self.replace(&counter, issued.version, &last, Item::new())?;
        let key = keys::credit_note(note.number);
        let extra = in_list(keys::CREDIT_NOTES, note.number.to_string());
        self.put_new(&key, note, extra, Guard::Unchanged)?;
        self.audit(&key, "credit-note-issued", now)
    }
}

/// The list that an invoice is in: those that ask for something, or were paid
/// too much on, by the day they are due.
fn listed(invoice: &Invoice) -> Item {
    let is_settled = !invoice.is_open() && invoice.overpaid().is_zero();
    if is_settled {
        in_list(keys::INVOICES_SETTLED, invoice.number.to_string())
    } else {
        let sort = format!("{}#{}", invoice.due_on, invoice.number);
        in_list(keys::INVOICES_OPEN, sort)
    }
}

impl Store {
    /// How many invoices were issued.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn invoices_issued(&self) -> Result<Versioned<Issued>, StoreError> {
        let item = self.get(&keys::invoices_issued()).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }

    /// How many credit notes were issued.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn credit_notes_issued(&self) -> Result<Versioned<Issued>, StoreError> {
        let item = self.get(&keys::credit_notes_issued()).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }

    /// The invoice of that number.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn invoice(
        &self,
        number: InvoiceNumber,
    ) -> Result<Option<Versioned<Invoice>>, StoreError> {
        let item = self.get(&keys::invoice(number)).await?;
        item.map(versioned).transpose()
    }

    /// What has happened to an invoice, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn invoice_trail(&self, number: InvoiceNumber) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::invoice(number)).await
    }

    /// The credit note of that number.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn credit_note(
        &self,
        number: CreditNoteNumber,
    ) -> Result<Option<CreditNote>, StoreError> {
        let item = self.get(&keys::credit_note(number)).await?;
        item.map(value_of).transpose()
    }

    /// The credit notes of an invoice, in the order in which they were issued.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn credit_notes_of(&self, invoice: &Invoice) -> Result<Vec<CreditNote>, StoreError> {
        let mut notes = Vec::new();
        for one in &invoice.account {
            if let What::Credited { note } = one.what {
                notes.extend(self.credit_note(note).await?);
            }
        }
        Ok(notes)
    }

    /// All invoices, in the order of their numbers.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn invoices(&self) -> Result<Vec<Versioned<Invoice>>, StoreError> {
        let mut all: BTreeMap<InvoiceNumber, Versioned<Invoice>> = BTreeMap::new();
        for list in [keys::INVOICES_OPEN, keys::INVOICES_SETTLED] {
            for item in self.list(list, None).await? {
                let read: Versioned<Invoice> = versioned(item)?;
                all.insert(read.value.number, read);
            }
        }
        Ok(all.into_values().collect())
    }

    /// The invoices that ask for something, or were paid too much on: those
    /// that are due first stand first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn open_invoices(&self) -> Result<Vec<Versioned<Invoice>>, StoreError> {
        let items = self.list(keys::INVOICES_OPEN, None).await?;
        items.into_iter().map(versioned).collect()
    }

    /// Those of them that were due before a day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn invoices_due(&self, before: Date) -> Result<Vec<Versioned<Invoice>>, StoreError> {
        let until = before.to_string();
        let items = self.list(keys::INVOICES_OPEN, Some(&until)).await?;
        items.into_iter().map(versioned).collect()
    }

    /// The invoices of a membership, in the order of their numbers.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn invoices_of(
        &self,
        reference: &MembershipReference,
    ) -> Result<Vec<Invoice>, StoreError> {
        let of = keys::membership(reference);
        let mut invoices = Vec::new();
        for item in self.beside(&of, keys::MEMBERSHIPS_INVOICE).await? {
            let leads: Leads<_> = value_of(item)?;
            if let Some(read) = self.invoice(leads.reference).await? {
                invoices.push(read.value);
            }
        }
        Ok(invoices)
    }

    /// The invoice of a membership's fee for the period with that first day.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn fee_of(
        &self,
        reference: &MembershipReference,
        period: Date,
    ) -> Result<Option<InvoiceNumber>, StoreError> {
        let item = self.get(&keys::fee_of(reference, period)).await?;
        let leads: Option<Leads<InvoiceNumber>> = item.map(value_of).transpose()?;
        Ok(leads.map(|leads| leads.reference))
    }

    /// A payment for an invoice, with that invoice, read together; none if one
    /// of them is not there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn paid_invoice(
        &self,
        payment: &PaymentReference,
        number: InvoiceNumber,
    ) -> Result<Option<PaidInvoice>, StoreError> {
        let keys = [keys::payment(payment), keys::invoice(number)];
        let [Some(payment), Some(invoice)] = self.get_together(keys).await? else {
            return Ok(None);
        };
        Ok(Some(PaidInvoice {
            payment: versioned(payment)?,
            invoice: versioned(invoice)?,
        }))
    }
}
