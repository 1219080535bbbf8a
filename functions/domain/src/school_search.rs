//! Finding a school by what somebody types: its URN, its postcode, or its name,
//! with a slip or two in it.

use crate::establishment::Establishment;

/// More answers than this help nobody: more of the name does.
pub const MOST: usize = 10;
/// Longer than any school's name; the rest is not looked at.
const LONGEST: usize = 120;

/// The schools that somebody may mean, the likeliest first, at most [`MOST`].
#[must_use]
pub fn search<'s>(schools: &'s [Establishment], typed: &str) -> Vec<&'s Establishment> {
    let typed: String = typed.chars().take(LONGEST).collect();
    let joined: String = typed.chars().filter(|c| c.is_alphanumeric()).collect();
    let joined = joined.to_lowercase();
    if joined.is_empty() {
        return Vec::new();
    }
    if joined.len() == 6 && joined.bytes().all(|byte| byte.is_ascii_digit()) {
        let found = schools
            .iter()
            .filter(|school| school.urn.to_string() == joined);
        return found.take(MOST).collect();
    }
    if looks_like_a_postcode(&joined) {
        let found: Vec<_> = schools
            .iter()
            .filter(|school| plain_postcode(school).starts_with(&joined))
            .take(MOST)
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    by_name(schools, &typed)
}

fn by_name<'s>(schools: &'s [Establishment], typed: &str) -> Vec<&'s Establishment> {
    let wanted = words(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, &Establishment)> = schools
        .iter()
        .filter_map(|school| Some((distance(&wanted, &words(&school.name))?, school)))
        .collect();
    found.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.name.cmp(&b.name)));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, school)| school)
        .collect()
}

/// An outward code, with or without a part of the inward one: `e1`, `e14ab`.
fn looks_like_a_postcode(joined: &str) -> bool {
    let digit = joined.find(|c: char| c.is_ascii_digit());
    joined.is_ascii() && joined.len() <= 7 && matches!(digit, Some(1 | 2))
}

fn plain_postcode(school: &Establishment) -> String {
    let kept = school.postcode.chars().filter(char::is_ascii_alphanumeric);
    kept.collect::<String>().to_lowercase()
}

/// The words of a name, folded: `St. Anne’s` is `saint annes`.
fn words(name: &str) -> Vec<String> {
    let folded: String = name
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | '.'))
        .map(|c| if c.is_alphanumeric() { fold(c) } else { ' ' })
        .collect();
    folded
        .split_whitespace()
        .map(|word| match word {
            "st" => "saint".to_owned(),
            "sch" => "school".to_owned(),
            "c" => "church".to_owned(),
            other => other.to_owned(),
        })
        .filter(|word| !matches!(word.as_str(), "the" | "of" | "and"))
        .collect()
}

/// A letter without its accent, for those that English school names have.
fn fold(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        other => other,
    }
}

/// How far a name is from what was typed: each word typed must be near one of
/// the name's, or begin it. `None` if one is not.
fn distance(wanted: &[String], name: &[String]) -> Option<usize> {
    let mut total = 0;
    for typed in wanted {
        let nearest = name.iter().filter_map(|word| apart(typed, word)).min()?;
        total += nearest * 4;
    }
    // Of two that fit alike, the shorter name is the likelier.
    Some(total + name.len().saturating_sub(wanted.len()).min(3))
}

/// The slips between two words, if they are few enough for their length.
fn apart(typed: &str, word: &str) -> Option<usize> {
    if word == typed {
        return Some(0);
    }
    let length = typed.chars().count();
    if length >= 3 && word.starts_with(typed) {
        return Some(1);
    }
    let allowed = match length {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let slips = slips(typed, word, allowed)?;
    Some(slips + 1)
}

/// The least number of letters to change, add, leave out or swap, if it is not
/// more than `most`.
fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = Vec::with_capacity(above.len());
        here.push(row + 1);
        for (column, against) in other.iter().enumerate() {
            let change = above[column] + usize::from(letter != against);
            let mut least = change.min(above[column + 1] + 1).min(here[column] + 1);
            let swapped =
                row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *against;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            here.push(least);
        }
        before = std::mem::replace(&mut above, here);
    }
    above.last().copied().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::search;
    use crate::establishment::{Establishment, Status};
    use crate::school::Urn;

    fn school(urn: &str, name: &str, postcode: &str) -> Establishment {
        Establishment {
            urn: Urn::parse(urn).unwrap(),
            name: name.into(),
            authority: 211,
            number: None,
            kind: 1,
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
            postcode: postcode.into(),
            website: String::new(),
        }
    }

    fn found(typed: &str) -> Vec<String> {
        let schools = [
            school("900001", "Weavers’ Field Sample Primary School", "E1 4AB"),
            school("900002", "St. Anne’s Sample Catholic School", "E14 8QQ"),
            school("900003", "Docklands Sample Academy", "E14 9XX"),
            school("900004", "Mulberry Sample Nursery", "E2 0AA"),
        ];
        search(&schools, typed)
            .into_iter()
            .map(|school| school.urn.to_string())
            .collect()
    }

    #[test]
    fn a_urn_finds_its_school_and_no_other() {
        assert_eq!(found(" 900 003 "), ["900003"]);
        assert!(found("123456").is_empty());
    }

    #[test]
    fn a_postcode_or_its_beginning_finds_the_schools_there() {
        assert_eq!(found("e1 4ab"), ["900001"]);
        assert_eq!(found("E14"), ["900001", "900002", "900003"]);
        assert_eq!(found("E148QQ"), ["900002"]);
    }

    #[test]
    fn a_name_is_found_with_slips_in_it() {
        for typed in [
            "weavers field",
            "Weaver's Feild",
            "weevers",
            "WEAVERS FIELD SAMPLE PRIMARY SCHOOL",
        ] {
            assert_eq!(
                found(typed).first().map(String::as_str),
                Some("900001"),
                "{typed}"
            );
        }
        assert_eq!(found("saint annes"), ["900002"]);
        assert_eq!(found("St Annes School"), ["900002"]);
        assert_eq!(found("dokclands academy"), ["900003"]);
        assert_eq!(found("Mulbery"), ["900004"]);
    }

    #[test]
    fn what_is_no_school_finds_none() {
        for typed in ["", "  ", "’", "zzzzzz", "<script>", "স্কুল"] {
            assert!(found(typed).is_empty(), "{typed}");
        }
        assert!(found(&"a".repeat(10_000)).is_empty());
    }
}
