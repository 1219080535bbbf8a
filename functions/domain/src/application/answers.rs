//! What was answered so far, and whether a page of it is right.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::pages::{Field, FieldKind, Page, Task};
use crate::calendar::{long_date, read_day};
use crate::contact::{EmailAddress, Line, Person, Telephone};
use crate::form::FieldErrors;
use crate::membership::{Category, Member};
use crate::passage::Passage;
use crate::school::{PupilsOnRoll, Urn};

/// Answers by the names of their fields, each as it was read and found right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// The answer to a field; empty if there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Keeps an answer; an empty one is none.
    pub fn keep(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answers to some fields alone.
    #[must_use]
    pub fn of(&self, page: &Page) -> Answers {
        let mut answers = Answers::default();
        for field in page.fields {
            answers.keep(field.name, self.text(field.name));
        }
        answers
    }

    /// These answers with a page of them replaced.
    #[must_use]
    pub fn with(&self, page: &Page, typed: &Answers) -> Answers {
        let mut answers = self.clone();
        for field in page.fields {
            answers.keep(field.name, typed.text(field.name));
        }
        answers
    }

    /// Reads a page as it was typed, beside the answers that are known: gives
    /// it as it is to be kept.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the page.
    pub fn read(&self, page: &Page, typed: &Answers, today: Date) -> Result<Answers, FieldErrors> {
        let all = self.with(page, typed);
        let mut errors = FieldErrors::default();
        let mut read = Answers::default();
        for field in page.fields.iter().filter(|field| field.is_asked(&all)) {
            match value(field, all.text(field.name), today) {
                Ok(Some(value)) => read.keep(field.name, value),
                Ok(None) if field.is_needed(&all) => errors.note(field.name, missing(field)),
                Ok(None) => {}
                Err(sentence) => errors.note(field.name, sentence),
            }
        }
        if errors.is_empty() {
            Ok(read)
        } else {
            Err(errors)
        }
    }

    /// Reads every page at once, as it was typed from paper, beside what is
    /// known: gives all answers as they are to be kept.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the pages.
    pub fn read_all(
        &self,
        category: Category,
        typed: &Answers,
        today: Date,
    ) -> Result<Answers, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut all = self.clone();
        for page in Page::of(category) {
            match all.read(page, typed, today) {
                Ok(read) => all = all.with(page, &read),
                Err(wrong) => {
                    errors.append(wrong);
                    all = all.with(page, typed);
                }
            }
        }
        match errors.is_empty() {
            true => Ok(all),
            false => Err(errors),
        }
    }

    /// Whether every page of a task is answered and right.
    #[must_use]
    pub fn complete(&self, category: Category, task: Task, today: Date) -> bool {
        Page::of_task(category, task).all(|page| self.read(page, &self.of(page), today).is_ok())
    }

    /// Whether anything of a task is answered.
    #[must_use]
    pub fn begun(&self, category: Category, task: Task) -> bool {
        Page::of_task(category, task).any(|page| !self.of(page).is_empty())
    }

    /// Whom THE Partnership writes to, once that is known.
    #[must_use]
    pub fn contact(&self) -> Option<Person> {
        Some(Person {
            name: Line::parse(self.text("contact_name"), "").ok()?,
            email: EmailAddress::parse(self.text("contact_email"), "").ok()?,
        })
    }

    /// Who would be the member; none while something is missing.
    #[must_use]
    pub fn member(&self, category: Category) -> Option<Member> {
        let line = |name: &str| Line::parse(self.text(name), "").ok();
        let email = |name: &str| EmailAddress::parse(self.text(name), "").ok();
        let contact = self.contact()?;
        let finance = line("finance_name").zip(email("finance_email"));
        let address = match (self.text("address"), self.text("postcode")) {
            (address, "") => Passage::parse(address, "").ok(),
            (address, postcode) => Passage::parse(&format!("{address}\n{postcode}"), "").ok(),
        };
        let name = match category {
            Category::Full => line("school_name")?,
            Category::Associate => line("school_name").unwrap_or_else(|| contact.name.clone()),
        };
        Some(Member {
            name,
            urn: Urn::parse(self.text("urn")).ok(),
            address,
            finance: finance.map(|(name, email)| Person { name, email }),
            contact,
            billing_address: Passage::parse(self.text("billing_address"), "").ok(),
            purchase_order: line("purchase_order"),
            pupils: PupilsOnRoll::parse(self.text("pupils")).ok(),
        })
    }
}

/// An answer as it is to be kept; none if nothing was typed.
fn value(field: &Field, typed: &str, today: Date) -> Result<Option<String>, String> {
    fn kept<T: ToString, E: ToString>(
        parsed: Result<Option<T>, E>,
    ) -> Result<Option<String>, String> {
        parsed
            .map(|value| value.map(|value| value.to_string()))
            .map_err(|error| error.to_string())
    }
    if typed.trim().is_empty() {
        return Ok(None);
    }
    match field.kind {
        FieldKind::Line => kept(Line::parse_optional(typed, field.said)),
        FieldKind::Passage => kept(Passage::parse_optional(typed, field.said)),
        FieldKind::Email => EmailAddress::parse_optional(typed, field.said)
            .map(|value| value.map(|value| value.as_str().to_owned()))
            .map_err(|error| error.to_string()),
        FieldKind::Telephone => Telephone::parse_optional(typed, field.said)
            .map(|value| value.map(|value| value.as_str().to_owned()))
            .map_err(|error| error.to_string()),
        FieldKind::Urn => kept(Urn::parse(typed).map(Some)),
        FieldKind::Pupils => kept(PupilsOnRoll::parse(typed).map(Some)),
        FieldKind::PastDay => match read_day(typed) {
            Some(day) if day > today => Err(format!(
                "{} must be today or in the past",
                capital(field.said)
            )),
            Some(day) => Ok(Some(long_date(day))),
            None => Err(format!(
                "Enter {} with day, month and year, like 14 March 2017",
                field.said
            )),
        },
        FieldKind::Choice(choices) => match choices.iter().find(|(value, _)| *value == typed) {
            Some((value, _)) => Ok(Some((*value).to_owned())),
            None => Err(missing(field)),
        },
        FieldKind::Tick | FieldKind::Commitment(_) => {
            Ok((typed == "agreed").then(|| "agreed".to_owned()))
        }
    }
}

/// What is said of a field that was left out.
fn missing(field: &Field) -> String {
    match field.kind {
        FieldKind::Choice(_) => format!("Choose {}", field.said),
        FieldKind::Tick => format!("Confirm {}", field.said),
        FieldKind::Commitment(id) => id.missing().to_owned(),
        FieldKind::Urn => "Enter your school’s URN".to_owned(),
        _ => format!("Enter {}", field.said),
    }
}

fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
