//! Events in their months: only the months that have one, each in weeks that
//! begin on Monday.

use std::collections::BTreeMap;

use domain::calendar::month_name;
use jiff::civil::Date;
use theme::{Map, Value};

use super::item;
use crate::fields::Fields;
use crate::kind::Kind;
use crate::page::Card;

/// The months of events that are in order of their starts.
pub(super) fn of(events: &[Card<'_>], shown: &Fields) -> Value {
    let mut months: BTreeMap<Date, BTreeMap<i8, Vec<Card<'_>>>> = BTreeMap::new();
    for card in events {
        if let Kind::Event(event) = card.0.kind {
            let day = event.starts.date();
            let month = months.entry(day.first_of_month()).or_default();
            month.entry(day.day()).or_default().push(*card);
        }
    }
    let months = months.into_iter().map(|(first, days)| {
        let mut map = Map::with_capacity(3);
        let name = format!("{} {}", month_name(first), first.year());
        map.insert("name".into(), Value::from(name));
        let id = format!("month-{:04}-{:02}", first.year(), first.month());
        map.insert("id".into(), Value::from(id));
        map.insert("weeks".into(), weeks(first, &days, shown));
        Value::from(map)
    });
    months.collect::<Vec<_>>().into()
}

/// The weeks of a month: seven days each, and nothing for a day of another.
fn weeks(first: Date, days: &BTreeMap<i8, Vec<Card<'_>>>, shown: &Fields) -> Value {
    let before = i16::from(first.weekday().to_monday_zero_offset());
    let length = i16::from(first.days_in_month());
    let weeks = (before + length + 6) / 7;
    let week = |week: i16| {
        let day = |place: i16| {
            let day = week * 7 + place - before + 1;
            if !(1..=length).contains(&day) {
                return Value::none();
            }
            let number = i8::try_from(day).unwrap_or(1);
            let events = days.get(&number).map_or(&[][..], Vec::as_slice);
            let date = first.with().day(number).build().unwrap_or(first);
            let mut map = Map::with_capacity(3);
            map.insert("day".into(), Value::from(day));
            map.insert("date".into(), Value::from(date.to_string()));
            map.insert("events".into(), item::all(events, shown));
            Value::from(map)
        };
        Value::from((0..7).map(day).collect::<Vec<_>>())
    };
    (0..weeks).map(week).collect::<Vec<_>>().into()
}
