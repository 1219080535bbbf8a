//! The page to pay on: asked for, and closed again.

use std::collections::HashMap;

use domain::invoice::InvoiceNumber;
use domain::payment::{Payment, Purpose};
use jiff::Timestamp;
use stripe::StripeRequest as _;
use stripe_checkout::CheckoutSessionMode;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes as Method,
    CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData, ExpireCheckoutSession, ProductData,
};

use super::error::once;
use super::{ProviderError, Reading, Stripe};

/// A page to pay on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutPage {
    /// Stripe's name for it.
    pub session: String,
    /// Its address.
    pub url: String,
}

/// The note that names the payment, on everything of Stripe's that comes of it.
pub(super) const PAYMENT: &str = "payment";

impl Stripe {
    /// Asks for a page on which `payment` can be paid until `expires_at`: by
    /// card, and an invoice by Direct Debit as well.
    ///
    /// With the same `key` and the same words it is the same page, however
    /// often it is asked.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if there is no such page now.
    pub async fn page(
        &self,
        payment: &Payment,
        key: &str,
        expires_at: Timestamp,
        base_url: &str,
    ) -> Result<CheckoutPage, ProviderError> {
        let amount =
            i64::try_from(payment.amount.get()).map_err(|_| ProviderError::Incomplete("amount"))?;
        let mut price = CreateCheckoutSessionLineItemsPriceData::new(stripe_types::Currency::GBP);
        price.unit_amount = Some(amount);
        price.product_data = Some(ProductData::new(payment.description.clone()));
        let mut line = CreateCheckoutSessionLineItems::new();
        line.price_data = Some(price);
        line.quantity = Some(1);
        // Charges carry these, so that the balance leads to our records.
        let mut money = CreateCheckoutSessionPaymentIntentData::new();
        let mut notes = notes(&payment.purpose);
        notes.insert(PAYMENT.to_owned(), payment.reference.to_string());
        money.metadata = Some(notes.clone());
        let here = format!("{base_url}/pay/{}", payment.reference);
        let request = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Payment)
            .allowed_payment_method_types(methods(&payment.purpose))
            .line_items(vec![line])
            .client_reference_id(payment.reference.to_string())
            .metadata(notes)
            .payment_intent_data(money)
            .success_url(format!("{here}/return"))
            .cancel_url(format!("{here}/?stopped=yes"))
            .expires_at(expires_at.as_second());
        let session = once(key, |strategy| {
            let request = request.customize().request_strategy(strategy);
            request.send(&self.client)
        })
        .await?;
        Ok(CheckoutPage {
            session: session.id.to_string(),
            url: session
                .url
                .ok_or(ProviderError::Incomplete("address of the page"))?,
        })
    }

    /// Closes a page, so that it can be paid on no more, and reads what has
    /// become of it: it may have been paid, or closed, before this came.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it could not be closed; then it may be open.
    pub async fn expire(&self, session: &str) -> Result<Reading, ProviderError> {
        let closed = ExpireCheckoutSession::new(session).send(&self.client).await;
        match closed.map_err(ProviderError::from) {
            // Only an open page can be closed: its record says what it is now.
            Ok(_) | Err(ProviderError::Refused(_)) => self.read(session).await,
            Err(error) => Err(error),
        }
    }
}

/// How something may be paid for. A method that settles days later would hold
/// a place for days, so a place is paid for by card.
fn methods(purpose: &Purpose) -> Vec<Method> {
    match purpose {
        Purpose::Booking { .. } => vec![Method::Card],
        Purpose::Invoice { .. } => vec![Method::Card, Method::BacsDebit],
    }
}

/// What we note on a page, so that its record leads straight to ours.
fn notes(purpose: &Purpose) -> HashMap<String, String> {
    let notes = match purpose {
        Purpose::Booking { booking, event } => vec![
            ("booking", booking.to_string()),
            ("event", event.to_string()),
        ],
        Purpose::Invoice { invoice } => vec![("invoice", invoice.to_string())],
    };
    notes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The note that [`notes`] made.
pub(super) fn noted(notes: &HashMap<String, String>) -> Option<Purpose> {
    if let Some(invoice) = notes.get("invoice") {
        return Some(Purpose::Invoice {
            invoice: InvoiceNumber::parse(invoice)?,
        });
    }
    Some(Purpose::Booking {
        booking: domain::reference::Reference::parse(notes.get("booking")?).ok()?,
        event: domain::event::EventSlug::parse(notes.get("event")?).ok()?,
    })
}
