//! The letter box of one machine: what would have been sent, in words.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use functions::app::App;
use functions::mail::{Words, compose};

/// The most letters that are shown.
const MOST: usize = 200;

/// The routes of the letter box.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/dev/letters", get(page))
        .route("/dev/letters.json", get(data))
        .route("/dev/letters/{id}/{name}", get(attached))
}

/// `GET /dev/letters`: for people.
async fn page(State(app): State<App>) -> Response {
    let letters = match read(&app).await {
        Ok(letters) => letters,
        Err(error) => return unavailable(&error),
    };
    let mut page = String::from(
        "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Letters</title>\
         <main><h1>Letters</h1><p>What this machine would have sent, the newest first.</p>",
    );
    if letters.is_empty() {
        page.push_str("<p>There are none yet: apply, or book a place.</p>");
    }
    for letter in letters {
        page.push_str(&format!(
            "<article><h2>{}</h2><p>To {}</p><pre>{}</pre>",
            escaped(&letter.subject),
            escaped(&letter.to),
            escaped(&letter.text)
        ));
        for attachment in &letter.attachments {
            let name = escaped(attachment.name);
            page.push_str(&format!(
                "<p>With it goes <a href=\"/dev/letters/{}/{name}\">{name}</a></p>",
                escaped(&letter.id)
            ));
        }
        page.push_str("</article><hr>");
    }
    page.push_str("</main>");
    Html(page).into_response()
}

/// `GET /dev/letters.json`: for tests.
async fn data(State(app): State<App>) -> Response {
    match read(&app).await {
        Ok(letters) => Json(letters).into_response(),
        Err(error) => unavailable(&error),
    }
}

/// `GET /dev/letters/{id}/{name}`: a file that goes with a letter.
async fn attached(State(app): State<App>, Path((id, name)): Path<(String, String)>) -> Response {
    let letters = match read(&app).await {
        Ok(letters) => letters,
        Err(error) => return unavailable(&error),
    };
    let letter = letters.into_iter().find(|letter| letter.id == id);
    let mut attachments = letter.into_iter().flat_map(|letter| letter.attachments);
    match attachments.find(|attachment| attachment.name == name) {
        Some(attachment) => {
            let headers = [
                (header::CONTENT_TYPE, attachment.kind.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{}\"", attachment.name),
                ),
            ];
            (headers, attachment.text).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn read(app: &App) -> anyhow::Result<Vec<Words>> {
    let site = app.site.published().await?;
    let items = app.store.letters(MOST).await?;
    Ok(items
        .iter()
        .map(|item| compose(&site, &app.links, item))
        .collect::<Result<_, _>>()?)
}

fn unavailable(error: &anyhow::Error) -> Response {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("The letters cannot be shown: {error:#}\n"),
    )
        .into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
