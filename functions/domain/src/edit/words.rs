//! An edit in words, for whoever publishes it: what changes, whom it concerns,
//! and what follows.

use std::fmt::Write as _;

use super::{Concern, Difference};
use crate::money::Pence;

/// A count and its noun: `1 booking`, `2 bookings`.
fn count(many: usize, one: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{many} {one}{plural}")
}

impl Concern {
    /// What is said of it: a heading, and a line for each thing that changes and
    /// what follows from it.
    #[must_use]
    pub fn words(&self) -> String {
        let event = &self.edit.event;
        let numbers = &self.numbers;
        let mut words = format!(
            "{} (events/{}.md): {} of {} from {}\n",
            event.title,
            event.slug,
            count(numbers.bookings, "booking"),
            count(numbers.delegates, "delegate"),
            count(numbers.schools, "school"),
        );
        for difference in &self.edit.differences {
            let (what, follows) = self.lines(difference);
            // Writing to a String cannot fail.
            let _ = writeln!(words, "  {what}\n    {follows}");
        }
        words
    }

    /// What changes, and what follows from it.
    fn lines(&self, difference: &Difference) -> (String, String) {
        match difference {
            Difference::Withdrawn => (
                "it is published no more".to_owned(),
                "they are written to: who has a place keeps it until the organiser cancels the event".to_owned(),
            ),
            Difference::Appeared => (
                "it is published again".to_owned(),
                "they are written to".to_owned(),
            ),
            Difference::Moved { was, is } => (
                format!("it is moved: {} → {}", was.words(), is.words()),
                "they are written to: they keep their places, or give them up as content/booking.yaml says of events that were moved".to_owned(),
            ),
            Difference::Fewer { was, is } => {
                let was = was.map_or_else(|| "no limit".to_owned(), |was| was.to_string());
                let places = &self.places;
                let waiting = match places.waiting {
                    0 => String::new(),
                    many => format!("; {many} on the waiting list stay there"),
                };
                (
                    format!(
                        "it has fewer places than are taken: {was} → {is}, with {} booked and {} kept",
                        places.confirmed, places.held,
                    ),
                    format!("nobody loses a place, and nobody is written to: none is given until enough come free{waiting}"),
                )
            }
            Difference::Price { was, is } => (
                format!("its price changes: {} → {}", prices(*was), prices(*is)),
                "nobody is written to: what is booked costs what it cost".to_owned(),
            ),
            Difference::Terms => (
                "what giving a place up costs changes".to_owned(),
                "nobody is written to: what is booked keeps the conditions that it was booked on".to_owned(),
            ),
        }
    }
}

/// A price, and that of a member where it is another.
fn prices([all, member]: [Option<Pence>; 2]) -> String {
    let one =
        |pence: Option<Pence>| pence.map_or_else(|| "free".to_owned(), |pence| pence.to_string());
    match all == member {
        true => one(all),
        false => format!("{} ({} for members)", one(all), one(member)),
    }
}
