//! Data protection in the staff area: what people ask about their data, and what
//! is held from being erased.

use domain::staff::Role;

use super::desk::Desk;

pub(super) mod holds;
mod requests;

/// Those who answer for people's data.
pub(super) const PROTECTS: &[Role] = &[Role::Secretary, Role::Director];

/// The doors of this part.
pub(super) fn doors(desk: Desk) -> Desk {
    desk.page("/staff/holds", PROTECTS, holds::page)
        .action("/staff/holds/place", PROTECTS, holds::place)
        .action("/staff/holds/release", PROTECTS, holds::release)
        .page("/staff/data-protection", PROTECTS, requests::list)
        .action("/staff/data-protection/begin", PROTECTS, requests::begin)
        .page(
            "/staff/data-protection/{reference}",
            PROTECTS,
            requests::page,
        )
        .action(
            "/staff/data-protection/{reference}/look",
            PROTECTS,
            requests::look,
        )
        .action(
            "/staff/data-protection/{reference}/copy",
            PROTECTS,
            requests::copy,
        )
        .action(
            "/staff/data-protection/{reference}/erase",
            PROTECTS,
            requests::erase,
        )
}
