//! The page of one invoice: what it says, its account, what can be done with
//! it, and its history.

use domain::calendar::long_date;
use domain::contact::EmailAddress;
use domain::invoice::{Invoice, InvoiceNumber, Standing};
use domain::payment::Payment;
use domain::staff::Role;
use domain::trail::Entry;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::record::Record;
use crate::answer::ApiError;
use crate::app::App;
use crate::invoice_words;
use crate::store::{StoreError, Versioned};

/// What is typed into the forms of an invoice's page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::staff) struct Form {
    pub(super) credit_sum: String,
    pub(super) credit_reason: String,
    pub(super) void_reason: String,
    pub(super) bill_name: String,
    pub(super) bill_address: String,
    pub(super) bill_order: String,
    pub(super) bill_contact: String,
    pub(super) bill_email: String,
    pub(super) refund_sum: String,
    pub(super) refund_reason: String,
    /// `card` or `bank`.
    pub(super) refund_way: String,
    pub(super) refunded_on: String,
    pub(super) give_to: String,
    pub(super) give_sum: String,
}

impl Form {
    /// Whom the invoice is to, as it is.
    fn of(invoice: &Invoice) -> Form {
        let (to, sent_to) = (&invoice.says.to, &invoice.says.sent_to);
        let text = |text: Option<String>| text.unwrap_or_default();
        Form {
            bill_name: to.name.to_string(),
            bill_address: text(to.address.as_ref().map(ToString::to_string)),
            bill_order: text(to.purchase_order.as_ref().map(ToString::to_string)),
            bill_contact: sent_to.name.to_string(),
            bill_email: sent_to.email.as_str().to_owned(),
            refund_way: "card".to_owned(),
            ..Form::default()
        }
    }
}

impl Record for Invoice {
    type Form = Form;

    const TITLE: &'static str = "An invoice";
    const TEMPLATE: &'static str = "staff/invoice.html";
    const KEEPS: &'static [Role] = super::KEEPS;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match InvoiceNumber::parse(reference) {
            Some(number) => app.store.invoice(number).await,
            None => Ok(None),
        }
    }

    fn address(&self) -> String {
        format!("/staff/invoices/{}/", self.number)
    }

    async fn addresses(&self, _: &App) -> Result<Vec<EmailAddress>, StoreError> {
        Ok(vec![self.says.sent_to.email.clone()])
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.invoice_trail(self.number).await
    }

    async fn opened(&self, _: &App) -> Result<Form, StoreError> {
        Ok(Form::of(self))
    }

    fn beside(sent: Form, opened: Form) -> Form {
        // A form that says nothing of whom it is to was another one.
        if sent.bill_name.is_empty() && sent.bill_email.is_empty() {
            return Form {
                bill_name: opened.bill_name,
                bill_address: opened.bill_address,
                bill_order: opened.bill_order,
                bill_contact: opened.bill_contact,
                bill_email: opened.bill_email,
                ..sent
            };
        }
        sent
    }

    async fn context(&self, app: &App, _: &Form) -> Result<Value, ApiError> {
        let payment = match &self.payment {
            Some(reference) => app.store.payment(reference).await?,
            None => None,
        };
        let by_card = payment.as_ref().and_then(refundable);
        let standing = self.standing();
        let untouched = standing == Standing::Issued;
        Ok(json!({
            "invoice": invoice_words::of(app, self),
            "credit_notes": invoice_words::credit_notes(app, self).await?,
            "member": self.says.membership,
            "reminded": self.reminded,
            "fees_due": long_date(self.due_on),
            "payment": payment.as_ref().map(|payment| &payment.reference),
            "by_card_pence": by_card.map(|(_, pence)| pence),
            "can": {
                "credit": self.is_open() && self.closed.is_none(),
                "void": untouched, "reissue": untouched,
                "refund": !self.paid().is_zero(),
                "give_on": !self.overpaid().is_zero() && self.says.membership.is_some(),
            },
        }))
    }
}

/// The page that an invoice was paid on by card, and what can still be given
/// back of it.
pub(super) fn refundable(payment: &Payment) -> Option<(String, domain::money::Pence)> {
    let session = payment.paid_sessions().next()?.to_owned();
    let pence = payment.refundable(&session);
    (!pence.is_zero()).then_some((session, pence))
}
