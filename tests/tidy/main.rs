//! What must stay true of the code as a whole, kept by tests.
//!
//! A compiler cannot say that a rule needs no clock, that only one module may
//! name Stripe, or that nobody logs an address. These tests read the source
//! and say it. Each failure gives the place, what is wrong and the remedy, and
//! all of them at once.
//!
//! They read text, not types: enough for a slip, not for a determined hand.

mod report;
mod source;
mod tree;

mod boundaries;
mod colours;
mod data_map;
mod dependencies;
mod guide;
mod infrastructure;
mod prices;
mod privacy;
mod style;
