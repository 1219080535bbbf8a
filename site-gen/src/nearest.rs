//! The nearest name: what somebody who mistyped probably meant.
//!
//! [`nearest`] is for a handful of names. Where all the pages of a site are held
//! against one link after another, [`Candidates`] finds the same in less time.

mod candidates;

pub(crate) use candidates::Candidates;

/// The candidate that is fewest keystrokes away from `typed`, if one is near:
/// at most a third of its letters, and at least one, may differ. Of two that
/// are equally near, the first in the alphabet.
pub(crate) fn nearest<'c>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let allowed = allowed(typed);
    let from = letters(typed);
    let mut to = Vec::new();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let limit = best.map_or(allowed, |(distance, _)| distance);
        // A text of `length` bytes has between a quarter and all as many
        // letters; lower case may make three letters of one.
        let (shortest, longest) = (candidate.len() / 4, candidate.len() * 3);
        if candidate == typed || shortest > from.len() + limit || longest + limit < from.len() {
            continue;
        }
        to.clear();
        to.extend(candidate.chars().flat_map(char::to_lowercase));
        if let Some(distance) = distance(&from, &to, limit)
            && best.is_none_or(|best| (distance, candidate) < best)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many steps away a name may be to be near what was typed.
fn allowed(typed: &str) -> usize {
    (typed.chars().count() / 3).max(1)
}

fn letters(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// How many letters must be put in, taken out, replaced or swapped with their
/// neighbour to turn one text into the other (optimal string alignment), if
/// they are at most `limit`.
fn distance<L: PartialEq>(from: &[L], to: &[L], limit: usize) -> Option<usize> {
    if from.len().abs_diff(to.len()) > limit {
        return None;
    }
    // What is alike at both ends costs nothing.
    let same = |(one, other): &(&L, &L)| one == other;
    let head = from.iter().zip(to).take_while(same).count();
    let (from, to) = (&from[head..], &to[head..]);
    let tail = from
        .iter()
        .rev()
        .zip(to.iter().rev())
        .take_while(same)
        .count();
    let (from, to) = (&from[..from.len() - tail], &to[..to.len() - tail]);

    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in to.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != other);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            let swapped =
                row > 0 && column > 0 && from[row - 1] == *other && *letter == to[column - 1];
            if swapped {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        // A swap reaches over one row, so two must be beyond the limit.
        let beyond = |row: &[usize]| row.iter().all(|steps| *steps > limit);
        if beyond(&current) && beyond(&last) {
            return None;
        }
        before_last = std::mem::replace(&mut last, current);
    }
    Some(last[to.len()]).filter(|steps| *steps <= limit)
}

#[cfg(test)]
mod tests {
    use super::{distance, letters, nearest};

    fn steps(from: &str, to: &str, limit: usize) -> Option<usize> {
        distance(&letters(from), &letters(to), limit)
    }

    #[test]
    fn a_slip_of_the_fingers_is_one_step() {
        for typed in ["venu", "venuee", "vemue", "vneue", "Venue "] {
            assert_eq!(steps(typed, "venue", 1), Some(1), "{typed}");
        }
        assert_eq!(steps("", "venue", 5), Some(5));
        assert_eq!(steps("venue", "", 5), Some(5));
        assert_eq!(steps("venue", "venue", 0), Some(0));
    }

    #[test]
    fn what_is_further_than_the_limit_is_not_measured() {
        assert_eq!(steps("venue", "", 4), None);
        assert_eq!(steps("abcdef", "uvwxyz", 5), None);
        assert_eq!(steps("abcdef", "uvwxyz", 6), Some(6));
    }

    #[test]
    fn what_is_far_from_everything_is_near_nothing() {
        assert_eq!(nearest("venu", ["title", "venue", "menu"]), Some("menu"));
        assert_eq!(nearest("venu", ["venue", "title"]), Some("venue"));
        assert_eq!(nearest("colour", ["title", "venue"]), None);
    }
}
