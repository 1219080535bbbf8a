//! Places, the bookings that want them and the payments that buy them.

use domain::booking::{Booking, CertificateCode, RegistrationId};
use domain::event::EventSlug;
use domain::payment::{Payment, PaymentState};
use domain::places::Tally;
use domain::reference::{BookingReference, PaymentReference};
use domain::school::Urn;
use domain::trail::Entry;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::fetch::AT_ONCE;
use super::item::{Item, Versioned, value_of, versioned};
use super::staff::expiring;
use super::to_book::PlacesRead;
use super::transaction::{first_version, in_list};
use super::{Guard, Store, StoreError, Transaction, keys};

/// So long an event of the provider's may come again: Stripe keeps them for 30
/// days, in which they can be sent once more.
const REPEATED: SignedDuration = SignedDuration::from_hours(40 * 24);

/// All that the settling of a payment for a place looks at, read together.
#[derive(Debug, Clone)]
pub struct PaidPlace {
    /// The payment.
    pub payment: Versioned<Payment>,
    /// The booking that it pays for.
    pub booking: Versioned<Booking>,
    /// The places of the booking's event.
    pub places: PlacesRead,
}

impl Transaction {
    /// The places of an event in place of those that were read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if they cannot be written as an item.
    pub fn tally(
        &mut self,
        event: &EventSlug,
        read_version: u64,
        tally: &Tally,
    ) -> Result<(), StoreError> {
        self.replace(&keys::tally(event), read_version, tally, Item::new())
    }

    /// A new booking, in the lists of its event and of its school.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_booking(&mut self, booking: &Booking) -> Result<(), StoreError> {
        let key = keys::booking(&booking.reference);
        let mut extra = of_school(booking);
        extra.extend(first_version());
        self.put_new(&key, booking, extra, Guard::Unchanged)?;
        let at_event = keys::booking_at(&booking.event, &booking.reference);
        let named = Named {
            reference: booking.reference.clone(),
        };
        self.put_new(&at_event, &named, Item::new(), Guard::Unchanged)?;
        self.audit(&key, "booking-made", booking.booked_at)
    }

    /// A booking in place of the one that was read, and what happened to its
    /// places.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn booking(
        &mut self,
        read_version: u64,
        booking: &Booking,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::booking(&booking.reference);
        self.replace(&key, read_version, booking, of_school(booking))?;
        self.audit(&key, what, now)
    }

    /// A new certificate, which leads to the registration that it is of.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn certificate(
        &mut self,
        code: &CertificateCode,
        registration: &RegistrationId,
    ) -> Result<(), StoreError> {
        let of = Certified {
            registration: registration.clone(),
        };
        let key = keys::certificate(code);
        self.put_new(&key, &of, Item::new(), Guard::Unchanged)
    }

    /// A new payment.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn new_payment(&mut self, payment: &Payment) -> Result<(), StoreError> {
        let key = keys::payment(&payment.reference);
        self.put_new(&key, payment, first_version(), Guard::Unchanged)?;
        self.audit(&key, "payment-asked", payment.created_at)
    }

    /// A payment in place of the one that was read, and what happened to it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn payment(
        &mut self,
        read_version: u64,
        payment: &Payment,
        what: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = keys::payment(&payment.reference);
        self.replace(&key, read_version, payment, listed(payment))?;
        self.audit(&key, what, now)
    }

    /// An event of the provider's that has been dealt with; refused if it was
    /// before.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unreadable`] if it cannot be written as an item.
    pub fn provider_event(&mut self, id: &str, now: Timestamp) -> Result<(), StoreError> {
        #[derive(Serialize)]
        struct Seen {
            at: Timestamp,
        }
        self.put_new(
            &keys::provider_event(id),
            &Seen { at: now },
            expiring(now.saturating_add(REPEATED).unwrap_or(Timestamp::MAX)),
            Guard::Command,
        )
    }
}

/// What a certificate leads to.
#[derive(Debug, Serialize, Deserialize)]
struct Certified {
    registration: RegistrationId,
}

/// What stands in the list of an event's bookings.
#[derive(Debug, Serialize, Deserialize)]
struct Named {
    reference: BookingReference,
}

/// The list of its school that a booking is in, if it names one.
fn of_school(booking: &Booking) -> Item {
    let Some(urn) = &booking.school.urn else {
        return Item::new();
    };
    let sort = format!("{}#{}", booking.known().starts, booking.reference);
    in_list(keys::bookings_of(urn), sort)
}

/// The list that a payment is in: those that may be being paid, and those that
/// somebody has to look at; the others are found by what they are for.
fn listed(payment: &Payment) -> Item {
    let is_begun = payment.state == PaymentState::Open && payment.attempt.is_some();
    let list = match (is_begun, payment.needs_somebody()) {
        (true, _) => keys::PAYMENTS_BEGUN,
        (_, true) => keys::PAYMENTS_IN_QUESTION,
        _ => return Item::new(),
    };
    let since = keys::sortable(payment.created_at);
    in_list(list, format!("{since}#{}", payment.reference))
}

impl Store {
    /// The payments that may be being paid, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn payments_begun(&self) -> Result<Vec<Payment>, StoreError> {
        let items = self.list(keys::PAYMENTS_BEGUN, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// The payments that somebody has to look at, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn payments_in_question(&self) -> Result<Vec<Payment>, StoreError> {
        let items = self.list(keys::PAYMENTS_IN_QUESTION, None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// The payment of that reference, to be changed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn payment_to_change(
        &self,
        reference: &PaymentReference,
    ) -> Result<Option<Versioned<Payment>>, StoreError> {
        let item = self.get(&keys::payment(reference)).await?;
        item.map(versioned).transpose()
    }

    /// What has happened to a payment, the latest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn payment_trail(
        &self,
        reference: &PaymentReference,
    ) -> Result<Vec<Entry>, StoreError> {
        self.trail(&keys::payment(reference)).await
    }

    /// The places of an event.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn tally(&self, event: &EventSlug) -> Result<Versioned<Tally>, StoreError> {
        let item = self.get(&keys::tally(event)).await?;
        item.map_or_else(|| Ok(Versioned::unwritten()), versioned)
    }

    /// The booking of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn booking(
        &self,
        reference: &BookingReference,
    ) -> Result<Option<Booking>, StoreError> {
        self.get(&keys::booking(reference))
            .await?
            .map(value_of)
            .transpose()
    }

    /// The booking of that reference, to be changed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn booking_to_change(
        &self,
        reference: &BookingReference,
    ) -> Result<Option<Versioned<Booking>>, StoreError> {
        let item = self.get(&keys::booking(reference)).await?;
        item.map(versioned).transpose()
    }

    /// The registration that a certificate is of.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn certified(
        &self,
        code: &CertificateCode,
    ) -> Result<Option<RegistrationId>, StoreError> {
        let item = self.get(&keys::certificate(code)).await?;
        let of: Option<Certified> = item.map(value_of).transpose()?;
        Ok(of.map(|of| of.registration))
    }

    /// The names of the bookings of an event, in order.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bookings_at(
        &self,
        event: &EventSlug,
    ) -> Result<Vec<BookingReference>, StoreError> {
        let items = self
            .beside(&keys::tally(event), keys::EVENTS_BOOKING)
            .await?;
        let named: Result<Vec<Named>, StoreError> = items.into_iter().map(value_of).collect();
        Ok(named?.into_iter().map(|named| named.reference).collect())
    }

    /// The bookings of an event themselves, in the order in which they were made.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bookings_for(&self, event: &EventSlug) -> Result<Vec<Booking>, StoreError> {
        let references = self.bookings_at(event).await?;
        let mut found: Vec<Booking> = Vec::with_capacity(references.len());
        for some in references.chunks(AT_ONCE) {
            for item in self.fetch(some.iter().map(keys::booking)).await? {
                found.push(value_of(item)?);
            }
        }
        found.sort_by(|one, other| {
            (one.booked_at, &one.reference).cmp(&(other.booked_at, &other.reference))
        });
        Ok(found)
    }

    /// The bookings that name a school, by when their events start.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn bookings_of(&self, urn: &Urn) -> Result<Vec<Booking>, StoreError> {
        let items = self.list(&keys::bookings_of(urn), None).await?;
        items.into_iter().map(value_of).collect()
    }

    /// The payment of that reference.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn payment(
        &self,
        reference: &PaymentReference,
    ) -> Result<Option<Payment>, StoreError> {
        self.get(&keys::payment(reference))
            .await?
            .map(value_of)
            .transpose()
    }

    /// A payment for a place, with its booking and the places of its event;
    /// none if one of them is not there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn paid_place(
        &self,
        payment: &PaymentReference,
        booking: &BookingReference,
        event: &EventSlug,
    ) -> Result<Option<PaidPlace>, StoreError> {
        let [tally, joining] = PlacesRead::keys(event);
        let keys = [
            keys::payment(payment),
            keys::booking(booking),
            tally,
            joining,
        ];
        let [Some(payment), Some(booking), Some(tally), joining] = self.get_together(keys).await?
        else {
            return Ok(None);
        };
        Ok(Some(PaidPlace {
            payment: versioned(payment)?,
            booking: versioned(booking)?,
            places: PlacesRead::of(Some(tally), joining)?,
        }))
    }
}
