//! The events that Stripe could not deliver: a webhook that was down, or
//! answered with an error, is asked after instead.

use jiff::Timestamp;
use miniserde::json::Value;
use stripe_core::Event;
use stripe_core::event::ListEvent;
use stripe_types::List;

use super::lists::{PAGE, all, since};
use super::webhook::{KINDS, Notice};
use super::{ProviderError, Stripe};

impl Stripe {
    /// What happened at `from` or later and our webhook has not taken, the
    /// oldest first. Stripe keeps events for 30 days.
    ///
    /// # Errors
    ///
    /// [`ProviderError`] if it cannot be read now.
    pub async fn undelivered(&self, from: Timestamp) -> Result<Vec<Notice>, ProviderError> {
        let kinds: Vec<String> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
        let request = ListEvent::new()
            .created(since(from))
            .delivery_success(false)
            .types(kinds)
            .limit(PAGE);
        let found = all(|after| self.some_events(request.clone(), after)).await?;
        Ok(found.iter().map(notice).collect())
    }

    async fn some_events(
        &self,
        mut request: ListEvent,
        after: Option<String>,
    ) -> Result<List<Event>, stripe::StripeError> {
        if let Some(after) = after {
            request = request.starting_after(after);
        }
        request.send(&self.client).await
    }
}

fn notice(event: &Event) -> Notice {
    let about = match &event.data.object {
        Value::Object(object) => match object.get("id") {
            Some(Value::String(id)) => id.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    };
    Notice::new(event.id.to_string(), event.type_.to_string(), about)
}
