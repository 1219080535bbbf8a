//! The rules of THE Partnership, as pure values.
//!
//! Everything that a treasurer, a membership secretary or the Board might
//! dispute is decided here, and nowhere else: what a school owes, whether an
//! application is complete, who has the last place, what a payment settles.
//! A rule takes values and gives a value. There is no file, clock, network,
//! database or HTML in this crate, and no `async`; `now` is an argument.
//!
//! # Layout
//!
//! - [`money`], [`calendar`], [`mod@reference`]: the small types that all share.
//! - [`fees`]: the dated fee schedule and a quote with its working.
//! - [`school`], [`contact`], [`passage`], [`day`]: what a school types, parsed once.
//! - [`form`]: a field that is wrong, and the sentence that says so.
//! - [`application`], [`access`]: an application for membership, and the links
//!   that open it.
//! - [`establishment`], [`school_search`], [`eligibility`]: the national register,
//!   and what a school of it may apply for.
//! - [`membership`]: a membership from the decision to its last day.
//! - [`account`]: a member's own page: who may do what there, and what a member
//!   owes when it leaves.
//! - [`enquiry`]: a question about a service, or about anything else.
//! - [`event`], [`places`], [`booking`]: places at an event, and who has them.
//! - [`charges`]: what is proposed to be charged for places that nobody used.
//! - [`feedback`]: what those say who came; [`overview`]: what events come to, in numbers.
//! - [`edit`]: what an edit of the content changes for those who have booked.
//! - [`joining`]: how an online event is joined. [`telling`]: letters to all who
//!   have booked an event, written booking by booking.
//! - [`invoice`]: what is owed, with its number, its working and its account.
//! - [`fee_run`]: the fees of all members for a period.
//! - [`payment`], [`refund`]: an attempt to pay, and money given back.
//! - [`settlement`]: what follows from the card provider's own records.
//! - [`bank`]: the bank's statement, and which invoices it pays.
//! - [`ledger`]: double entry, the trial balance and the income of each month.
//! - [`session`]: a sign-in that lasts. [`staff`]: who works for THE Partnership, and in which role.
//! - [`trail`]: what changed in a record, and by whom. [`retention`]: how long each kind of record is kept.
//! - [`subject`]: what somebody asks about the data that is held of them.
//! - [`letter`]: what a letter says, before it is words; [`delivery`]: what becomes of it.
//! - [`publication`]: what the site promises to the functions.

pub mod access;
pub mod account;
pub mod application;
pub mod bank;
pub mod booking;
pub mod calendar;
pub mod charges;
pub mod contact;
pub mod day;
pub mod delivery;
pub mod edit;
pub mod eligibility;
pub mod enquiry;
pub mod establishment;
pub mod event;
pub mod fee_run;
pub mod feedback;
pub mod fees;
pub mod form;
pub mod invoice;
pub mod joining;
pub mod ledger;
pub mod letter;
pub mod membership;
pub mod money;
pub mod overview;
pub mod passage;
pub mod payment;
pub mod places;
pub mod publication;
pub mod reference;
pub mod refund;
pub mod retention;
pub mod school;
pub mod school_search;
pub mod session;
pub mod settlement;
pub mod staff;
pub mod subject;
pub mod telling;
pub mod trail;
