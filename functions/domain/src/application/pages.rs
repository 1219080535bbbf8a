//! The pages of an application, as data: which questions there are, in which
//! order, and what is taken for an answer.
//!
//! One definition makes the form, its errors, the page of answers and the
//! check that nothing is missing, so that they cannot differ. The words of a
//! label are here too, because an answer without its question says nothing.

use serde::{Deserialize, Serialize};

use super::Answers;
use super::commitments::CommitmentId;
use crate::membership::Category;

mod associate;
mod full;

/// A part of an application that one person can do in one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// Which school it is.
    School,
    /// Who is reached how.
    Contacts,
    /// The pupils on roll.
    Pupils,
    /// That the governing body has approved.
    Approval,
    /// What is committed to.
    Commitments,
    /// What the school may say besides.
    More,
    /// Who the associate is.
    About,
    /// Why, and what for.
    Reason,
}

impl Task {
    /// The tasks of a category, in order.
    #[must_use]
    pub const fn of(category: Category) -> &'static [Task] {
        match category {
            Category::Full => &[
                Task::School,
                Task::Contacts,
                Task::Pupils,
                Task::Approval,
                Task::Commitments,
                Task::More,
            ],
            Category::Associate => &[Task::About, Task::Reason, Task::Commitments],
        }
    }

    /// Its name in an address.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Task::School => "school",
            Task::Contacts => "contacts",
            Task::Pupils => "pupils",
            Task::Approval => "approval",
            Task::Commitments => "commitments",
            Task::More => "more",
            Task::About => "about",
            Task::Reason => "reason",
        }
    }

    /// Its name in the list of tasks.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Task::School => "Your school",
            Task::Contacts => "Contacts",
            Task::Pupils => "Pupils on roll",
            Task::Approval => "Governing body’s approval",
            Task::Commitments => "Commitments",
            Task::More => "Anything else (optional)",
            Task::About => "About you",
            Task::Reason => "Why you would like to join",
        }
    }

    /// Whether an application can be sent without it.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Task::More)
    }
}

/// A page with one question, or one group of questions.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Its name in the address.
    pub slug: &'static str,
    /// The task that it is a part of.
    pub task: Task,
    /// Its heading: a question.
    pub title: &'static str,
    /// A sentence below the heading; may be empty.
    pub lead: &'static str,
    /// The questions.
    pub fields: &'static [Field],
}

impl Page {
    /// The pages of a category, in order.
    #[must_use]
    pub const fn of(category: Category) -> &'static [Page] {
        match category {
            Category::Full => full::PAGES,
            Category::Associate => associate::PAGES,
        }
    }

    /// The page of that name.
    #[must_use]
    pub fn named(category: Category, slug: &str) -> Option<&'static Page> {
        Page::of(category).iter().find(|page| page.slug == slug)
    }

    /// The pages of a task.
    pub fn of_task(category: Category, task: Task) -> impl Iterator<Item = &'static Page> {
        Page::of(category)
            .iter()
            .filter(move |page| page.task == task)
    }

    /// The page that comes after it within its task.
    #[must_use]
    pub fn next(&self, category: Category) -> Option<&'static Page> {
        let mut pages = Page::of_task(category, self.task);
        pages.find(|page| page.slug == self.slug)?;
        pages.next()
    }

    /// The page that comes before it within its task.
    #[must_use]
    pub fn previous(&self, category: Category) -> Option<&'static Page> {
        Page::of_task(category, self.task)
            .take_while(|page| page.slug != self.slug)
            .last()
    }
}

/// A question.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What completes the sentence of an error: `the headteacher’s name`.
    pub said: &'static str,
    /// One sentence of help; may be empty.
    pub hint: &'static str,
    /// What is taken for an answer.
    pub kind: FieldKind,
    /// When it has to be answered.
    pub needed: Needed,
    /// What a browser may fill in, as HTML names it.
    pub autocomplete: &'static str,
}

/// What is taken for an answer.
#[derive(Debug, Clone, Copy)]
pub enum FieldKind {
    /// A line of text.
    Line,
    /// Some lines of text.
    Passage,
    /// An email address.
    Email,
    /// A telephone number.
    Telephone,
    /// A URN.
    Urn,
    /// A number of pupils.
    Pupils,
    /// A day that has been.
    PastDay,
    /// One of these, each with its label.
    Choice(&'static [(&'static str, &'static str)]),
    /// A tick, with its own words.
    Tick,
    /// A tick with the wording of a commitment.
    Commitment(CommitmentId),
}

impl FieldKind {
    /// Its name, for the template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            FieldKind::Line => "line",
            FieldKind::Passage => "passage",
            FieldKind::Email => "email",
            FieldKind::Telephone => "telephone",
            FieldKind::Urn | FieldKind::Pupils => "digits",
            FieldKind::PastDay => "day",
            FieldKind::Choice(_) => "choice",
            FieldKind::Tick | FieldKind::Commitment(_) => "tick",
        }
    }
}

/// When a question is asked, and when it has to be answered.
#[derive(Debug, Clone, Copy)]
pub enum Needed {
    /// Always.
    Always,
    /// Never.
    Optional,
    /// If the other answers say so; else it need not be.
    If(fn(&Answers) -> bool),
    /// If the other answers say so; else it is not asked.
    OnlyIf(fn(&Answers) -> bool),
    /// Asked if the first says so, and then needed if the second does.
    Within(fn(&Answers) -> bool, fn(&Answers) -> bool),
}

impl Field {
    /// A question that has to be answered.
    pub(super) const fn new(
        name: &'static str,
        label: &'static str,
        said: &'static str,
        kind: FieldKind,
    ) -> Field {
        Field {
            name,
            label,
            said,
            hint: "",
            kind,
            needed: Needed::Always,
            autocomplete: "off",
        }
    }

    /// The same with a sentence of help.
    pub(super) const fn hint(self, hint: &'static str) -> Field {
        Field { hint, ..self }
    }

    /// The same, needed otherwise.
    pub(super) const fn needed(self, needed: Needed) -> Field {
        Field { needed, ..self }
    }

    /// The same, filled in by the browser.
    pub(super) const fn filled(self, autocomplete: &'static str) -> Field {
        Field {
            autocomplete,
            ..self
        }
    }

    /// Whether it is asked at all, given the other answers.
    #[must_use]
    pub fn is_asked(&self, answers: &Answers) -> bool {
        match self.needed {
            Needed::OnlyIf(when) | Needed::Within(when, _) => when(answers),
            Needed::Always | Needed::Optional | Needed::If(_) => true,
        }
    }

    /// Whether it has to be answered, given the other answers.
    #[must_use]
    pub fn is_needed(&self, answers: &Answers) -> bool {
        match self.needed {
            Needed::Always => true,
            Needed::Optional => false,
            Needed::If(when) | Needed::OnlyIf(when) | Needed::Within(_, when) => when(answers),
        }
    }
}
