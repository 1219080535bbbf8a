//! A booking: what a school asks for at one event, with a registration for each
//! of its delegates.

mod certificate;
mod forgotten;
mod form;
mod included;
mod registration;
mod rules;
mod since;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Purpose};
use crate::contact::{Line, Person};
use crate::event::{CancellationPolicy, Event, EventSlug, Question};
use crate::letter::LetterLink;
use crate::money::Pence;
use crate::passage::Passage;
use crate::places::AddressKey;
use crate::reference::{BookingReference, MembershipReference, PaymentReference};
use crate::school::Urn;

pub use certificate::CertificateCode;
pub use forgotten::Without;
pub use form::{AskedPlaces, BookingForm, DelegateForm};
pub use included::{Allowance, AllowanceOf};
pub use registration::{
    Forbidden, Registration, RegistrationCommand, RegistrationId, RegistrationState,
};
pub(crate) use rules::after;
pub use rules::{BookingRules, BookingRulesError, Lasting, Moved};
pub use since::{About, Since};

/// A booking as it was asked for, and where each of its places stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Its name.
    pub reference: BookingReference,
    /// The event.
    pub event: EventSlug,
    /// The event as it was published then: a booking says what it is for even
    /// when the event is published no more.
    pub about: About,
    /// What has become of the event since, as people were told.
    #[serde(default)]
    pub since: Since,
    /// What giving a place up cost as it was published then: an edit changes
    /// the conditions of later bookings alone.
    #[serde(default)]
    pub terms: Option<CancellationPolicy>,
    /// Who booked.
    pub booker: Person,
    /// What that address is known by where places are counted; not kept of what
    /// was booked before it was.
    #[serde(default)]
    pub address_key: Option<AddressKey>,
    /// For whom.
    pub school: Attending,
    /// How places that cost something are paid.
    pub pays_by: PaysBy,
    /// Who may approve it for the school, where one of them must.
    #[serde(default)]
    pub approvers: Vec<Person>,
    /// The membership of the school, once it is proved that the booking is its.
    #[serde(default)]
    pub membership: Option<MembershipReference>,
    /// What the school's papers call it.
    #[serde(default)]
    pub purchase_order: Option<Line>,
    /// Where its invoice is addressed, where no member's record says it.
    #[serde(default)]
    pub invoice_address: Option<Passage>,
    /// What its included places are counted in, if it has any.
    #[serde(default)]
    pub allowance: Option<AllowanceOf>,
    /// What its delegates need, until a while after the event.
    #[serde(default)]
    pub needs: Needs,
    /// The links that open it.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// A registration for each delegate, in order.
    pub registrations: Vec<Registration>,
    /// When it was asked for.
    pub booked_at: Timestamp,
}

/// The school or organisation whose people come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attending {
    /// Its name.
    pub name: Line,
    /// Its URN, if it has one.
    pub urn: Option<Urn>,
}

/// What delegates need on the day: asked where the event asks for it, seen by
/// the organiser alone, and kept for a short time after the event (`Retention::needs`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Needs {
    /// What somebody cannot eat.
    pub dietary: Option<Passage>,
    /// What somebody needs to take part.
    pub access: Option<Passage>,
}

impl Needs {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Needs::default()
    }
}

/// How places that cost something are paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaysBy {
    /// By card, before the places are anybody's.
    #[default]
    Card,
    /// On an invoice to the school.
    Invoice,
}

impl Booking {
    /// The most delegates that one booking has.
    pub const MOST_DELEGATES: usize = 20;

    /// A booking as it is asked for: nothing is decided of its places yet.
    #[must_use]
    pub fn asked(
        reference: BookingReference,
        event: &Event,
        asked: &AskedPlaces,
        membership: Option<MembershipReference>,
        now: Timestamp,
    ) -> Booking {
        let price = event.price_for(membership.is_some());
        let asks = |question| event.asks.contains(&question);
        let registrations = (1..)
            .zip(&asked.delegates)
            .map(|(number, delegate)| Registration {
                number,
                delegate: delegate.clone(),
                price,
                payment: None,
                included: false,
                kept: None,
                state: RegistrationState::Waiting,
                certificate: None,
                feedback: None,
                joining: None,
            });
        Booking {
            reference,
            event: event.slug.clone(),
            about: About::of(event),
            since: Since::default(),
            terms: None,
            booker: asked.booker.clone(),
            address_key: None,
            school: asked.school.clone(),
            pays_by: asked.pays_by,
            approvers: Vec::new(),
            membership,
            purchase_order: asked.purchase_order.clone(),
            invoice_address: asked.invoice_address.clone(),
            allowance: None,
            needs: Needs {
                dietary: asked
                    .needs
                    .dietary
                    .clone()
                    .filter(|_| asks(Question::Dietary)),
                access: asked
                    .needs
                    .access
                    .clone()
                    .filter(|_| asks(Question::Access)),
            },
            grants: Vec::new(),
            registrations: registrations.collect(),
            booked_at: now,
        }
    }

    /// The registration of that number.
    #[must_use]
    pub fn registration(&self, number: u8) -> Option<&Registration> {
        self.registrations
            .iter()
            .find(|registration| registration.number == number)
    }

    /// The registration of that number, to be changed.
    pub fn registration_mut(&mut self, number: u8) -> Option<&mut Registration> {
        self.registrations
            .iter_mut()
            .find(|registration| registration.number == number)
    }

    /// The name of one of its registrations.
    #[must_use]
    pub fn id(&self, registration: &Registration) -> RegistrationId {
        RegistrationId {
            booking: self.reference.clone(),
            number: registration.number,
        }
    }

    /// The registrations that a payment buys.
    pub fn bought_by<'b>(
        &'b self,
        payment: &'b PaymentReference,
    ) -> impl Iterator<Item = &'b Registration> {
        self.registrations.iter().filter(move |registration| {
            let own = registration.payment.as_ref();
            own.is_some_and(|own| own == payment)
        })
    }

    /// Whether a place has to be paid by card before it is the delegate's.
    #[must_use]
    pub fn asks_card(&self, registration: &Registration) -> bool {
        registration.price.is_some() && self.pays_by == PaysBy::Card
    }

    /// The places that are to be put on an invoice, by their numbers: those that
    /// are somebody's, and that nobody was asked to pay for.
    #[must_use]
    pub fn to_invoice(&self) -> Vec<u8> {
        let is_due = |one: &&Registration| {
            self.pays_by == PaysBy::Invoice
                && one.state.has_place()
                && one.price.is_some()
                && one.payment.is_none()
        };
        let due = self.registrations.iter().filter(is_due);
        due.map(|one| one.number).collect()
    }

    /// Who is written to about a place: the delegate, or whoever booked as long
    /// as nobody is named.
    #[must_use]
    pub fn reader<'b>(&'b self, registration: &'b Registration) -> &'b Person {
        match &registration.delegate {
            Some(delegate) => &delegate.person,
            None => &self.booker,
        }
    }

    /// Whether its school must approve it: there is a link to do so. Who may, is
    /// known once the address is confirmed that it came from.
    #[must_use]
    pub fn needs_approval(&self) -> bool {
        !self.approvers.is_empty() || self.link(Purpose::BookingApproval).is_some()
    }

    /// The latest link for a purpose, as a letter gives it.
    #[must_use]
    pub fn link(&self, purpose: Purpose) -> Option<LetterLink> {
        let mut grants = self.grants.iter().rev();
        let grant = grants.find(|grant| grant.purpose == purpose)?;
        Some(LetterLink::of(grant))
    }

    /// Whether a place is the booker's own to read about: whoever is named may
    /// be somebody else.
    #[must_use]
    pub fn is_for_booker(&self, registration: &Registration) -> bool {
        self.reader(registration).email.is_same(&self.booker.email)
    }

    /// What its places cost together: those that somebody has, is kept or waits
    /// for, or all of them if nobody does any more.
    #[must_use]
    pub fn price(&self) -> Pence {
        let has_gone = |one: &Registration| !one.state.is_live() && !one.state.fills_place();
        let all_gone = self.registrations.iter().all(has_gone);
        self.registrations
            .iter()
            .filter(|one| all_gone || !has_gone(one))
            .filter_map(|registration| registration.price)
            .sum()
    }
}

/// Who comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// The name and the address.
    #[serde(flatten)]
    pub person: Person,
    /// What the delegate does at the school.
    #[serde(default)]
    pub role: Option<Line>,
}
