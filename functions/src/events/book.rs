//! The booking form: places for the delegates of one school.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::booking::{Booking, BookingForm};
use domain::event::{Event, Question};
use domain::form::FieldErrors;
use domain::money::Pence;
use domain::places::Places;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::check;
use super::find;
use super::request::Asking;
use super::reserve::{NotBooked, preview, reserve};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::member_session::{ActsFor, acts_for, secret_of};
use crate::named::Named;
use crate::screen::Screen;
use crate::security::is_our_own;
use crate::site::Published;
use crate::typed::Typed;

/// Answers that wait to be checked, with the key of their form.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Answered {
    form: BookingForm,
    key: String,
}

/// Which answers are to be changed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Again {
    /// The secret that they are kept under.
    answers: String,
}

/// `GET /book/{event}/`: the form, with the answers that are to be changed, or
/// empty but for whoever is signed in; and the places that are left.
pub(super) async fn form(
    State(app): State<App>,
    Named(slug): Named,
    again: Result<Query<Again>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let places = places(&app, event).await?;
    let acts = acts_for(&app, &headers).await?;
    let again = again.map(|Query(again)| again).unwrap_or_default();
    let kept = match again.answers.as_str() {
        "" => None,
        secret => answered(&app, secret).await?,
    };
    let member = acts.first();
    let answered = kept.unwrap_or_else(|| Answered {
        form: BookingForm {
            coming: "yes".to_owned(),
            pays_by: "card".to_owned(),
            member: member
                .map(|acts| acts.membership.reference.to_string())
                .unwrap_or_default(),
            ..BookingForm::default()
        },
        key: entropy::key(),
    });
    let form = Form {
        typed: &answered.form,
        key: &answered.key,
        errors: FieldErrors::default(),
        acts: &acts,
        now: app.clock.now(),
    };
    form.show(&site, event, Some(places), StatusCode::OK)
}

/// The answers that are kept under a secret, while they are.
async fn answered(app: &App, secret: &str) -> Result<Option<Answered>, ApiError> {
    let now = app.clock.system_now();
    Ok(app.store.answers(secret, now).await?)
}

/// `GET /book/{event}/check/{secret}/`: the answers, to be checked. Where they are
/// kept no longer, or make no booking any more, the form is shown instead, with
/// what is known of them.
pub(super) async fn check(
    State(app): State<App>,
    Path((slug, secret)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let form = format!("/book/{}/", event.slug);
    let Some(answered) = answered(&app, &secret).await? else {
        return Ok(Redirect::to(&form).into_response());
    };
    let session = secret_of(&app, &headers);
    let shown = async {
        let session = session.as_deref();
        let asking = Asking::read(&app, event, &answered.form, session).await?;
        Ok::<_, NotBooked>(preview(&app, &site, event, asking).await?)
    };
    let (booking, left_for_party) = match shown.await {
        Ok(shown) => shown,
        Err(NotBooked::Store(error)) => return Err(error.into()),
        Err(_) => {
            let form = format!("{form}?answers={secret}");
            return Ok(Redirect::to(&form).into_response());
        }
    };
    let answers = check::Answers {
        form: &answered.form,
        key: &answered.key,
        secret: &secret,
        booking: &booking,
        left_for_party,
    };
    let places = places(&app, event).await?;
    answers.show(&site, event, &about(&site, event, app.clock.now()), places)
}

/// The form as it is sent: to be checked first, then to be carried out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    #[serde(flatten)]
    form: BookingForm,
    /// `book`, or anything else for the answers to be checked.
    step: String,
}

/// `POST /book/{event}/`: the answers to be checked; then places, or the end of
/// the waiting list.
pub(super) async fn book(
    State(app): State<App>,
    Named(slug): Named,
    headers: HeaderMap,
    typed: Typed<Sent>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let session = secret_of(&app, &headers).filter(|_| is_our_own(&app, &headers));
    let refused = async |errors, status| {
        let acts = match session {
            Some(_) => acts_for(&app, &headers).await.unwrap_or_default(),
            None => Vec::new(),
        };
        let form = Form {
            typed: &typed.form.form,
            key: &typed.key,
            errors,
            acts: &acts,
            now: app.clock.now(),
        };
        // Without the database the form still shows what was typed.
        form.show(&site, event, places(&app, event).await.ok(), status)
    };
    let done = async {
        let asking = Asking::read(&app, event, &typed.form.form, session.as_deref()).await?;
        if typed.form.step == "book" {
            return reserve(&app, &site, event, asking, &typed.command).await;
        }
        let secret = entropy::secret();
        let answered = Answered {
            form: typed.form.form.clone(),
            key: typed.key.clone(),
        };
        let kept_at = app.clock.system_now();
        app.store.keep_answers(&secret, &answered, kept_at).await?;
        Ok(format!("/book/{}/check/{secret}/", event.slug))
    };
    match done.await {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(NotBooked::Fields(errors)) => refused(errors, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(error) => match error.about() {
            Some((field, status)) => refused(note(field, &error.to_string()), status).await,
            None => {
                tracing::warn!(event = %event.slug, "a booking was not taken: {error}");
                let sentence = "We could not take your booking just now. Nothing is lost: send it again in a minute";
                refused(note("submit", sentence), StatusCode::SERVICE_UNAVAILABLE).await
            }
        },
    }
}

/// The places of an event as they are now.
async fn places(app: &App, event: &Event) -> Result<Places, ApiError> {
    Ok(app
        .store
        .tally(&event.slug)
        .await?
        .value
        .seen(event, app.clock.now()))
}

/// One sentence about a field, or the form as a whole.
fn note(field: &'static str, sentence: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.note(field, sentence);
    errors
}

/// The form as it is shown.
struct Form<'a> {
    typed: &'a BookingForm,
    key: &'a str,
    errors: FieldErrors,
    acts: &'a [ActsFor],
    now: Timestamp,
}

/// The event as the form shows it, with what giving up a place costs.
fn about(site: &Published, event: &Event, now: Timestamp) -> Value {
    let rules = &site.publication.booking;
    let member_price = event
        .member_price
        .filter(|_| event.price_for(true) != event.price_for(false));
    let policy = event.policy(rules);
    let is_charged = policy.ever_charges(event.charge().unwrap_or(Pence::ZERO));
    let lines = policy.lines(event.starts, &rules.bank_holidays);
    json!({
        "slug": event.slug, "title": event.title, "href": event.href, "starts": event.starts,
        "ends": event.ends, "sessions": event.sessions, "venue": event.venue,
        "online": event.online, "capacity": event.capacity, "audience": event.audience,
        "price_pence": event.price_for(false), "member_price_pence": member_price,
        "included_places": event.included_places, "limit_per_school": event.limit_per_school,
        "booking_opens": event.booking_opens.filter(|_| !event.has_opened(now)),
        "booking_closes": event.booking_closes, "needs_approval": event.needs_approval,
        "asks_dietary": event.asks.contains(&Question::Dietary),
        "asks_access": event.asks.contains(&Question::Access),
        "cancellation": if is_charged { lines } else { Vec::new() },
        "most_delegates": Booking::MOST_DELEGATES,
        "sample": event.sample, "book_href": format!("/book/{}/", event.slug),
    })
}

impl Form<'_> {
    fn show(
        &self,
        site: &Published,
        event: &Event,
        places: Option<Places>,
        status: StatusCode,
    ) -> Result<Response, ApiError> {
        let context = json!({
            "form": self.typed, "command": self.key, "errors": self.errors, "places": places,
            "members": self.members(), "is_signed_in": !self.acts.is_empty(),
            "event": about(site, event, self.now),
        });
        let path = format!("/book/{}/", event.slug);
        let title = format!("Book a place: {}", event.title);
        let screen = Screen {
            title: &title,
            description: "",
            path: &path,
        };
        Ok((status, screen.render(site, "forms/book.html", context)?).into_response())
    }

    /// The members that whoever is signed in may book for, as choices.
    fn members(&self) -> Vec<Value> {
        let members = self.acts.iter().map(|acts| {
            json!({
                "value": acts.membership.reference, "label": acts.membership.member.name,
            })
        });
        let other = json!({ "value": "", "label": "Another school or organisation" });
        match self.acts.is_empty() {
            true => Vec::new(),
            false => members.chain([other]).collect(),
        }
    }
}
