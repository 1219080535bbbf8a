//! Who asks for places, and with what right: somebody whose address is to be
//! proved, or a member's contact who is signed in.
//!
//! All that this takes is read at once, with the places themselves: the form names
//! it. Who agrees for a member that was only named is asked once the address is
//! confirmed.

use domain::access::Purpose;
use domain::account::{Asked, Contacts, Session};
use domain::booking::{AllowanceOf, AskedPlaces, Attending, Booking, BookingForm, PaysBy};
use domain::calendar::london_date;
use domain::contact::Person;
use domain::event::Event;
use domain::form::FieldErrors;
use domain::places::{FirstStep, Standing, Tally};
use domain::reference::{BookingReference, MembershipReference};
use jiff::Timestamp;

use super::reserve::NotBooked;
use crate::app::App;
use crate::entropy;
use crate::member_session::ActsFor;
use crate::places::Known;
use crate::store::{Store, Versioned};

/// What is booked, and on whose behalf.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) places: AskedPlaces,
    /// The member that the school is, whoever books.
    membership: Option<MembershipReference>,
    /// Whether the school must approve it.
    is_approved: bool,
    /// Who may; of a member that was only named, it is known once the address is
    /// confirmed.
    approvers: Vec<Person>,
    pub(super) first: FirstStep,
}

/// A request, with what was read to understand it.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) request: Request,
    pub(super) known: Known,
    /// How often the address was written to, where it is to be proved.
    pub(super) asked: Option<Versioned<Asked>>,
    /// The session that is used, with its secret, where that is to be noted.
    pub(super) used: Option<(String, Session)>,
}

impl Asking {
    /// Reads what a form asks for; the secret is that of the browser's session.
    pub(super) async fn read(
        app: &App,
        event: &Event,
        form: &BookingForm,
        secret: Option<&str>,
    ) -> Result<Asking, NotBooked> {
        if let (Some(secret), Ok(member)) = (secret, MembershipReference::parse(&form.member))
            && let Some(asking) = Asking::of_member(app, event, form, (secret, &member)).await?
        {
            return Ok(asking);
        }
        Asking::of_anybody(app, event, form).await
    }

    /// A booking of a member's contact; none if nobody of that member is signed in.
    async fn of_member(
        app: &App,
        event: &Event,
        form: &BookingForm,
        (secret, member): (&str, &MembershipReference),
    ) -> Result<Option<Asking>, NotBooked> {
        let included = AllowanceOf::at(event, member);
        let (places, read) = app
            .store
            .places_and_member(&event.slug, secret, member, included.as_ref())
            .await?;
        let (now, system_now) = (app.clock.now(), app.clock.system_now());
        let session = read.session.filter(|session| session.is_open(system_now));
        let (Some(session), Some(membership)) = (session, read.membership) else {
            return Ok(None);
        };
        let day = london_date(now);
        let acts = ActsFor::of(&session.member, membership, &read.contacts, day);
        let Some(acts) = acts else { return Ok(None) };
        // Whoever is signed in is not asked again.
        let mut filled = form.clone();
        filled.name = acts.contact.person.name.to_string();
        filled.email = acts.contact.person.email.as_str().to_owned();
        filled.school_name = acts.membership.member.name.to_string();
        filled.urn = String::new();
        let asked = filled.parse().map_err(NotBooked::Fields)?;
        is_open(event, &places.tally.value, now)?;
        Ok(Some(Asking {
            request: Request::of_contact(event, asked, &acts, &read.contacts)?,
            known: Known {
                places,
                allowance: included.zip(read.allowance),
            },
            asked: None,
            used: session
                .used(system_now)
                .map(|used| (secret.to_owned(), used)),
        }))
    }

    async fn of_anybody(app: &App, event: &Event, form: &BookingForm) -> Result<Asking, NotBooked> {
        let places = form.parse().map_err(NotBooked::Fields)?;
        let (email, urn) = (&places.booker.email, places.school.urn.as_ref());
        let (read, asker) = app.store.places_and_asker(&event.slug, email, urn).await?;
        let now = app.clock.now();
        is_open(event, &read.tally.value, now)?;
        Ok(Asking {
            request: Request::of_anybody(event, places, asker.membership)?,
            known: Known {
                places: read,
                allowance: None,
            },
            asked: Some(asker.asked),
            used: None,
        })
    }
}

/// Refuses what cannot be booked at all now.
fn is_open(event: &Event, tally: &Tally, now: Timestamp) -> Result<(), NotBooked> {
    match tally.seen(event, now).standing {
        Standing::Open => Ok(()),
        Standing::NotYet => Err(NotBooked::NotOpen),
        Standing::Closed => Err(NotBooked::Closed),
        Standing::Cancelled => Err(NotBooked::CalledOff),
    }
}

impl Request {
    /// A booking of somebody who is not signed in: the address is confirmed
    /// first, and a member's price is for its own contacts to agree to.
    fn of_anybody(
        event: &Event,
        places: AskedPlaces,
        claimed: Option<MembershipReference>,
    ) -> Result<Request, NotBooked> {
        let on_invoice = is_on_invoice(&places, event, claimed.is_some());
        let must_approve = event.needs_approval || on_invoice;
        let mut errors = FieldErrors::default();
        if on_invoice && claimed.is_none() && places.invoice_address.is_none() {
            errors.note("invoice_address", "Enter where the invoice is addressed");
        }
        // A name alone proves no membership: its own contacts agree to it.
        let membership = claimed.filter(|_| event.is_cheaper_for_members() || must_approve);
        let approvers: Vec<Person> = match membership {
            None if must_approve => budget_holder(&places, &mut errors).into_iter().collect(),
            _ => Vec::new(),
        };
        if !errors.is_empty() {
            return Err(NotBooked::Fields(errors));
        }
        Ok(Request {
            places,
            is_approved: membership.is_some() || must_approve,
            membership,
            approvers,
            first: FirstStep::ConfirmAddress,
        })
    }

    /// A booking of a member's contact who is signed in.
    fn of_contact(
        event: &Event,
        mut places: AskedPlaces,
        acts: &ActsFor,
        contacts: &Contacts,
    ) -> Result<Request, NotBooked> {
        let member = &acts.membership.member;
        places.booker = acts.contact.person.clone();
        places.school = Attending {
            name: member.name.clone(),
            urn: member.urn.clone(),
        };
        let is_holder = acts.contact.role.may_open_invoices();
        let must_approve = event.needs_approval || is_on_invoice(&places, event, true);
        let approvers = match must_approve && !is_holder {
            true => approvers_of(contacts),
            false => Vec::new(),
        };
        if must_approve && !is_holder && approvers.is_empty() {
            return Err(NotBooked::NobodyApproves);
        }
        Ok(Request {
            places,
            membership: Some(acts.membership.reference.clone()),
            is_approved: !approvers.is_empty(),
            approvers,
            first: FirstStep::Known,
        })
    }

    /// As a booking, whose places are asked for next.
    pub(super) fn booking(&self, app: &App, event: &Event, now: Timestamp) -> Booking {
        let reference = BookingReference::from_entropy(entropy::bytes());
        let mut purposes = vec![Purpose::Booking];
        if self.first == FirstStep::ConfirmAddress {
            purposes.push(Purpose::BookingAddress);
        }
        if self.is_approved {
            purposes.push(Purpose::BookingApproval);
        }
        let subject = reference.to_string();
        let grants = purposes
            .into_iter()
            .map(|purpose| app.links.give(purpose, &subject, now).0);
        let membership = self.membership.clone();
        Booking {
            approvers: self.approvers.clone(),
            grants: grants.collect(),
            address_key: Some(Store::address_key(&self.places.booker.email)),
            ..Booking::asked(reference, event, &self.places, membership, now)
        }
    }
}

/// Whether something is to be put on an invoice.
fn is_on_invoice(places: &AskedPlaces, event: &Event, member: bool) -> bool {
    places.pays_by == PaysBy::Invoice && event.price_for(member).is_some()
}

/// Those who may approve a booking for a member: those for whom its invoices are.
pub(super) fn approvers_of(contacts: &Contacts) -> Vec<Person> {
    let people = contacts.people.iter();
    let may = people.filter(|contact| contact.role.may_open_invoices());
    may.map(|contact| contact.person.clone()).collect()
}

/// Who approves it for a school that is no member: somebody else than books.
fn budget_holder(places: &AskedPlaces, errors: &mut FieldErrors) -> Option<Person> {
    let Some(named) = places.approver.clone() else {
        errors.note("approver_name", "Enter your budget holder’s name");
        let sentence = "Enter your budget holder’s email address";
        errors.note("approver_email", sentence);
        return None;
    };
    if named.email.is_same(&places.booker.email) {
        let sentence = "The budget holder must be somebody else: enter another email address";
        errors.note("approver_email", sentence);
    }
    Some(named)
}
