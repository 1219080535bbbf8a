//! The letter box of one machine: what was written, in words and laid out, and
//! what of it has gone; and beside it every kind of letter there is, with what it
//! says made up.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use domain::delivery::Delivery;
use domain::letter::{Letter, OutboxItem};
use functions::app::App;
use functions::mail::{Words, compose};
use jiff::Timestamp;

/// The most letters that are shown.
const MOST: usize = 200;

/// The name under which a letter's HTML is.
const LAID_OUT: &str = "letter.html";

/// One letter of each kind.
const SAMPLES: &str = include_str!("../samples/letters.json");

/// The routes of the letter box.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/dev/letters", get(page))
        .route("/dev/letters/kinds", get(kinds))
        .route("/dev/letters.json", get(data))
        .route("/dev/letters/{id}/{name}", get(attached))
}

/// One letter of each kind, with the same words each time.
///
/// # Panics
///
/// If a sample is no letter any more: a test says which.
#[must_use]
pub fn samples() -> Vec<OutboxItem> {
    let letters: Vec<Letter> =
        serde_json::from_str(SAMPLES).expect("functions/local/samples/letters.json has letters");
    letters
        .into_iter()
        .map(|letter| OutboxItem {
            id: format!("sample-{}", letter.news.template()),
            created_at: Timestamp::UNIX_EPOCH,
            letter,
            delivery: Delivery::default(),
        })
        .collect()
}

/// A letter as the box shows it.
struct Shown {
    words: Words,
    state: &'static str,
}

/// `GET /dev/letters`: for people.
async fn page(State(app): State<App>) -> Response {
    let letters = match read(&app).await {
        Ok(letters) => letters,
        Err(error) => return unavailable(&error),
    };
    let lead = "What was written on this machine, the newest first. \
                <a href=\"/dev/letters/kinds\">Every kind of letter</a>";
    let nothing = "<p>There are none yet: apply, or book a place.</p>";
    shown("Letters", lead, &letters, nothing)
}

/// `GET /dev/letters/kinds`: every kind of letter, with what it says made up.
async fn kinds(State(app): State<App>) -> Response {
    match in_words(&app, samples()).await {
        Ok(letters) => {
            let lead = "Each is one file in the theme’s templates, under letters/. \
                        <a href=\"/dev/letters\">The letters of this machine</a>";
            shown("Every kind of letter", lead, &letters, "")
        }
        Err(error) => unavailable(&error),
    }
}

fn shown(title: &str, lead: &str, letters: &[Shown], nothing: &str) -> Response {
    let mut page = format!(
        "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{max-width:44rem;margin:1rem auto;padding:0 1rem;font-family:sans-serif}}pre{{white-space:pre-wrap;overflow-wrap:anywhere}}</style>\
         <main><h1>{title}</h1><p>{lead}</p>"
    );
    if letters.is_empty() {
        page.push_str(nothing);
    }
    for Shown { words, state } in letters {
        let id = escaped(&words.id);
        page.push_str(&format!(
            "<article><h2>{subject}</h2><p>To {to}. {state}. <a href=\"/dev/letters/{id}/{LAID_OUT}\">As HTML</a></p><pre>{text}</pre>",
            subject = escaped(&words.subject),
            to = escaped(&words.to),
            text = escaped(&words.text),
        ));
        for attachment in &words.attachments {
            let name = escaped(attachment.name);
            page.push_str(&format!(
                "<p>With it goes <a href=\"/dev/letters/{id}/{name}\">{name}</a></p>"
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
        Ok(letters) => {
            let words: Vec<Words> = letters.into_iter().map(|shown| shown.words).collect();
            Json(words).into_response()
        }
        Err(error) => unavailable(&error),
    }
}

/// `GET /dev/letters/{id}/{name}`: a letter's HTML, or a file that goes with it.
async fn attached(State(app): State<App>, Path((id, name)): Path<(String, String)>) -> Response {
    let letters = match id.starts_with("sample-") {
        true => in_words(&app, samples()).await,
        false => read(&app).await,
    };
    let letters = match letters {
        Ok(letters) => letters,
        Err(error) => return unavailable(&error),
    };
    let letter = letters.into_iter().find(|letter| letter.words.id == id);
    let Some(Shown { words, .. }) = letter else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if name == LAID_OUT {
        return Html(words.html).into_response();
    }
    let mut attachments = words.attachments.into_iter();
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

async fn read(app: &App) -> anyhow::Result<Vec<Shown>> {
    in_words(app, app.store.letters(MOST).await?).await
}

async fn in_words(app: &App, items: Vec<OutboxItem>) -> anyhow::Result<Vec<Shown>> {
    let site = app.site.published().await?;
    let shown = items.iter().map(|item| {
        let words = compose(&site, &app.links, item)?;
        let state = state(&item.delivery);
        Ok(Shown { words, state })
    });
    shown.collect()
}

const fn state(delivery: &Delivery) -> &'static str {
    match delivery {
        Delivery::Waiting { .. } => "Not sent",
        Delivery::Taken { .. } => "Being sent",
        Delivery::Sent { .. } => "Sent",
        Delivery::Stopped { .. } => "Stopped",
        Delivery::Returned { .. } => "Came back",
    }
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
