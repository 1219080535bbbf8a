//! Membership: a school applies, and is told what it would cost.

use axum::Router;
use axum::routing::get;

use crate::app::App;

mod apply;
mod eligibility;
mod enquire;
mod health;
mod quote;

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/apply/eligibility", get(eligibility::search))
        .route("/apply/eligibility/", get(eligibility::search))
        .route("/apply/eligibility/{urn}", get(eligibility::school))
        .route("/apply/eligibility/{urn}/", get(eligibility::school))
        .route("/enquire", get(enquire::general).post(enquire::ask))
        .route("/enquire/", get(enquire::general).post(enquire::ask))
        .route(
            "/enquire/{service}",
            get(enquire::form).post(enquire::ask_about),
        )
        .route(
            "/enquire/{service}/",
            get(enquire::form).post(enquire::ask_about),
        )
        .route("/enquire/sent/{reference}", get(enquire::sent))
        .route("/enquire/sent/{reference}/", get(enquire::sent))
        .route("/api/fees/quote", get(quote::quote))
        .route("/api/health", get(health::health))
        .merge(apply::routes())
}
