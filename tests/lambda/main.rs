//! The real binaries, as AWS Lambda starts them.
//!
//! Every case begins a small cloud on this machine (`tests::lambda`).
//!
//! One case (`deployed`) does the same in an emulator of AWS that is not ours.
//!
//! The rules behind the answers are tested elsewhere; here it is only whether
//! a request comes through the front door and out again.

mod account;
mod deployed;
mod editor_sign_in;
mod event;
mod events;
mod membership;
mod payments;
mod staff;
mod table;
