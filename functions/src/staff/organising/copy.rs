//! An event like another: the text of its content file, ready to be saved. Events
//! are files that editors keep, so nothing is written here.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::event::{Event, EventSlug};
use serde::Deserialize;
use serde_json::json;

use super::super::signed_in::By;
use super::super::view;
use super::find;
use crate::answer::ApiError;
use crate::app::App;
use crate::named::Named;

/// What the new event is to be called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Asked {
    title: String,
}

/// The title of the copy, and the name of its file.
fn named(event: &Event, asked: Result<Query<Asked>, QueryRejection>) -> (String, EventSlug) {
    let typed = asked.map(|Query(asked)| asked.title).unwrap_or_default();
    let title = match typed.trim() {
        "" => format!("{} (copy)", event.title),
        typed => typed.to_owned(),
    };
    let slug = EventSlug::of_title(&title).filter(|slug| *slug != event.slug);
    let next = || EventSlug::parse(&format!("{}-copy", event.slug)).ok();
    let slug = slug.or_else(next).unwrap_or_else(|| event.slug.clone());
    (title, slug)
}

/// `GET /staff/events/{event}/copy/?title=…`.
pub(in super::super) async fn page(
    State(app): State<App>,
    By(member): By,
    Named(slug): Named,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    let (title, name) = named(&event, asked);
    let context = json!({
        "event": { "title": event.title, "slug": event.slug },
        "new_title": title, "text": event.copy(&title),
        "file": format!("content/events/{name}.md"),
        "is_taken": site.publication.event(&name).is_some(),
    });
    let path = format!("/staff/events/{}/copy/", event.slug);
    let about = ("Copy this event", path.as_str(), "staff/event-copy.html");
    view::open(&app, &member, about, context).await
}

/// `GET /staff/events/{event}/copy.md?title=…`: the same as a file.
pub(in super::super) async fn file(
    State(app): State<App>,
    Named(slug): Named,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let event = find(&app, &site, &slug).await?;
    let (title, name) = named(&event, asked);
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/markdown; charset=utf-8".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.md\""),
        ),
    ];
    Ok((headers, event.copy(&title)).into_response())
}
