//! A value that remembers where it was written, for what can only be judged
//! once the whole site is known.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::text::Place;

/// The name by which the reader knows that a place is asked for.
pub(super) const PLACED: &str = "site_gen::yaml::Placed";

/// A value and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Placed<T>, D::Error> {
        deserializer.deserialize_newtype_struct(PLACED, PlacedVisitor(PhantomData))
    }
}

struct PlacedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PlacedVisitor<T> {
    type Value = Placed<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Placed<T>, A::Error> {
        let absent = || A::Error::custom("a value without its place");
        let line = parts.next_element()?.ok_or_else(absent)?;
        let column = parts.next_element()?.ok_or_else(absent)?;
        let value = parts.next_element()?.ok_or_else(absent)?;
        Ok(Placed {
            value,
            place: Place { line, column },
        })
    }
}
