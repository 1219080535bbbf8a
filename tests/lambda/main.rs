//! The real binaries, as AWS Lambda starts them.
//!
//! Every case begins a small cloud on this machine: a Lambda Runtime API, an
//! HTTP API that routes as `infra/template.yaml` says, and an embedded
//! DynamoDB with the table of the same file. A function is a process of its
//! own, given the variables that the template gives it and no others. So a
//! route, an index or a variable that the code needs and the template lacks
//! fails here, and not in the cloud.
//!
//! One case (`deployed`) does the same in an emulator of AWS that is not ours.
//!
//! The rules behind the answers are tested elsewhere; here it is only whether
//! a request comes through the front door and out again.

mod account;
mod cloud;
mod deployed;
mod event;
mod process;
mod runtime;
mod template;

mod editor_sign_in;
mod events;
mod membership;
mod payments;
mod staff;
mod table;
