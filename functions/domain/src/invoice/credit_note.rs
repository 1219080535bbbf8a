//! Credit notes: an invoice asks for less, under a number of another series.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BillTo, CreditNoteNumber, Invoice, InvoiceNumber};
use crate::contact::Person;
use crate::ledger::Income;
use crate::money::Pence;
use crate::reference::{MembershipReference, RefundReference};

/// A credit note as it was issued: frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    /// Its number.
    pub number: CreditNoteNumber,
    /// The invoice that asks for less.
    pub invoice: InvoiceNumber,
    /// The membership that the invoice is for, if it is for one.
    pub membership: Option<MembershipReference>,
    /// Who owed the invoice.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
    /// Why.
    pub reason: String,
    /// How much less, with VAT.
    pub total: Pence,
    /// How much of that is VAT.
    pub tax: Pence,
    /// The rate of VAT in per cent, if VAT was charged.
    pub percent: Option<u32>,
    /// The stream of income that the invoice belongs to.
    pub income: Income,
    /// The refund that it goes with, if money goes back.
    pub refund: Option<RefundReference>,
    /// The invoice that stands in place of the old one.
    pub replaced_by: Option<InvoiceNumber>,
    /// The day it was issued.
    pub issued_on: Date,
}

impl Invoice {
    /// A credit note over a part of what the invoice asks. Its VAT is such that
    /// those of all credit notes are that of the invoice once all is credited.
    #[must_use]
    pub fn credit_note(
        &self,
        number: CreditNoteNumber,
        pence: Pence,
        reason: &str,
        issued_on: Date,
    ) -> CreditNote {
        let before = self.credited();
        let tax = self.tax_in(before.plus(pence)).less(self.tax_in(before));
        CreditNote {
            number,
            invoice: self.number,
            membership: self.says.membership.clone(),
            to: self.says.to.clone(),
            sent_to: self.says.sent_to.clone(),
            reason: reason.to_owned(),
            total: pence,
            tax,
            percent: self.says.vat.percent,
            income: self.says.income(),
            refund: None,
            replaced_by: None,
            issued_on,
        }
    }

    /// The VAT in the first so many pence of it.
    fn tax_in(&self, pence: Pence) -> Pence {
        let tax = self.says.vat.tax;
        tax.share(pence.get(), self.says.total.get()).unwrap_or(tax)
    }
}
