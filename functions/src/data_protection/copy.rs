//! What is held of somebody, as the person is given it: everything that speaks
//! of the person, nothing that opens something, and nobody else's address.

use domain::calendar::{clock_time, in_london, long_date};
use domain::contact::EmailAddress;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::store::{Kind, Spoken};

/// What opens something, or only says how a record is kept.
const LEFT_OUT: [&str; 6] = ["grants", "grant", "nonce", "digest", "saved", "edits"];

/// What stands in the place of another person.
const SOMEBODY_ELSE: &str = "somebody else";

/// What an item says of the person.
#[must_use]
pub fn copy_of(email: &EmailAddress, spoken: &Spoken) -> Value {
    match (spoken.kind, &spoken.value) {
        (Kind::AuditValues, Value::Object(entry)) => match entry.get("values") {
            Some(Value::Object(fields)) => json!({ "values": own_fields(email, fields) }),
            _ => json!({}),
        },
        (_, value) => given(email, value),
    }
}

/// A value without anybody else’s name and address.
fn given(email: &EmailAddress, value: &Value) -> Value {
    match value {
        Value::Object(parts) => {
            let is_other = parts.get("email").is_some_and(|other| !is(email, other));
            let parts = parts
                .iter()
                .filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()));
            let copied = parts.map(|(name, part)| {
                let theirs = matches!(name.as_str(), "name" | "email" | "telephone");
                let part = match is_other && theirs {
                    true => json!(SOMEBODY_ELSE),
                    false => given(email, part),
                };
                (name.clone(), part)
            });
            Value::Object(copied.collect())
        }
        Value::Array(items) => items.iter().map(|item| given(email, item)).collect(),
        other => other.clone(),
    }
}

fn is(email: &EmailAddress, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.trim().to_lowercase() == email.plain()
}

/// The fields of an entry that stand beside the person’s address: those with
/// the same way to them.
fn own_fields(email: &EmailAddress, fields: &Map<String, Value>) -> Value {
    let way = |name: &str| name.rsplit_once('.').map_or("", |(way, _)| way).to_owned();
    let own: Vec<String> = fields
        .iter()
        .filter(|(_, values)| is(email, &values["before"]) || is(email, &values["after"]))
        .map(|(name, _)| way(name))
        .collect();
    let kept = fields.iter().filter(|(name, _)| own.contains(&way(name)));
    Value::Object(
        kept.map(|(name, values)| (name.clone(), values.clone()))
            .collect(),
    )
}

/// The fields of a copy in a row, each with the way to it and what it says.
#[must_use]
pub fn rows(value: &Value) -> Vec<(String, String)> {
    fn gather(way: &str, value: &Value, into: &mut Vec<(String, String)>) {
        let below = |part: &str| match way {
            "" => part.replace('_', " "),
            way => format!("{way}, {}", part.replace('_', " ")),
        };
        match value {
            Value::Null => {}
            Value::Object(parts) => {
                for (part, value) in parts {
                    gather(&below(part), value, into);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    gather(&below(&(index + 1).to_string()), item, into);
                }
            }
            Value::String(text) => into.push((way.to_owned(), read(text))),
            other => into.push((way.to_owned(), other.to_string())),
        }
    }
    let mut all = Vec::new();
    gather("", value, &mut all);
    all
}

/// A text as a person reads it: an instant by the clock of London.
fn read(text: &str) -> String {
    match text.parse::<Timestamp>() {
        Ok(at) => {
            let at = in_london(at).datetime();
            format!("{}, {}", long_date(at.date()), clock_time(at.time()))
        }
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::contact::EmailAddress;
    use domain::subject::Place;
    use serde_json::{Value, json};

    use super::{copy_of, rows};
    use crate::store::{Kind, Spoken};

    fn copied(kind: Kind, value: Value) -> Value {
        let email = EmailAddress::parse("Sam@sample.example", "").unwrap();
        let place = Place {
            record: String::new(),
            item: String::new(),
        };
        let spoken = Spoken { place, kind, value };
        copy_of(&email, &spoken)
    }

    #[test]
    fn a_copy_names_nobody_else_and_opens_nothing() {
        let booking = json!({
            "booker": { "name": "Sam", "email": "sam@SAMPLE.example" },
            "registrations": [{ "delegate": { "name": "Ada", "email": "ada@sample.example" }, "number": 1 }],
            "grants": [{ "nonce": "n", "digest": "d" }],
            "booked_at": "2027-10-01T08:00:32.475619564Z",
        });
        let copy = copied(Kind::Booking, booking);
        assert_eq!(copy["booker"]["name"], "Sam");
        assert_eq!(
            copy["registrations"][0]["delegate"],
            json!({ "name": "somebody else", "email": "somebody else" })
        );
        assert_eq!(copy.get("grants"), None);
        let told = rows(&copy);
        for (way, says) in [
            ("booker, name", "Sam"),
            ("booked at", "1 October 2027, 9am"),
        ] {
            assert!(
                told.contains(&(way.to_owned(), says.to_owned())),
                "{told:?}"
            );
        }
    }

    #[test]
    fn of_an_entry_in_a_history_the_fields_beside_the_address_are_given() {
        let entry = json!({ "values": {
            "people.1.person.email": { "before": null, "after": "sam@sample.example" },
            "people.1.person.name": { "before": null, "after": "Sam" },
            "people.2.person.email": { "before": null, "after": "ada@sample.example" },
            "people.2.person.name": { "before": null, "after": "Ada" },
        } });
        let text = copied(Kind::AuditValues, entry).to_string();
        assert!(text.contains("Sam") && !text.contains("Ada"), "{text}");
    }
}
