//! The page that a visitor pays on, and what it says when there is nothing to pay.
//!
//! It asks for no card, because none is charged, and says so first. Its style
//! is a file of its own, so that the page can forbid everything inline.

use std::fmt::Write;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::desk::Desk;
use super::html::{escape, page, refused};
use super::refusal::Refusal;
use super::session::{Method, Session, Status, Taken};

/// Everything that a browser sees.
pub(super) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/pay/{id}", get(show).post(pay))
        .route("/pay/{id}/debit", post(pay_by_debit))
        .route("/pay/{id}/cancel", post(cancel))
        .route("/style.css", get(style))
        .fallback(nothing_here)
        .with_state(desk)
}

/// `GET /pay/{id}`: what is to be paid.
async fn show(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Response {
    match desk.look(&id).await {
        Ok(session) if session.status == Status::Open => payment_page(&session),
        Ok(session) => closed_page(StatusCode::OK, &session),
        Err(refusal) => refused(&refusal),
    }
}

/// `POST /pay/{id}`: the button "Pay".
async fn pay(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Response {
    pay_by(&desk, id, Method::Card).await
}

/// `POST /pay/{id}/debit`: the button "Pay by Direct Debit".
async fn pay_by_debit(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Response {
    pay_by(&desk, id, Method::BacsDebit).await
}

async fn pay_by(desk: &Desk, id: String, method: Method) -> Response {
    let wanted = id.clone();
    let paid = desk.act(move |state, now| state.pay(&wanted, method, now));
    match paid.await {
        Ok(session) => Redirect::to(&session.success_url()).into_response(),
        Err(Refusal::NotOpen(_)) => match desk.look(&id).await {
            Ok(session) => closed_page(StatusCode::CONFLICT, &session),
            Err(refusal) => refused(&refusal),
        },
        Err(refusal) => refused(&refusal),
    }
}

/// `POST /pay/{id}/cancel`: the button "Cancel". The session stays open.
async fn cancel(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Response {
    match desk.look(&id).await {
        Ok(Session { order, .. }) if order.cancel_url.is_some() => {
            Redirect::to(&order.cancel_url.unwrap_or_default()).into_response()
        }
        Ok(_) => nothing_here().await,
        Err(refusal) => refused(&refusal),
    }
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
}

async fn nothing_here() -> Response {
    let body = "<h1>There is nothing here</h1>\
        <p>A payment has an address of its own, which the booking leads to.</p>";
    page(StatusCode::NOT_FOUND, "There is nothing here", body, &[])
}

fn payment_page(session: &Session) -> Response {
    let order = &session.order;
    let total = order.in_words(order.total());
    let path = format!("/pay/{}", session.id);

    let mut body = format!("<h1>Pay {total}</h1>\n<dl>\n");
    for line in &order.lines {
        let sum = order.in_words(line.unit_amount.saturating_mul(line.quantity));
        let times = if line.quantity == 1 {
            String::new()
        } else {
            format!(" × {}", line.quantity)
        };
        let more = line
            .description
            .as_deref()
            .map_or_else(String::new, |description| {
                format!(" <small>{}</small>", escape(description))
            });
        let _ = writeln!(
            body,
            "<div><dt>{}{times}{more}</dt><dd>{sum}</dd></div>",
            escape(&line.name)
        );
    }
    let _ = writeln!(
        body,
        "<div class=\"total\"><dt>To pay</dt><dd>{total}</dd></div>\n</dl>"
    );
    if let Some(reference) = &order.client_reference_id {
        let _ = writeln!(
            body,
            "<p class=\"reference\">Reference: {}</p>",
            escape(reference)
        );
    }
    let _ = writeln!(
        body,
        "<div class=\"choice\">\n<form method=\"post\" action=\"{path}\">\
         <button class=\"pay\">Pay {total}</button></form>"
    );
    if order.methods.contains(&Method::BacsDebit) {
        let _ = writeln!(
            body,
            "<form method=\"post\" action=\"{path}/debit\"><button>Pay by Direct Debit</button></form>"
        );
    }
    if order.cancel_url.is_some() {
        let _ = writeln!(
            body,
            "<form method=\"post\" action=\"{path}/cancel\"><button>Cancel</button></form>"
        );
    }
    body.push_str("</div>");

    let leads_to = [Some(&order.success_url), order.cancel_url.as_ref()];
    let leads_to: Vec<&str> = leads_to.into_iter().flatten().map(String::as_str).collect();
    page(StatusCode::OK, &format!("Pay {total}"), &body, &leads_to)
}

fn closed_page(status: StatusCode, session: &Session) -> Response {
    let waits = session
        .payment
        .as_ref()
        .is_some_and(|payment| payment.taken == Taken::Processing);
    let (title, sentence, back) = match session.status {
        Status::Complete if waits => (
            "The Direct Debit is on its way",
            "The bank answers some days later; here, the first page has a button for it.",
            Some(session.success_url()),
        ),
        Status::Complete if !session.is_paid() => (
            "The Direct Debit was not paid",
            "Nothing was paid. Go back to pay in another way.",
            session.order.cancel_url.clone(),
        ),
        Status::Complete => (
            "This has been paid",
            "There is nothing more to do here.",
            Some(session.success_url()),
        ),
        _ => (
            "This payment page has expired",
            "Nothing was paid. Go back to start the payment again.",
            session.order.cancel_url.clone(),
        ),
    };
    let mut body = format!("<h1>{title}</h1>\n<p>{sentence}</p>\n");
    if let Some(back) = back {
        let _ = writeln!(body, "<p><a href=\"{}\">Go back</a></p>", escape(&back));
    }
    page(status, title, &body, &[])
}
