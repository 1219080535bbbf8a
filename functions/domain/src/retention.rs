//! How long each kind of record is kept, as `content/data/retention.yaml` says.
//!
//! The prospectus is silent and the law mostly says "no longer than necessary",
//! so each length is a proposal with its reason beside it, for THE Partnership
//! to sign off. Who erases goes by these values and by nothing else. From which
//! day a length counts is the program's to know: [`Rule::from`] tells people.

mod hold;
mod keep;

use serde::{Deserialize, Serialize};

pub use hold::{Hold, Holdable};
pub use keep::{Keep, NotALength};

/// How long one kind of record is kept, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The records, as people are told of them.
    pub what: String,
    /// How long they are kept.
    pub keep: Keep,
    /// From what it counts, as people are told.
    pub from: String,
    /// How long before the end somebody is reminded, where there is somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind: Option<Keep>,
    /// Where the rule stands, or why it is our proposal.
    pub source: String,
}

/// How long everything is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Retention {
    /// Applications that were not sent or not confirmed, since anybody last
    /// went on with them.
    pub unfinished_applications: Rule,
    /// Applications that were declined, withdrawn or have expired, since then.
    pub settled_applications: Rule,
    /// Memberships with their register entries, their people and the
    /// applications that they rest on, since their last days.
    pub memberships: Rule,
    /// Requests to be let in, since they were answered.
    pub requests_to_be_let_in: Rule,
    /// Enquiries, since they were closed.
    pub enquiries: Rule,
    /// Who is named in a booking, since the end of its event.
    pub bookings: Rule,
    /// What delegates needed, since the end of the event.
    pub needs: Rule,
    /// The words and names in feedback, since the start of its event.
    pub feedback: Rule,
    /// Invoices, credit notes, payments, refunds, fee runs and the bank's
    /// lines, since the last that happened to them.
    pub money: Rule,
    /// Letters, since they were written.
    pub letters: Rule,
    /// The history of what is still kept, entry by entry.
    pub history: Rule,
    /// Requests of people about their data, since they were made.
    pub subject_requests: Rule,
}

impl Retention {
    /// For how many days an application is kept that nobody goes on with.
    #[must_use]
    pub fn idle_days(&self) -> u32 {
        self.unfinished_applications.keep.days().unwrap_or(u32::MAX)
    }

    /// How many days before that its applicant is reminded.
    #[must_use]
    pub fn reminder_days(&self) -> u32 {
        let remind = self.unfinished_applications.remind;
        remind.and_then(Keep::days).unwrap_or(0)
    }
}

/// The file as it is written, before anything is known to hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    unfinished_applications: Rule,
    settled_applications: Rule,
    memberships: Rule,
    requests_to_be_let_in: Rule,
    enquiries: Rule,
    bookings: Rule,
    needs: Rule,
    feedback: Rule,
    money: Rule,
    letters: Rule,
    history: Rule,
    subject_requests: Rule,
}

/// Why the rules cannot work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RetentionError {
    /// Applicants are told in days when it is deleted, and are reminded before.
    #[error(
        "`unfinished_applications` needs `keep` and `remind` in days, `remind` the shorter: applicants are told so"
    )]
    Unfinished,
    /// The company's books have to be there when they are asked for.
    #[error(
        "`money` must be kept for at least 6 years: companies and charities have to keep their books so long"
    )]
    Money,
    /// The register names former members for ten years.
    #[error(
        "`memberships` must be kept for at least 10 years: the register of members names a former member so long (Companies Act 2006, section 121)"
    )]
    Memberships,
}

impl TryFrom<Unchecked> for Retention {
    type Error = RetentionError;

    fn try_from(file: Unchecked) -> Result<Retention, RetentionError> {
        let Unchecked {
            unfinished_applications,
            settled_applications,
            memberships,
            requests_to_be_let_in,
            enquiries,
            bookings,
            needs,
            feedback,
            money,
            letters,
            history,
            subject_requests,
        } = file;
        let idle = unfinished_applications.keep.days();
        let reminded = unfinished_applications.remind.and_then(Keep::days);
        match (idle, reminded) {
            (Some(idle), Some(reminded)) if reminded < idle => {}
            _ => return Err(RetentionError::Unfinished),
        }
        if !money.keep.is_at_least_years(6) {
            return Err(RetentionError::Money);
        }
        if !memberships.keep.is_at_least_years(10) {
            return Err(RetentionError::Memberships);
        }
        Ok(Retention {
            unfinished_applications,
            settled_applications,
            memberships,
            requests_to_be_let_in,
            enquiries,
            bookings,
            needs,
            feedback,
            money,
            letters,
            history,
            subject_requests,
        })
    }
}

/// For a publication that does not say: nothing is erased by it. An unfinished
/// application lasts as long as applicants were told before it could say so.
impl Default for Retention {
    fn default() -> Retention {
        let rule = |keep, remind| Rule {
            what: String::new(),
            keep,
            from: String::new(),
            remind,
            source: "our default, for a site without data/retention.yaml".to_owned(),
        };
        let kept = || rule(Keep::ForEver, None);
        Retention {
            unfinished_applications: rule(Keep::of_days(30), Some(Keep::of_days(5))),
            settled_applications: kept(),
            memberships: kept(),
            requests_to_be_let_in: kept(),
            enquiries: kept(),
            bookings: kept(),
            needs: kept(),
            feedback: kept(),
            money: kept(),
            letters: kept(),
            history: kept(),
            subject_requests: kept(),
        }
    }
}
