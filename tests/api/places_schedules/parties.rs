//! Whose places are counted together, and who has a right to one more, said
//! another way than the product says it.

use domain::booking::{Booking, RegistrationState as Is};
use domain::event::Event;
use domain::places::{Party, Tally};

pub fn places(tally: &Tally) -> u32 {
    tally.confirmed + u32::try_from(tally.holds.len()).unwrap()
}

pub fn places_of(tally: &Tally, party: &Party) -> u32 {
    let holds = tally.holds.iter();
    let held = holds.filter(|hold| hold.party.as_ref() == Some(party));
    tally.by_party.get(party).copied().unwrap_or(0) + u32::try_from(held.count()).unwrap()
}

pub fn has_right(tally: &Tally, event: &Event, party: Option<&Party>) -> bool {
    match (event.limit_per_school, party) {
        (Some(limit), Some(party)) => places_of(tally, party) < limit,
        _ => true,
    }
}

/// For whom a place counts: a school that is known to be a member's, or else the address; and as long as a stranger
/// to the school waits for its approval, the address.
pub fn party(booking: &Booking, state: Is) -> Option<Party> {
    let is_stranger = !booking.grants.is_empty();
    let is_open = matches!(state, Is::Unconfirmed { .. } | Is::Unapproved { .. });
    let school = booking.membership.as_ref().and(booking.school.urn.clone());
    match school.filter(|_| !(is_stranger && is_open)) {
        Some(urn) => Some(Party::School(urn)),
        None => booking.address_key.clone().map(Party::Address),
    }
}

pub fn is_free(tally: &Tally, event: &Event) -> bool {
    event.capacity.is_none_or(|most| places(tally) < most)
}
