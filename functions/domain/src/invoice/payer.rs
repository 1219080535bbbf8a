//! Who answers for the places of a booking: the member whose they are, or the
//! organisation that was named.

use super::BillTo;
use crate::booking::Booking;
use crate::contact::{Line, Person};
use crate::membership::Membership;
use crate::passage::Passage;
use crate::reference::MembershipReference;

/// Who pays for places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The membership, if it is a member's.
    pub membership: Option<MembershipReference>,
    /// Who owes it.
    pub to: BillTo,
    /// Who receives it.
    pub sent_to: Person,
}

impl Payer {
    /// A member, as its record says.
    #[must_use]
    pub fn member(membership: &Membership) -> Payer {
        let member = &membership.member;
        let address = member.billing_address.as_ref().or(member.address.as_ref());
        Payer {
            membership: Some(membership.reference.clone()),
            to: BillTo {
                name: member.name.clone(),
                address: address.cloned(),
                purchase_order: member.purchase_order.clone(),
            },
            sent_to: member.finance.as_ref().unwrap_or(&member.contact).clone(),
        }
    }

    /// The payer for a booking: the member that agreed to it, or else the
    /// organisation that was named, whose budget holder has the letter if one
    /// agreed, and whoever booked otherwise. A school that somebody only named is
    /// not billed as a member.
    #[must_use]
    pub fn of(booking: &Booking, membership: Option<&Membership>) -> Payer {
        match membership {
            Some(membership) => Payer::member(membership),
            None => Payer {
                membership: None,
                to: BillTo {
                    name: booking.school.name.clone(),
                    address: booking
                        .invoice_address
                        .as_ref()
                        .and_then(|address| below(&booking.school.name, address)),
                    purchase_order: booking.purchase_order.clone(),
                },
                sent_to: booking.approvers.first().unwrap_or(&booking.booker).clone(),
            },
        }
    }
}

/// An address as it stands below a name: most people begin it with the name.
fn below(name: &Line, address: &Passage) -> Option<Passage> {
    let text = address.to_string();
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    match first.trim().eq_ignore_ascii_case(name.as_str()) {
        true => Passage::parse_optional(rest, "").ok().flatten(),
        false => Some(address.clone()),
    }
}
