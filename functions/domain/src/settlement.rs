//! What follows from the card provider's own record of a payment, a refund or
//! a dispute: pure functions of what is written here and what is written
//! there.
//!
//! Webhook, return page and sweep all come here, in any order and any number of
//! times. What was counted is counted no more: then nothing follows.

mod dispute;
mod invoice;
mod place;
mod refund;

pub use dispute::{DisputeSettled, DisputeTold, settle_dispute};
pub use invoice::{InvoiceSettled, settle_invoice};
pub use place::{PlaceSettled, settle_place};
pub use refund::{
    Asked, Identity, RefundSettled, RefundTold, ToldOutcome, ask_refund, settle_refund,
};
