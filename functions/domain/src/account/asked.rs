//! How often a link may be asked for: whoever knows an address must not be
//! able to fill its letter box.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// When links to an address were asked for, lately. It is kept for every
/// address alike, known or not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The instants, the oldest first.
    pub at: Vec<Timestamp>,
}

impl Asked {
    /// As many letters as somebody needs who deletes one and mistypes twice.
    pub const MOST: usize = 4;
    /// Within so long.
    pub const WITHIN: SignedDuration = SignedDuration::from_hours(1);

    /// With one more; none if it was asked for too often.
    #[must_use]
    pub fn once_more(&self, now: Timestamp) -> Option<Asked> {
        let recent = |at: &&Timestamp| now.duration_since(**at) < Asked::WITHIN;
        let mut at: Vec<Timestamp> = self.at.iter().filter(recent).copied().collect();
        if at.len() >= Asked::MOST {
            return None;
        }
        at.push(now);
        Some(Asked { at })
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::Asked;

    #[test]
    fn an_address_is_sent_four_links_an_hour_and_no_more() {
        let start = Timestamp::UNIX_EPOCH;
        let mut asked = Asked::default();
        for minute in 0..4 {
            let now = start + SignedDuration::from_mins(minute);
            asked = asked.once_more(now).unwrap();
        }
        let later = |minutes| start + SignedDuration::from_mins(minutes);
        assert_eq!(asked.once_more(later(59)), None);
        let again = asked.once_more(later(60)).unwrap();
        assert_eq!(again.at.len(), 4, "the first is forgotten");
        assert_eq!(again.once_more(later(60)), None);
    }
}
