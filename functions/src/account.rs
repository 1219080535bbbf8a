//! A member's own page: signed in to by a link that is mailed to a known
//! contact; what is owed, who is booked, who may sign in, how many pupils there
//! are, and the way out.
//!
//! Nobody has a password. What somebody may do is looked up for every request,
//! so that a contact who is removed sees nothing more.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

use crate::app::App;

mod address;
mod booked;
mod contacts;
mod door;
mod home;
mod invoice;
mod let_in;
mod link;
mod notice;
mod people;
mod pupils;
mod sign_in;
mod start;

/// The routes of this area.
pub fn routes(app: &App) -> Router<App> {
    let open: [(&str, MethodRouter<App>); 7] = [
        ("/account/sign-in", get(sign_in::page).post(sign_in::ask)),
        ("/account/sign-in/sent", get(sign_in::sent)),
        (
            "/account/sign-in/{id}/{secret}",
            get(link::page).post(link::sign_in),
        ),
        ("/account/sign-out", post(sign_in::sign_out)),
        (
            "/account/address/{id}/{secret}",
            get(address::page).post(address::confirm),
        ),
        ("/account/let-in", get(let_in::page).post(let_in::ask)),
        ("/account/let-in/sent", get(let_in::sent)),
    ];
    let own: [(&str, MethodRouter<App>); 9] = [
        ("/account", get(start::page)),
        ("/account/{reference}", get(home::page)),
        (
            "/account/{reference}/contacts/add",
            get(contacts::blank).post(contacts::add),
        ),
        (
            "/account/{reference}/contacts/{contact}",
            get(contacts::page).post(contacts::change),
        ),
        (
            "/account/{reference}/contacts/{contact}/remove",
            get(contacts::before_removing).post(contacts::remove),
        ),
        (
            "/account/{reference}/pupils",
            get(pupils::page).post(pupils::declare),
        ),
        (
            "/account/{reference}/notice",
            get(notice::page).post(notice::give),
        ),
        ("/account/{reference}/notice/given", get(notice::given)),
        ("/account/{reference}/invoices/{number}", get(invoice::open)),
    ];
    let guarded = own.into_iter().map(|(path, methods)| {
        let guard = from_fn_with_state(app.clone(), door::guard);
        (path, methods.route_layer(guard))
    });
    open.into_iter()
        .chain(guarded)
        .fold(Router::new(), |router, (path, methods)| {
            router
                .route(path, methods.clone())
                .route(&format!("{path}/"), methods)
        })
}
