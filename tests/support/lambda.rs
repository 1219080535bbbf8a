//! The real binaries, as AWS Lambda starts them: a small cloud on this machine.
//!
//! A Lambda Runtime API, an HTTP API that routes as `infra/template.yaml` says, and
//! an embedded DynamoDB with the table of the same file. A function is a process of
//! its own, given the variables that the template gives it and no others. So a route,
//! an index or a variable that the code needs and the template lacks fails here, and
//! not in the cloud.

mod cloud;
mod event;
mod process;
mod runtime;
mod template;

pub use cloud::{Cloud, EDITOR, Webhook};
pub use event::{Answer, EDGE_KEY, Request};
pub use process::{Process, binary};
pub use template::{Function, Template};
