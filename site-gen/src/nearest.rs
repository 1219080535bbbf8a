//! The nearest name: what somebody who mistyped probably meant.

/// The candidate that is fewest keystrokes away from `typed`, if one is near:
/// at most a third of its letters, and at least one, may differ.
pub(crate) fn nearest<'c>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let allowed = (typed.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != typed)
        .map(|candidate| (distance(typed, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, replaced or swapped with their
/// neighbour to turn one text into the other (optimal string alignment).
fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().flat_map(char::to_lowercase).collect();
    let to: Vec<char> = to.chars().flat_map(char::to_lowercase).collect();
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
        before_last = std::mem::replace(&mut last, current);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn a_slip_of_the_fingers_is_one_step() {
        for typed in ["venu", "venuee", "vemue", "vneue", "Venue "] {
            assert_eq!(distance(typed, "venue"), 1, "{typed}");
        }
        assert_eq!(distance("", "venue"), 5);
        assert_eq!(distance("venue", ""), 5);
    }

    #[test]
    fn what_is_far_from_everything_is_near_nothing() {
        assert_eq!(nearest("venu", ["title", "venue", "menu"]), Some("menu"));
        assert_eq!(nearest("colour", ["title", "venue"]), None);
    }
}
