//! Staff: who works for THE Partnership signs in, and does what the person's
//! role allows.
//!
//! Every page here is a [`desk::Door`] that says which roles may open it; the
//! routes of this area can be made in no other way.

use axum::Router;
use axum::routing::{get, post};
use domain::account::LetIn;
use domain::application::Application;
use domain::enquiry::Enquiry;
use domain::membership::Membership;
use domain::staff::Role;

use crate::app::App;

mod application_words;
mod applications;
mod desk;
mod enquiries;
mod enter;
mod history;
mod import;
mod invoices;
mod let_in;
mod letters;
mod member;
mod member_changes;
mod member_words;
mod members;
mod national_register;
mod organising;
mod protection;
mod record;
mod register;
mod review;
mod search;
mod sign_in;
mod signed_in;
mod start;
mod treasury;
mod view;

pub use desk::Door;

use desk::Desk;

/// Everybody who has a role.
const ANYBODY: &[Role] = &Role::ALL;

/// Those who see the membership.
const SEES_MEMBERSHIP: &[Role] = &[Role::Secretary, Role::Director];
/// Those who keep it.
const KEEPS_MEMBERSHIP: &[Role] = &[Role::Secretary];

/// Those who may have a letter sent again: everybody who writes to people.
const MAY_SEND_AGAIN: &[Role] = &[Role::Secretary, Role::Treasurer, Role::Organiser];

/// The routes of this area.
pub fn routes(app: &App) -> Router<App> {
    let (router, _) = desk(app).finish();
    router
        .merge(both(
            "/staff/sign-in",
            get(sign_in::page).post(sign_in::begin),
        ))
        .merge(both("/staff/signed-in", get(sign_in::finish)))
        .merge(both("/staff/sign-out", post(sign_in::sign_out)))
}

/// Every door of this area, and who may open it.
#[must_use]
pub fn doors(app: &App) -> Vec<Door> {
    let (_, doors) = desk(app).finish();
    doors
}

fn desk(app: &App) -> Desk {
    let desk = membership(Desk::new(app));
    protection::doors(organising::doors(treasury::doors(desk)))
}

/// The doors of the membership secretary's part, and of all.
fn membership(desk: Desk) -> Desk {
    desk.page("/staff", ANYBODY, start::page)
        .page("/staff/applications", SEES_MEMBERSHIP, applications::list)
        .page(
            "/staff/applications/paper",
            SEES_MEMBERSHIP,
            applications::paper,
        )
        .page("/staff/applications/enter", KEEPS_MEMBERSHIP, enter::page)
        .action("/staff/applications/enter", KEEPS_MEMBERSHIP, enter::enter)
        .page(
            "/staff/applications/{reference}",
            SEES_MEMBERSHIP,
            record::page::<Application>,
        )
        .action(
            "/staff/applications/{reference}/pick-up",
            KEEPS_MEMBERSHIP,
            review::pick_up,
        )
        .action(
            "/staff/applications/{reference}/ask",
            KEEPS_MEMBERSHIP,
            review::ask,
        )
        .action(
            "/staff/applications/{reference}/confirm",
            KEEPS_MEMBERSHIP,
            review::confirm,
        )
        .action(
            "/staff/applications/{reference}/withdraw",
            KEEPS_MEMBERSHIP,
            review::withdraw,
        )
        .action(
            "/staff/applications/{reference}/decide",
            KEEPS_MEMBERSHIP,
            review::decide,
        )
        .action(
            "/staff/applications/{reference}/erase",
            KEEPS_MEMBERSHIP,
            review::erase,
        )
        .page("/staff/members", SEES_MEMBERSHIP, members::list)
        .page("/staff/members/import", KEEPS_MEMBERSHIP, import::page)
        .action("/staff/members/import", KEEPS_MEMBERSHIP, import::check)
        .action(
            "/staff/members/import/commit",
            KEEPS_MEMBERSHIP,
            import::commit,
        )
        .page(
            "/staff/members/{reference}",
            SEES_MEMBERSHIP,
            record::page::<Membership>,
        )
        .action(
            "/staff/members/{reference}/notice",
            KEEPS_MEMBERSHIP,
            member_changes::notice,
        )
        .action(
            "/staff/members/{reference}/retract",
            KEEPS_MEMBERSHIP,
            member_changes::retract,
        )
        .action(
            "/staff/members/{reference}/close",
            KEEPS_MEMBERSHIP,
            member_changes::close,
        )
        .action(
            "/staff/members/{reference}/urn",
            KEEPS_MEMBERSHIP,
            member_changes::replace_urn,
        )
        .action(
            "/staff/members/{reference}/link",
            KEEPS_MEMBERSHIP,
            member_changes::name_link,
        )
        .action(
            "/staff/members/{reference}/details",
            KEEPS_MEMBERSHIP,
            member_changes::correct_details,
        )
        .action(
            "/staff/members/{reference}/log",
            KEEPS_MEMBERSHIP,
            member_changes::log,
        )
        .action(
            "/staff/members/{reference}/erase",
            KEEPS_MEMBERSHIP,
            member_changes::erase,
        )
        .page("/staff/register", SEES_MEMBERSHIP, register::page)
        .page(
            "/staff/register.csv",
            SEES_MEMBERSHIP,
            register::register_file,
        )
        .page(
            "/staff/associates.csv",
            SEES_MEMBERSHIP,
            register::associates_file,
        )
        .page("/staff/roll", SEES_MEMBERSHIP, register::roll)
        .page("/staff/roll.csv", SEES_MEMBERSHIP, register::roll_file)
        .page("/staff/search", SEES_MEMBERSHIP, search::page)
        .page("/staff/enquiries", SEES_MEMBERSHIP, enquiries::list)
        .page(
            "/staff/enquiries/{reference}",
            SEES_MEMBERSHIP,
            record::page::<Enquiry>,
        )
        .action(
            "/staff/enquiries/{reference}/answer",
            KEEPS_MEMBERSHIP,
            enquiries::answer,
        )
        .action(
            "/staff/enquiries/{reference}/close",
            KEEPS_MEMBERSHIP,
            enquiries::close,
        )
        .action(
            "/staff/enquiries/{reference}/erase",
            KEEPS_MEMBERSHIP,
            enquiries::erase,
        )
        .page("/staff/let-in", SEES_MEMBERSHIP, let_in::list)
        .page(
            "/staff/let-in/{reference}",
            SEES_MEMBERSHIP,
            record::page::<LetIn>,
        )
        .action(
            "/staff/let-in/{reference}/answer",
            KEEPS_MEMBERSHIP,
            let_in::answer,
        )
        .page("/staff/letters", ANYBODY, letters::list)
        .action(
            "/staff/letters/{reference}/again",
            MAY_SEND_AGAIN,
            letters::again,
        )
}

/// A path with and without its slash.
fn both(path: &str, methods: axum::routing::MethodRouter<App>) -> Router<App> {
    Router::new()
        .route(path, methods.clone())
        .route(&format!("{path}/"), methods)
}
