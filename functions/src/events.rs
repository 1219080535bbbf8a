//! Events: a place is booked, and a booking has a page of its own.

use axum::Router;
use axum::routing::get;
use domain::event::{Event, EventSlug};

use crate::answer::ApiError;
use crate::app::App;
use crate::site::Published;

mod book;
mod booking;
mod places;
mod reserve;

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/book/{event}", get(book::form).post(book::book))
        .route("/book/{event}/", get(book::form).post(book::book))
        .route("/bookings/{reference}", get(booking::page))
        .route("/bookings/{reference}/", get(booking::page))
        .route("/api/events/{event}", get(places::places))
}

/// The event that a path names.
fn find<'a>(site: &'a Published, slug: &str) -> Result<&'a Event, ApiError> {
    let slug = EventSlug::parse(slug).map_err(|_| ApiError::NotFound)?;
    site.publication.event(&slug).ok_or(ApiError::NotFound)
}
