//! A crowd: a thousand browsers of the people of forty member schools, all of
//! whom want a place at the same event at the same moment.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use domain::account::{Contact, ContactId, ContactRole, Contacts, Session};
use domain::booking::{AskedPlaces, Attending, Booking, Delegate, PaysBy, RegistrationState};
use domain::contact::{EmailAddress, Line, Person};
use domain::event::{Event, EventSlug};
use domain::letter::News;
use domain::membership::{Category, Member, Membership, Standing};
use domain::places::{Asker, FirstStep, Tally, told};
use domain::reference::{BookingReference, MembershipReference};
use domain::school::Urn;
use functions::entropy;
use functions::store::{Command, Outcome, Store, Transaction};

use crate::{Product, Visitor};

/// How many schools there are.
pub const SCHOOLS: u32 = 40;
/// How many browsers of each.
pub const BROWSERS: u32 = 25;
/// How many people of each: a member has no more contacts, so that some have
/// two browsers.
const PEOPLE: u32 = 20;

/// One of them: a browser that is signed in.
#[derive(Debug, Clone)]
pub struct Client {
    cookie: String,
    member: MembershipReference,
    number: u32,
}

/// What one of them was answered, and after how long.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// Where it leads.
    pub at: String,
    /// From the first byte that was sent to the last that came.
    pub took: Duration,
}

fn person(name: &str) -> Person {
    let email = format!("{}@sample.example", name.replace(' ', "."));
    Person {
        name: Line::parse(name, "").expect("a name"),
        email: EmailAddress::parse(&email, "").expect("an address"),
    }
}

fn urn(school: u32) -> Urn {
    Urn::parse(&(900_100 + school).to_string()).expect("a URN")
}

/// Enters the schools as members with their people, each of whom is signed in.
pub async fn gather(product: &Product) -> Vec<Client> {
    let store = &product.app.store;
    let now = product.app.clock.now();
    let mut clients = Vec::new();
    for school in 0..SCHOOLS {
        let people = (0..PEOPLE).map(|number| Contact {
            id: ContactId::parse(&entropy::key()).expect("a key is a name"),
            person: person(&format!("Person {school} {number}")),
            job: None,
            role: match number {
                0 => ContactRole::Lead,
                _ => ContactRole::Reader,
            },
            since: now,
        });
        let people: Vec<Contact> = people.collect();
        let reference = MembershipReference::from_entropy(entropy::bytes());
        let membership = Membership {
            reference: reference.clone(),
            category: Category::Full,
            member: Member {
                name: Line::parse(&format!("School {school}"), "").expect("a name"),
                urn: Some(urn(school)),
                address: None,
                contact: people[0].person.clone(),
                finance: None,
                billing_address: None,
                purchase_order: None,
                pupils: None,
            },
            application: None,
            joined_on: domain::calendar::london_date(now),
            standing: Standing::Active,
            notice: None,
            ends_on: None,
            before: None,
            after: None,
            link: None,
            brought_forward: None,
            entered_at: now,
        };
        let contacts = Contacts {
            people: people.clone(),
        };
        let mut transaction = Transaction::new().carrying(contacts);
        transaction.new_membership(&membership).expect("a member");
        let begun = product.app.clock.system_now();
        for number in 0..BROWSERS {
            let of = usize::try_from(number % PEOPLE).expect("a few");
            let session = Session::begin(people[of].person.email.clone(), begun);
            let secret = entropy::key();
            transaction
                .account_session(&secret, &session)
                .expect("a session");
            clients.push(Client {
                cookie: format!("account-session={secret}"),
                member: reference.clone(),
                number: school * BROWSERS + number,
            });
        }
        let written = store.commit(transaction).await.expect("the store");
        assert_eq!(written, Outcome::Committed);
    }
    clients
}

/// Everybody books one place at once; what each was answered, and how long it
/// took all together.
pub async fn rush(
    product: &Product,
    path: &str,
    clients: Vec<Client>,
) -> (Vec<Answered>, Duration) {
    let visitor = product.visitor();
    // Each of them has seen the form.
    visitor.get(path).await;
    let begun = Instant::now();
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|client| {
            let (visitor, path) = (visitor.clone(), path.to_owned());
            let origin = product.base_url.clone();
            tokio::spawn(async move { book(&visitor, &origin, &path, client).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    (answers, begun.elapsed())
}

async fn book(visitor: &Visitor, origin: &str, path: &str, client: Client) -> Answered {
    let begun = Instant::now();
    let delegate = format!("Delegate {0}, delegate.{0}@sample.example", client.number);
    let fields = [
        ("member", client.member.to_string()),
        ("step", "book".to_owned()),
        ("coming", "no".to_owned()),
        ("others", delegate),
        ("command", entropy::key()),
    ];
    let answer = visitor
        .request(|http, base| {
            http.post(format!("{base}{path}"))
                .header("origin", origin)
                .header("cookie", client.cookie)
                .form(&fields)
        })
        .await;
    Answered {
        status: answer.status,
        at: answer.at,
        took: begun.elapsed(),
    }
}

/// Holds whom a rush was answered against the records: each has a booking of
/// their own, as many as there are places have one, and of the others each is
/// told their own position in the one list.
pub async fn expect_agreement(store: &Store, slug: &EventSlug, places: u32, rush: &[Answered]) {
    let shown: BTreeSet<&str> = rush
        .iter()
        .filter(|answer| answer.status == 303 && answer.at.starts_with("/bookings/BKG-"))
        .map(|answer| answer.at.as_str())
        .collect();
    assert_eq!(shown.len(), rush.len(), "each has a booking, and no error");

    let tally = store.tally(slug).await.expect("the store").value;
    assert_eq!((tally.confirmed, tally.holds.len()), (places, 0));
    assert_eq!(tally.by_party.values().sum::<u32>(), places);
    let places = usize::try_from(places).expect("a few");
    assert_eq!(tally.waiting.len(), rush.len() - places);

    let mut stands: BTreeMap<&str, usize> = BTreeMap::new();
    for booking in store.bookings_for(slug).await.expect("the store") {
        let registration = &booking.registrations[0];
        let is_waiting = registration.state == RegistrationState::Waiting;
        let position = tally.position(&booking.id(registration));
        assert_eq!(is_waiting, position.is_some(), "{booking:?}");
        *stands.entry(registration.state.name()).or_default() += 1;
    }
    let expected = [("confirmed", places), ("waiting", rush.len() - places)];
    assert_eq!(stands, BTreeMap::from(expected));

    let (mut told, mut confirmed) = (BTreeMap::new(), BTreeSet::new());
    for item in store.letters(2 * rush.len()).await.expect("the store") {
        match item.letter.news {
            News::BookingWaiting {
                position, booking, ..
            } => {
                told.insert(position, booking.reference);
            }
            News::BookingConfirmed { booking, .. } => {
                confirmed.insert(booking.reference);
            }
            other => panic!("{other:?}"),
        }
    }
    let waiting = tally.waiting.iter().map(|one| &one.registration.booking);
    let told: Vec<_> = told.values().collect();
    assert_eq!(told, waiting.collect::<Vec<_>>());
    assert_eq!(confirmed.len(), places);
}

/// How long the store takes for as many transactions that are alike in number
/// and size of their items, one after another on the one tally of another
/// event: what a crowd cannot be quicker than.
pub async fn one_after_another(product: &Product, event: &Event, many: u32) -> Duration {
    let app = &product.app;
    let site = app.site.published().await.expect("a site");
    let rules = &site.publication.booking;
    let event = Event {
        slug: EventSlug::parse("another-event").expect("a slug"),
        ..event.clone()
    };
    let now = app.clock.now();
    let mut tally = Tally::default();
    let mut taken = Duration::ZERO;
    for number in 0..many {
        let school = number % SCHOOLS;
        let asked = AskedPlaces {
            booker: person(&format!("Person {school} {number}")),
            school: Attending {
                name: Line::parse(&format!("School {school}"), "").expect("a name"),
                urn: Some(urn(school)),
            },
            delegates: vec![Some(Delegate::from(person(&format!("Delegate {number}"))))],
            purchase_order: None,
            pays_by: PaysBy::Card,
            invoice_address: None,
            approver: None,
            needs: domain::booking::Needs::default(),
        };
        let reference = BookingReference::from_entropy(entropy::bytes());
        let membership = MembershipReference::from_entropy(entropy::bytes());
        let (grant, _) = app.links.give(
            domain::access::Purpose::Booking,
            &reference.to_string(),
            now,
        );
        let mut booking = Booking {
            grants: vec![grant],
            ..Booking::asked(reference, &event, &asked, Some(membership), now)
        };
        let asker = Asker::of(&booking, &booking.registrations[0]);
        let state = tally.ask(&asker, FirstStep::Known, &event, rules, now);
        booking.registrations[0].state = state;
        let letters = told(&booking, &[], (&tally, Some(&event)), &[]);
        let command = Command::of_form(&entropy::key(), &asked.booker);
        let reply = format!("/bookings/{}/", booking.reference);

        let begun = Instant::now();
        let mut transaction = Transaction::new();
        let version = u64::from(number);
        transaction
            .tally(&event.slug, version, &tally)
            .expect("a tally");
        transaction.new_booking(&booking).expect("a booking");
        let delegate = booking.registrations[0].delegate.as_ref();
        let id = booking.id(&booking.registrations[0]);
        let email = &delegate.expect("a delegate").person.email;
        transaction
            .named_at(&event.slug, email, 0, &id)
            .expect("a name");
        for letter in letters {
            transaction.letter(letter, now).expect("a letter");
        }
        transaction
            .remember(&command, &reply, now)
            .expect("a command");
        let written = app.store.commit(transaction).await.expect("the store");
        taken += begun.elapsed();
        assert_eq!(written, Outcome::Committed);
    }
    taken
}
