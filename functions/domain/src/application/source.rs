//! How an application came: through the pages, or on paper, which the office
//! enters in one go with the day that it was received.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Agreement, Answers, Application, ApplicationCommand, NotNow, Page};
use crate::calendar::day_begins;
use crate::membership::Category;
use crate::reference::ApplicationReference;

/// How it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Source {
    /// Through the pages.
    #[default]
    Pages,
    /// On paper.
    Paper {
        /// The day that it was received.
        received_on: Date,
    },
}

impl Application {
    /// One that came on paper, with all its answers: it is live from now,
    /// since the office has the signature, and since the day it was received.
    ///
    /// # Errors
    ///
    /// [`NotNow`], never: a draft may be sent, and taken as live.
    pub fn from_paper(
        reference: ApplicationReference,
        category: Category,
        answers: Answers,
        agreement: Agreement,
        received_on: Date,
        now: Timestamp,
    ) -> Result<Application, NotNow> {
        let mut application = Application::begin(reference, category, now);
        application.answers = answers;
        application.agreement = Some(agreement);
        application.source = Source::Paper { received_on };
        application.edits = 1;
        let pages = Page::of(category).iter();
        application.saved = pages.map(|page| (page.slug.to_owned(), 1)).collect();
        application.submitted_at = Some(day_begins(received_on));
        application.advance(ApplicationCommand::Submit, now)?;
        application.advance(ApplicationCommand::Override, now)?;
        Ok(application)
    }
}
