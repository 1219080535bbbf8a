//! Who opens a booking, and for what: by the secret in the address.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::access::Purpose;
use domain::booking::{Booking, Registration, RegistrationId};
use domain::reference::BookingReference;

use crate::answer::ApiError;
use crate::app::App;
use crate::links::LinkSecret;
use crate::store::Versioned;

/// The variable parts of an address below `/bookings/`.
pub(super) struct Address {
    pub(super) reference: BookingReference,
    secret: LinkSecret,
    /// The number of a registration, where the address names one.
    pub(super) number: Option<u8>,
    /// What is done, where the address says it.
    pub(super) action: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Address, ApiError> {
        let read = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(mut named) = read.map_err(|_| ApiError::NotFound)?;
        let reference = named.remove("reference").unwrap_or_default();
        let number = match named.remove("number") {
            None => None,
            Some(number) => Some(number.parse().map_err(|_| ApiError::NotFound)?),
        };
        Ok(Address {
            reference: BookingReference::parse(&reference).map_err(|_| ApiError::NotFound)?,
            secret: LinkSecret::typed(&named.remove("secret").unwrap_or_default()),
            number,
            action: named.remove("action").unwrap_or_default(),
        })
    }
}

impl Address {
    /// Where the booking is, for whoever has this link.
    pub(super) fn base(&self) -> String {
        format!("/bookings/{}/{}/", self.reference, self.secret.expose())
    }

    /// The booking, if the secret is that of a link to it for this purpose.
    pub(super) async fn open(
        &self,
        app: &App,
        purpose: Purpose,
    ) -> Result<Versioned<Booking>, ApiError> {
        let read = app.store.booking_to_change(&self.reference).await?;
        let read = read.ok_or(ApiError::NotFound)?;
        match self.secret.find(&read.value.grants) {
            Some(grant) if grant.purpose == purpose => Ok(read),
            _ => Err(ApiError::NotFound),
        }
    }

    /// The booking of the registration that the address names, if the secret is
    /// that of the link by which its delegate gives feedback.
    pub(super) async fn open_feedback(&self, app: &App) -> Result<Versioned<Booking>, ApiError> {
        let read = app.store.booking_to_change(&self.reference).await?;
        let read = read.ok_or(ApiError::NotFound)?;
        let (registration, _) = self.registration(&read.value)?;
        let asked = registration.feedback.as_ref().ok_or(ApiError::NotFound)?;
        match self.secret.find(std::slice::from_ref(&asked.grant)) {
            Some(_) => Ok(read),
            None => Err(ApiError::NotFound),
        }
    }

    /// Where feedback is given, for whoever has this link.
    pub(super) fn feedback(&self) -> String {
        let number = self.number.unwrap_or_default();
        let secret = self.secret.expose();
        format!("/feedback/{}/{number}/{secret}/", self.reference)
    }

    /// The registration that the address names.
    pub(super) fn registration<'b>(
        &self,
        booking: &'b Booking,
    ) -> Result<(&'b Registration, RegistrationId), ApiError> {
        let number = self.number.ok_or(ApiError::NotFound)?;
        let registration = booking.registration(number).ok_or(ApiError::NotFound)?;
        Ok((registration, booking.id(registration)))
    }
}
