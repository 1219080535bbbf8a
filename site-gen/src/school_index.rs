//! The schools of the register as a browser looks them up while somebody types:
//! an enhancement of the form at `/apply/eligibility/`, which finds them as well.
//!
//! Only what is looked for and shown is in it; all else stays in the
//! publication.

use domain::establishment::Establishment;
use serde::Serialize;

/// Where it is.
pub(crate) const ADDRESS: &str = "/schools.json";

/// A school that can be found.
#[derive(Debug, Hash, Serialize)]
pub(crate) struct Found<'s> {
    urn: String,
    name: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    postcode: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    kind: &'s str,
}

/// What of each school is in it, in the order in which they are given.
pub(crate) fn of(schools: &[Establishment]) -> Vec<Found<'_>> {
    schools.iter().map(found).collect()
}

fn found(school: &Establishment) -> Found<'_> {
    Found {
        urn: school.urn.to_string(),
        name: &school.name,
        postcode: &school.postcode,
        kind: &school.kind_name,
    }
}

/// The schools as JSON.
pub(crate) fn json(schools: &[Found<'_>]) -> Vec<u8> {
    serde_json::to_vec(schools).expect("texts are always JSON")
}
