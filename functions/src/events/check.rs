//! The answers of the booking form, to be checked before anything is booked:
//! who comes, what it costs and how it is paid. They are kept for an hour, so
//! that the page is one that can be gone back to; the booking is made of what
//! the page itself holds.

use axum::response::{IntoResponse, Response};
use domain::access::Purpose;
use domain::booking::{Booking, BookingForm, PaysBy};
use domain::event::Event;
use domain::places::Places;
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::screen::Screen;
use crate::site::Published;

/// What was answered, and the booking that it makes.
pub(super) struct Answers<'a> {
    pub(super) form: &'a BookingForm,
    pub(super) key: &'a str,
    /// What they are kept under.
    pub(super) secret: &'a str,
    pub(super) booking: &'a Booking,
    /// How many places the limit for one school leaves it.
    pub(super) left_for_party: Option<u32>,
}

impl Answers<'_> {
    /// The page to check them on.
    pub(super) fn show(
        &self,
        site: &Published,
        event: &Event,
        about: &Value,
        places: Places,
    ) -> Result<Response, ApiError> {
        let booking = self.booking;
        let delegates = booking.registrations.iter().map(|one| {
            let delegate = one.delegate.as_ref();
            json!({
                "name": delegate.map(|delegate| &delegate.person.name),
                "email": delegate.map(|delegate| &delegate.person.email),
            })
        });
        let price = booking.price();
        // Who is not signed in has to confirm the address.
        let is_known = booking.link(Purpose::BookingAddress).is_none();
        let context = json!({
            "event": about, "command": self.key, "hidden": self.hidden(), "places": places,
            "change_href": format!("/book/{}/?answers={}", event.slug, self.secret),
            "left_for_party": self.left_for_party,
            "booker": booking.booker, "school": booking.school, "needs": booking.needs,
            "delegates": delegates.collect::<Vec<_>>(), "purchase_order": booking.purchase_order,
            "invoice_address": booking.invoice_address,
            "is_approved": booking.needs_approval(),
            "approver": booking.approvers.first().map(|one| &one.name),
            "is_member": booking.membership.is_some(), "is_known": is_known,
            "on_invoice": booking.pays_by == PaysBy::Invoice,
            "included": booking.included(),
            "price_pence": Some(price).filter(|price| !price.is_zero()),
        });
        let path = format!("/book/{}/", event.slug);
        let screen = Screen {
            title: "Check your booking",
            description: "",
            path: &path,
        };
        Ok(screen
            .render(site, "forms/book-check.html", context)?
            .into_response())
    }

    /// What was typed, field by field.
    fn hidden(&self) -> Vec<Value> {
        let Value::Object(fields) = json!(self.form) else {
            return Vec::new();
        };
        let typed = fields.into_iter();
        typed
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect()
    }
}
