//! The routers: what each function answers, and all of it for one machine.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::app::App;
use crate::{account, answer, events, membership, payments, security, staff};

/// The routes of the function `membership`.
pub fn membership(app: &App) -> Router {
    dressed(app, membership::routes())
}

/// The routes of the function `account`.
pub fn account(app: &App) -> Router {
    dressed(app, account::routes(app))
}

/// The routes of the function `events`.
pub fn events(app: &App) -> Router {
    dressed(app, events::routes())
}

/// The routes of the function `payments`.
pub fn payments(app: &App) -> Router {
    dressed(app, payments::routes())
}

/// The routes of the function `staff`.
pub fn staff(app: &App) -> Router {
    dressed(app, staff::routes(app))
}

/// Every route of every function, each with the app that it is given by its name.
pub fn everything(app: &App, of: impl Fn(&'static str) -> App) -> Router {
    let (account, staff) = (of("account"), of("staff"));
    let routes = membership::routes()
        .with_state(of("membership"))
        .merge(account::routes(&account).with_state(account))
        .merge(events::routes().with_state(of("events")))
        .merge(payments::routes().with_state(of("payments")))
        .merge(staff::routes(&staff).with_state(staff));
    dressed(app, routes)
}

/// What every answer of every function goes through.
fn dressed(app: &App, routes: Router<App>) -> Router {
    routes
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .layer(from_fn(security::own_forms_only))
        .layer(from_fn_with_state(app.clone(), answer::finish))
        .layer(from_fn_with_state(
            app.config.edge_keys.clone(),
            security::from_the_edge_only,
        ))
        .with_state(app.clone())
}
