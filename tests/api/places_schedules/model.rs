//! The records of one event, and the workers that have read some of them and
//! not written yet.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use domain::access::{Grant, Purpose};
use domain::booking::{
    About, Attending, Booking, BookingRules, Delegate, Needs, PaysBy, Registration,
    RegistrationCommand, RegistrationId, RegistrationState, Since,
};
use domain::contact::{EmailAddress, Line, Person};
use domain::event::Event;
use domain::letter::Letter;
use domain::money::Pence;
use domain::payment::{Outcome, Payment};
use domain::places::{AddressKey, Change, FirstStep, Tally};
use domain::reference::{BookingReference, MembershipReference, PaymentReference};
use domain::school::Urn;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::checks;
use crate::schedules::random::Random;

/// A record and how often it was written.
#[derive(Debug, Clone)]
pub struct Kept<T> {
    pub version: u64,
    pub value: T,
}

/// What a record is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    Tally,
    Booking(BookingReference),
    Payment(PaymentReference),
}

/// What is asked of the product.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Places, by somebody or by the organiser.
    Book(Box<Booking>, FirstStep),
    /// Something done to all places of a booking that wait for it.
    All(BookingReference, RegistrationCommand),
    /// Something done to one of them.
    One(RegistrationId, RegistrationCommand),
    /// A page to pay on.
    Begin(PaymentReference),
    /// What follows from the provider's record of a page.
    Settle(String),
    /// The places of a payment are put on an invoice.
    Invoice(PaymentReference),
    /// The event is called off; its bookings follow one by one.
    CallOff,
    /// Nothing, but that time has its effect.
    CatchUp,
}

/// A request that is being answered.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The command, where the request has one: it is carried out once.
    pub command: Option<u32>,
    pub deed: Deed,
    /// The event as it was published when the request came.
    pub site: Option<Event>,
    /// The booking that it is about, once it was read.
    pub booking: Option<Kept<Booking>>,
    /// What it will write, once that is decided.
    pub work: Option<Box<Work>>,
}

/// What a worker will write, if nothing of what it read has changed.
#[derive(Debug, Clone)]
pub struct Work {
    pub command: Option<u32>,
    pub deed: Deed,
    pub site: Option<Event>,
    pub now: Timestamp,
    pub read: Vec<(Name, u64)>,
    pub tally: Tally,
    /// What time has changed.
    pub changes: Vec<Change>,
    pub bookings: Vec<Booking>,
    pub payments: Vec<Payment>,
    pub letters: Vec<Letter>,
    /// A page that is made once it is written.
    pub page: Option<PaymentReference>,
}

/// A page to pay on.
#[derive(Debug, Clone)]
pub struct Page {
    pub session: String,
    pub payment: PaymentReference,
    pub amount: Pence,
    pub outcome: Outcome,
}

/// What bookings there are at the event.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What a place costs, if anything.
    pub price: Option<Pence>,
    /// Whether some bookings must be approved.
    pub approval: bool,
    /// How many schools send somebody.
    pub schools: u64,
}

/// How often what happened, so that a run in which nothing does is seen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Happened {
    pub confirmed: u32,
    pub waited: u32,
    pub offered: u32,
    pub accepted: u32,
    pub lapsed: u32,
    pub given_up: u32,
    pub paid_late: u32,
    pub due_back: u32,
    pub withdrawn: u32,
    pub refused_writes: u32,
}

impl AddAssign for Happened {
    fn add_assign(&mut self, other: Happened) {
        self.confirmed += other.confirmed;
        self.waited += other.waited;
        self.offered += other.offered;
        self.accepted += other.accepted;
        self.lapsed += other.lapsed;
        self.given_up += other.given_up;
        self.paid_late += other.paid_late;
        self.due_back += other.due_back;
        self.withdrawn += other.withdrawn;
        self.refused_writes += other.refused_writes;
    }
}

pub struct World {
    pub now: Timestamp,
    /// The event as the editor has it, and whether it is published.
    pub event: Event,
    pub is_published: bool,
    pub rules: BookingRules,
    pub shape: Shape,
    pub tally: Kept<Tally>,
    pub bookings: BTreeMap<BookingReference, Kept<Booking>>,
    pub payments: BTreeMap<PaymentReference, Kept<Payment>>,
    pub pages: Vec<Page>,
    /// The commands that were carried out.
    pub done: BTreeSet<u32>,
    /// Workers that were interrupted: they may go on, or never.
    pub under_way: Vec<Worker>,
    /// Requests that were sent before, and may be sent again.
    pub sent: Vec<Worker>,
    pub happened: Happened,
    /// Where the schedule is, for whoever reads of a failure.
    pub when: String,
    names: u32,
}

fn person(name: &str) -> Person {
    let email = format!("{}@sample.example", name.replace(' ', "."));
    Person {
        name: Line::parse(name, "").unwrap(),
        email: EmailAddress::parse(&email, "").unwrap(),
    }
}

impl World {
    /// An event, and nobody who has booked.
    pub fn new(random: &mut Random, seed: u64) -> World {
        let priced = random.below(2) == 0;
        // A large one now and then, at which more falls due at once than one
        // transaction holds.
        let is_large = random.below(12) == 0;
        let capacity = match random.below(12) {
            0 => None,
            _ if is_large => Some(24 + random.below(16)),
            _ => Some(1 + random.below(6)),
        };
        let limit = [None, Some(1), Some(2), Some(3)][usize::try_from(random.below(4)).unwrap()];
        let limit = limit.filter(|_| !is_large);
        // Most close as they start; some before, and a series later.
        let closes = ["16:00", "16:00", "14:00", "17:00"];
        let closes = closes[usize::try_from(random.below(4)).unwrap()];
        let event = json!({
            "slug": "workshop", "title": "Workshop", "href": "/events/workshop/",
            "starts": "2028-03-02T16:00", "ends": "2028-03-02T18:00",
            "booking_closes": format!("2028-03-02T{closes}"), "venue": "A school",
            "capacity": capacity, "limit_per_school": limit,
            "price": priced.then_some(4500), "sample": true,
        });
        let rules = json!({
            "checkout": { "minutes": 30, "source": "" }, "grace": { "minutes": 5, "source": "" },
            "offer": { "minutes": 120, "source": "" }, "offer_near": { "minutes": 40, "source": "" },
            "near": { "minutes": 300, "source": "" },
            "confirmation": { "minutes": 30, "source": "" }, "approval": { "minutes": 90, "source": "" },
        });
        World {
            now: "2028-03-01T12:00:00Z".parse().unwrap(),
            event: serde_json::from_value(event).unwrap(),
            is_published: true,
            rules: serde_json::from_value(rules).unwrap(),
            shape: Shape {
                price: priced.then_some(Pence::new(4_500)),
                approval: random.below(2) == 0,
                schools: 1 + random.below(4),
            },
            tally: Kept {
                version: 0,
                value: Tally::default(),
            },
            bookings: BTreeMap::new(),
            payments: BTreeMap::new(),
            pages: Vec::new(),
            done: BTreeSet::new(),
            under_way: Vec::new(),
            sent: Vec::new(),
            happened: Happened::default(),
            when: format!("SEED={seed}"),
            names: 0,
        }
    }

    /// Five bytes that nothing else was named by.
    pub fn name(&mut self) -> [u8; 5] {
        let [a, b, c, d] = self.number().to_be_bytes();
        [0, a, b, c, d]
    }

    /// A number that nothing else has.
    pub fn number(&mut self) -> u32 {
        self.names += 1;
        self.names
    }

    pub fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// The event as it is published.
    pub fn site(&self) -> Option<Event> {
        self.is_published.then(|| self.event.clone())
    }

    /// A booking that is asked for: some of its delegates are named, the booker
    /// may be the first of them.
    pub fn asked(&mut self, random: &mut Random, many: u8) -> Booking {
        let reference = BookingReference::from_entropy(self.name());
        let own = self.number();
        let booker = person(&format!("booker {own}"));
        let urn = match random.below(self.shape.schools + 1) {
            0 => None,
            school => Some(Urn::parse(&(900_000 + school).to_string()).unwrap()),
        };
        let comes = random.below(2) == 0;
        let registrations = (1..=many).map(|number| {
            let delegate = match random.below(4) {
                _ if number == 1 && comes => Some(booker.clone()),
                0 => None,
                _ => Some(person(&format!("delegate {own} {number}"))),
            };
            Registration {
                number,
                delegate: delegate.map(Delegate::from),
                price: self.shape.price,
                payment: None,
                included: false,
                kept: None,
                state: RegistrationState::Waiting,
                certificate: None,
                feedback: None,
                joining: None,
            }
        });
        let registrations: Vec<_> = registrations.collect();
        let must_be_approved = self.shape.approval && random.below(2) == 0;
        // Most of a member's bookings are its own people's; whoever is a stranger
        // to it confirms an address, and its people approve.
        let membership =
            (random.below(4) > 0).then(|| MembershipReference::from_entropy(self.name()));
        let is_claimed = must_be_approved && random.below(2) == 0;
        let grants = Some(Grant {
            purpose: Purpose::BookingAddress,
            nonce: String::new(),
            digest: String::new(),
            given_at: self.now,
        });
        let approvers = (0..=random.below(2)).map(|number| person(&format!("head {own} {number}")));
        Booking {
            reference,
            event: self.event.slug.clone(),
            about: About::of(&self.event),
            since: Since::default(),
            terms: None,
            booker,
            address_key: Some(AddressKey::of_digest(format!("booker {own}"))),
            membership: membership.filter(|_| urn.is_some()),
            school: Attending {
                name: Line::parse("Sample School", "").unwrap(),
                urn,
            },
            pays_by: PaysBy::Card,
            approvers: approvers.filter(|_| must_be_approved).collect(),
            purchase_order: None,
            invoice_address: None,
            allowance: None,
            needs: Needs::default(),
            grants: grants.filter(|_| is_claimed).into_iter().collect(),
            registrations,
            booked_at: self.now,
        }
    }

    pub fn registrations(&self) -> impl Iterator<Item = (RegistrationId, &Booking, &Registration)> {
        self.bookings.values().flat_map(|kept| {
            let booking = &kept.value;
            let registrations = booking.registrations.iter();
            registrations.map(move |one| (booking.id(one), booking, one))
        })
    }

    fn version(&self, name: &Name) -> u64 {
        match name {
            Name::Tally => self.tally.version,
            Name::Booking(reference) => self.bookings.get(reference).map_or(0, |kept| kept.version),
            Name::Payment(reference) => self.payments.get(reference).map_or(0, |kept| kept.version),
        }
    }

    /// Writes all of it, or nothing: the one conditional transaction.
    pub fn write(&mut self, work: Work) -> bool {
        let unchanged = work
            .read
            .iter()
            .all(|(name, version)| self.version(name) == *version);
        let is_done = work
            .command
            .is_some_and(|command| self.done.contains(&command));
        if !unchanged || is_done {
            self.happened.refused_writes += 1;
            return false;
        }
        self.done.extend(work.command);
        let before = self.tally.value.clone();
        let mut bookings_before = BTreeMap::new();
        self.tally = Kept {
            version: self.tally.version + 1,
            value: work.tally.clone(),
        };
        for value in &work.bookings {
            let version = self.version(&Name::Booking(value.reference.clone())) + 1;
            let value = value.clone();
            let was = self
                .bookings
                .insert(value.reference.clone(), Kept { version, value });
            if let Some(was) = was {
                bookings_before.insert(was.value.reference.clone(), was.value);
            }
        }
        for value in &work.payments {
            let version = self.version(&Name::Payment(value.reference.clone())) + 1;
            let value = value.clone();
            self.payments
                .insert(value.reference.clone(), Kept { version, value });
        }
        if let Some(payment) = &work.page {
            self.pages.push(Page {
                session: format!("cs_{}", self.pages.len() + 1),
                payment: payment.clone(),
                amount: self.payments[payment].value.amount,
                outcome: Outcome::Pending,
            });
        }
        checks::of_write(self, (&before, &bookings_before), &work);
        true
    }
}
