//! What SES tells of letters that have gone, through SNS: a bounce, a complaint.

use domain::delivery::Returned;
use serde::Deserialize;
use serde_json::Value;

/// A letter that has come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub letter: String,
    /// Why.
    pub why: Returned,
}

/// What of the provider's record is read; it has much more.
#[derive(Deserialize)]
struct Told {
    #[serde(rename = "eventType")]
    kind: String,
    mail: Mail,
    bounce: Option<Bounce>,
}

#[derive(Deserialize)]
struct Mail {
    #[serde(default)]
    tags: Tags,
}

#[derive(Default, Deserialize)]
struct Tags {
    /// What `post` put on the letter: its id.
    #[serde(default)]
    letter: Vec<String>,
}

#[derive(Deserialize)]
struct Bounce {
    #[serde(rename = "bounceType")]
    kind: String,
}

impl Notice {
    /// What a message says, if it says that a letter of ours has come back for
    /// good. A mailbox that is full today is none of it: SES tries again itself.
    #[must_use]
    pub fn read(message: &str) -> Option<Notice> {
        let told: Told = serde_json::from_str(message).ok()?;
        let why = match (told.kind.as_str(), &told.bounce) {
            ("Bounce", Some(bounce)) if bounce.kind == "Permanent" => Returned::Bounced,
            ("Complaint", _) => Returned::Unwanted,
            _ => return None,
        };
        let letter = told.mail.tags.letter.into_iter().next()?;
        Some(Notice { letter, why })
    }

    /// The notices in an event of SNS.
    pub(crate) fn in_event(event: &Value) -> impl Iterator<Item = Notice> {
        let records = event["Records"].as_array().into_iter().flatten();
        records
            .filter_map(|record| record["Sns"]["Message"].as_str())
            .filter_map(Notice::read)
    }
}

#[cfg(test)]
mod tests {
    use super::Notice;
    use domain::delivery::Returned;
    use serde_json::{Value, json};

    fn told(kind: &str, more: Value) -> String {
        let mut told = json!({
            "eventType": kind,
            "mail": { "messageId": "0100", "destination": ["somebody@school.example"],
                      "tags": { "ses:configuration-set": ["letters"], "letter": ["abc"] } },
        });
        told.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        told.to_string()
    }

    #[test]
    fn a_bounce_for_good_and_a_complaint_lead_back_to_their_letter() {
        let bounce = told("Bounce", json!({ "bounce": { "bounceType": "Permanent" } }));
        let complaint = told("Complaint", json!({ "complaint": {} }));
        let of = |message: &str| Notice::read(message).map(|notice| (notice.letter, notice.why));
        assert_eq!(of(&bounce), Some(("abc".into(), Returned::Bounced)));
        assert_eq!(of(&complaint), Some(("abc".into(), Returned::Unwanted)));
    }

    #[test]
    fn what_passes_or_is_not_ours_changes_nothing() {
        for message in [
            told("Bounce", json!({ "bounce": { "bounceType": "Transient" } })),
            told("Delivery", json!({ "delivery": {} })),
            told("Bounce", json!({})),
            json!({ "eventType": "Complaint", "mail": {} }).to_string(),
            "not JSON".to_owned(),
        ] {
            assert_eq!(Notice::read(&message), None, "{message}");
        }
    }
}
