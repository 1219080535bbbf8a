//! What is written to try the store: records with no more in them than a
//! contract looks at, and a way to do many things at one moment.

use std::future::Future;
use std::sync::Arc;

use domain::booking::{AskedPlaces, Attending, Booking, Delegate, Needs, PaysBy};
use domain::contact::{EmailAddress, Line, Person};
use domain::enquiry::{Asked, Enquiry, EnquiryState, Reply};
use domain::event::{Event, EventSlug};
use domain::letter::{Letter, News};
use domain::passage::Passage;
use domain::reference::{BookingReference, EnquiryReference};
use domain::school::Urn;
use functions::entropy;
use functions::store::{Outcome, Store, StoreError, Transaction};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::Barrier;

/// So many minutes after nine o'clock on some day.
pub fn minute(number: u32) -> Timestamp {
    let nine: Timestamp = "2028-03-01T09:00Z".parse().unwrap();
    nine + SignedDuration::from_mins(number.into())
}

pub fn line(text: &str) -> Line {
    Line::parse(text, "").unwrap()
}

pub fn passage(text: &str) -> Passage {
    Passage::parse(text, "").unwrap()
}

pub fn email(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@sample.example"), "").unwrap()
}

pub fn person(name: &str) -> Person {
    Person {
        name: line(name),
        email: email(name),
    }
}

pub fn urn(number: u32) -> Urn {
    Urn::parse(&(900_000 + number).to_string()).unwrap()
}

/// An enquiry of somebody's that came in that minute.
pub fn enquiry(came: u32) -> Enquiry {
    Enquiry {
        reference: EnquiryReference::from_entropy(entropy::bytes()),
        about: None,
        asked: Asked {
            person: person(&format!("asker.{came}")),
            organisation: None,
            telephone: None,
            message: passage("What does it cost?"),
        },
        replies: Vec::new(),
        state: EnquiryState::Received,
        received_at: minute(came),
    }
}

/// The same with as many replies, of 4,000 letters each.
pub fn with_replies(enquiry: &Enquiry, many: usize) -> Enquiry {
    let reply = Reply {
        text: passage(&"reply ".repeat(1_000)[..Passage::MOST - 1]),
        by_letter: true,
        at: minute(0),
    };
    Enquiry {
        replies: vec![reply; many],
        ..enquiry.clone()
    }
}

/// A letter about it.
pub fn letter(about: &Enquiry) -> Letter {
    Letter {
        to: about.asked.person.clone(),
        news: News::EnquiryReceived {
            reference: about.reference.clone(),
            service: None,
        },
    }
}

pub fn slug() -> EventSlug {
    EventSlug::parse("meeting").unwrap()
}

/// A booking of a place at an event, by somebody of that number.
pub fn booking(number: u32) -> Booking {
    let event: Event = serde_json::from_value(json!({
        "slug": slug(), "title": "Meeting", "href": "/events/meeting/", "venue": "Town Hall",
        "starts": "2028-03-22 09:00", "ends": "2028-03-22 12:00", "booking_closes": "2028-03-21 12:00",
        "capacity": null, "price": null, "sample": true,
    }))
    .unwrap();
    let asked = AskedPlaces {
        booker: person(&format!("booker.{number}")),
        school: Attending {
            name: line("A school"),
            urn: Some(urn(number)),
        },
        delegates: vec![Some(Delegate::from(person(&format!("delegate.{number}"))))],
        purchase_order: None,
        pays_by: PaysBy::Card,
        invoice_address: None,
        approver: None,
        needs: Needs::default(),
    };
    let reference = BookingReference::from_entropy(entropy::bytes());
    Booking::asked(reference, &event, &asked, None, minute(number))
}

/// What becomes of one transaction.
pub async fn commit(
    store: &Store,
    fill: impl FnOnce(&mut Transaction) -> Result<(), StoreError>,
) -> Outcome {
    let mut transaction = Transaction::new();
    fill(&mut transaction).unwrap();
    store.commit(transaction).await.unwrap()
}

/// Writes what is to be there.
pub async fn write(store: &Store, fill: impl FnOnce(&mut Transaction) -> Result<(), StoreError>) {
    assert_eq!(commit(store, fill).await, Outcome::Committed);
}

/// Does something as many times at the same moment; what came of each.
pub async fn at_once<Done, Came>(many: usize, what: impl Fn(usize) -> Done) -> Vec<Came>
where
    Done: Future<Output = Came> + Send + 'static,
    Came: Send + 'static,
{
    let start = Arc::new(Barrier::new(many));
    let tasks: Vec<_> = (0..many)
        .map(|number| {
            let (start, done) = (Arc::clone(&start), what(number));
            tokio::spawn(async move {
                start.wait().await;
                done.await
            })
        })
        .collect();
    let mut came = Vec::with_capacity(many);
    for task in tasks {
        came.push(task.await.unwrap());
    }
    came
}
