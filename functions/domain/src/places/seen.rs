//! The places of an event as anybody may see them: in numbers, and in the sentence
//! that the event's page has.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Tally, Waiter};
use crate::event::Event;

/// The places of an event, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// All that there are; no limit if not set.
    pub capacity: Option<u32>,
    /// Those that are somebody's.
    pub confirmed: u32,
    /// Those that are kept for a time.
    pub held: u32,
    /// How many wait.
    pub waiting: u32,
    /// Those that a newcomer can have, and so none while somebody waits; no
    /// limit if not set.
    pub left: Option<u32>,
    /// Whether the event can be booked.
    pub open: bool,
    /// Whether it can, and why not.
    pub standing: Standing,
}

/// Whether an event can be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Not yet.
    NotYet,
    /// It can, if only for the waiting list.
    Open,
    /// No more.
    Closed,
    /// It does not take place.
    Cancelled,
}

impl Tally {
    /// The places as anybody may see them now.
    #[must_use]
    pub fn seen(&self, event: &Event, now: Timestamp) -> Places {
        let held = self.holds.iter().filter(|hold| now < hold.until).count();
        let held = u32::try_from(held).unwrap_or(u32::MAX);
        let is_next = |waiter: &Waiter| self.has_right(event, waiter.party.as_ref());
        let standing = match (self.called_off, event.has_opened(now), event.is_open(now)) {
            (true, _, _) => Standing::Cancelled,
            (_, false, _) => Standing::NotYet,
            (_, true, true) => Standing::Open,
            (_, true, false) => Standing::Closed,
        };
        Places {
            capacity: event.capacity,
            confirmed: self.confirmed,
            held,
            waiting: u32::try_from(self.waiting.len()).unwrap_or(u32::MAX),
            left: event
                .capacity
                .map(|capacity| match self.waiting.iter().any(is_next) {
                    false => capacity.saturating_sub(self.confirmed.saturating_add(held)),
                    true => 0,
                }),
            open: standing == Standing::Open,
            standing,
        }
    }
}

impl Places {
    /// What is left, in a sentence or two.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.standing, self.left, self.capacity) {
            (Standing::Cancelled, _, _) => "This event is cancelled.".to_owned(),
            (Standing::NotYet, _, _) => "Booking has not opened yet.".to_owned(),
            (Standing::Closed, _, _) => "Booking has closed.".to_owned(),
            (Standing::Open, Some(0), _) => match self.waiting {
                0 => "All places are taken. You can join the waiting list.".to_owned(),
                1 => "All places are taken, and 1 person waits. You can join the waiting list."
                    .to_owned(),
                many => format!(
                    "All places are taken, and {many} people wait. You can join the waiting list."
                ),
            },
            (Standing::Open, Some(1), _) => "1 place is left.".to_owned(),
            (Standing::Open, Some(left), Some(capacity)) => {
                format!("{left} of {capacity} places are left.")
            }
            (Standing::Open, _, _) => "There is room for everybody.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use crate::event::Event;
    use crate::places::Tally;

    fn event(capacity: Option<u32>) -> Event {
        serde_json::from_value(json!({
            "slug": "teachmeet", "title": "Teachmeet", "href": "/events/teachmeet/",
            "starts": "2028-03-14T16:00", "ends": "2028-03-14T18:00",
            "booking_opens": "2028-02-01T09:00", "booking_closes": "2028-03-13T16:00",
            "venue": "A school", "capacity": capacity, "price": null, "sample": true,
        }))
        .unwrap()
    }

    fn says(tally: &Tally, capacity: Option<u32>, now: &str) -> String {
        let now: Timestamp = now.parse().unwrap();
        tally.seen(&event(capacity), now).words()
    }

    #[test]
    fn what_is_left_is_said_for_each_way_that_an_event_may_stand() {
        let open = "2028-03-01T12:00:00Z";
        let taken = |confirmed| Tally {
            confirmed,
            ..Tally::default()
        };
        for (tally, capacity, now, words) in [
            (
                taken(0),
                Some(12),
                "2028-01-31T12:00:00Z",
                "Booking has not opened yet.",
            ),
            (taken(0), Some(12), open, "12 of 12 places are left."),
            (taken(11), Some(12), open, "1 place is left."),
            (
                taken(12),
                Some(12),
                open,
                "All places are taken. You can join the waiting list.",
            ),
            // An editor made it smaller.
            (
                taken(12),
                Some(9),
                open,
                "All places are taken. You can join the waiting list.",
            ),
            (taken(99), None, open, "There is room for everybody."),
            (
                taken(0),
                Some(12),
                "2028-03-13T16:00:00Z",
                "Booking has closed.",
            ),
        ] {
            assert_eq!(says(&tally, capacity, now), words);
        }
        let cancelled = Tally {
            called_off: true,
            ..Tally::default()
        };
        assert_eq!(says(&cancelled, Some(12), open), "This event is cancelled.");
    }

    #[test]
    fn those_who_wait_are_counted() {
        let now = "2028-03-01T12:00:00Z".parse().unwrap();
        let mut seen = Tally::default().seen(&event(Some(0)), now);
        for (waiting, words) in [(1, "and 1 person waits"), (3, "and 3 people wait")] {
            seen.waiting = waiting;
            assert!(seen.words().contains(words), "{}", seen.words());
        }
    }
}
