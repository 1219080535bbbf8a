//! The site, from memory, with the headers that it has in the cloud.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use functions::security::page_headers;
use site_gen::serve::live::{Found, Live, NOT_FOUND, media_type, with_script};

use crate::reload;

/// The paths that the functions answer; everything else is the site's.
const DYNAMIC: [&str; 12] = [
    "account",
    "api",
    "apply",
    "book",
    "bookings",
    "certificates",
    "dev",
    "enquire",
    "feedback",
    "invoices",
    "pay",
    "staff",
];

/// The site as it is shown now.
#[derive(Debug, Clone)]
pub struct Pages {
    live: Live,
    headers: Arc<Vec<(header::HeaderName, String)>>,
    /// Whether pages listen for changes.
    listen: bool,
}

impl Pages {
    /// The pages of a site under `base_url`, whose forms may lead to
    /// `form_targets`, and which `listen` for changes or not.
    #[must_use]
    pub fn new(live: Live, base_url: &str, form_targets: &[String], listen: bool) -> Pages {
        Pages {
            live,
            headers: Arc::new(page_headers(base_url, form_targets)),
            listen,
        }
    }

    fn respond(&self, status: StatusCode, name: &str, content: &[u8], mark: &str) -> Response {
        let kept = if name.starts_with("assets/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let headers = [
            (header::CONTENT_TYPE, media_type(name)),
            (header::CACHE_CONTROL, kept),
        ];
        let content = if self.listen && name.ends_with(".html") {
            with_script(content, mark)
        } else {
            content.to_vec()
        };
        let mut response = (status, headers, content).into_response();
        for (name, value) in self.headers.iter() {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    /// An answer of the functions, which listens as the pages do.
    async fn pass_on(&self, request: Request, next: Next) -> Response {
        // What changes while it is made is news to it.
        let mark = self.live.mark();
        let response = next.run(request).await;
        if self.listen {
            reload::listening(response, &mark).await
        } else {
            response
        }
    }
}

/// Answers what is the site's, and leaves the rest to the functions.
pub async fn serve(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let first = path
        .trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || DYNAMIC.contains(&first) {
        return pages.pass_on(request, next).await;
    }
    match pages.live.find(path) {
        Found::File { name, bytes, mark } => pages.respond(StatusCode::OK, &name, &bytes, &mark),
        Found::Moved(to) => Redirect::permanent(&to).into_response(),
        Found::Nothing => match pages.live.find(NOT_FOUND) {
            Found::File { name, bytes, mark } => {
                pages.respond(StatusCode::NOT_FOUND, &name, &bytes, &mark)
            }
            _ => pages.pass_on(request, next).await,
        },
    }
}
