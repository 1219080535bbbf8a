//! The site, from memory, with the headers that it has in the cloud.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use functions::security::page_headers;

/// The paths that the functions answer; everything else is the site's.
const DYNAMIC: [&str; 11] = [
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
];

/// The files of a site, by their paths in it.
type Files = BTreeMap<String, Vec<u8>>;

/// The files of the site, as last built.
#[derive(Debug, Clone)]
pub struct Pages {
    files: Arc<RwLock<Arc<Files>>>,
    headers: Arc<Vec<(header::HeaderName, String)>>,
}

impl Pages {
    /// The pages of a site under `base_url`, whose forms may lead to `form_targets`.
    #[must_use]
    pub fn new(files: Files, base_url: &str, form_targets: &[String]) -> Pages {
        Pages {
            files: Arc::new(RwLock::new(Arc::new(files))),
            headers: Arc::new(page_headers(base_url, form_targets)),
        }
    }

    /// Shows these files from now on.
    pub fn replace(&self, files: Files) {
        *self.files.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(files);
    }

    fn files(&self) -> Arc<Files> {
        Arc::clone(&self.files.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn respond(&self, status: StatusCode, name: &str, content: &[u8]) -> Response {
        let kept = if name.starts_with("assets/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let headers = [
            (header::CONTENT_TYPE, content_type(name)),
            (header::CACHE_CONTROL, kept),
        ];
        let mut response = (status, headers, content.to_vec()).into_response();
        for (name, value) in self.headers.iter() {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
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
        return next.run(request).await;
    }
    let files = pages.files();
    let name = path.trim_start_matches('/');
    let name = if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    };
    if let Some(content) = files.get(&name) {
        return pages.respond(StatusCode::OK, &name, content);
    }
    if files.contains_key(&format!("{name}/index.html")) {
        return Redirect::permanent(&format!("{path}/")).into_response();
    }
    match files.get("404.html") {
        Some(content) => pages.respond(StatusCode::NOT_FOUND, "404.html", content),
        None => next.run(request).await,
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("xml") => "application/xml",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("avif") => "image/avif",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
