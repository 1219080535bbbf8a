//! Everything by its letter: the A–Z, which works where nothing can be typed.
//!
//! A person stands under the surname, the last word of the name; a title that
//! begins with `The` or `A` under the word after it.

use std::collections::BTreeMap;

use theme::{Map, Value};

use super::item;
use crate::fields::Fields;
use crate::kind::Kind;
use crate::kind::person::Standing;
use crate::page::{Card, Page};

/// A letter, what stands under it, and how that is named in an anchor.
pub(super) fn of(all: &[Card<'_>], shown: &Fields) -> Value {
    let mut letters: BTreeMap<(u8, char), Vec<(String, Page<'_>)>> = BTreeMap::new();
    for Card(page) in all {
        let key = key(*page);
        let letter = key.chars().next().unwrap_or('#').to_ascii_uppercase();
        let letter = match letter {
            'A'..='Z' => (0, letter),
            '0'..='9' => (1, '0'),
            _ => (2, '#'),
        };
        letters.entry(letter).or_default().push((key, *page));
    }
    let letters = letters.into_iter().map(|((_, letter), mut pages)| {
        pages.sort_by(|(one, page), (other, next)| {
            one.cmp(other).then_with(|| page.path.cmp(&next.path))
        });
        let cards: Vec<_> = pages.into_iter().map(|(_, page)| Card(page)).collect();
        let (name, id) = match letter {
            '0' => ("0–9".to_owned(), "digits".to_owned()),
            '#' => ("Other".to_owned(), "other".to_owned()),
            letter => (letter.to_string(), letter.to_ascii_lowercase().to_string()),
        };
        let mut map = Map::with_capacity(3);
        map.insert("name".into(), Value::from(name));
        map.insert("id".into(), Value::from(format!("letter-{id}")));
        map.insert("items".into(), item::all(&cards, shown));
        Value::from(map)
    });
    letters.collect::<Vec<_>>().into()
}

/// What a page is sorted by.
fn key(page: Page<'_>) -> String {
    let title = page.common().title;
    let named = match page.kind {
        Kind::Person(person) if person.standing != Standing::Vacancy => {
            let surname = title.rsplit(' ').next().unwrap_or(title);
            format!("{surname} {title}")
        }
        _ => ["The ", "A ", "An "]
            .iter()
            .find_map(|article| title.strip_prefix(article))
            .unwrap_or(title)
            .to_owned(),
    };
    let first = named.find(char::is_alphanumeric).unwrap_or(0);
    named[first..].to_lowercase()
}
