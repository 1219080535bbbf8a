//! What the Board decided, as it is recorded: never changed, only superseded;
//! and the form that it is typed into.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::state::NotNow;
use crate::contact::Line;
use crate::day::past_day;
use crate::form::FieldErrors;
use crate::passage::Passage;

/// What the Board decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether it approved.
    pub approved: bool,
    /// The day of the meeting.
    pub on: Date,
    /// The minute.
    pub minute: Line,
    /// Who decided: the Board, or whom it has asked to.
    pub decider: Line,
    /// Why it declined.
    pub reason: Option<Passage>,
    /// Who recorded it.
    pub recorded_by: Line,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl Decision {
    /// Whether the other says the same, whoever recorded it and whenever.
    #[must_use]
    pub fn is_same(&self, other: &Decision) -> bool {
        let said = |decision: &Decision| {
            let Decision {
                approved,
                on,
                minute,
                decider,
                reason,
                ..
            } = decision.clone();
            (approved, on, minute, decider, reason)
        };
        said(self) == said(other)
    }
}

/// Why a decision cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// It makes no sense where the application stands.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// A refusal without a reason.
    #[error("Enter the reason for declining")]
    NoReason,
    /// The meeting is still to come.
    #[error("The date of the decision must be today or in the past")]
    InFuture,
    /// A correction may not turn the outcome round.
    #[error(
        "A correction keeps the outcome: a member leaves by notice, and a declined applicant applies again"
    )]
    OtherOutcome,
}

/// The form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// `approved` or `declined`.
    pub outcome: String,
    /// The day of the meeting.
    pub decided_on: String,
    /// The minute.
    pub minute: String,
    /// Who decided.
    pub decider: String,
    /// Why it declined.
    pub reason: String,
}

impl DecisionForm {
    /// A decision that was recorded, to be corrected.
    #[must_use]
    pub fn of(decision: &Decision) -> DecisionForm {
        DecisionForm {
            outcome: match decision.approved {
                true => "approved".to_owned(),
                false => "declined".to_owned(),
            },
            decided_on: crate::calendar::long_date(decision.on),
            minute: decision.minute.to_string(),
            decider: decision.decider.to_string(),
            reason: decision
                .reason
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        }
    }

    /// The decision, as somebody records it now.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(
        &self,
        recorded_by: Line,
        today: Date,
        now: Timestamp,
    ) -> Result<Decision, FieldErrors> {
        let mut errors = FieldErrors::default();
        let approved = match self.outcome.as_str() {
            "approved" => Some(true),
            "declined" => Some(false),
            _ => {
                errors.note("outcome", "Choose what the Board decided");
                None
            }
        };
        let on = errors.keep(
            "decided_on",
            past_day(&self.decided_on, "the date of the decision", today),
        );
        let minute = errors.keep("minute", Line::parse(&self.minute, "the minute reference"));
        let decider = errors.keep("decider", Line::parse(&self.decider, "who decided"));
        let reason = errors.keep(
            "reason",
            Passage::parse_optional(&self.reason, "the reason"),
        );
        if approved == Some(false) && reason == Some(None) {
            errors.note("reason", DecisionError::NoReason);
        }
        match (approved, on, minute, decider, reason) {
            (Some(approved), Some(on), Some(minute), Some(decider), Some(reason))
                if errors.is_empty() =>
            {
                Ok(Decision {
                    approved,
                    on,
                    minute,
                    decider,
                    reason,
                    recorded_by,
                    recorded_at: now,
                })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::{DecisionForm, Line};

    fn parse(form: &DecisionForm) -> Result<super::Decision, Vec<String>> {
        let by = Line::parse("The secretary", "").unwrap();
        form.parse(by, date(2017, 4, 3), Timestamp::UNIX_EPOCH)
            .map_err(|errors| errors.iter().map(|error| error.message.clone()).collect())
    }

    #[test]
    fn a_decision_needs_its_outcome_day_minute_and_decider() {
        let errors = parse(&DecisionForm::default()).unwrap_err();
        assert_eq!(
            errors,
            [
                "Choose what the Board decided",
                "Enter the date of the decision with day, month and year, like 14 March 2017",
                "Enter the minute reference",
                "Enter who decided",
            ]
        );
    }

    #[test]
    fn declining_needs_a_reason_and_a_meeting_has_been() {
        let mut form = DecisionForm {
            outcome: "declined".into(),
            decided_on: "4 April 2017".into(),
            minute: "12.3".into(),
            decider: "The Board".into(),
            reason: " ".into(),
        };
        assert_eq!(
            parse(&form).unwrap_err(),
            [
                "The date of the decision must be today or in the past",
                "Enter the reason for declining",
            ]
        );
        form.decided_on = "3/4/2017".into();
        form.reason = "Not a school.".into();
        let decision = parse(&form).unwrap();
        assert_eq!(decision.on, date(2017, 4, 3));
        let again = DecisionForm::of(&decision);
        assert!(parse(&again).unwrap().is_same(&decision), "{again:?}");
    }
}
