//! What is entered on an invoice: each command, and what it is refused for. The
//! table of where each leads is beside [`super::Standing`].

use jiff::Timestamp;

use super::account::{Closed, InvoiceRefusal, Means, Move, Standing, What};
use super::{CreditNoteNumber, Invoice, InvoiceNumber};
use crate::money::Pence;
use crate::reference::RefundReference;

impl Invoice {
    fn enter(&mut self, pence: Pence, what: What, at: Timestamp) {
        self.account.push(Move { at, pence, what });
    }

    fn expect_not_closed(&self) -> Result<(), InvoiceRefusal> {
        match self.closed {
            Some(_) => Err(InvoiceRefusal::Closed(self.standing())),
            None => Ok(()),
        }
    }

    /// Enters money that came. More than is owed is taken too: it is the
    /// payer's, and the treasurer allocates or refunds it.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal`]; then the money belongs elsewhere.
    pub fn pay(&mut self, pence: Pence, by: Means, at: Timestamp) -> Result<(), InvoiceRefusal> {
        self.expect_not_closed()?;
        if pence.is_zero() {
            return Err(InvoiceRefusal::Nought);
        }
        // What another has over may come in parts; other money comes once.
        let is_given_on = matches!(by, Means::Invoice { .. });
        if !is_given_on && !self.came_by(&by).is_zero() {
            return Err(InvoiceRefusal::Counted);
        }
        self.enter(pence, What::Paid { by }, at);
        Ok(())
    }

    /// Takes a payment back that turned out to be none, or as much of it as
    /// was none.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::Counted`] if it is not on this invoice;
    /// [`InvoiceRefusal::TooMuch`] if it was not as much, or some of it was
    /// refunded or given on.
    pub fn take_back(
        &mut self,
        pence: Pence,
        by: Means,
        at: Timestamp,
    ) -> Result<(), InvoiceRefusal> {
        let came = self.came_by(&by);
        if came.is_zero() || pence.is_zero() {
            return Err(InvoiceRefusal::Counted);
        }
        let most = came.min(self.paid());
        if pence > most {
            return Err(InvoiceRefusal::TooMuch(most));
        }
        self.enter(pence, What::TakenBack { by }, at);
        Ok(())
    }

    /// Takes away of what came over what is asked, for another invoice.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::TooMuch`] if less was overpaid.
    pub fn give_on(
        &mut self,
        pence: Pence,
        to: InvoiceNumber,
        at: Timestamp,
    ) -> Result<(), InvoiceRefusal> {
        if pence.is_zero() {
            return Err(InvoiceRefusal::Nought);
        }
        if pence > self.overpaid() {
            return Err(InvoiceRefusal::TooMuch(self.overpaid()));
        }
        let by = Means::Invoice { other: to };
        self.enter(pence, What::TakenBack { by }, at);
        Ok(())
    }

    /// Asks for less, without giving anything back.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::TooMuch`] if it is more than is owed: what is paid
    /// already is refunded, which credits it too.
    pub fn credit(
        &mut self,
        pence: Pence,
        note: CreditNoteNumber,
        at: Timestamp,
    ) -> Result<(), InvoiceRefusal> {
        self.expect_not_closed()?;
        if pence.is_zero() {
            return Err(InvoiceRefusal::Nought);
        }
        if pence > self.balance() {
            return Err(InvoiceRefusal::TooMuch(self.balance()));
        }
        self.enter(pence, What::Credited { note }, at);
        Ok(())
    }

    /// How much of a refund has to be credited, because it was not overpaid.
    #[must_use]
    pub fn to_credit(&self, refund: Pence) -> Pence {
        refund.less(self.overpaid()).min(self.asked())
    }

    /// Gives money back; `note` is the credit note over
    /// [`Invoice::to_credit`], where that is not nought.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::TooMuch`] if it is more than was paid and not given
    /// back.
    pub fn refund(
        &mut self,
        pence: Pence,
        refund: RefundReference,
        note: Option<CreditNoteNumber>,
        at: Timestamp,
    ) -> Result<(), InvoiceRefusal> {
        if pence.is_zero() {
            return Err(InvoiceRefusal::Nought);
        }
        if pence > self.paid() {
            return Err(InvoiceRefusal::TooMuch(self.paid()));
        }
        let credit = self.to_credit(pence);
        if let (Some(note), false) = (note, credit.is_zero()) {
            self.enter(credit, What::Credited { note }, at);
        }
        self.enter(pence, What::Refunded { refund }, at);
        Ok(())
    }

    /// A refund that could not be made, or as much of it as is with us again: as
    /// the credit note stands, that is overpaid.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::Counted`] if it has failed before;
    /// [`InvoiceRefusal::TooMuch`] if less was given back.
    pub fn refund_failed(
        &mut self,
        refund: &RefundReference,
        pence: Pence,
        at: Timestamp,
    ) -> Result<(), InvoiceRefusal> {
        let has_failed = |what: &What| match what {
            What::RefundFailed { refund: known } => known == refund,
            _ => false,
        };
        let failed = self.account.iter().any(|one| has_failed(&one.what));
        if failed || pence.is_zero() {
            return Err(InvoiceRefusal::Counted);
        }
        // Where two refunds were more than came, one stands for a part of the
        // other: what counts is what is given back by all of them.
        let (_, returned) = self.paid_and_returned();
        if pence > returned {
            return Err(InvoiceRefusal::TooMuch(returned));
        }
        let refund = refund.clone();
        self.enter(pence, What::RefundFailed { refund }, at);
        Ok(())
    }

    fn expect_untouched(&self) -> Result<(), InvoiceRefusal> {
        match self.standing() {
            closed @ (Standing::Void | Standing::Replaced) => Err(InvoiceRefusal::Closed(closed)),
            // What was paid and taken back leaves nothing.
            Standing::Issued if self.paid().is_zero() && self.credited().is_zero() => Ok(()),
            touched => Err(InvoiceRefusal::Touched(touched)),
        }
    }

    /// Makes it void. Its number is kept.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::Touched`] if something was paid or credited.
    pub fn void(&mut self, reason: &str, at: Timestamp) -> Result<(), InvoiceRefusal> {
        self.expect_untouched()?;
        self.closed = Some(Closed::Void {
            at,
            reason: reason.to_owned(),
        });
        Ok(())
    }

    /// Credits it in full because another stands in its place.
    ///
    /// # Errors
    ///
    /// [`InvoiceRefusal::Touched`] if something was paid or credited.
    pub fn replace(
        &mut self,
        by: InvoiceNumber,
        note: CreditNoteNumber,
        at: Timestamp,
    ) -> Result<(), InvoiceRefusal> {
        self.expect_untouched()?;
        self.enter(self.says.total, What::Credited { note }, at);
        self.closed = Some(Closed::Replaced { at, by });
        Ok(())
    }
}
