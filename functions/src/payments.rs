//! Payments by card: a page of the provider's to pay on, and what comes back.
//!
//! Webhook and return page both call [`crate::settlements`], which reads the provider's
//! own record and may be called any number of times, in any order.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::security;

mod attempt;
mod back;
mod invoice;
mod invoice_pdf;
mod pay;
mod purchase_order;
mod webhook;

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/pay/{payment}", get(pay::page).post(pay::pay))
        .route("/pay/{payment}/", get(pay::page).post(pay::pay))
        .route("/pay/{payment}/return", get(back::back))
        .route(
            "/invoices/{number}/{secret}",
            get(invoice::page).post(invoice::pay),
        )
        .route(
            "/invoices/{number}/{secret}/",
            get(invoice::page).post(invoice::pay),
        )
        .route(
            "/invoices/{number}/{secret}/purchase-order/",
            post(purchase_order::change),
        )
        .route(
            "/invoices/{number}/{secret}/invoice.pdf",
            get(invoice_pdf::invoice),
        )
        .route(
            "/invoices/{number}/{secret}/credit-notes/{file}",
            get(invoice_pdf::credit_note),
        )
        .route(security::WEBHOOK, post(webhook::receive))
}
