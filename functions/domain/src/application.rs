//! An application for membership, from the first answer to the decision.
//!
//! Answers are checked page by page as they are given, and all of them again
//! when it is sent. The wording of each commitment is kept with it, in the
//! version that was agreed to. Nothing here decides: the Board does.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Purpose};
use crate::membership::Category;
use crate::passage::Passage;
use crate::reference::{ApplicationReference, MembershipReference};

mod answers;
mod commitments;
mod decision;
mod pages;
mod source;
mod state;

pub use answers::Answers;
pub use commitments::{Agreement, Commitment, CommitmentId, Commitments, CommitmentsError};
pub use decision::{Decision, DecisionError, DecisionForm};
pub use pages::{Field, FieldKind, Needed, Page, Task};
pub use source::Source;
pub use state::{ApplicationCommand, ApplicationState, NotNow};

/// An application, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its name.
    pub reference: ApplicationReference,
    /// What is applied for.
    pub category: Category,
    /// How it came.
    #[serde(default)]
    pub source: Source,
    /// Where it stands.
    pub state: ApplicationState,
    /// What was answered so far.
    pub answers: Answers,
    /// How often it was edited.
    pub edits: u64,
    /// At which edit each page was last saved.
    pub saved: BTreeMap<String, u64>,
    /// What was agreed to, word for word, and when.
    pub agreement: Option<Agreement>,
    /// The links that were given out.
    pub grants: Vec<Grant>,
    /// What was asked of the applicant.
    pub questions: Vec<Question>,
    /// The decisions, the one that counts last: a correction supersedes and
    /// changes nothing that was recorded.
    pub decisions: Vec<Decision>,
    /// The membership that came of it.
    #[serde(default)]
    pub membership: Option<MembershipReference>,
    /// What has happened.
    pub history: Vec<Happening>,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was last edited.
    pub edited_at: Timestamp,
    /// When it was sent.
    pub submitted_at: Option<Timestamp>,
    /// When its applicant was reminded that it is about to expire.
    #[serde(default)]
    pub reminded_at: Option<Timestamp>,
}

/// Something that was asked of the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What.
    pub asked: Passage,
    /// When.
    pub asked_at: Timestamp,
    /// The answer.
    pub reply: Option<Passage>,
    /// When it came.
    pub replied_at: Option<Timestamp>,
}

/// Something that has happened to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// Where it stood then.
    pub state: ApplicationState,
    /// When.
    pub at: Timestamp,
}

impl Application {
    /// A new one.
    #[must_use]
    pub fn begin(
        reference: ApplicationReference,
        category: Category,
        now: Timestamp,
    ) -> Application {
        Application {
            reference,
            category,
            source: Source::Pages,
            state: ApplicationState::Draft,
            answers: Answers::default(),
            edits: 0,
            saved: BTreeMap::new(),
            agreement: None,
            grants: Vec::new(),
            questions: Vec::new(),
            decisions: Vec::new(),
            membership: None,
            history: Vec::new(),
            started_at: now,
            edited_at: now,
            submitted_at: None,
            reminded_at: None,
        }
    }

    /// A new one with the answers of this one, but not its ticks.
    ///
    /// # Errors
    ///
    /// [`NotNow`] if this one was neither declined nor withdrawn.
    pub fn again(
        &self,
        reference: ApplicationReference,
        now: Timestamp,
    ) -> Result<Application, NotNow> {
        self.state.after(ApplicationCommand::ApplyAgain)?;
        let mut next = Application::begin(reference, self.category, now);
        next.answers = self.answers.clone();
        next.saved = self.saved.clone();
        next.edits = self.edits;
        for page in Page::of_task(self.category, Task::Commitments) {
            for field in page.fields {
                next.answers.keep(field.name, "");
            }
        }
        Ok(next)
    }

    /// Goes on by a command.
    ///
    /// # Errors
    ///
    /// [`NotNow`] if it makes no sense where it stands.
    pub fn advance(&mut self, command: ApplicationCommand, now: Timestamp) -> Result<(), NotNow> {
        let state = self.state.after(command)?;
        if state != self.state {
            self.history.push(Happening { state, at: now });
        }
        self.state = state;
        Ok(())
    }

    /// Keeps a page that was read.
    ///
    /// # Errors
    ///
    /// [`NotNow`] if it has been sent.
    pub fn save(&mut self, page: &Page, read: &Answers, now: Timestamp) -> Result<(), NotNow> {
        self.advance(ApplicationCommand::Edit, now)?;
        self.answers = self.answers.with(page, read);
        self.edits += 1;
        self.saved.insert(page.slug.to_owned(), self.edits);
        self.edited_at = now;
        self.reminded_at = None;
        Ok(())
    }

    /// Whether somebody else has changed a page since it was at `edit`.
    #[must_use]
    pub fn changed_since(&self, page: &Page, edit: u64) -> bool {
        self.saved.get(page.slug).is_some_and(|saved| *saved > edit)
    }

    /// Whether every task that is needed is complete, and the wording that was
    /// agreed to is the one that holds.
    #[must_use]
    pub fn is_complete(&self, commitments: &Commitments, today: Date) -> bool {
        Task::of(self.category)
            .iter()
            .all(|task| task.is_optional() || self.is_task_complete(*task, commitments, today))
    }

    /// Whether a task is complete.
    #[must_use]
    pub fn is_task_complete(&self, task: Task, commitments: &Commitments, today: Date) -> bool {
        let agreed = task != Task::Commitments
            || self
                .agreement
                .as_ref()
                .is_some_and(|agreement| agreement.version == commitments.version);
        // What the register filled in is confirmed by somebody who has seen it.
        let mut pages = Page::of_task(self.category, task);
        let seen = pages.all(|page| self.saved.contains_key(page.slug));
        agreed && seen && self.answers.complete(self.category, task, today)
    }

    /// When it expires if nobody touches it: a draft, and one that was sent
    /// from an address that nobody has confirmed.
    #[must_use]
    pub fn expires_at(&self, idle_days: u32) -> Option<Timestamp> {
        let since = match self.state {
            ApplicationState::Draft => self.edited_at,
            ApplicationState::Unconfirmed => self.submitted_at.unwrap_or(self.edited_at),
            _ => return None,
        };
        let hours = i64::from(idle_days) * 24;
        Some(
            since
                .saturating_add(hours.hours())
                .unwrap_or(Timestamp::MAX),
        )
    }

    /// Whether it has expired by now, whether or not anything has run.
    #[must_use]
    pub fn has_expired(&self, idle_days: u32, now: Timestamp) -> bool {
        self.state == ApplicationState::Expired
            || self.expires_at(idle_days).is_some_and(|at| at <= now)
    }

    /// The question that waits for an answer.
    #[must_use]
    pub fn open_question(&self) -> Option<&Question> {
        self.questions
            .last()
            .filter(|question| question.reply.is_none())
    }

    /// Asks the applicant for something.
    ///
    /// # Errors
    ///
    /// [`NotNow`] unless it is under review.
    pub fn ask(&mut self, asked: Passage, now: Timestamp) -> Result<(), NotNow> {
        self.advance(ApplicationCommand::Ask, now)?;
        self.questions.push(Question {
            asked,
            asked_at: now,
            reply: None,
            replied_at: None,
        });
        Ok(())
    }

    /// Takes the applicant's answer.
    ///
    /// # Errors
    ///
    /// [`NotNow`] unless something was asked.
    pub fn reply(&mut self, reply: Passage, now: Timestamp) -> Result<(), NotNow> {
        self.advance(ApplicationCommand::Reply, now)?;
        if let Some(question) = self.questions.last_mut() {
            question.reply = Some(reply);
            question.replied_at = Some(now);
        }
        Ok(())
    }

    /// Records what the Board decided, or records it anew with the same
    /// outcome.
    ///
    /// # Errors
    ///
    /// [`DecisionError`] says why not.
    pub fn decide(
        &mut self,
        decision: Decision,
        today: Date,
        now: Timestamp,
    ) -> Result<(), DecisionError> {
        if !decision.approved && decision.reason.is_none() {
            return Err(DecisionError::NoReason);
        }
        if decision.on > today {
            return Err(DecisionError::InFuture);
        }
        let command = match self.decisions.last() {
            Some(last) if last.approved != decision.approved => {
                return Err(DecisionError::OtherOutcome);
            }
            Some(_) => ApplicationCommand::CorrectDecision,
            None if decision.approved => ApplicationCommand::Approve,
            None => ApplicationCommand::Decline,
        };
        self.advance(command, now)?;
        self.decisions.push(decision);
        Ok(())
    }

    /// The link of that purpose that was given out last.
    #[must_use]
    pub fn grant(&self, purpose: Purpose) -> Option<&Grant> {
        self.grants
            .iter()
            .rev()
            .find(|grant| grant.purpose == purpose)
    }
}

#[cfg(test)]
mod tests;
