//! Whose places are counted together at an event where one school may have so
//! many and no more.
//!
//! A number proves nothing: whoever types a school's takes nothing from it. A
//! place counts for a school once it is known that the school is a member and
//! that its own people booked or approved it; any other counts for the address
//! that booked.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Asker;
use crate::access::Purpose;
use crate::booking::{Booking, Registration};
use crate::school::Urn;

/// Whose places are counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Party {
    /// A member school.
    School(Urn),
    /// Whoever books with one address.
    Address(AddressKey),
}

/// What an address is known by where it is counted: no record of an event's
/// places holds an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressKey(String);

impl AddressKey {
    /// Of a digest of the address, the caller's.
    #[must_use]
    pub fn of_digest(digest: String) -> AddressKey {
        AddressKey(digest)
    }
}

/// What an address is written with before its key, so that it is no number of a
/// school.
const OF_ADDRESS: &str = "address ";

impl fmt::Display for Party {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Party::School(urn) => write!(formatter, "{urn}"),
            Party::Address(AddressKey(key)) => write!(formatter, "{OF_ADDRESS}{key}"),
        }
    }
}

impl From<Party> for String {
    fn from(party: Party) -> String {
        party.to_string()
    }
}

impl TryFrom<String> for Party {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Party, &'static str> {
        match text.strip_prefix(OF_ADDRESS) {
            Some(key) => Ok(Party::Address(AddressKey(key.to_owned()))),
            None => Urn::parse(&text)
                .map(Party::School)
                .map_err(|_| "that is no party to an event"),
        }
    }
}

impl Asker {
    /// Of a booking and one of its registrations.
    #[must_use]
    pub fn of(booking: &Booking, registration: &Registration) -> Asker {
        let address = booking.address_key.clone().map(Party::Address);
        let school = booking.school.urn.clone().map(Party::School);
        let member = school.filter(|_| booking.membership.is_some());
        let party = member.or_else(|| address.clone());
        // Until the school has said so, anybody can have named it.
        let is_claimed =
            booking.needs_approval() && booking.link(Purpose::BookingAddress).is_some();
        Asker {
            registration: booking.id(registration),
            claimant: if is_claimed { address } else { party.clone() },
            party,
            by_card: booking.asks_card(registration),
            needs_approval: booking.needs_approval(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressKey, Party};
    use crate::school::Urn;

    #[test]
    fn a_party_is_read_as_it_was_written_and_a_school_as_it_always_was() {
        let school = Party::School(Urn::parse("900001").unwrap());
        let address = Party::Address(AddressKey::of_digest("0a1b".into()));
        assert_eq!(serde_json::to_string(&school).unwrap(), "\"900001\"");
        for party in [school, address] {
            let text = serde_json::to_string(&party).unwrap();
            assert_eq!(serde_json::from_str::<Party>(&text).unwrap(), party);
        }
        assert!(serde_json::from_str::<Party>("\"somebody\"").is_err());
    }
}
