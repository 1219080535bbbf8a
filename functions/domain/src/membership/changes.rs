//! What the secretary enters about a membership: a notice with the day it was
//! received, a school that closes, another URN, the Board's agreement.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contact::Line;
use crate::day::{self, past_day};
use crate::form::FieldErrors;
use crate::reference::MembershipReference;
use crate::school::Urn;

/// The forms as they were typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// The day that a notice was received.
    pub received_on: String,
    /// The last day that the member asks for.
    pub asked_for: String,
    /// The day that a school closed.
    pub closed_on: String,
    /// The member that the school has merged into.
    pub merged_into: String,
    /// The new URN.
    pub urn: String,
    /// The name under it.
    pub new_name: String,
    /// The day from which it holds.
    pub from: String,
    /// The minute in which the Board agreed that a notice is taken back.
    pub minute: String,
    /// The minute in which it agreed to another URN.
    pub urn_minute: String,
}

/// A notice, as it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceivedNotice {
    /// The day.
    pub received_on: Date,
    /// The last day that the member asks for, if it asks for one.
    pub asked_for: Option<Date>,
}

/// A school that has closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Its last day.
    pub last_day: Date,
    /// The member that it has merged into, if it has.
    pub merged_into: Option<MembershipReference>,
}

/// Another URN, and the Board's agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUrn {
    /// It.
    pub urn: Urn,
    /// The name under it; that of before if none is said.
    pub name: Option<Line>,
    /// The first day.
    pub from: Date,
    /// The minute.
    pub minute: Line,
}

impl ChangeForm {
    /// The notice.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn notice(&self, today: Date) -> Result<ReceivedNotice, FieldErrors> {
        let mut errors = FieldErrors::default();
        let received_on = errors.keep(
            "received_on",
            past_day(&self.received_on, "the date of receipt", today),
        );
        let asked_for = match self.asked_for.trim() {
            "" => Some(None),
            text => match day::parse(text) {
                Some(asked) => Some(Some(asked)),
                None => {
                    errors.note(
                        "asked_for",
                        "Enter the last day with day, month and year, like 14 March 2017, or leave it empty",
                    );
                    None
                }
            },
        };
        match (received_on, asked_for) {
            (Some(received_on), Some(asked_for)) => Ok(ReceivedNotice {
                received_on,
                asked_for,
            }),
            _ => Err(errors),
        }
    }

    /// The minute in which the Board agreed.
    ///
    /// # Errors
    ///
    /// The field, if it is empty.
    pub fn agreed(&self) -> Result<Line, FieldErrors> {
        let mut errors = FieldErrors::default();
        let minute = errors.keep("minute", minute(&self.minute));
        minute.ok_or(errors)
    }

    /// A school that has closed.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn closed(&self, today: Date) -> Result<Closed, FieldErrors> {
        let mut errors = FieldErrors::default();
        let last_day = errors.keep(
            "closed_on",
            past_day(&self.closed_on, "the school’s last day", today),
        );
        let merged_into = match self.merged_into.trim() {
            "" => Some(None),
            text => {
                let read = MembershipReference::parse(text).map(Some);
                let sentence = "Enter the reference of a member, such as it stands at the top of its page, or leave it empty";
                errors.keep("merged_into", read.map_err(|_| sentence))
            }
        };
        match (last_day, merged_into) {
            (Some(last_day), Some(merged_into)) => Ok(Closed {
                last_day,
                merged_into,
            }),
            _ => Err(errors),
        }
    }

    /// The URN that is to take the place of the old one.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn new_urn(&self, today: Date) -> Result<NewUrn, FieldErrors> {
        let mut errors = FieldErrors::default();
        let urn = errors.keep("urn", Urn::parse(&self.urn));
        let name = errors.keep(
            "new_name",
            Line::parse_optional(&self.new_name, "the name of the school"),
        );
        let from = errors.keep("from", past_day(&self.from, "the first day", today));
        let minute = errors.keep("urn_minute", minute(&self.urn_minute));
        match (urn, name, from, minute) {
            (Some(urn), Some(name), Some(from), Some(minute)) => Ok(NewUrn {
                urn,
                name,
                from,
                minute,
            }),
            _ => Err(errors),
        }
    }
}

fn minute(text: &str) -> Result<Line, crate::contact::ContactError> {
    Line::parse(text, "the minute reference of the Board’s agreement")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::ChangeForm;
    use crate::reference::MembershipReference;

    #[test]
    fn a_notice_has_been_received_and_may_ask_for_a_day() {
        let today = date(2017, 1, 15);
        let mut form = ChangeForm {
            received_on: "16 January 2017".into(),
            asked_for: "soon".into(),
            ..ChangeForm::default()
        };
        assert_eq!(form.notice(today).unwrap_err().iter().count(), 2);
        form.received_on = "2 January 2017".into();
        form.asked_for = String::new();
        assert_eq!(form.notice(today).unwrap().asked_for, None);
    }

    #[test]
    fn a_school_has_closed_on_a_day_that_has_been_and_may_have_merged() {
        let today = date(2017, 9, 4);
        let mut form = ChangeForm {
            closed_on: "5 September 2017".into(),
            merged_into: "MEM-1".into(),
            ..ChangeForm::default()
        };
        let errors = form.closed(today).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["closed_on", "merged_into"]);
        form.closed_on = "31 August 2017".into();
        form.merged_into = MembershipReference::from_entropy([1; 5]).to_string();
        let closed = form.closed(today).unwrap();
        assert_eq!(closed.merged_into.unwrap().to_string(), form.merged_into);
        form.merged_into.clear();
        assert_eq!(form.closed(today).unwrap().merged_into, None);
    }

    #[test]
    fn another_urn_needs_its_first_day_and_the_boards_minute() {
        let form = ChangeForm::default();
        let errors = form.new_urn(date(2017, 9, 4)).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["urn", "from", "urn_minute"]);
    }
}
