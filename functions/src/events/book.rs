//! The booking form: one place for one person.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::booking::BookingForm;
use domain::event::Event;
use domain::form::FieldErrors;
use domain::places::Places;
use serde_json::json;

use super::find;
use super::reserve::{Asked, reserve};
use crate::answer::ApiError;
use crate::app::App;
use crate::entropy;
use crate::named::Named;
use crate::screen::Screen;
use crate::site::Published;
use crate::typed::Typed;

/// `GET /book/{event}/`: the form, empty, and the places that are left.
pub(super) async fn form(State(app): State<App>, Named(slug): Named) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let places = places(&app, event).await?;
    let form = Form {
        typed: &BookingForm::default(),
        key: &entropy::key(),
        errors: FieldErrors::default(),
    };
    form.show(&site, event, Some(places), StatusCode::OK)
}

/// `POST /book/{event}/`: a place, or the end of the waiting list.
pub(super) async fn book(
    State(app): State<App>,
    Named(slug): Named,
    typed: Typed<BookingForm>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&site, &slug)?;
    let refused = async |errors, status| {
        let form = Form {
            typed: &typed.form,
            key: &typed.key,
            errors,
        };
        // Without the database the form still shows what was typed.
        form.show(&site, event, places(&app, event).await.ok(), status)
    };

    let asked = match typed.form.parse() {
        Ok((delegate, school)) => Asked { delegate, school },
        Err(errors) => return refused(errors, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    if !event.is_open(app.clock.now()) {
        return refused(
            note("Booking for this event has closed"),
            StatusCode::CONFLICT,
        )
        .await;
    }
    match reserve(&app, &site, event, asked, &typed.command).await {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(error) => {
            tracing::warn!(event = %event.slug, "a booking was not taken: {error}");
            let sentence = "We could not take your booking just now. Nothing is lost: send it again in a minute";
            refused(note(sentence), StatusCode::SERVICE_UNAVAILABLE).await
        }
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

/// One sentence about the form as a whole.
fn note(sentence: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.note("submit", sentence);
    errors
}

/// The form as it is shown.
struct Form<'a> {
    typed: &'a BookingForm,
    key: &'a str,
    errors: FieldErrors,
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
            "event": {
                "slug": event.slug, "title": event.title, "href": event.href, "starts": event.starts,
                "ends": event.ends, "booking_closes": event.booking_closes, "venue": event.venue, "capacity": event.capacity,
                "price_pence": event.charge(), "sample": event.sample, "book_href": format!("/book/{}/", event.slug),
            },
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
}
