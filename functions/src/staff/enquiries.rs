//! Enquiries: those that wait, the oldest first; one of them with its history;
//! an answer, by letter or told otherwise; and closing it.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::calendar::{london_date, long_date};
use domain::contact::Line;
use domain::enquiry::{Enquiry, EnquiryState, Reply};
use domain::form::FieldErrors;
use domain::letter::{Letter, News};
use domain::passage::Passage;
use domain::reference::EnquiryReference;
use domain::staff::StaffMember;
use domain::trail::Who;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::history::history;
use super::signed_in::By;
use super::view::{self, Trouble};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::screen::Screen;
use crate::store::{Guard, Outcome, Transaction, Versioned};
use crate::typed::Typed;

/// What is done with an enquiry, as it was typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    /// The answer, or what was said otherwise.
    answer: String,
    /// `letter` to send it, `otherwise` if the person has it already.
    how: String,
    /// The version of the record that was on the screen.
    version: String,
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
    let screen = Screen {
        title: "Enquiries",
        description: "",
        path: "/staff/enquiries/",
    };
    let context = json!({ "rows": rows, "closed": closed, "q": said("q") });
    view::page(
        &app,
        &member,
        screen,
        "staff/enquiries.html",
        context,
        StatusCode::OK,
    )
    .await
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

/// `GET /staff/enquiries/{reference}/`.
pub(super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let form = Form {
        how: "letter".to_owned(),
        ..Form::default()
    };
    show(
        &app,
        &member,
        &read,
        &form,
        &entropy::key(),
        Trouble::none(),
    )
    .await
}

/// `POST /staff/enquiries/{reference}/answer/`.
pub(super) async fn answer(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let now = app.clock.now();
    let mut errors = FieldErrors::default();
    let text = errors.keep("answer", Passage::parse(&typed.form.answer, "the answer"));
    let by_letter = match typed.form.how.as_str() {
        "letter" => Some(true),
        "otherwise" => Some(false),
        _ => {
            errors.note("how", "Say whether the answer is to be sent");
            None
        }
    };
    let (Some(text), Some(by_letter)) = (text, by_letter) else {
        return wrong(&app, &member, &read, &typed, errors).await;
    };
    let reply = Reply {
        text: text.clone(),
        by_letter,
        at: now,
    };
    let enquiry = &read.value;
    let letter = by_letter.then(|| Letter {
        to: enquiry.asked.person.clone(),
        news: News::EnquiryAnswered {
            reference: enquiry.reference.clone(),
            service: enquiry.about.as_ref().map(|about| about.title.clone()),
            answer: text,
        },
    });
    match enquiry.answered(reply) {
        Ok(next) => {
            let change = Change {
                what: "enquiry-answered",
                next,
                letter,
            };
            commit(&app, &member, &read, &typed, change, now).await
        }
        Err(closed) => {
            let mut errors = FieldErrors::default();
            errors.note("answer", sentence(&closed.to_string()));
            wrong(&app, &member, &read, &typed, errors).await
        }
    }
}

/// `POST /staff/enquiries/{reference}/close/`.
pub(super) async fn close(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
    typed: Typed<Form>,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    let now = app.clock.now();
    match read.value.closed(now) {
        Ok(next) => {
            let change = Change {
                what: "enquiry-closed",
                next,
                letter: None,
            };
            commit(&app, &member, &read, &typed, change, now).await
        }
        Err(_) => Ok(Redirect::to(&address(&read.value)).into_response()),
    }
}

/// `POST /staff/enquiries/{reference}/erase/`: the personal values in the
/// history of a closed enquiry.
pub(super) async fn erase(
    State(app): State<App>,
    By(member): By,
    Named(reference): Named,
) -> Result<Response, ApiError> {
    let read = find(&app, &reference).await?;
    if !matches!(read.value.state, EnquiryState::Closed { .. }) {
        let sentence = "Close the enquiry first: its history is still needed to answer it.";
        return Err(ApiError::BadRequest(sentence.to_owned()));
    }
    let who = Who::Staff(member.id);
    app.store
        .erase_enquiry_history(&read.value.reference, who, app.clock.now())
        .await?;
    Ok(Redirect::to(&address(&read.value)).into_response())
}

/// A change of an enquiry, and the letter that goes with it.
struct Change {
    what: &'static str,
    next: Enquiry,
    letter: Option<Letter>,
}

/// Writes a change, unless it was made before or somebody else was first.
async fn commit(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Enquiry>,
    typed: &Typed<Form>,
    change: Change,
    now: Timestamp,
) -> Result<Response, ApiError> {
    let page = address(&change.next);
    if app.store.command(&typed.command).await?.is_some() {
        return Ok(Redirect::to(&page).into_response());
    }
    if typed.form.version == read.version.to_string() {
        let mut transaction = Transaction::by(Who::Staff(member.id.clone()));
        transaction.change_enquiry(read, &change.next, change.what, now)?;
        if let Some(letter) = change.letter {
            transaction.letter(letter, now)?;
        }
        transaction.remember(&typed.command, &page, now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            return Ok(Redirect::to(&page).into_response());
        }
    }
    let read = find(app, &change.next.reference.to_string()).await?;
    show(
        app,
        member,
        &read,
        &typed.form,
        &entropy::key(),
        Trouble::changed(),
    )
    .await
}

async fn wrong(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Enquiry>,
    typed: &Typed<Form>,
    errors: FieldErrors,
) -> Result<Response, ApiError> {
    let trouble = Trouble::of(errors, StatusCode::UNPROCESSABLE_ENTITY);
    show(app, member, read, &typed.form, &typed.key, trouble).await
}

async fn find(app: &App, reference: &str) -> Result<Versioned<Enquiry>, ApiError> {
    let reference = EnquiryReference::parse(reference).map_err(|_| ApiError::NotFound)?;
    app.store
        .enquiry(&reference)
        .await?
        .ok_or(ApiError::NotFound)
}

pub(super) fn address(enquiry: &Enquiry) -> String {
    format!("/staff/enquiries/{}/", enquiry.reference)
}

/// A text as a sentence begins.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

async fn show(
    app: &App,
    member: &StaffMember,
    read: &Versioned<Enquiry>,
    form: &Form,
    key: &str,
    trouble: Trouble,
) -> Result<Response, ApiError> {
    let enquiry = &read.value;
    let entries = app.store.enquiry_trail(&enquiry.reference).await?;
    let replies: Vec<Value> = enquiry
        .replies
        .iter()
        .map(|reply| {
            json!({
                "text": reply.text, "by_letter": reply.by_letter,
                "on": long_date(london_date(reply.at)),
            })
        })
        .collect();
    let context = json!({
        "enquiry": {
            "reference": enquiry.reference,
            "service": enquiry.about.as_ref().map(|about| &about.title),
            "name": enquiry.asked.person.name,
            "email": enquiry.asked.person.email,
            "organisation": enquiry.asked.organisation,
            "telephone": enquiry.asked.telephone,
            "message": enquiry.asked.message,
            "state": state_words(enquiry.state),
            "is_closed": matches!(enquiry.state, EnquiryState::Closed { .. }),
            "received_on": long_date(london_date(enquiry.received_at)),
            "replies": replies,
        },
        "history": history(app, entries).await?,
        "form": form, "command": key, "version": read.version,
        "errors": trouble.errors, "changed": trouble.changed,
    });
    let path = address(enquiry);
    let screen = Screen {
        title: "An enquiry",
        description: "",
        path: &path,
    };
    view::page(
        app,
        member,
        screen,
        "staff/enquiry.html",
        context,
        trouble.status,
    )
    .await
}
