//! What is written about a booking and its places, besides that a place is
//! somebody's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Letter, LetterLink, News};
use crate::access::Purpose;
use crate::booking::{About, Booking, CertificateCode, Registration};
use crate::contact::Line;
use crate::event::EventSlug;
use crate::joining::JoiningAddress;
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::{BookingReference, PaymentReference};

/// The booking that a letter is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// Its reference.
    pub reference: BookingReference,
    /// Who comes, once that is known.
    #[serde(default)]
    pub delegate: Option<String>,
    /// The event's name in addresses.
    #[serde(default)]
    pub event: Option<EventSlug>,
    /// Its event, as it is.
    #[serde(flatten)]
    pub about: About,
    /// When it meets, each session of it: `14 March 2028, 4pm to 5.15pm`.
    #[serde(default)]
    pub when: String,
    /// Where, and whether it can be joined from anywhere.
    #[serde(default)]
    pub place: String,
    /// How often it was moved.
    #[serde(default)]
    pub moves: u32,
    /// The link that opens it, for whom it is.
    #[serde(default)]
    pub link: Option<LetterLink>,
}

impl Booked {
    /// With the link that opens it.
    #[must_use]
    pub fn opened_by(mut self, link: Option<LetterLink>) -> Booked {
        self.link = link;
        self
    }

    /// Of a booking and one of its registrations.
    #[must_use]
    pub fn of(booking: &Booking, registration: &Registration) -> Booked {
        let delegate = registration.delegate.as_ref();
        Booked {
            reference: booking.reference.clone(),
            delegate: delegate.map(|delegate| delegate.person.name.to_string()),
            event: Some(booking.event.clone()),
            about: booking.known().clone(),
            when: booking.known().when(),
            place: booking.known().place(),
            moves: booking.since.moves,
            link: None,
        }
    }
}

/// What is to be paid for a place that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceDue {
    /// The payment.
    pub payment: PaymentReference,
    /// The sum.
    pub amount_pence: Pence,
    /// The instant from which the place is kept no longer.
    pub hold_until: Timestamp,
}

/// The link by which a delegate gives feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackLink {
    /// The number of the registration within the booking.
    pub number: u8,
    /// The link.
    pub link: LetterLink,
    /// The instant from which it takes no answer.
    pub until: Timestamp,
}

/// What becomes of the money for a place that is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Returned {
    /// It was paid by card, and goes back to it.
    #[default]
    ToCard,
    /// It was not paid yet: less is asked on the invoice.
    NotAsked,
    /// It was paid on an invoice, and the office gives it back.
    ByOffice,
}

/// What a letter about a booking tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceNews {
    /// The booking, its event and when that starts.
    #[serde(flatten)]
    pub booking: Booked,
    /// What happened.
    pub about: PlaceAbout,
}

/// What happened to a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum PlaceAbout {
    /// Its address is to be confirmed.
    ToConfirm {
        /// How many places it has.
        places: usize,
        /// The instant from which nothing is kept.
        until: Timestamp,
    },
    /// The school is to approve it.
    ToApprove {
        /// Who booked.
        booker: String,
        /// The school.
        school: String,
        /// How many places it has.
        places: usize,
        /// What they cost together, if anything.
        price_pence: Option<Pence>,
        /// Whether that is put on an invoice.
        #[serde(default)]
        on_invoice: bool,
        /// The instant from which nothing is kept.
        until: Timestamp,
    },
    /// The school did not approve it.
    Refused,
    /// A place is given up, or the waiting list left.
    GivenUp {
        /// Whether it was only waited for.
        waited: bool,
        /// Whether it was on offer, and is let go.
        #[serde(default)]
        was_offered: bool,
        /// Whether somebody waits who is offered it next.
        #[serde(default)]
        goes_on: bool,
        /// What goes back, or is asked for no more.
        refund_pence: Option<Pence>,
        /// Which of the two.
        #[serde(default)]
        returned: Returned,
        /// What is charged all the same.
        charge_pence: Option<Pence>,
        /// What of that was not paid for the place.
        #[serde(default)]
        due_pence: Option<Pence>,
    },
    /// Somebody else comes instead.
    PassedOn,
    /// The event is cancelled.
    CalledOff {
        /// Why.
        reason: Passage,
        /// What goes back, to whoever paid.
        refund_pence: Option<Pence>,
        /// What is asked for no more, of an invoice that is not paid.
        #[serde(default)]
        credited_pence: Option<Pence>,
    },
    /// The event is at another time or place.
    Moved {
        /// When and where it was to be, as people were told last.
        was: About,
        /// Whether the reader has a place; others wait, or have yet to pay.
        has_place: bool,
        /// Whether it was published no more in between.
        was_withdrawn: bool,
        /// Whether giving the place up costs nothing because of it.
        is_free: bool,
    },
    /// The event is published no more.
    Withdrawn {
        /// Whether the reader has a place.
        has_place: bool,
    },
    /// The event is published again, as it was.
    OnAgain {
        /// Whether the reader has a place.
        has_place: bool,
    },
    /// How an online event is joined.
    Joining {
        /// The address.
        address: JoiningAddress,
        /// Whether another was told before.
        is_another: bool,
    },
    /// The organiser writes.
    Message {
        /// The heading.
        subject: Line,
        /// The text.
        text: Passage,
    },
    /// The delegate came: here is the certificate.
    Certified {
        /// What it is known by.
        code: CertificateCode,
        /// Where the delegate says what the event was like, while that is asked.
        #[serde(default)]
        feedback: Option<FeedbackLink>,
    },
    /// To the office: a place was given up that is on an invoice which was
    /// paid, so that the money is to be given back by hand.
    ForOffice {
        /// The invoice.
        invoice: String,
        /// What is due back.
        refund_pence: Pence,
    },
}

impl PlaceNews {
    /// The name of its template in the theme, under `letters/`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self.about {
            PlaceAbout::ToConfirm { .. } => "booking-to-confirm",
            PlaceAbout::ToApprove { .. } => "booking-to-approve",
            PlaceAbout::Refused => "booking-refused",
            PlaceAbout::GivenUp { .. } => "place-given-up",
            PlaceAbout::PassedOn => "place-passed-on",
            PlaceAbout::CalledOff { .. } => "event-called-off",
            PlaceAbout::Moved { .. } => "event-moved",
            PlaceAbout::Withdrawn { .. } => "event-withdrawn",
            PlaceAbout::OnAgain { .. } => "event-on-again",
            PlaceAbout::Joining { .. } => "event-joining",
            PlaceAbout::Message { .. } => "event-message",
            PlaceAbout::Certified { .. } => "place-certified",
            PlaceAbout::ForOffice { .. } => "place-for-office",
        }
    }
}

/// A letter about a place, to whoever reads it.
#[must_use]
pub fn letter_about(
    booking: &Booking,
    registration: &Registration,
    news: impl FnOnce(Booked) -> News,
) -> Letter {
    let link = booking
        .link(Purpose::Booking)
        .filter(|_| booking.is_for_booker(registration));
    Letter {
        to: booking.reader(registration).clone(),
        news: news(Booked::of(booking, registration).opened_by(link)),
    }
}

/// A letter about a booking to whoever booked, with the link that opens it.
#[must_use]
pub fn letter_to_booker(
    booking: &Booking,
    registration: &Registration,
    news: impl FnOnce(Booked) -> News,
) -> Letter {
    let link = booking.link(Purpose::Booking);
    Letter {
        to: booking.booker.clone(),
        news: news(Booked::of(booking, registration).opened_by(link)),
    }
}

/// What is told of places that are the delegates' now: one letter to each who is
/// named, and one to whoever booked, about all of them, with the link that opens
/// the booking.
#[must_use]
pub fn letters_of_confirmed(
    booking: &Booking,
    confirmed: &[&Registration],
    paid: Option<Pence>,
) -> Vec<Letter> {
    let Some(first) = confirmed.first() else {
        return Vec::new();
    };
    let own = confirmed.iter().find(|one| {
        let delegate = one.delegate.as_ref();
        delegate.is_some_and(|delegate| delegate.person.email.is_same(&booking.booker.email))
    });
    let name = |one: &&Registration| match &one.delegate {
        Some(delegate) => delegate.person.name.to_string(),
        None => "somebody to be named".to_owned(),
    };
    let delegates = match own.is_some() && confirmed.len() == 1 {
        true => Vec::new(),
        false => confirmed.iter().map(name).collect(),
    };
    let to_booker = letter_to_booker(booking, own.unwrap_or(first), |booking| {
        News::BookingConfirmed {
            booking,
            paid_pence: paid,
            delegates,
            joining: None,
        }
    });
    let others = confirmed
        .iter()
        .filter(|one| !booking.is_for_booker(one))
        .map(|one| {
            letter_about(booking, one, |booking| News::BookingConfirmed {
                booking,
                paid_pence: None,
                delegates: Vec::new(),
                joining: None,
            })
        });
    [to_booker].into_iter().chain(others).collect()
}
