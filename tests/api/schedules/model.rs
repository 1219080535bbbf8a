//! The records, and the workers that have read some of them and not written
//! yet.

use std::collections::BTreeMap;

use domain::booking::{Attending, Booking, BookingRules, PaysBy, Registration, RegistrationState};
use domain::event::{Event, EventSlug};
use domain::invoice::{
    BillTo, CreditNote, CreditNoteNumber, Dates, Invoice, InvoiceDraft, InvoiceNumber, Subject, Vat,
};
use domain::ledger::{Income, JournalEntry};
use domain::money::Pence;
use domain::payment::{Payment, Purpose};
use domain::places::{Asker, Change, FirstStep, Tally};
use domain::reference::{BookingReference, PaymentReference, RefundReference};
use domain::refund::Refund;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::provider::Provider;
use super::random::Random;

/// A record and how often it was written.
#[derive(Debug, Clone)]
pub struct Kept<T> {
    pub version: u64,
    pub value: T,
}

/// What a worker has read, by name and version.
pub type Read = Vec<(String, u64)>;

/// What a worker will write, if nothing of what it read has changed.
#[derive(Debug, Clone, Default)]
pub struct Work {
    pub read: Read,
    pub payment: Option<Payment>,
    pub new_payments: Vec<Payment>,
    pub invoice: Vec<Invoice>,
    pub tally: Option<Tally>,
    pub bookings: Vec<Booking>,
    pub refund: Option<Refund>,
    pub note: Option<CreditNote>,
    pub entries: Vec<JournalEntry>,
}

pub struct World {
    pub now: Timestamp,
    pub event: Event,
    pub rules: BookingRules,
    pub provider: Provider,
    pub payments: BTreeMap<String, Kept<Payment>>,
    pub invoices: BTreeMap<u32, Kept<Invoice>>,
    pub tally: Kept<Tally>,
    pub bookings: BTreeMap<String, Booking>,
    pub refunds: BTreeMap<String, Kept<Refund>>,
    pub notes: Kept<Vec<CreditNote>>,
    pub ledger: BTreeMap<String, JournalEntry>,
    /// Workers that were interrupted: they may go on, or never.
    pub under_way: Vec<Work>,
    names: u32,
}

/// What a place costs.
pub const PRICE: Pence = Pence::new(4_500);

fn person() -> domain::contact::Person {
    domain::contact::Person {
        name: domain::contact::Line::parse("Robin", "").unwrap(),
        email: domain::contact::EmailAddress::parse("r@sample.example", "").unwrap(),
    }
}

impl World {
    /// Some bookings of an event with few places, and some invoices.
    pub fn new(random: &mut Random) -> World {
        let event = json!({
            "slug": "workshop", "title": "Workshop", "href": "/events/workshop/",
            "starts": "2028-03-14T16:00", "ends": "2028-03-14T18:00",
            "booking_closes": "2028-03-14T16:00", "venue": "A school",
            "capacity": 1 + random.below(3), "price": 4500, "sample": true,
        });
        let rules = json!({
            "checkout": { "minutes": 30, "source": "" }, "grace": { "minutes": 5, "source": "" },
            "offer": { "minutes": 60, "source": "" },
        });
        let mut world = World {
            now: "2028-03-01T12:00:00Z".parse().unwrap(),
            event: serde_json::from_value(event).unwrap(),
            rules: serde_json::from_value(rules).unwrap(),
            provider: Provider::default(),
            payments: BTreeMap::new(),
            invoices: BTreeMap::new(),
            tally: Kept {
                version: 0,
                value: Tally::default(),
            },
            bookings: BTreeMap::new(),
            refunds: BTreeMap::new(),
            notes: Kept {
                version: 0,
                value: Vec::new(),
            },
            ledger: BTreeMap::new(),
            under_way: Vec::new(),
            names: 0,
        };
        for _ in 0..1 + random.below(3) {
            world.book(1 + u8::try_from(random.below(2)).unwrap());
        }
        for _ in 0..1 + random.below(2) {
            world.issue(Pence::new(1_000 + random.below(90_000)));
        }
        world
    }

    /// Five bytes that nothing else was named by.
    pub fn name(&mut self) -> [u8; 5] {
        self.names += 1;
        let [a, b, c, d] = self.names.to_be_bytes();
        [0, a, b, c, d]
    }

    pub fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// Books some places that are to be paid for together.
    pub fn book(&mut self, many: u8) {
        let reference = BookingReference::from_entropy(self.name());
        let mut tally = self.tally.value.clone();
        let changes = tally.catch_up(&self.event, &self.rules, self.now);
        let registrations = (1..=many).map(|number| Registration {
            number,
            delegate: None,
            price: Some(PRICE),
            payment: None,
            included: false,
            kept: None,
            state: RegistrationState::Waiting,
            certificate: None,
            feedback: None,
            joining: None,
        });
        let mut booking = Booking {
            reference: reference.clone(),
            event: EventSlug::parse("workshop").unwrap(),
            about: domain::booking::About::of(&self.event),
            since: domain::booking::Since::default(),
            terms: None,
            booker: person(),
            address_key: None,
            school: Attending {
                name: domain::contact::Line::parse("Sample School", "").unwrap(),
                urn: None,
            },
            pays_by: PaysBy::Card,
            approvers: Vec::new(),
            membership: None,
            purchase_order: None,
            invoice_address: None,
            allowance: None,
            needs: domain::booking::Needs::default(),
            grants: Vec::new(),
            registrations: registrations.collect(),
            booked_at: self.now,
        };
        for at in 0..booking.registrations.len() {
            let asker = Asker::of(&booking, &booking.registrations[at]);
            let known = FirstStep::Known;
            let state = tally.ask(&asker, known, &self.event, &self.rules, self.now);
            booking.registrations[at].state = state;
        }
        let mut work = Work {
            read: vec![self.tally_read()],
            tally: Some(tally),
            bookings: vec![booking],
            ..Work::default()
        };
        self.enter(&mut work, changes);
        assert!(self.write(work));
    }

    /// Enters what time has changed, and asks for payment of what is kept.
    pub fn enter(&mut self, work: &mut Work, changes: Vec<Change>) {
        for Change {
            registration,
            state,
        } in changes
        {
            let known = work.bookings.iter();
            let known = known.filter(|booking| booking.reference == registration.booking);
            if known.count() == 0 {
                let booking = self.bookings[&registration.booking.to_string()].clone();
                work.bookings.push(booking);
            }
            let mut bookings = work.bookings.iter_mut();
            let booking = bookings.find(|booking| booking.reference == registration.booking);
            let booking = booking.unwrap();
            booking.registration_mut(registration.number).unwrap().state = state;
        }
        let mut bookings = std::mem::take(&mut work.bookings);
        for booking in &mut bookings {
            let held = |one: &Registration| matches!(one.state, RegistrationState::Held { .. });
            let offered =
                |one: &Registration| matches!(one.state, RegistrationState::Offered { .. });
            let unasked = |is_so: &dyn Fn(&Registration) -> bool| -> Vec<u8> {
                let registrations = booking.registrations.iter();
                let unasked = registrations.filter(|one| one.payment.is_none() && is_so(one));
                unasked.map(|one| one.number).collect()
            };
            let together = Some(unasked(&held)).filter(|numbers| !numbers.is_empty());
            let apart: Vec<u8> = unasked(&offered);
            let apart = apart.into_iter().map(|number| vec![number]);
            for numbers in together.into_iter().chain(apart) {
                let payment = Payment::new(
                    PaymentReference::from_entropy(self.name()),
                    Purpose::Booking {
                        booking: booking.reference.clone(),
                        event: booking.event.clone(),
                    },
                    Pence::new(PRICE.get() * u64::try_from(numbers.len()).unwrap()),
                    "Places".to_owned(),
                    self.now,
                );
                for number in numbers {
                    booking.registration_mut(number).unwrap().payment =
                        Some(payment.reference.clone());
                }
                work.new_payments.push(payment);
            }
        }
        work.bookings = bookings;
    }

    /// Issues an invoice under the number that is next.
    pub fn issue(&mut self, total: Pence) {
        let number = InvoiceNumber::after(u32::try_from(self.invoices.len()).unwrap());
        let says = InvoiceDraft {
            membership: None,
            subject: Subject::ByHand {
                income: Income::Contracts,
            },
            to: BillTo {
                name: domain::contact::Line::parse("Sample School", "").unwrap(),
                address: None,
                purchase_order: None,
            },
            sent_to: person(),
            description: "A service".to_owned(),
            lines: Vec::new(),
            vat: Vat {
                treatment: domain::fees::VatTreatment::NotRegistered,
                percent: None,
                tax: Pence::ZERO,
            },
            total,
            pupils: None,
            schedule: "2016-05".to_owned(),
            replaces: None,
        };
        let day = domain::calendar::london_date(self.now);
        let dates = Dates {
            issued_on: day,
            due_on: day,
        };
        let invoice = says.issue(number, dates);
        let entry = JournalEntry::invoice(&invoice, self.now);
        let work = Work {
            invoice: vec![invoice],
            entries: vec![entry],
            ..Work::default()
        };
        assert!(self.write(work));
    }

    pub fn tally_read(&self) -> (String, u64) {
        ("tally".to_owned(), self.tally.version)
    }

    pub fn notes_read(&self) -> (String, u64) {
        ("notes".to_owned(), self.notes.version)
    }

    pub fn next_note(&self) -> CreditNoteNumber {
        CreditNoteNumber::after(u32::try_from(self.notes.value.len()).unwrap())
    }

    pub fn payment(&self, reference: &PaymentReference) -> Option<&Kept<Payment>> {
        self.payments.get(&reference.to_string())
    }

    pub fn invoice(&self, number: InvoiceNumber) -> Option<&Kept<Invoice>> {
        self.invoices.get(&number.get())
    }

    pub fn refund(&self, reference: &RefundReference) -> Option<&Kept<Refund>> {
        self.refunds.get(&reference.to_string())
    }

    fn version(&self, name: &str) -> u64 {
        match name.split_once('#') {
            Some(("payment", key)) => self.payments.get(key).map_or(0, |kept| kept.version),
            Some(("invoice", key)) => {
                let number: u32 = key.parse().unwrap();
                self.invoices.get(&number).map_or(0, |kept| kept.version)
            }
            Some(("refund", key)) => self.refunds.get(key).map_or(0, |kept| kept.version),
            _ if name == "tally" => self.tally.version,
            _ => self.notes.version,
        }
    }

    /// Writes all of it, or nothing: the one conditional transaction.
    pub fn write(&mut self, work: Work) -> bool {
        let unchanged = work
            .read
            .iter()
            .all(|(name, version)| self.version(name) == *version);
        let is_new = |entry: &JournalEntry| !self.ledger.contains_key(&entry.cause.to_string());
        if !unchanged || !work.entries.iter().all(is_new) {
            return false;
        }
        for payment in work.payment.into_iter().chain(work.new_payments) {
            let version = self.version(&format!("payment#{}", payment.reference)) + 1;
            let value = payment;
            self.payments
                .insert(value.reference.to_string(), Kept { version, value });
        }
        for invoice in work.invoice {
            let version = self.version(&format!("invoice#{}", invoice.number.get())) + 1;
            let value = invoice;
            self.invoices
                .insert(value.number.get(), Kept { version, value });
        }
        if let Some(tally) = work.tally {
            self.tally = Kept {
                version: self.tally.version + 1,
                value: tally,
            };
        }
        for booking in work.bookings {
            let reference = booking.reference.to_string();
            self.bookings.insert(reference, booking);
        }
        if let Some(refund) = work.refund {
            let version = self.version(&format!("refund#{}", refund.reference)) + 1;
            let value = refund;
            self.refunds
                .insert(value.reference.to_string(), Kept { version, value });
        }
        if let Some(note) = work.note {
            self.notes.version += 1;
            self.notes.value.push(note);
        }
        for entry in work.entries {
            self.ledger.insert(entry.cause.to_string(), entry);
        }
        true
    }
}
