//! Places that are put on an invoice as they are given: issued in the same
//! transaction, so that none is given and forgotten, and none asked for twice.

use domain::calendar::london_date;
use domain::invoice::{Dates, Payer, for_places};
use domain::payment::{Payment, PaymentState};
use domain::reference::BookingReference;

use super::Decision;
use super::charge::new_payment;
use crate::invoicing;
use crate::store::{StoreError, Transaction};

impl Decision<'_> {
    /// Issues an invoice for the places of its booking that have become
    /// somebody's and are paid for so. A decision gives places of one booking.
    pub(super) async fn bill(&mut self, transaction: &mut Transaction) -> Result<(), StoreError> {
        let due = self.bookings.iter().find_map(|(reference, touched)| {
            let numbers = touched.read.value.to_invoice();
            (!numbers.is_empty()).then(|| (reference.clone(), numbers))
        });
        match due {
            Some((reference, numbers)) => self.issue(transaction, &reference, numbers).await,
            None => Ok(()),
        }
    }

    async fn issue(
        &mut self,
        transaction: &mut Transaction,
        reference: &BookingReference,
        numbers: Vec<u8>,
    ) -> Result<(), StoreError> {
        let Some(touched) = self.bookings.get_mut(reference) else {
            return Ok(());
        };
        let booking = &mut touched.read.value;
        let membership = match &booking.membership {
            Some(membership) => self.app.store.membership(membership).await?,
            None => None,
        };
        let membership = membership.map(|read| read.value);
        let payer = Payer::of(booking, membership.as_ref());
        let fees = &self.site.publication.fees;
        let places = [(booking.clone(), numbers.clone())];
        let draft = for_places(&places, &payer, fees);
        let draft = draft.ok_or(StoreError::Unreadable("a sum for places"))?;
        let dates = Dates::by_terms(fees, london_date(self.now));
        let invoice = invoicing::issue(self.app, transaction, draft, dates, self.now).await?;
        let payment = Payment {
            state: PaymentState::Invoiced {
                at: self.now,
                invoice: invoice.number,
            },
            ..new_payment(booking, &numbers, self.now)
        };
        for number in numbers {
            if let Some(registration) = booking.registration_mut(number) {
                registration.payment = Some(payment.reference.clone());
            }
        }
        tracing::info!(booking = %reference, invoice = %invoice.number, "places-invoiced");
        self.payments.push(payment);
        Ok(())
    }
}
