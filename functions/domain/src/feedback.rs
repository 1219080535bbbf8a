//! Feedback on an event, from those who came: a score, whether they would
//! recommend it, and words.
//!
//! Whoever answers may leave the name away. Then nothing that is kept leads
//! from the answer to the person: no name, no school, no registration, no time
//! and no order in which the answers came. A registration only says *that* it
//! was answered for, so that nobody answers twice. Where few came, the answer
//! itself would tell who gave it, so [`Heard`] shows and counts answers without
//! a name only once there are [`Heard::FEWEST`] of them.

mod heard;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::Grant;
use crate::booking::{Booking, Registration, RegistrationId, RegistrationState};
use crate::calendar::LondonTime;
use crate::contact::Line;
use crate::event::EventSlug;
use crate::form::FieldErrors;
use crate::passage::Passage;

pub use heard::{Heard, Tenths};

/// How satisfied somebody was, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Score(u8);

impl Score {
    /// All of them, the best first.
    pub const ALL: [Score; 5] = [Score(5), Score(4), Score(3), Score(2), Score(1)];

    /// Reads what a form sends: `1` to `5`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Score> {
        let score: u8 = text.trim().parse().ok()?;
        Score::ALL.into_iter().find(|one| one.0 == score)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// What it means.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self.0 {
            5 => "Completely satisfied",
            4 => "Very satisfied",
            3 => "Fairly satisfied",
            2 => "Not very satisfied",
            _ => "Not at all satisfied",
        }
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> u8 {
        score.0
    }
}

impl TryFrom<u8> for Score {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Score, &'static str> {
        let mut all = Score::ALL.into_iter();
        all.find(|one| one.0 == number)
            .ok_or("a score is from 1 to 5")
    }
}

/// An answer, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// On which event.
    pub event: EventSlug,
    /// Its title, for when it is published no more.
    pub event_title: String,
    /// When it started.
    pub starts: LondonTime,
    /// How satisfied the person was.
    pub score: Score,
    /// Whether the person would recommend it.
    pub recommends: bool,
    /// What the person wrote.
    pub words: Option<Passage>,
    /// Who answered; nobody, if the name was to be left away.
    pub from: Option<Respondent>,
}

impl Feedback {
    /// It, without its words and without anybody’s name. That somebody gave a
    /// name is kept: what was counted is counted still.
    #[must_use]
    pub fn forgotten(&self) -> Feedback {
        let mut next = self.clone();
        next.words = None;
        if let Some(from) = &mut next.from {
            from.name = Line::erased();
            from.school = Line::erased();
        }
        next
    }
}

/// Who answered, and wished it to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Respondent {
    /// For which registration.
    pub registration: RegistrationId,
    /// The name.
    pub name: Line,
    /// The school.
    pub school: Line,
}

/// What a registration keeps of having been asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackAsked {
    /// The link to the form.
    pub grant: Grant,
    /// The instant from which it takes no answer any more.
    pub until: Timestamp,
    /// Whether it was answered; by nothing else can the answer be found.
    #[serde(default)]
    pub answered: bool,
}

/// The form as it was typed; a field that is absent is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedbackForm {
    /// `1` to `5`.
    pub score: String,
    /// `yes` or `no`.
    pub recommend: String,
    /// What the person wrote; may be empty.
    pub words: String,
    /// Whether the name is left away.
    pub anonymous: String,
}

/// What somebody says of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// How satisfied the person was.
    pub score: Score,
    /// Whether the person would recommend it.
    pub recommends: bool,
    /// What the person wrote.
    pub words: Option<Passage>,
    /// Whether the name is left away.
    pub anonymous: bool,
}

impl FeedbackForm {
    /// What is said.
    ///
    /// # Errors
    ///
    /// Every field that is wrong, in the order of the form.
    pub fn parse(&self) -> Result<Opinion, FieldErrors> {
        let mut errors = FieldErrors::default();
        let score = Score::parse(&self.score);
        if score.is_none() {
            errors.note("score", "Choose how satisfied you were");
        }
        let recommends = match self.recommend.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        if recommends.is_none() {
            errors.note(
                "recommend",
                "Choose whether you would recommend it to a colleague",
            );
        }
        let words = Passage::parse_optional(&self.words, "what you would like to say");
        let words = errors.keep("words", words);
        match (score, recommends, words) {
            (Some(score), Some(recommends), Some(words)) => Ok(Opinion {
                score,
                recommends,
                words,
                anonymous: !self.anonymous.is_empty(),
            }),
            _ => Err(errors),
        }
    }
}

/// Why no answer is taken; each says it as a sentence to whoever opened the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    /// It was answered before.
    #[error("You have given your feedback")]
    Answered,
    /// Its time is over.
    #[error("Feedback on this event is closed")]
    Closed,
    /// The delegate is not marked as having come any more.
    #[error("Feedback is for those who came to the event")]
    Absent,
}

impl Registration {
    /// Whether an answer for it is taken now.
    ///
    /// # Errors
    ///
    /// [`NotAsked`] says why not.
    pub fn expects_feedback(&self, now: Timestamp) -> Result<(), NotAsked> {
        let asked = self.feedback.as_ref().ok_or(NotAsked::Absent)?;
        if asked.answered {
            return Err(NotAsked::Answered);
        }
        if self.state != RegistrationState::Attended {
            return Err(NotAsked::Absent);
        }
        if asked.until <= now {
            return Err(NotAsked::Closed);
        }
        Ok(())
    }
}

impl Booking {
    /// Takes the answer for one of its registrations: notes that it was given,
    /// and gives what is kept of it apart.
    ///
    /// # Errors
    ///
    /// [`NotAsked`] says why it is not taken.
    pub fn answer(
        &mut self,
        number: u8,
        opinion: &Opinion,
        now: Timestamp,
    ) -> Result<Feedback, NotAsked> {
        let registration = self.registration(number).ok_or(NotAsked::Absent)?;
        registration.expects_feedback(now)?;
        let from = Respondent {
            registration: self.id(registration),
            name: self.reader(registration).name.clone(),
            school: self.school.name.clone(),
        };
        let feedback = Feedback {
            event: self.event.clone(),
            event_title: self.about.event_title.clone(),
            starts: self.about.starts,
            score: opinion.score,
            recommends: opinion.recommends,
            words: opinion.words.clone(),
            from: Some(from).filter(|_| !opinion.anonymous),
        };
        if let Some(asked) = self
            .registration_mut(number)
            .and_then(|one| one.feedback.as_mut())
        {
            asked.answered = true;
        }
        Ok(feedback)
    }
}

#[cfg(test)]
mod tests;
