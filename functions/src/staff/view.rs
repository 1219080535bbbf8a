//! What every page of the staff area has: who is signed in, and the ways that
//! are open to that person.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::staff::{Role, StaffMember};
use serde_json::{Value, json};

use crate::answer::ApiError;
use crate::app::App;
use crate::screen::Screen;

/// A part of the staff area: its heading, its address, and whose it is.
struct Part {
    label: &'static str,
    href: &'static str,
    about: &'static str,
    roles: &'static [Role],
}

/// The parts, in the order of the menu.
const PARTS: &[Part] = &[
    Part {
        label: "Applications",
        href: "/staff/applications/",
        about: "Schools and others that wish to join: pick up, ask, and prepare the Board’s paper.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Members",
        href: "/staff/members/",
        about: "Who is a member: details, notices, the link member of staff, and what was spoken of.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Register",
        href: "/staff/register/",
        about: "The statutory register of members, with the associates apart, as a page and as a file.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Roll of voters",
        href: "/staff/roll/",
        about: "Which schools have a vote on a day, as a page and as a file.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Enquiries",
        href: "/staff/enquiries/",
        about: "What schools and others ask about: answer it, and close it when nothing more is to be done.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Search",
        href: "/staff/search/",
        about: "Schools, people and references, in everything that is kept.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Events",
        href: "/staff/events/",
        about: "Who has a place and who waits, check-in on the day, and bookings for those who phone.",
        roles: super::organising::SEES,
    },
    Part {
        label: "Invoices",
        href: "/staff/invoices/",
        about: "What is owed and how old it is: credit, refund, issue again, or write one.",
        roles: super::treasury::SEES,
    },
    Part {
        label: "Fee runs",
        href: "/staff/fee-runs/",
        about: "The fees of all members for a period: look, freeze, and issue the invoices.",
        roles: super::treasury::SEES,
    },
    Part {
        label: "Bank",
        href: "/staff/bank/",
        about: "The bank’s statement: which line pays which invoice.",
        roles: super::treasury::SEES,
    },
    Part {
        label: "Charges",
        href: "/staff/charges/",
        about: "Places nobody used, or that were given up late: put the charge on an invoice, or waive it.",
        roles: super::treasury::SEES,
    },
    Part {
        label: "Refunds",
        href: "/staff/refunds/",
        about: "Money that is due back, on its way back, or disputed.",
        roles: super::treasury::SEES,
    },
    Part {
        label: "Ledger",
        href: "/staff/ledger/",
        about: "The trial balance, the income of each month, and files for the accounts package.",
        roles: super::treasury::SEES,
    },
    Part {
        label: "Let in",
        href: "/staff/let-in/",
        about: "Somebody of a member whose contact has left asks to be let in: check who it is.",
        roles: super::SEES_MEMBERSHIP,
    },
    Part {
        label: "Letters",
        href: "/staff/letters/",
        about: "Letters that did not go, or came back: put the address right, and send them again.",
        roles: super::ANYBODY,
    },
    Part {
        label: "Data protection",
        href: "/staff/data-protection/",
        about: "Somebody asks what is held of them, for a copy of it, or for it to be erased.",
        roles: super::protection::PROTECTS,
    },
    Part {
        label: "Held records",
        href: "/staff/holds/",
        about: "What is not erased when its time has come, and why.",
        roles: super::protection::PROTECTS,
    },
];

/// A page that is only looked at, by its title, its path and its template.
pub(super) async fn open(
    app: &App,
    member: &StaffMember,
    (title, path, template): (&str, &str, &str),
    context: Value,
) -> Result<Response, ApiError> {
    let screen = Screen {
        title,
        description: "",
        path,
    };
    page(app, member, screen, template, context, StatusCode::OK).await
}

/// Renders a page of the staff area for somebody.
pub(super) async fn page(
    app: &App,
    member: &StaffMember,
    screen: Screen<'_>,
    template: &str,
    context: Value,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let site = app.site.published().await?;
    let mut whole = json!({ "staff": {
        "name": member.name,
        "roles": member.roles.iter().map(|role| role.words()).collect::<Vec<_>>(),
        "parts": parts(member),
    } });
    if let (Value::Object(whole), Value::Object(context)) = (&mut whole, context) {
        whole.extend(context);
    }
    Ok((status, screen.render(&site, template, whole)?).into_response())
}

fn parts(member: &StaffMember) -> Vec<Value> {
    PARTS
        .iter()
        .filter(|part| member.has_any(part.roles))
        .map(|part| json!({ "label": part.label, "href": part.href, "about": part.about }))
        .collect()
}
