//! Edits of content and theme, shown while the product runs.
//!
//! The site's parts follow the files (`site_gen::serve`); here is what the
//! product adds: the publication goes into the table and the templates to the
//! functions *before* a browser hears of a change, so that a form which is
//! loaded again is the new one. A form has the script in it as a page does.

use std::convert::Infallible;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::publication::Publication;
use functions::app::App;
use functions::publishing::publish_all;
use futures_util::stream;
use serde::Deserialize;
use site_gen::serve::engine::Engine;
use site_gen::serve::follow;
use site_gen::serve::live::{Live, with_script};
use site_gen::serve::reload::{NEWS_PATH, SCRIPT, SCRIPT_PATH};
use site_gen::serve::watch::Watch;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// The following of the files, until it is dropped.
#[derive(Debug)]
pub struct Following {
    live: Live,
    stopped: Arc<AtomicBool>,
}

impl Following {
    /// Follows the files that an engine has read, in a thread of its own.
    #[must_use]
    pub fn begin(watch: Watch, engine: Engine, live: Live, app: App) -> Following {
        let stopped = Arc::new(AtomicBool::new(false));
        let following = Following {
            live: live.clone(),
            stopped: Arc::clone(&stopped),
        };
        let handle = Handle::current();
        let mut told = Told::of(&engine);
        let clock = app.clock.clone();
        std::thread::spawn(move || {
            let prepare = |engine: &Engine, _: &_| {
                let now = Told::of(engine);
                handle.block_on(publish(&app, &mut told, now))
            };
            follow::follow(
                watch,
                engine,
                &live,
                || clock.now(),
                prepare,
                || stopped.load(Ordering::Relaxed),
            );
        });
        following
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // A page that listens would keep the server from ending.
        self.live.close();
    }
}

/// What the functions were told of the site.
#[derive(Default)]
struct Told {
    publication: Option<Publication>,
    templates: Vec<(String, String)>,
}

impl Told {
    fn of(engine: &Engine) -> Told {
        engine.built().map_or_else(Told::default, |built| Told {
            publication: built.publication.clone(),
            templates: built.templates.clone(),
        })
    }

    /// What a screen shows, the addresses of its style sheets apart.
    fn screens(&self) -> Option<Publication> {
        let publication = self.publication.clone()?;
        Some(Publication {
            assets: Default::default(),
            ..publication
        })
    }
}

/// Tells the functions what differs; says whether their screens do.
async fn publish(app: &App, told: &mut Told, now: Told) -> bool {
    let templates = now.templates != told.templates;
    let publication = now.publication != told.publication;
    if publication
        && let Some(publication) = &now.publication
        && !tell_and_publish(app, publication).await
    {
        return false;
    }
    if publication || templates {
        app.site.refresh(templates.then(|| now.templates.clone()));
    }
    let screens = templates || now.screens() != told.screens();
    *told = now;
    screens
}

/// Publishes an edit, and says on the terminal whom it concerns. Their letters
/// are written with the next sweep, within a minute: a save that is taken back
/// before then has told nobody anything.
async fn tell_and_publish(app: &App, publication: &Publication) -> bool {
    match publish_all(&app.store, publication, app.clock.now()).await {
        Ok(plan) => {
            if !plan.concerns.is_empty() {
                // A terminal that is gone hears nothing of it.
                let _ = writeln!(
                    std::io::stderr(),
                    "This edit concerns people who have booked:\n\n{}",
                    plan.words()
                );
            }
            true
        }
        Err(error) => {
            tracing::error!(%error, "the forms do not know of the change: the publication was not taken");
            false
        }
    }
}

/// The script, and the news that it listens to.
pub fn routes(live: Live) -> Router {
    Router::new()
        .route(SCRIPT_PATH, get(script))
        .route(NEWS_PATH, get(news))
        .with_state(live)
}

/// `GET /dev/reload.js`: for every page.
async fn script() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, SCRIPT)
}

/// Which page listens, and what it shows.
#[derive(Debug, Deserialize)]
struct Listening {
    page: String,
    #[serde(default)]
    since: String,
}

/// `GET /dev/changes`: for the script.
async fn news(
    State(live): State<Live>,
    Query(listening): Query<Listening>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let (sender, receiver) = mpsc::unbounded_channel();
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let since = last.unwrap_or(&listening.since);
    let listener = move |text: &str| sender.send(text.to_owned()).is_ok();
    live.listen(&listening.page, since, Box::new(listener));
    let events = stream::unfold(receiver, |mut receiver| async {
        let text = receiver.recv().await?;
        Some((Ok::<_, Infallible>(text), receiver))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(events))
}

/// An answer of the functions with the script in it, if it is a page.
pub async fn listening(response: Response, mark: &str) -> Response {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    if response.headers().get(header::CONTENT_TYPE) != Some(&html) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(with_script(&page, mark)))
}
