//! What a letter says, before it is words.
//!
//! A letter is decided in the same transaction as the change that it tells
//! of, and written into words when it is sent. It never holds a token: what
//! grants access is derived as the letter goes out.

mod account;
mod by_office;
mod money;
mod place;

pub use account::{AccountNews, ContactChange};
pub use by_office::OfficeDone;
pub use money::{MoneyAbout, MoneyNews};
pub use place::{
    Booked, FeedbackLink, PlaceAbout, PlaceDue, PlaceNews, Returned, letter_about,
    letter_to_booker, letters_of_confirmed,
};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Purpose};
use crate::contact::{EmailAddress, Person};
use crate::delivery::Delivery;
use crate::enquiry::Asked;
use crate::invoice::InvoiceNumber;
use crate::joining::JoiningAddress;
use crate::membership::Category;
use crate::money::Pence;
use crate::passage::Passage;
use crate::reference::{
    ApplicationReference, EnquiryReference, MembershipReference, PaymentReference,
};
use crate::school::{PupilsOnRoll, Urn};

/// A letter to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: Person,
    /// What it tells.
    pub news: News,
}

/// What a letter tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum News {
    /// An application was received.
    ApplicationReceived {
        /// Its reference.
        reference: ApplicationReference,
        /// Who applies.
        applicant: String,
        /// The school's URN, if it is a school.
        urn: Option<Urn>,
        /// Its pupils, as declared, if it has any.
        pupils: Option<PupilsOnRoll>,
        /// Where it is followed.
        link: LetterLink,
    },
    /// An application is sent, and its address is to be confirmed.
    ApplicationToConfirm {
        /// Its reference.
        reference: ApplicationReference,
        /// Who applies.
        applicant: String,
        /// What is applied for.
        category: Category,
        /// Where it is confirmed.
        link: LetterLink,
        /// How long there is for it.
        idle_days: u32,
    },
    /// An application can be gone on with.
    ApplicationToFinish {
        /// Its reference.
        reference: ApplicationReference,
        /// Where.
        link: LetterLink,
        /// How long it is kept when nobody touches it.
        idle_days: u32,
    },
    /// Somebody is asked to do one task of an application.
    ApplicationTask {
        /// Its reference.
        reference: ApplicationReference,
        /// The school, once it is known.
        school: Option<String>,
        /// The task.
        task: String,
        /// Where it is done.
        link: LetterLink,
    },
    /// The applicant is asked for something.
    ApplicationQuestion {
        /// Its reference.
        reference: ApplicationReference,
        /// What is asked.
        asked: Passage,
        /// Where it is answered.
        link: LetterLink,
    },
    /// The Board has decided.
    ApplicationDecided {
        /// Its reference.
        reference: ApplicationReference,
        /// Who applied.
        applicant: String,
        /// For what.
        category: Category,
        /// Whether it approved.
        approved: bool,
        /// The day of the decision.
        on: Date,
        /// Why it declined.
        reason: Option<Passage>,
        /// Where it is followed.
        link: LetterLink,
    },
    /// An application is about to expire.
    ApplicationExpires {
        /// Its reference.
        reference: ApplicationReference,
        /// The day, in words.
        on: String,
        /// Where it is gone on with, or confirmed.
        link: LetterLink,
    },
    /// An invoice.
    InvoiceIssued {
        /// Its number.
        number: InvoiceNumber,
        /// Who owes it.
        member: String,
        /// What for.
        description: String,
        /// The sum.
        amount_pence: Pence,
        /// The day it is due.
        due_on: Date,
        /// What the purchase order calls it.
        purchase_order: Option<String>,
        /// Where it is seen and paid.
        link: LetterLink,
    },
    /// An invoice is paid.
    InvoicePaid {
        /// Its number.
        number: InvoiceNumber,
        /// Who owed it.
        member: String,
        /// The sum.
        amount_pence: Pence,
        /// Where it is seen.
        link: LetterLink,
    },
    /// Something has happened to an invoice.
    Money(MoneyNews),
    /// A member's notice was received.
    NoticeReceived {
        /// The membership.
        reference: MembershipReference,
        /// The member.
        member: String,
        /// The day it was received.
        received_on: Date,
        /// The last day of membership.
        ends_on: Date,
        /// Whether nothing is due for it.
        free: bool,
        /// What is owed to the last day, where that was reckoned.
        #[serde(default)]
        owed_pence: Option<Pence>,
    },
    /// A membership has come to its end.
    MembershipEnded {
        /// The membership.
        reference: MembershipReference,
        /// The member.
        member: String,
        /// Its last day.
        ends_on: Date,
    },
    /// Something about a member's own page.
    Account(AccountNews),
    /// The office has done something for the person.
    ByOffice(OfficeDone),
    /// To the office: something has happened to an application.
    ApplicationForOffice {
        /// Its reference.
        reference: ApplicationReference,
        /// Who applies.
        applicant: Option<String>,
        /// What.
        about: OfficeNews,
    },
    /// An enquiry was received. What was asked is not quoted: the address is
    /// not proved, and nobody's letter box is ours to fill.
    EnquiryReceived {
        /// Its reference.
        reference: EnquiryReference,
        /// The service that it is about, if it is about one.
        service: Option<String>,
    },
    /// To the office: somebody asks.
    EnquiryForOffice {
        /// Its reference.
        reference: EnquiryReference,
        /// The service that it is about, if it is about one.
        service: Option<String>,
        /// What was asked, and by whom.
        asked: Asked,
    },
    /// The answer to an enquiry.
    EnquiryAnswered {
        /// Its reference.
        reference: EnquiryReference,
        /// The service that it is about, if it is about one.
        service: Option<String>,
        /// What is answered.
        answer: Passage,
    },
    /// Something has happened to a booking.
    Place(PlaceNews),
    /// A place is the delegate's.
    BookingConfirmed {
        /// The booking, its event and when that starts.
        #[serde(flatten)]
        booking: Booked,
        /// What was paid, if the place cost anything.
        paid_pence: Option<Pence>,
        /// To whoever booked for others too: whose places they are, with those
        /// to be named.
        #[serde(default)]
        delegates: Vec<String>,
        /// How the event is joined, where it is online and that is known.
        #[serde(default)]
        joining: Option<JoiningAddress>,
    },
    /// No place is free for the delegate, who waits.
    BookingWaiting {
        /// The booking, its event and when that starts.
        #[serde(flatten)]
        booking: Booked,
        /// The place in the waiting list.
        position: usize,
        /// How many places one school may have, where that is why: others are
        /// free.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// A place is kept while it is paid for.
    PlaceHeld {
        /// The booking, its event and when that starts.
        #[serde(flatten)]
        booking: Booked,
        /// What is to be paid, and until when.
        #[serde(flatten)]
        due: PlaceDue,
    },
    /// A place came free, and is kept for the first who waits.
    PlaceOffered {
        /// The booking, its event and when that starts.
        #[serde(flatten)]
        booking: Booked,
        /// What is to be paid for it, if anything.
        payment: Option<PaymentReference>,
        /// The sum.
        amount_pence: Option<Pence>,
        /// The instant from which the place is kept no longer.
        hold_until: Timestamp,
    },
    /// The money came when the place had gone.
    PaymentRefundDue {
        /// The booking, its event and when that starts.
        #[serde(flatten)]
        booking: Booked,
        /// What goes back.
        amount_pence: Pence,
    },
}

/// What the office is told of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeNews {
    /// It has come, and its address is confirmed.
    Arrived,
    /// The applicant has answered.
    Replied,
    /// The applicant has taken it back.
    Withdrawn,
}

/// A link in a letter, without its secret: that is derived as the letter goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterLink {
    /// What it is for.
    pub purpose: Purpose,
    /// The random number that its secret is derived from.
    pub nonce: String,
}

impl LetterLink {
    /// The link of a grant.
    #[must_use]
    pub fn of(grant: &Grant) -> LetterLink {
        LetterLink {
            purpose: grant.purpose,
            nonce: grant.nonce.clone(),
        }
    }
}

impl News {
    /// The name of its template in the theme, under `letters/`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            News::ApplicationReceived { .. } => "application-received",
            News::ApplicationToConfirm { .. } => "application-to-confirm",
            News::ApplicationToFinish { .. } => "application-to-finish",
            News::ApplicationTask { .. } => "application-task",
            News::ApplicationQuestion { .. } => "application-question",
            News::ApplicationDecided { .. } => "application-decided",
            News::ApplicationExpires { .. } => "application-expires",
            News::InvoiceIssued { .. } => "invoice-issued",
            News::InvoicePaid { .. } => "invoice-paid",
            News::Money(news) => news.template(),
            News::NoticeReceived { .. } => "notice-received",
            News::MembershipEnded { .. } => "membership-ended",
            News::Account(news) => news.template(),
            News::ByOffice(done) => done.template(),
            News::ApplicationForOffice { .. } => "application-for-office",
            News::EnquiryReceived { .. } => "enquiry-received",
            News::EnquiryForOffice { .. } => "enquiry-for-office",
            News::EnquiryAnswered { .. } => "enquiry-answered",
            News::Place(news) => news.template(),
            News::BookingConfirmed { .. } => "booking-confirmed",
            News::BookingWaiting { .. } => "booking-waiting",
            News::PlaceHeld { .. } => "place-held",
            News::PlaceOffered { .. } => "place-offered",
            News::PaymentRefundDue { .. } => "payment-refund-due",
        }
    }
}

/// A letter as it stands in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// Its name.
    pub id: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// The letter.
    pub letter: Letter,
    /// Where it is on its way.
    #[serde(default)]
    pub delivery: Delivery,
}

impl OutboxItem {
    /// The address that it goes to.
    #[must_use]
    pub fn address(&self) -> &EmailAddress {
        &self.letter.to.email
    }
}
