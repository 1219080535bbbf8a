//! Many names, asked for the nearest to one after another.
//!
//! A folder whose files were all renamed breaks tens of thousands of links, and
//! each is held against ten thousand pages. What [`nearest`](super::nearest)
//! would find is found here by looking at few of them: two names are at least
//! as far apart as the letters that only one of them has, which is reckoned for
//! all names at once; those that may be nearest are measured first, and no
//! other is measured that cannot be nearer than what was found.

use std::sync::{Mutex, PoisonError};

use super::{allowed, distance};
use crate::revision::Table;

/// How many sorts of letters are counted apart: the Latin ones, the digits and
/// what stands between them each get their own.
const SORTS: usize = 48;

/// How often each sort of letter is in a name; of a letter that is there 255
/// times, the rest is not counted.
type Counts = [u8; SORTS];

/// The number of a letter among all that are in the names, from 1; 0 is any
/// that is in none of them.
type Letter = u32;

/// The longest name that is measured by bits.
const BITS: usize = u128::BITS as usize;

/// Names that are held against many others.
#[derive(Debug)]
pub(crate) struct Candidates<'c> {
    /// Those with fewer letters first, then in order of the alphabet.
    names: Vec<(Vec<Letter>, &'c str)>,
    counts: Vec<Counts>,
    letters: Table<char, Letter>,
    /// What was asked already: a link in many pages is wrong in all of them.
    known: Mutex<Table<String, Option<&'c str>>>,
}

impl<'c> Candidates<'c> {
    /// Gets the names ready, each of which may come twice.
    pub(crate) fn new(candidates: impl IntoIterator<Item = &'c str>) -> Candidates<'c> {
        let mut letters: Table<char, Letter> = Table::default();
        let mut number = |letter: char| {
            let next = Letter::try_from(letters.len() + 1).expect("there are a million letters");
            *letters.entry(letter).or_insert(next)
        };
        let mut names: Vec<(Vec<Letter>, &str)> = candidates
            .into_iter()
            .map(|name| {
                let letters = name.chars().flat_map(char::to_lowercase);
                (letters.map(&mut number).collect(), name)
            })
            .collect();
        names.sort_unstable_by(|(one, name), (other, after)| {
            (one.len(), name).cmp(&(other.len(), after))
        });
        Candidates {
            counts: names.iter().map(|(letters, _)| counts(letters)).collect(),
            names,
            letters,
            known: Mutex::default(),
        }
    }

    /// What [`nearest`](super::nearest) says of these names.
    pub(crate) fn nearest(&self, typed: &str) -> Option<&'c str> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(typed) {
            return *found;
        }
        // Whoever else asks meanwhile finds the same.
        let found = self.find(typed);
        known().insert(typed.to_owned(), found);
        found
    }

    fn find(&self, typed: &str) -> Option<&'c str> {
        let mut limit = allowed(typed);
        let letters = typed.chars().flat_map(char::to_lowercase);
        let letters = letters.map(|letter| self.letters.get(&letter).copied().unwrap_or(0));
        let letters: Vec<Letter> = letters.collect();
        let from = self
            .names
            .partition_point(|(name, _)| name.len() + limit < letters.len());
        let until = self
            .names
            .partition_point(|(name, _)| name.len() <= letters.len() + limit);
        let least = self.least(&letters, from, until);
        let typed_bits = Pattern::new(&letters, self.letters.len());
        let mut best: Option<(usize, &str)> = None;
        let mut apart = 0;
        while apart <= limit {
            // 255 stands for that and more: long names are not told apart.
            let sought = u8::try_from(apart).unwrap_or(u8::MAX);
            for place in memchr::memchr_iter(sought, &least) {
                let (name, text) = &self.names[from + place];
                if *text == typed {
                    continue;
                }
                let steps = match &typed_bits {
                    Some(typed) => typed.distance(name, limit),
                    None => distance(&letters, name, limit),
                };
                if let Some(steps) = steps
                    && best.is_none_or(|best| (steps, *text) < best)
                {
                    best = Some((steps, text));
                    limit = steps;
                }
            }
            if sought == u8::MAX {
                break;
            }
            apart += 1;
        }
        best.map(|(_, text)| text)
    }

    /// The fewest steps that may lead from letters to each of some names.
    fn least(&self, letters: &[Letter], from: usize, until: usize) -> Vec<u8> {
        let own = counts(letters);
        let names = self.names[from..until]
            .iter()
            .zip(&self.counts[from..until]);
        names
            .map(|((name, _), other)| {
                let differing: u32 = own
                    .iter()
                    .zip(other)
                    .map(|(one, other)| u32::from(one.abs_diff(*other)))
                    .sum();
                // A replaced letter is one too many and one too few.
                let longer = name.len().abs_diff(letters.len());
                let least = (differing as usize + longer) / 2;
                u8::try_from(least).unwrap_or(u8::MAX)
            })
            .collect()
    }
}

fn counts(letters: &[Letter]) -> Counts {
    let mut counts = [0; SORTS];
    for letter in letters {
        let count: &mut u8 = &mut counts[*letter as usize % SORTS];
        *count = count.saturating_add(1);
    }
    counts
}

/// A name in which each bit is a place, so that a whole row of
/// [`distance`](super::distance) is a few additions (Hyyrö 2003, "A bit-vector
/// algorithm for computing Levenshtein and Damerau edit distances").
struct Pattern {
    /// Where each letter stands, by its number.
    places: Vec<u128>,
    length: usize,
}

impl Pattern {
    fn new(letters: &[Letter], sorts: usize) -> Option<Pattern> {
        if letters.len() > BITS {
            return None;
        }
        let mut places = vec![0; sorts + 1];
        for (place, letter) in letters.iter().enumerate() {
            places[*letter as usize] |= 1 << place;
        }
        // A letter that no name has is met by none.
        places[0] = 0;
        Some(Pattern {
            places,
            length: letters.len(),
        })
    }

    fn distance(&self, to: &[Letter], limit: usize) -> Option<usize> {
        if self.length.abs_diff(to.len()) > limit {
            return None;
        }
        let Some(last) = self.length.checked_sub(1) else {
            return Some(to.len());
        };
        // Where a row is one more, or one less, than the letter before.
        let (mut more, mut less) = (u128::MAX, 0_u128);
        // Where the last row was as its neighbour aslant, and what it met.
        let (mut aslant, mut met_before) = (0_u128, 0_u128);
        let mut steps = self.length;
        for (left, letter) in (0..to.len()).rev().zip(to) {
            let met = self.places[*letter as usize];
            let swapped = ((!aslant & met) << 1) & met_before;
            aslant = ((met & more).wrapping_add(more) ^ more) | met | less | swapped;
            let (up, down) = (less | !(aslant | more), aslant & more);
            steps += usize::from(up >> last & 1 == 1);
            steps -= usize::from(down >> last & 1 == 1);
            // Every letter that is left can make up for one step.
            if steps > limit + left {
                return None;
            }
            let (up, down) = (up << 1 | 1, down << 1);
            more = down | !(aslant | up);
            less = up & aslant;
            met_before = met;
        }
        Some(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::Candidates;
    use crate::nearest::nearest;

    /// A number below another, from a seed that it moves on.
    fn below(seed: &mut u64, end: usize) -> usize {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*seed >> 33).unwrap() % end
    }

    fn name(seed: &mut u64, letters: &[char], longest: usize) -> String {
        let length = below(seed, longest + 1);
        (0..length)
            .map(|_| letters[below(seed, letters.len())])
            .collect()
    }

    /// Of every name with a few slips, as of names that are near none.
    fn says_the_same(number: usize, letters: &str, longest: usize) {
        let letters: Vec<char> = letters.chars().collect();
        let mut seed = 20_261_126;
        let names: Vec<String> = (0..number)
            .map(|_| name(&mut seed, &letters, longest))
            .collect();
        let names = || names.iter().map(String::as_str);
        let candidates = Candidates::new(names());
        for known in names() {
            let mut typed: Vec<char> = known.chars().collect();
            for _ in 0..below(&mut seed, 5) {
                let place = below(&mut seed, typed.len() + 1);
                let letter = letters[below(&mut seed, letters.len())];
                match below(&mut seed, 4) {
                    0 => typed.insert(place, letter),
                    1 if place < typed.len() => drop(typed.remove(place)),
                    2 if place < typed.len() => typed[place] = letter,
                    3 if place + 1 < typed.len() => typed.swap(place, place + 1),
                    _ => typed.push('q'),
                }
            }
            let typed: String = typed.into_iter().collect();
            for typed in [typed, name(&mut seed, &letters, longest)] {
                let found = candidates.nearest(&typed);
                assert_eq!(found, nearest(&typed, names()), "{typed:?}");
                assert_eq!(found, candidates.nearest(&typed), "{typed:?}, asked again");
            }
        }
    }

    #[test]
    fn many_names_say_what_each_for_itself_would_say() {
        says_the_same(100, "ab/-.", 12);
        says_the_same(100, "abcdefghijklmnopqrstuvwxyz0123456789-/", 40);
        says_the_same(100, "AaBbEeİß", 9);
        says_the_same(100, "পরিবারশিক্ষাé ", 30);
    }

    #[test]
    fn names_longer_than_any_word_are_measured_too() {
        says_the_same(25, "ab-", 200);
        says_the_same(25, "abcdefghijklmnop/", 140);
        says_the_same(25, "a", 700);
    }

    #[test]
    fn of_two_that_are_equally_near_the_first_in_the_alphabet_is_meant() {
        let candidates = Candidates::new(["venues", "menu", "venue"]);
        assert_eq!(candidates.nearest("venu"), Some("menu"));
        assert_eq!(candidates.nearest("Venues"), Some("venues"));
        assert_eq!(candidates.nearest("venue"), Some("venues"));
        assert_eq!(candidates.nearest("address"), None);
        assert_eq!(Candidates::new([]).nearest("venue"), None);
    }
}
