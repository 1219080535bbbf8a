//! Events: a place is booked, a booking has a page of its own, and who came says
//! what it was like. A link may have lost its last slash on the way: pages are
//! found without it.

use axum::Router;
use axum::routing::{get, post};
use domain::event::{Event, EventSlug};

use crate::answer::ApiError;
use crate::app::App;
use crate::site::Published;

mod access;
mod book;
mod booking;
mod calendar;
mod certificate;
mod change;
mod check;
mod confirm;
mod feedback;
mod manage;
mod places;
mod request;
mod reserve;
mod wish;

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/book/{event}", get(book::form).post(book::book))
        .route("/book/{event}/", get(book::form).post(book::book))
        .route("/book/{event}/check/{secret}", get(book::check))
        .route("/book/{event}/check/{secret}/", get(book::check))
        .route("/bookings/{reference}", get(booking::page))
        .route("/bookings/{reference}/", get(booking::page))
        .route("/bookings/{reference}/event.ics", get(calendar::file))
        .route("/bookings/{reference}/{secret}", get(manage::page))
        .route("/bookings/{reference}/{secret}/", get(manage::page))
        .route(
            "/bookings/{reference}/{secret}/event.ics",
            get(calendar::own_file),
        )
        .route(
            "/bookings/{reference}/{secret}/confirm",
            get(confirm::address_page).post(confirm::confirm),
        )
        .route(
            "/bookings/{reference}/{secret}/confirm/",
            get(confirm::address_page).post(confirm::confirm),
        )
        .route(
            "/bookings/{reference}/{secret}/approve",
            get(confirm::approval_page).post(confirm::approve),
        )
        .route(
            "/bookings/{reference}/{secret}/approve/",
            get(confirm::approval_page).post(confirm::approve),
        )
        .route(
            "/bookings/{reference}/{secret}/{number}",
            get(manage::place_page),
        )
        .route(
            "/bookings/{reference}/{secret}/{number}/",
            get(manage::place_page),
        )
        .route(
            "/bookings/{reference}/{secret}/{number}/{action}/",
            post(manage::act),
        )
        .route(
            "/feedback/{reference}/{number}/{secret}",
            get(feedback::page).post(feedback::answer),
        )
        .route(
            "/feedback/{reference}/{number}/{secret}/",
            get(feedback::page).post(feedback::answer),
        )
        .route("/certificates/{code}", get(certificate::page))
        .route("/certificates/{code}/", get(certificate::page))
        .route(
            "/certificates/{code}/certificate.pdf",
            get(certificate::file),
        )
        .route("/api/events/{event}", get(places::places))
}

/// The event that a path names.
fn find<'a>(site: &'a Published, slug: &str) -> Result<&'a Event, ApiError> {
    let slug = EventSlug::parse(slug).map_err(|_| ApiError::NotFound)?;
    site.publication.event(&slug).ok_or(ApiError::NotFound)
}
