//! The records, and the workers that have read some of them and not written
//! yet.

use std::collections::BTreeMap;

use domain::booking::{BookingRules, BookingState};
use domain::event::{Event, EventSlug};
use domain::invoice::{
    BillTo, CreditNote, CreditNoteNumber, Dates, Invoice, InvoiceDraft, InvoiceNumber, Subject, Vat,
};
use domain::ledger::{Income, JournalEntry};
use domain::money::Pence;
use domain::payment::{Payment, Purpose};
use domain::places::Tally;
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
    pub invoice: Vec<Invoice>,
    pub tally: Option<Tally>,
    pub bookings: Vec<(BookingReference, BookingState)>,
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
    pub bookings: BTreeMap<String, BookingState>,
    pub refunds: BTreeMap<String, Kept<Refund>>,
    pub notes: Kept<Vec<CreditNote>>,
    pub ledger: BTreeMap<String, JournalEntry>,
    /// Workers that were interrupted: they may go on, or never.
    pub under_way: Vec<Work>,
    names: u8,
}

impl World {
    /// Some bookings of an event with few places, and some invoices.
    pub fn new(random: &mut Random) -> World {
        let event = json!({
            "slug": "workshop", "title": "Workshop", "href": "/events/workshop/",
            "starts": "2028-03-14T16:00", "ends": "2028-03-14T18:00",
            "booking_closes": "2028-03-14T16:00", "venue": "A school",
            "capacity": 1 + random.below(2), "price": 4500, "sample": true,
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
            world.book();
        }
        for _ in 0..1 + random.below(2) {
            world.issue(Pence::new(1_000 + random.below(90_000)));
        }
        world
    }

    /// Five bytes that nothing else was named by.
    pub fn name(&mut self) -> [u8; 5] {
        self.names += 1;
        [self.names; 5]
    }

    pub fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// Books a place that is to be paid for.
    pub fn book(&mut self) {
        let booking = BookingReference::from_entropy(self.name());
        let mut tally = self.tally.value.clone();
        let changes = tally.catch_up(&self.event, &self.rules, self.now);
        let state = tally.ask(&booking, &self.event, &self.rules, self.now);
        let payment = Payment::new(
            PaymentReference::from_entropy(self.name()),
            Purpose::Booking {
                booking: booking.clone(),
                event: EventSlug::parse("workshop").unwrap(),
            },
            Pence::new(4_500),
            "A place".to_owned(),
            self.now,
        );
        let mut bookings: Vec<_> = changes
            .into_iter()
            .map(|change| (change.booking, change.state))
            .collect();
        bookings.push((booking, state));
        let work = Work {
            read: vec![self.tally_read()],
            payment: Some(payment),
            tally: Some(tally),
            bookings,
            ..Work::default()
        };
        assert!(self.write(work));
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
            sent_to: domain::contact::Person {
                name: domain::contact::Line::parse("Robin", "").unwrap(),
                email: domain::contact::EmailAddress::parse("r@sample.example", "").unwrap(),
            },
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
        if let Some(payment) = work.payment {
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
        for (booking, state) in work.bookings {
            self.bookings.insert(booking.to_string(), state);
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
