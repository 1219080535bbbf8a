//! The engine, where whoever serves looks for it.

pub use crate::engine::{Engine, Files, Update};
