//! The first page, in HTML.

use std::fmt::Write as _;

use axum::http::StatusCode;
use axum::response::Response;

use super::super::html::{self, escape};
use super::super::money::{Dispute, DisputeStanding, Line, Refund, RefundStanding};
use super::super::session::{Method, Payment, Session, Status, Taken};
use super::super::state::State;

/// How many sessions are shown, the newest first.
const SHOWN: usize = 50;

/// What came in, and what can be done about it.
pub(super) fn page(state: &State) -> Response {
    let waiting = state.lines().iter().filter(|line| line.payout.is_none());
    let balance: i64 = waiting.map(Line::net).sum();
    let mut body = format!(
        "<h1>Payments</h1>\n<p>What banks do, and what somebody does in Stripe’s dashboard, is done \
         here. The webhook is told of each.</p>\n<div class=\"balance\"><p>In the balance, after \
         fees: <strong>{}</strong></p>{}</div>\n",
        pounds(balance),
        if balance > 0 {
            button("/dashboard/payout", "Pay out")
        } else {
            String::new()
        }
    );
    let sessions = state.sessions();
    if sessions.is_empty() {
        body.push_str("<p>There are none yet: book a place with a price, or pay an invoice.</p>");
    }
    for session in sessions.into_iter().take(SHOWN) {
        payment(&mut body, state, session);
    }
    html::page(StatusCode::OK, "Payments", &body, &[])
}

fn payment(body: &mut String, state: &State, session: &Session) {
    let order = &session.order;
    let names: Vec<String> = order.lines.iter().map(|line| escape(&line.name)).collect();
    let _ = write!(
        body,
        "<section>\n<h2>{} <small>{}</small></h2>\n<p class=\"reference\">{}</p>\n<p>{}</p>\n",
        order.in_words(order.total()),
        names.join(", "),
        escape(order.client_reference_id.as_deref().unwrap_or(&session.id)),
        stands(session),
    );
    if session.status == Status::Open {
        let _ = writeln!(body, "<p><a href=\"/pay/{}\">Its page</a></p>", session.id);
    }
    for refund in state.refunds().iter().filter(|it| it.session == session.id) {
        given_back(body, session, refund);
    }
    if let Some(dispute) = state.dispute_of(&session.id) {
        disputed(body, session, dispute);
    }
    if let Some(payment) = &session.payment {
        buttons(body, state, session, payment);
    }
    body.push_str("</section>\n");
}

fn stands(session: &Session) -> &'static str {
    match (session.status, &session.payment) {
        (Status::Open, _) => "Not paid yet.",
        (Status::Expired, _) => "Expired unpaid.",
        (Status::Complete, Some(payment)) => match (payment.method, payment.taken) {
            (Method::Card, _) => "Paid by card.",
            (Method::BacsDebit, Taken::Processing) => {
                "A Direct Debit that the bank has not paid yet."
            }
            (Method::BacsDebit, Taken::Succeeded) => "Paid by Direct Debit.",
            (Method::BacsDebit, Taken::Failed) => "A Direct Debit that the bank did not pay.",
        },
        (Status::Complete, None) => "Complete.",
    }
}

fn given_back(body: &mut String, session: &Session, refund: &Refund) {
    let standing = match refund.standing {
        RefundStanding::Pending => "on its way back",
        RefundStanding::Succeeded => "given back",
        RefundStanding::Failed => "could not be given back",
    };
    let sum = session.order.in_words(refund.amount);
    let _ = write!(body, "<div class=\"row\"><p>{sum} {standing}.</p>");
    let address = |action: &str| format!("/dashboard/refunds/{}/{action}", refund.id);
    if refund.standing == RefundStanding::Pending {
        body.push_str(&button(&address("finish"), "It arrives"));
    }
    if refund.standing != RefundStanding::Failed {
        body.push_str(&button(&address("fail"), "The bank sends it back"));
    }
    body.push_str("</div>\n");
}

fn disputed(body: &mut String, session: &Session, dispute: &Dispute) {
    let standing = match dispute.standing {
        DisputeStanding::NeedsResponse => "disputed: nobody has decided",
        DisputeStanding::Won => "disputed, and won",
        DisputeStanding::Lost => "disputed, and lost",
    };
    let sum = session.order.in_words(dispute.amount);
    let _ = write!(body, "<div class=\"row\"><p>{sum} {standing}.</p>");
    if dispute.standing == DisputeStanding::NeedsResponse {
        let address = |action: &str| format!("/dashboard/disputes/{}/{action}", dispute.id);
        body.push_str(&button(&address("win"), "We win it"));
        body.push_str(&button(&address("lose"), "We lose it"));
    }
    body.push_str("</div>\n");
}

fn buttons(body: &mut String, state: &State, session: &Session, payment: &Payment) {
    let address = |action: &str| format!("/dashboard/payments/{}/{action}", session.id);
    match payment.taken {
        Taken::Processing => {
            let _ = writeln!(
                body,
                "<div class=\"row\">{}{}</div>",
                button(&address("clear"), "The bank pays"),
                button(&address("fail"), "The bank does not pay")
            );
        }
        Taken::Succeeded => {
            let left = session.order.total() - state.refunded(&session.id);
            if left > 0 && state.dispute_of(&session.id).is_none() {
                let _ = writeln!(
                    body,
                    "<form class=\"row\" method=\"post\" action=\"{}\">\
                     <label>Sum in pounds <input name=\"amount\" inputmode=\"decimal\" \
                     autocomplete=\"off\" value=\"{}.{:02}\"></label>\
                     <button>Give back</button></form>\n<div class=\"row\">{}</div>",
                    address("refund"),
                    left / 100,
                    left % 100,
                    button(&address("dispute"), "The payer disputes it")
                );
            }
        }
        Taken::Failed => {}
    }
}

fn button(address: &str, words: &str) -> String {
    format!("<form method=\"post\" action=\"{address}\"><button>{words}</button></form>")
}

fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "−" } else { "" };
    let pence = pence.abs();
    format!("{sign}£{}.{:02}", pence / 100, pence % 100)
}
