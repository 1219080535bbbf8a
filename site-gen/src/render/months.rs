//! Events in their months: only the months that have one, each in weeks that
//! begin on Monday.

use std::collections::BTreeMap;

use domain::calendar::month_name;
use domain::event::Session;
use jiff::civil::Date;
use theme::{Map, Value};

use super::item;
use crate::fields::Fields;
use crate::kind::Kind;
use crate::page::Card;

/// A session: its event, when it is, its number, and how many there are.
type Meeting<'c, 'd> = (&'c Card<'d>, Session, (usize, usize));

/// The months of events that are in order of their starts; each session of one
/// is on its own day.
pub(super) fn of(events: &[Card<'_>], shown: &Fields) -> Value {
    let mut meetings: Vec<Meeting<'_, '_>> = Vec::new();
    for card in events {
        if let Kind::Event(event) = card.0.kind {
            let sessions = event.meets();
            let count = sessions.len();
            let numbered = (1..).zip(sessions);
            meetings.extend(numbered.map(|(number, session)| (card, session, (number, count))));
        }
    }
    meetings.sort_by_key(|(_, session, _)| session.starts);
    let mut months: BTreeMap<Date, BTreeMap<i8, Vec<Meeting<'_, '_>>>> = BTreeMap::new();
    for meeting in meetings {
        let day = meeting.1.starts.date();
        let month = months.entry(day.first_of_month()).or_default();
        month.entry(day.day()).or_default().push(meeting);
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
fn weeks(first: Date, days: &BTreeMap<i8, Vec<Meeting<'_, '_>>>, shown: &Fields) -> Value {
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
            let items = events
                .iter()
                .map(|(Card(page), session, place)| item::session(*page, *session, *place, shown));
            map.insert("events".into(), items.collect::<Vec<_>>().into());
            Value::from(map)
        };
        Value::from((0..7).map(day).collect::<Vec<_>>())
    };
    (0..weeks).map(week).collect::<Vec<_>>().into()
}
