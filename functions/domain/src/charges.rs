//! Charges for places that nobody used: proposed by the event's conditions,
//! decided by the treasurer.
//!
//! Two things propose one: a delegate who is marked as absent, and a place that
//! is given up too late where what was paid does not cover what is charged. A
//! proposal is written in the transaction that gives rise to it, so that it is
//! not lost when an event is withdrawn or its conditions change. It asks nobody
//! for money: that does the invoice which the treasurer makes of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::booking::{About, Attending, Booking, Registration, RegistrationId};
use crate::contact::Line;
use crate::event::{CancellationPolicy, EventSlug};
use crate::invoice::InvoiceNumber;
use crate::money::Pence;
use crate::passage::Passage;
use crate::trail::Who;

/// A charge for one place, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedCharge {
    /// For which registration.
    pub registration: RegistrationId,
    /// At which event.
    pub event: EventSlug,
    /// The event as the booking has it.
    pub about: About,
    /// Who was to come, if anybody was named.
    pub delegate: Option<Line>,
    /// Of which school.
    pub school: Attending,
    /// Why.
    pub cause: ChargeCause,
    /// How it was worked out.
    pub working: ChargeWorking,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Where it stands.
    pub state: ChargeState,
}

/// What a charge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeCause {
    /// Nobody came.
    NoShow,
    /// The place was given up too late to cost nothing.
    LateCancellation,
}

impl ChargeCause {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            ChargeCause::NoShow => "Did not attend",
            ChargeCause::LateCancellation => "Given up late",
        }
    }
}

/// How a charge was worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeWorking {
    /// What the place cost, if anything.
    pub price: Option<Pence>,
    /// The line of the event's conditions that applies, in words.
    pub rule: String,
    /// What it comes to.
    pub charge: Pence,
    /// What was paid for the place and kept, or is asked for it on an invoice.
    pub paid: Pence,
}

impl ChargeWorking {
    /// What is charged beyond what was paid.
    #[must_use]
    pub fn due(&self) -> Pence {
        self.charge.less(self.paid)
    }

    /// What was paid beyond what is charged.
    #[must_use]
    pub fn over(&self) -> Pence {
        self.paid.less(self.charge)
    }
}

/// Where a charge stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ChargeState {
    /// The treasurer has yet to decide.
    Open,
    /// What was paid for the place covers it: it is kept, and nothing is asked.
    Covered,
    /// The delegate came after all.
    Withdrawn {
        /// When it was put right.
        at: Timestamp,
    },
    /// The treasurer does not ask for it.
    Waived {
        /// Who decided.
        by: Who,
        /// When.
        at: Timestamp,
        /// Why.
        reason: Passage,
    },
    /// It was put on an invoice.
    Invoiced {
        /// Who decided.
        by: Who,
        /// When.
        at: Timestamp,
        /// Which.
        invoice: InvoiceNumber,
        /// Whether the delegate is marked as having come since: then the
        /// invoice is to be credited.
        #[serde(default)]
        came: bool,
    },
}

/// Why nothing was decided about a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This charge was decided about, or withdrawn, since the page was opened: look again")]
pub struct NotOpen;

impl ProposedCharge {
    /// What the conditions of an event propose for a place at which nobody
    /// came; nothing where they charge nothing.
    #[must_use]
    pub fn for_absence(
        booking: &Booking,
        registration: &Registration,
        policy: &CancellationPolicy,
        paid: Pence,
        now: Timestamp,
    ) -> Option<ProposedCharge> {
        let price = registration.price.unwrap_or(Pence::ZERO);
        let working = ChargeWorking {
            price: registration.price,
            rule: policy.no_show_line().to_string(),
            charge: policy.no_show_charge(price),
            paid,
        };
        ProposedCharge::new(booking, registration, ChargeCause::NoShow, working, now)
    }

    /// A charge, unless it comes to nothing.
    #[must_use]
    pub fn new(
        booking: &Booking,
        registration: &Registration,
        cause: ChargeCause,
        working: ChargeWorking,
        now: Timestamp,
    ) -> Option<ProposedCharge> {
        if working.charge.is_zero() {
            return None;
        }
        let state = match working.due().is_zero() {
            true => ChargeState::Covered,
            false => ChargeState::Open,
        };
        let delegate = registration.delegate.as_ref();
        Some(ProposedCharge {
            registration: booking.id(registration),
            event: booking.event.clone(),
            about: booking.about.clone(),
            delegate: delegate.map(|delegate| delegate.person.name.clone()),
            school: booking.school.clone(),
            cause,
            working,
            proposed_at: now,
            state,
        })
    }

    /// Whether the treasurer has yet to decide, or to put something right.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        matches!(
            self.state,
            ChargeState::Open | ChargeState::Invoiced { came: true, .. }
        )
    }

    /// What becomes of it when the delegate is marked as absent again, for which
    /// `anew` is proposed: what was withdrawn is proposed anew, what was decided
    /// stays so. None if nothing changes.
    #[must_use]
    pub fn again(&self, anew: ProposedCharge) -> Option<ProposedCharge> {
        match &self.state {
            ChargeState::Withdrawn { .. } => Some(anew),
            ChargeState::Invoiced { came: true, .. } => Some(self.with_came(false)),
            _ => None,
        }
    }

    /// What becomes of it when the delegate is marked as having come after all.
    /// None if nothing changes.
    #[must_use]
    pub fn taken_back(&self, now: Timestamp) -> Option<ProposedCharge> {
        match &self.state {
            ChargeState::Open | ChargeState::Covered => Some(ProposedCharge {
                state: ChargeState::Withdrawn { at: now },
                ..self.clone()
            }),
            ChargeState::Invoiced { came: false, .. } => Some(self.with_came(true)),
            _ => None,
        }
    }

    fn with_came(&self, is_so: bool) -> ProposedCharge {
        let mut next = self.clone();
        if let ChargeState::Invoiced { came, .. } = &mut next.state {
            *came = is_so;
        }
        next
    }

    /// Decided: it is put on an invoice, or waived.
    ///
    /// # Errors
    ///
    /// [`NotOpen`] if there is nothing to decide.
    pub fn decided(&self, state: ChargeState) -> Result<ProposedCharge, NotOpen> {
        match self.state {
            ChargeState::Open => Ok(ProposedCharge {
                state,
                ..self.clone()
            }),
            _ => Err(NotOpen),
        }
    }
}

#[cfg(test)]
mod tests;
