//! One decision about the places of an event: what it reads once, changes, and
//! writes in one transaction, for bookings and for payments alike.

use std::collections::BTreeMap;

use domain::booking::{
    Booking, Forbidden, Registration, RegistrationCommand, RegistrationId, RegistrationState,
};
use domain::contact::Person;
use domain::event::{Event, EventSlug};
use domain::joining::Joining;
use domain::letter::Letter;
use domain::payment::Payment;
use domain::places::{Asker, Change, FirstStep, Tally, told};
use domain::reference::{BookingReference, PaymentReference};
use jiff::Timestamp;

use crate::app::App;
use crate::site::Published;
use crate::store::{PlacesRead, StoreError, Transaction, Versioned};

mod bill;
mod charge;
mod delegate;
mod include;
mod joining;
mod named;
mod passing;
mod reading;

pub use charge::without;
pub use domain::letter::{letter_about, letter_to_booker};
pub use named::BookedTwice;
pub use passing::let_time_pass;
pub use reading::Known;

/// The tally of an event and the bookings that are changed with it.
pub struct Decision<'a> {
    app: &'a App,
    site: &'a Published,
    slug: EventSlug,
    now: Timestamp,
    tally: Versioned<Tally>,
    bookings: BTreeMap<BookingReference, Touched>,
    payments: Vec<Payment>,
    allowances: include::Allowances,
    /// The versions of names that were somebody's, by their digests.
    named: BTreeMap<String, u64>,
    letters: Vec<Letter>,
    /// How the event is joined, where it is online.
    joining: Option<Joining>,
}

/// A booking that was read, or is new where its version is nought.
struct Touched {
    read: Versioned<Booking>,
    what: Option<&'static str>,
    /// Its places as they stood before: of what has moved since, people are told.
    before: Vec<Registration>,
}

impl<'a> Decision<'a> {
    /// A decision about an event whose places were read.
    #[must_use]
    pub fn of(
        app: &'a App,
        site: &'a Published,
        event: &EventSlug,
        places: PlacesRead,
        now: Timestamp,
    ) -> Decision<'a> {
        let PlacesRead { tally, joining } = places;
        Decision {
            app,
            site,
            slug: event.clone(),
            now,
            tally,
            bookings: BTreeMap::new(),
            payments: Vec::new(),
            allowances: BTreeMap::new(),
            named: BTreeMap::new(),
            letters: Vec::new(),
            joining: joining.filter(|_| reading::is_online(site, event)),
        }
    }

    /// The event; none where it was withdrawn.
    #[must_use]
    pub fn event(&self) -> Option<&'a Event> {
        self.site.publication.event(&self.slug)
    }

    /// What is published.
    #[must_use]
    pub fn site(&self) -> &'a Published {
        self.site
    }

    /// The places as they are now.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally.value
    }

    /// Takes in a booking that was read.
    pub fn take(&mut self, read: Versioned<Booking>) {
        let before = read.value.registrations.clone();
        self.take_since(before, read);
    }

    /// Takes in a booking whose places stood so before.
    fn take_since(&mut self, before: Vec<Registration>, read: Versioned<Booking>) {
        let reference = read.value.reference.clone();
        let what = None;
        let touched = Touched { read, what, before };
        self.bookings.insert(reference, touched);
    }

    /// A booking as it is now, read if it was not; none if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer.
    pub async fn booking(
        &mut self,
        reference: &BookingReference,
    ) -> Result<Option<&Booking>, StoreError> {
        if !self.bookings.contains_key(reference)
            && let Some(read) = self.app.store.booking_to_change(reference).await?
        {
            self.take(read);
        }
        let touched = self.bookings.get(reference);
        Ok(touched.map(|touched| &touched.read.value))
    }

    /// Lets time have its effect: what was kept too long is let go, and what is
    /// free is offered to those who wait.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if a booking that is changed cannot be read.
    pub async fn catch_up(&mut self) -> Result<(), StoreError> {
        let Some(event) = self.event() else {
            return Ok(());
        };
        let rules = &self.site.publication.booking;
        let changes = self.tally.value.catch_up(event, rules, self.now);
        self.enter(changes).await
    }

    /// Enters what time has changed in the bookings that it has changed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if one of them cannot be read.
    pub async fn enter(&mut self, changes: Vec<Change>) -> Result<(), StoreError> {
        for change in changes {
            let RegistrationId { booking, number } = &change.registration;
            if self.booking(booking).await?.is_none() {
                continue;
            }
            self.set(booking, *number, change.state);
            if let RegistrationState::Offered { .. } = change.state {
                self.charge(booking);
            }
        }
        Ok(())
    }

    /// Asks for the places of a new booking, in order, and says what became of
    /// them.
    pub fn ask(&mut self, mut booking: Booking, first: FirstStep) {
        let Some(event) = self.event() else {
            return;
        };
        let rules = &self.site.publication.booking;
        booking.terms = Some(event.policy(rules).clone());
        for index in 0..booking.registrations.len() {
            let asker = Asker::of(&booking, &booking.registrations[index]);
            let state = self.tally.value.ask(&asker, first, event, rules, self.now);
            booking.registrations[index].state = state;
        }
        let reference = booking.reference.clone();
        let (version, value) = (0, booking);
        self.take_since(Vec::new(), Versioned { version, value });
        self.charge(&reference);
    }

    /// What follows once places have moved on from what they were: those that
    /// are kept are asked to be paid for. Everybody is told as it is written;
    /// of places that stood so `before`, nothing is told again.
    pub fn follow(&mut self, reference: &BookingReference, before: &[Registration]) {
        self.charge(reference);
        if let Some(touched) = self.bookings.get_mut(reference) {
            touched.before = before.to_vec();
        }
    }

    /// Does something to a registration of a booking that was taken in.
    ///
    /// # Errors
    ///
    /// [`Forbidden`] if that cannot be done to one that stands so.
    pub fn command(
        &mut self,
        id: &RegistrationId,
        command: RegistrationCommand,
    ) -> Result<RegistrationState, Forbidden> {
        let event = self.event();
        let lost = Forbidden {
            state: RegistrationState::Cancelled,
        };
        let touched = self.bookings.get(&id.booking).ok_or(lost)?;
        let booking = &touched.read.value;
        let registration = booking.registration(id.number).ok_or(lost)?;
        let asker = Asker::of(booking, registration);
        let rules = &self.site.publication.booking;
        let both = (registration.state, command);
        let done = self
            .tally
            .value
            .command(&asker, both, event, rules, self.now)?;
        self.set(&id.booking, id.number, done);
        Ok(done)
    }

    /// Keeps the places that a payment buys for as long as paying takes;
    /// whether any of them is kept.
    pub fn extend(&mut self, reference: &BookingReference, payment: &PaymentReference) -> bool {
        let Some(touched) = self.bookings.get(reference) else {
            return false;
        };
        let booking = &touched.read.value;
        let bought: Vec<RegistrationId> = booking
            .bought_by(payment)
            .map(|registration| booking.id(registration))
            .collect();
        let rules = &self.site.publication.booking;
        let mut kept = false;
        for id in bought {
            if let Some(state) = self.tally.value.extend(&id, rules, self.now) {
                self.set(reference, id.number, state);
                kept = true;
            }
        }
        kept
    }

    /// Puts a booking in the place of what it was, with what happened to it.
    /// Whoever does tells of it, too.
    pub fn becomes(&mut self, mut booking: Booking, what: &'static str) {
        if let Some(touched) = self.bookings.get_mut(&booking.reference) {
            joining::note_confirmed(self.joining.as_ref(), &mut booking, &touched.before);
            touched.before.clone_from(&booking.registrations);
            touched.read.value = booking;
            touched.what = Some(what);
        }
    }

    /// Who may approve a booking that was taken in.
    pub fn approved_by(&mut self, reference: &BookingReference, people: Vec<Person>) {
        if let Some(touched) = self.bookings.get_mut(reference) {
            touched.read.value.approvers = people;
        }
    }

    /// A letter that goes with the decision.
    pub fn tell(&mut self, letter: Letter) {
        self.letters.push(letter);
    }

    /// Adds all of it to a transaction, with the invoice for places that are
    /// paid for so; the places as they are once that is committed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database does not answer, or something cannot be
    /// written as an item.
    pub async fn write(
        mut self,
        transaction: &mut Transaction,
    ) -> Result<Versioned<Tally>, StoreError> {
        self.bill(transaction).await?;
        self.count_included(transaction).await?;
        self.take_names(transaction)?;
        transaction.tally(&self.slug, self.tally.version, &self.tally.value)?;
        let event = self.event();
        let mut letters = self.letters;
        for touched in self.bookings.into_values() {
            let Touched {
                mut read,
                what,
                before,
            } = touched;
            joining::note_confirmed(self.joining.as_ref(), &mut read.value, &before);
            let (tally, asked) = (&self.tally.value, &self.payments);
            letters.extend(told(&read.value, &before, (tally, event), asked));
            match (read.version, what) {
                (0, _) => transaction.new_booking(&read.value)?,
                (version, Some(what)) => {
                    transaction.booking(version, &read.value, what, self.now)?;
                }
                (_, None) => {}
            }
        }
        for payment in &self.payments {
            transaction.new_payment(payment)?;
        }
        for letter in letters {
            let letter = joining::with_link(self.joining.as_ref(), letter);
            transaction.letter(letter, self.now)?;
        }
        Ok(Versioned {
            version: self.tally.version + 1,
            ..self.tally
        })
    }

    /// What a registration has become.
    fn set(&mut self, booking: &BookingReference, number: u8, state: RegistrationState) {
        let Some(touched) = self.bookings.get_mut(booking) else {
            return;
        };
        if let Some(registration) = touched.read.value.registration_mut(number) {
            registration.state = state;
            touched.what = Some(what_happened(state));
        }
    }
}

/// What the trail of a booking calls it.
fn what_happened(state: RegistrationState) -> &'static str {
    match state {
        RegistrationState::Unconfirmed { .. } => "booking-made",
        RegistrationState::Unapproved { .. } => "booking-to-approve",
        RegistrationState::Held { .. } => "booking-held",
        RegistrationState::Confirmed => "booking-confirmed",
        RegistrationState::Waiting => "booking-waiting",
        RegistrationState::Offered { .. } => "booking-offered",
        RegistrationState::Expired => "booking-expired",
        RegistrationState::Lapsed => "booking-lapsed",
        RegistrationState::Left => "booking-left",
        RegistrationState::Cancelled => "booking-cancelled",
        RegistrationState::Declined => "booking-declined",
        RegistrationState::RefundDue => "booking-refund-due",
        RegistrationState::CalledOff => "booking-called-off",
        RegistrationState::Attended => "booking-attended",
        RegistrationState::Absent => "booking-absent",
    }
}
