//! Applications for membership: begun, answered page by page, handed over,
//! sent, confirmed, and followed until they are decided.
//!
//! An application is opened by its reference and the secret of a link; each
//! link is for one purpose. What has expired or was never there is told alike.

use axum::Router;
use axum::routing::{MethodRouter, get, post};

use crate::app::App;

mod access;
mod check;
mod confirm;
mod hand_over;
mod mailed_link;
mod question;
mod save;
mod shown;
mod start;
mod status;
mod submit;
mod submitted;
mod tasks;
mod writing;

/// The routes of applications.
pub(super) fn routes() -> Router<App> {
    let pages: [(&str, MethodRouter<App>); 12] = [
        ("/apply", get(start::page).post(start::begin)),
        ("/apply/submitted/{reference}", get(submitted::page)),
        ("/apply/{reference}/{secret}", get(tasks::page)),
        (
            "/apply/{reference}/{secret}/{page}",
            get(question::page).post(question::answer),
        ),
        (
            "/apply/{reference}/{secret}/check",
            get(check::page).post(submit::send),
        ),
        (
            "/apply/{reference}/{secret}/save",
            get(save::page).post(save::send),
        ),
        (
            "/apply/{reference}/{secret}/hand-over",
            get(hand_over::page).post(hand_over::send),
        ),
        (
            "/apply/{reference}/{secret}/confirm",
            get(confirm::page).post(confirm::confirm),
        ),
        ("/apply/{reference}/{secret}/status", get(status::page)),
        (
            "/apply/{reference}/{secret}/status/reply",
            post(status::reply),
        ),
        (
            "/apply/{reference}/{secret}/status/withdraw",
            get(status::before_withdrawing).post(status::withdraw),
        ),
        (
            "/apply/{reference}/{secret}/status/again",
            post(status::again),
        ),
    ];
    pages
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| {
            router
                .route(path, methods.clone())
                .route(&format!("{path}/"), methods)
        })
}
