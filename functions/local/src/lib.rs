//! The whole product on one machine.
//!
//! The site is built into memory and served from there; every route of every
//! function is mounted beside it; the database is a real DynamoDB engine in
//! the process, kept in a file; letters are read at `/dev/letters`; and
//! without a key of Stripe's, a stand-in takes the cards. The functions are
//! the ones that run in the cloud, spoken to in the same way.
//!
//! # Layout
//!
//! - [`database`] embeds the engine, [`table`] makes the table in it.
//! - [`pages`] serves the site, [`reload`] shows edits of it, [`letters`] is
//!   the letter box.
//! - [`nightly`] does what falls due by the calendar.
//! - [`stripe_stand_in`] stands in for Stripe, [`identity_stand_in`] for the
//!   staff's sign-in provider.
//! - [`product`] puts them together; `main.rs` is the command.

pub mod database;
pub mod identity_stand_in;
pub mod letters;
pub mod nightly;
pub mod pages;
pub mod product;
pub mod reload;
pub mod stripe_stand_in;
pub mod table;

pub use product::{Product, Settings, StartError, office};
