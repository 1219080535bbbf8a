//! Data protection in the staff area: what is held from being erased, and why.

use domain::staff::Role;

use super::desk::Desk;

pub(super) mod holds;

/// Those who answer for people's data.
pub(super) const PROTECTS: &[Role] = &[Role::Secretary, Role::Director];

/// The doors of this part.
pub(super) fn doors(desk: Desk) -> Desk {
    desk.page("/staff/holds", PROTECTS, holds::page)
        .action("/staff/holds/place", PROTECTS, holds::place)
        .action("/staff/holds/release", PROTECTS, holds::release)
}
