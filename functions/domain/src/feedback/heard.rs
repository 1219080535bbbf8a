//! What the answers come to: how many, their mean, who would recommend the
//! event, and which of them are shown.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Feedback, Score};

/// What the answers on one event or on several come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// How many of each score, from 1 to 5.
    scores: [u32; 5],
    /// How many would recommend it.
    recommending: u32,
    /// How many answers are neither shown nor counted: too few were given
    /// without a name.
    pub kept_back: u32,
}

impl Heard {
    /// So many answers without a name there are before one of them is shown or
    /// counted (our default: of two, each who answered knows the other’s).
    pub const FEWEST: usize = 3;

    /// What no answers come to.
    pub const NOTHING: Heard = Heard {
        scores: [0; 5],
        recommending: 0,
        kept_back: 0,
    };

    /// What the answers on one event come to, and those that are shown. Events
    /// are held apart here: in a sum over several, what one of them keeps back
    /// is not counted either, or the difference would tell it.
    #[must_use]
    pub fn of(answers: &[Feedback]) -> (Heard, Vec<&Feedback>) {
        let unnamed = answers.iter().filter(|one| one.from.is_none()).count();
        let is_shown = |one: &&Feedback| one.from.is_some() || unnamed >= Heard::FEWEST;
        let shown: Vec<&Feedback> = answers.iter().filter(is_shown).collect();
        let mut heard = Heard {
            kept_back: u32::try_from(answers.len() - shown.len()).unwrap_or(u32::MAX),
            ..Heard::NOTHING
        };
        for one in &shown {
            heard.scores[usize::from(one.score.get() - 1)] += 1;
            heard.recommending += u32::from(one.recommends);
        }
        (heard, shown)
    }

    /// With those on another event.
    #[must_use]
    pub fn with(mut self, other: Heard) -> Heard {
        for (one, more) in self.scores.iter_mut().zip(other.scores) {
            *one += more;
        }
        self.recommending += other.recommending;
        self.kept_back += other.kept_back;
        self
    }

    /// How many answers are counted.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.scores.iter().sum()
    }

    /// How many gave a score.
    #[must_use]
    pub fn of_score(&self, score: Score) -> u32 {
        self.scores[usize::from(score.get() - 1)]
    }

    /// The mean score; none if nothing is counted.
    #[must_use]
    pub fn mean(&self) -> Option<Tenths> {
        let sum = (1..).zip(self.scores).map(|(score, many)| score * many);
        rounded(sum.sum::<u32>() * 10, self.count()).map(Tenths)
    }

    /// How many in a hundred would recommend it; none if nothing is counted.
    #[must_use]
    pub fn recommending(&self) -> Option<u32> {
        rounded(self.recommending * 100, self.count())
    }
}

/// A division, rounded half up.
fn rounded(sum: u32, count: u32) -> Option<u32> {
    (sum * 2 + count).checked_div(count * 2)
}

/// A mean to one decimal: `4.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenths(u32);

impl fmt::Display for Tenths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Serialize for Tenths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
