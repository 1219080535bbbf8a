//! Which membership a school may apply for, and why.
//!
//! A proposal, never a decision and never an error: the Board decides. What
//! cannot be known from the register leads to a conversation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::establishment::{Establishment, Status};

/// The code of Tower Hamlets among the local authorities.
pub const TOWER_HAMLETS: u16 = 211;

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Full membership.
    Full,
    /// Associate membership.
    Associate,
    /// A person has to look.
    TalkToUs,
    /// The school is closed.
    Closed,
}

/// What is proposed to a school, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// What.
    pub outcome: Outcome,
    /// Why, as a sentence that the school reads.
    pub reason: &'static str,
}

const fn propose_that(outcome: Outcome, reason: &'static str) -> Proposal {
    Proposal { outcome, reason }
}

/// What a school may apply for, as the register has it on a day.
///
/// # Source
///
/// Prospectus, section D1: full membership for publicly-funded schools within
/// Tower Hamlets, those within multi-academy trusts included; associate
/// membership for other schools, institutions and individuals. Which type of
/// the register is publicly funded is our reading.
#[must_use]
pub fn propose(school: &Establishment, today: Date) -> Proposal {
    match school.status {
        Status::Closed => return propose_that(Outcome::Closed, CLOSED),
        _ if school.closes.is_some_and(|day| day < today) => {
            return propose_that(Outcome::Closed, CLOSED);
        }
        Status::ToOpen => {
            return propose_that(
                Outcome::TalkToUs,
                "The national register says that this school has not opened yet.",
            );
        }
        Status::Open | Status::ToClose => {}
    }
    if school.authority != TOWER_HAMLETS {
        return propose_that(
            Outcome::Associate,
            "Full membership is for schools in Tower Hamlets, and the national register has this one under another authority.",
        );
    }
    by_type(school.kind, school.group)
}

const CLOSED: &str = "The national register says that this school is closed.";
const MAINTAINED: &str = "It is a school in Tower Hamlets that the council maintains.";
const ACADEMY: &str = "It is a publicly funded academy or free school in Tower Hamlets.";
const NOT_PUBLIC: &str =
    "Full membership is for publicly funded schools, and this is an independent one.";

/// Whether the council maintains the school: then it needs the council's
/// permission to join a school company (Education Act 2002, section 12).
#[must_use]
pub fn is_maintained(school: &Establishment) -> bool {
    matches!(school.kind, 1 | 2 | 3 | 5 | 7 | 12 | 14 | 15)
}

/// The table of types (codes of the register's file of 22 April 2025).
fn by_type(kind: u16, group: Option<u16>) -> Proposal {
    match kind {
        1 | 2 | 3 | 5 | 7 | 12 | 14 | 15 => propose_that(Outcome::Full, MAINTAINED),
        28 | 33 | 34 | 35 | 36 | 38 | 39 | 40 | 41 | 42 | 43 | 44 | 45 | 46 => {
            propose_that(Outcome::Full, ACADEMY)
        }
        57 => propose_that(
            Outcome::TalkToUs,
            "It is a secure academy, which the prospectus does not speak of.",
        ),
        8 => propose_that(
            Outcome::TalkToUs,
            "It is a non-maintained special school: its places are publicly funded, and it is not a state school.",
        ),
        18 | 31 => propose_that(
            Outcome::TalkToUs,
            "It is a college: publicly funded, and perhaps not a school in the sense of the prospectus.",
        ),
        6 => propose_that(
            Outcome::TalkToUs,
            "It is a city technology college, which the prospectus does not speak of.",
        ),
        10 | 11 => propose_that(Outcome::Associate, NOT_PUBLIC),
        _ => by_group(group),
    }
}

/// For types that the table does not know: a new one is of a known group.
fn by_group(group: Option<u16>) -> Proposal {
    match group {
        Some(4) => propose_that(Outcome::Full, MAINTAINED),
        Some(10 | 11) => propose_that(Outcome::Full, ACADEMY),
        Some(3) => propose_that(Outcome::Associate, NOT_PUBLIC),
        Some(2) => propose_that(
            Outcome::Associate,
            "Full membership is for schools, and this is a university.",
        ),
        _ => propose_that(
            Outcome::TalkToUs,
            "Its type is one that the prospectus does not speak of.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, propose};
    use crate::establishment::{Establishment, Status};
    use crate::school::Urn;

    fn school(kind: u16) -> Establishment {
        Establishment {
            urn: Urn::parse("900001").unwrap(),
            name: "Sample School".into(),
            authority: 211,
            number: None,
            kind,
            kind_name: String::new(),
            group: None,
            status: Status::Open,
            closes: None,
            phase: String::new(),
            pupils: None,
            census: None,
            diocese: String::new(),
            trust: String::new(),
            federation: String::new(),
            address: Vec::new(),
            postcode: String::new(),
            website: String::new(),
        }
    }

    fn outcome(school: &Establishment) -> Outcome {
        let proposal = propose(school, "2017-04-01".parse().unwrap());
        assert!(proposal.reason.ends_with('.'), "{}", proposal.reason);
        proposal.outcome
    }

    #[test]
    fn every_type_of_the_table_is_proposed_what_it_says() {
        for (kinds, expected) in [
            (&[1, 2, 3, 5, 14, 15, 7, 12][..], Outcome::Full),
            (&[28, 33, 34, 42, 43, 44, 45, 46], Outcome::Full),
            (&[35, 36, 38, 39, 40, 41], Outcome::Full),
            (&[57, 8, 18, 31, 6], Outcome::TalkToUs),
            (&[10, 11], Outcome::Associate),
        ] {
            for kind in kinds {
                assert_eq!(outcome(&school(*kind)), expected, "type {kind}");
            }
        }
    }

    #[test]
    fn a_type_that_is_not_known_goes_by_its_group() {
        for (group, expected) in [
            (Some(4), Outcome::Full),
            (Some(10), Outcome::Full),
            (Some(2), Outcome::Associate),
            (Some(3), Outcome::Associate),
            (Some(9), Outcome::TalkToUs),
            (None, Outcome::TalkToUs),
        ] {
            let school = Establishment {
                group,
                ..school(999)
            };
            assert_eq!(outcome(&school), expected, "{group:?}");
        }
    }

    #[test]
    fn a_school_of_another_authority_is_proposed_associate_membership() {
        let school = Establishment {
            authority: 204,
            ..school(1)
        };
        assert_eq!(outcome(&school), Outcome::Associate);
    }

    #[test]
    fn a_closed_school_is_told_so_and_one_that_is_to_open_talks_to_us() {
        let with = |status| {
            outcome(&Establishment {
                status,
                ..school(1)
            })
        };
        assert_eq!(with(Status::Closed), Outcome::Closed);
        assert_eq!(with(Status::ToOpen), Outcome::TalkToUs);
        assert_eq!(with(Status::ToClose), Outcome::Full);
    }

    #[test]
    fn a_school_whose_last_day_has_passed_is_closed_whatever_its_status_says() {
        let with = |day: &str| {
            let closes = Some(day.parse().unwrap());
            outcome(&Establishment {
                closes,
                ..school(1)
            })
        };
        assert_eq!(with("2017-03-31"), Outcome::Closed);
        assert_eq!(with("2017-04-01"), Outcome::Full);
    }
}
