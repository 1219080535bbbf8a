//! The member services: applications, bookings and payments.
//!
//! One library, and a thin binary for each Lambda function, because each has
//! a policy of its own. The same routers run on a laptop (`functions/local`).
//!
//! # Layout
//!
//! - [`config`] is the only reader of the environment, [`clock`] of the time,
//!   [`entropy`] of randomness.
//! - [`store`] holds every record; only it names the database's SDK.
//! - [`stripe`] speaks to the card provider; only it names Stripe.
//! - [`identity`] speaks to the staff's sign-in provider; only it names OpenID
//!   Connect's library. [`cookies`] is what a browser keeps.
//! - [`site`] has the publication and the theme; [`screen`] and [`mail`] put
//!   them into pages and letters.
//! - [`calendar_file`] is an event as a calendar program reads it, [`csv_file`] a table
//!   as a file for a spreadsheet; [`paper`] is an invoice
//!   or a credit note as a PDF that everyone can read, [`invoice_paper`] fills it.
//! - [`links`] derives the secrets of links, and knows them again.
//! - [`app`] is what handlers are given; [`answer`] and [`security`] are what
//!   every answer goes through, [`accept`] says whether it is a page or data;
//!   [`routes`] puts it together.
//! - [`decisions`], [`secretary`], [`treasurer`]: what the membership secretary
//!   and the treasurer do, as functions that screens call, [`organiser`] what the
//!   event organiser does, [`data_protection`] what is done about people's data,
//!   and [`data_map`] what there is of it;
//!   [`instruction`] is
//!   what all of those are given. [`invoicing`] issues an invoice;
//!   [`invoice_words`] is what pages say of one.
//! - [`publishing`] puts a publication in the place of another, and says whom that
//!   concerns; [`telling`] writes to all who have booked an event.
//! - [`settlements`]: what follows from the card provider's records; [`daily`]:
//!   what falls due by the calendar; [`letters`]: what becomes of a letter that is
//!   written, and [`post`] takes it out of the house; only it names SES and SMTP.
//! - [`metrics`] counts; [`lambda`] is what the binaries share.
//! - [`places`] is one decision about the places of an event, whoever asks for it;
//!   [`giving_up`] what a place costs that is given up, and what goes back;
//!   [`charges`] what is proposed to the treasurer for places nobody used;
//!   [`certifying`] gives those who came their certificates.
//! - [`leaving`] says what a member owes who leaves; [`member_session`] who acts
//!   for a member in a browser.
//! - [`questions`] shows the questions of an application, [`prefill`] answers
//!   those that the national register knows.
//! - [`membership`], [`account`], [`events`], [`payments`], [`staff`]: one module an area. No handler
//!   imports another area's. [`editor_sign_in`] stands alone: it has no table,
//!   and the site's editors are its only visitors.
//!
//! # A booking, from end to end
//!
//! `POST /book/{event}/` → [`events`] parses the form, takes the event from
//! the publication, keeps the answers for an hour and shows them on a page of
//! their own to be checked. Sent once more with *Book*, they are a booking: it reads the event's tally, lets
//! [`domain::places::Tally::ask`] decide, and commits tally, booking, letters,
//! audit entry and command in one transaction. If the tally changed meanwhile
//! it decides again. Whoever is not signed in follows the link in the letter, and
//! [`domain::places::Tally::command`] decides in earnest. Where somebody must
//! approve it, as for every invoice to a school, the places are kept until then.
//! Places that cost something lead on to `/pay/…`, or go on an invoice that is
//! issued in the transaction that gives them.

pub mod accept;
pub mod account;
pub mod address;
pub mod answer;
pub mod app;
mod aws;
pub mod calendar_file;
pub mod certifying;
pub mod charges;
pub mod clock;
pub mod config;
pub mod cookies;
pub mod csv_file;
pub mod daily;
pub mod data_map;
pub mod data_protection;
pub mod decisions;
pub mod editor_sign_in;
pub mod entropy;
pub mod events;
pub mod giving_up;
pub mod identity;
pub mod instruction;
pub mod invoice_paper;
pub mod invoice_words;
pub mod invoicing;
pub mod lambda;
pub mod leaving;
pub mod letters;
pub mod links;
pub mod mail;
pub mod member_session;
pub mod membership;
pub mod metrics;
pub mod named;
pub mod organiser;
pub mod paper;
pub mod payments;
pub mod places;
pub mod post;
pub mod prefill;
pub mod publishing;
pub mod questions;
pub mod routes;
pub mod screen;
pub mod secretary;
pub mod security;
pub mod settlements;
pub mod site;
pub mod staff;
pub mod store;
pub mod stripe;
pub mod telling;
pub mod treasurer;
pub mod typed;
