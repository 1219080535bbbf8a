//! Enquiries: those that wait, the oldest first; one of them with its history;
//! an answer, by letter or told otherwise; and closing it.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::calendar::{london_date, long_date};
use domain::contact::{EmailAddress, Line};
use domain::enquiry::{Enquiry, EnquiryState};
use domain::form::FieldErrors;
use domain::passage::Passage;
use domain::reference::EnquiryReference;
use domain::retention::Holdable;
use domain::staff::Role;
use domain::trail::Entry;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::protection::holds;
use super::record::{self, At, Record, Unfit};
use super::signed_in::By;
use super::view;
use crate::answer::ApiError;
use crate::app::App;
use crate::secretary;
use crate::store::{HistoryOf, StoreError, Versioned};

/// What is done with an enquiry, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// The answer, or what was said otherwise.
    answer: String,
    /// `letter` to send it, `otherwise` if the person has it already.
    how: String,
}

/// `GET /staff/enquiries/?state=…&q=…`.
pub(super) async fn list(
    State(app): State<App>,
    By(member): By,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, ApiError> {
    let said = |name: &str| asked.get(name).map(|text| text.trim()).unwrap_or_default();
    let closed = said("state") == "closed";
    let found = if closed {
        app.store.closed_enquiries().await?
    } else {
        app.store.open_enquiries().await?
    };
    let sought = said("q").to_lowercase();
    let today = london_date(app.clock.now());
    let rows: Vec<Value> = found
        .iter()
        .filter(|enquiry| sought.is_empty() || is_about(enquiry, &sought))
        .map(|enquiry| row(enquiry, today))
        .collect();
    let context = json!({ "rows": rows, "closed": closed, "q": said("q") });
    let about = ("Enquiries", "/staff/enquiries/", "staff/enquiries.html");
    view::open(&app, &member, about, context).await
}

/// Whether an enquiry has to do with what was typed, in small letters.
pub(super) fn is_about(enquiry: &Enquiry, sought: &str) -> bool {
    let asked = &enquiry.asked;
    let texts = [
        enquiry.reference.to_string(),
        asked.person.name.to_string(),
        asked.person.email.as_str().to_owned(),
        asked
            .organisation
            .as_ref()
            .map(Line::to_string)
            .unwrap_or_default(),
        enquiry
            .about
            .as_ref()
            .map(|about| about.title.clone())
            .unwrap_or_default(),
    ];
    texts
        .iter()
        .any(|text| text.to_lowercase().contains(sought))
}

fn row(enquiry: &Enquiry, today: jiff::civil::Date) -> Value {
    let received = london_date(enquiry.received_at);
    let days = (today - received).get_days().max(0);
    json!({
        "reference": enquiry.reference,
        "name": enquiry.asked.person.name,
        "organisation": enquiry.asked.organisation,
        "service": enquiry.about.as_ref().map(|about| &about.title),
        "state": state_words(enquiry.state),
        "received_on": long_date(received),
        "days": days,
    })
}

pub(super) const fn state_words(state: EnquiryState) -> &'static str {
    match state {
        EnquiryState::Received => "Waits for an answer",
        EnquiryState::Answered { .. } => "Answered",
        EnquiryState::Closed { .. } => "Closed",
    }
}

impl Record for Enquiry {
    type Form = Form;

    const TITLE: &'static str = "An enquiry";
    const TEMPLATE: &'static str = "staff/enquiry.html";
    const KEEPS: &'static [Role] = super::KEEPS_MEMBERSHIP;

    async fn find(app: &App, reference: &str) -> Result<Option<Versioned<Self>>, StoreError> {
        match EnquiryReference::parse(reference) {
            Ok(reference) => app.store.enquiry(&reference).await,
            Err(_) => Ok(None),
        }
    }

    fn address(&self) -> String {
        format!("/staff/enquiries/{}/", self.reference)
    }

    async fn addresses(&self, _: &App) -> Result<Vec<EmailAddress>, StoreError> {
        Ok(vec![self.asked.person.email.clone()])
    }

    async fn trail(&self, app: &App) -> Result<Vec<Entry>, StoreError> {
        app.store.enquiry_trail(&self.reference).await
    }

    async fn opened(&self, _: &App) -> Result<Form, StoreError> {
        Ok(Form {
            how: "letter".to_owned(),
            ..Form::default()
        })
    }

    async fn context(&self, app: &App, _: &Form) -> Result<Value, ApiError> {
        let replies: Vec<Value> = self
            .replies
            .iter()
            .map(|reply| {
                json!({
                    "text": reply.text, "by_letter": reply.by_letter,
                    "on": long_date(london_date(reply.at)),
                })
            })
            .collect();
        Ok(json!({
            "held": holds::of(app, &Holdable::Enquiry(self.reference.clone())).await?,
            "enquiry": {
                "reference": self.reference,
                "service": self.about.as_ref().map(|about| &about.title),
                "name": self.asked.person.name,
                "email": self.asked.person.email,
                "organisation": self.asked.organisation,
                "telephone": self.asked.telephone,
                "message": self.asked.message,
                "state": state_words(self.state),
                "is_closed": matches!(self.state, EnquiryState::Closed { .. }),
                "received_on": long_date(london_date(self.received_at)),
                "replies": replies,
            },
        }))
    }
}

/// `POST /staff/enquiries/{reference}/answer/`.
pub(super) async fn answer(
    at: At<Enquiry>,
    typed: record::Form<Enquiry>,
) -> Result<Response, ApiError> {
    let done = async {
        let (text, by_letter) = typed.form.form.parse()?;
        let reference = &at.read.value.reference;
        let by = at.by(&typed);
        Ok(secretary::answer(&at.app, &by, reference, &text, by_letter).await?)
    }
    .await;
    at.answer(typed, "answer", done).await
}

impl Form {
    /// The answer, and whether it goes by letter.
    fn parse(&self) -> Result<(Passage, bool), FieldErrors> {
        let mut errors = FieldErrors::default();
        let text = errors.keep("answer", Passage::parse(&self.answer, "the answer"));
        let by_letter = match self.how.as_str() {
            "letter" => Some(true),
            "otherwise" => Some(false),
            _ => {
                errors.note("how", "Say whether the answer is to be sent");
                None
            }
        };
        text.zip(by_letter).ok_or(errors)
    }
}

/// `POST /staff/enquiries/{reference}/close/`.
pub(super) async fn close(
    at: At<Enquiry>,
    typed: record::Form<Enquiry>,
) -> Result<Response, ApiError> {
    let done = secretary::close_enquiry(&at.app, &at.by(&typed), &at.read.value.reference).await;
    at.answer(typed, "answer", done.map_err(Unfit::from)).await
}

/// `POST /staff/enquiries/{reference}/erase/`: the personal values in the
/// history of a closed enquiry.
pub(super) async fn erase(
    at: At<Enquiry>,
    typed: record::Form<Enquiry>,
) -> Result<Response, ApiError> {
    let of = HistoryOf::Enquiry(&at.read.value.reference);
    let done = secretary::erase_history(&at.app, &at.by(&typed), of).await;
    at.answer(typed, "erase", done.map_err(Unfit::from)).await
}
