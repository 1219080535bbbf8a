//! The annual pupil return: how many pupils a full member has, declared before
//! each academic year, and compared with the register.
//!
//! A return that comes on 1 September in London is late for the year that
//! begins that day, and counts for the next.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ContactId;
use crate::form::FieldErrors;
use crate::passage::Passage;
use crate::school::PupilsOnRoll;

/// The pupils that a member declares for an academic year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PupilReturn {
    /// The academic year, by the year of its first day: 1 September.
    pub year: i16,
    /// The pupils on roll.
    pub pupils: PupilsOnRoll,
    /// What the register said then.
    pub register: Option<PupilsOnRoll>,
    /// Why they differ.
    pub reason: Option<Passage>,
    /// Who declared it.
    pub by: ContactId,
    /// When.
    pub at: Timestamp,
}

/// The academic year that a day lies in, by the year of its first day.
#[must_use]
pub fn academic_year(day: Date) -> i16 {
    if day.month() >= 9 {
        day.year()
    } else {
        day.year() - 1
    }
}

/// The academic year that is declared on a day: the one that begins next.
#[must_use]
pub fn year_to_declare(today: Date) -> i16 {
    academic_year(today).saturating_add(1)
}

/// The pupils that count on a day: as the latest return up to then has them;
/// before the first, as they were declared at joining.
#[must_use]
pub fn pupils_on(
    day: Date,
    returns: &[PupilReturn],
    at_joining: Option<PupilsOnRoll>,
) -> Option<PupilsOnRoll> {
    let year = academic_year(day);
    let latest = returns
        .iter()
        .filter(|one| one.year <= year)
        .max_by_key(|one| one.year);
    latest.map(|one| one.pupils).or(at_joining)
}

/// The form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PupilReturnForm {
    /// The number of pupils.
    pub pupils: String,
    /// Why it differs from the register.
    pub reason: String,
}

impl PupilReturnForm {
    /// The pupils, and why the register has another number.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(
        &self,
        register: Option<PupilsOnRoll>,
    ) -> Result<(PupilsOnRoll, Option<Passage>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let pupils = errors.keep("pupils", PupilsOnRoll::parse(&self.pupils));
        let reason = errors.keep(
            "reason",
            Passage::parse_optional(&self.reason, "the reason"),
        );
        let (Some(pupils), Some(reason)) = (pupils, reason) else {
            return Err(errors);
        };
        match register {
            Some(known) if known != pupils && reason.is_none() => {
                let sentence = format!(
                    "Say why the number is not {known}, as in the register: a later census, perhaps"
                );
                errors.note("reason", sentence);
                Err(errors)
            }
            _ => Ok((pupils, reason)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::Date;

    use super::{PupilReturn, PupilReturnForm, pupils_on, year_to_declare};
    use crate::account::ContactId;
    use crate::calendar::london_date;
    use crate::school::PupilsOnRoll;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn pupils(number: u32) -> PupilsOnRoll {
        PupilsOnRoll::new(number).unwrap()
    }

    #[test]
    fn on_31_august_the_year_that_begins_next_day_is_declared() {
        assert_eq!(year_to_declare(day("2017-08-31")), 2017);
        assert_eq!(year_to_declare(day("2016-09-01")), 2017);
    }

    #[test]
    fn half_past_eleven_in_utc_on_31_august_is_late_for_the_year_that_has_begun_in_london() {
        let instant: Timestamp = "2017-08-31T23:30:00Z".parse().unwrap();
        assert_eq!(year_to_declare(london_date(instant)), 2018);
        let instant: Timestamp = "2017-08-31T22:30:00Z".parse().unwrap();
        assert_eq!(year_to_declare(london_date(instant)), 2017);
    }

    #[test]
    fn a_return_counts_from_its_first_of_september() {
        let returned = PupilReturn {
            year: 2017,
            pupils: pupils(430),
            register: None,
            reason: None,
            by: ContactId::parse(&"a".repeat(32)).unwrap(),
            at: Timestamp::UNIX_EPOCH,
        };
        let on = |text| {
            pupils_on(
                day(text),
                std::slice::from_ref(&returned),
                Some(pupils(420)),
            )
        };
        assert_eq!(on("2017-08-31"), Some(pupils(420)));
        assert_eq!(on("2017-09-01"), Some(pupils(430)));
        assert_eq!(on("2019-01-01"), Some(pupils(430)), "until the next");
        assert_eq!(pupils_on(day("2017-08-31"), &[], None), None);
    }

    #[test]
    fn a_number_that_the_register_does_not_have_needs_a_reason() {
        let form = |number: &str, reason: &str| PupilReturnForm {
            pupils: number.into(),
            reason: reason.into(),
        };
        let known = Some(pupils(420));
        assert!(form("420", "").parse(known).is_ok());
        assert!(form("430", "").parse(None).is_ok());
        assert!(form("430", "A new class").parse(known).is_ok());
        let errors = form("430", " ").parse(known).unwrap_err();
        let sentence = &errors.iter().next().unwrap().message;
        assert!(sentence.contains("is not 420"), "{sentence}");
    }
}
