//! One change of a booking by a link to it: decided, and written with what
//! follows from it, however often the form arrives.

use domain::booking::{Booking, Forbidden};
use jiff::Timestamp;

use super::access::Address;
use super::wish::Wish;
use crate::answer::ApiError;
use crate::app::App;
use crate::places::{BookedTwice, Decision};
use crate::site::Published;
use crate::store::{Command, Guard, Outcome, StoreError, Transaction, Tries};

/// Why nothing was changed, in words for whoever asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotChanged {
    /// Where the place stands, that cannot be done.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The event has begun.
    #[error("The event has begun: write to us if something has to be put right")]
    Begun,
    /// What it comes to is not what was shown any more.
    #[error("What this costs has changed since the page was opened: look again, then confirm")]
    Moved,
    /// Somebody is booked there already.
    #[error(transparent)]
    Twice(#[from] BookedTwice),
    /// The membership has ended since, or nobody of it is left.
    #[error("Nobody at your school can approve this booking any more: book again, or write to us")]
    NobodyApproves,
    /// Something else stands in the way.
    #[error("{0}")]
    Api(ApiError),
}

impl From<ApiError> for NotChanged {
    fn from(error: ApiError) -> NotChanged {
        NotChanged::Api(error)
    }
}

impl From<StoreError> for NotChanged {
    fn from(error: StoreError) -> NotChanged {
        NotChanged::Api(error.into())
    }
}

/// A decision about a booking, and the transaction that it goes into.
pub(super) struct Change<'a> {
    pub(super) decision: Decision<'a>,
    pub(super) transaction: Transaction,
    /// The booking as it was read.
    pub(super) booking: Booking,
}

impl Change<'_> {
    /// Whether the event has begun, on the day that it is on now.
    pub(super) fn has_begun(&self, now: Timestamp) -> bool {
        let is = self.booking.now(self.decision.event());
        now >= is.starts.instant()
    }
}

/// Does what is wished with the booking that an address opens for it.
pub(super) async fn change(
    app: &App,
    site: &Published,
    address: &Address,
    wish: &Wish,
    command: &Command,
) -> Result<(), NotChanged> {
    let opened = address.open(app, wish.purpose()).await?;
    let _turn = app.store.turn(&opened.value.event).await;
    let mut tries = Tries::begin();
    let mut is_name_taken = false;
    loop {
        if app.store.command(command).await?.is_some() {
            return Ok(());
        }
        let now = app.clock.now();
        let read = address.open(app, wish.purpose()).await?;
        let booking = read.value.clone();
        let mut decision = Decision::about(app, site, &booking.event, now).await?;
        decision.take(read);
        let mut change = Change {
            decision,
            transaction: Transaction::new(),
            booking,
        };
        wish.decide((app, site), &mut change, address, now).await?;
        let Change {
            mut decision,
            mut transaction,
            booking,
        } = change;
        decision.catch_up().await?;
        if is_name_taken {
            decision.look_for_named().await??;
        }
        decision.write(&mut transaction).await?;
        transaction.remember(command, "", now)?;
        let outcome = app.store.commit(transaction).await?;
        if outcome == Outcome::Committed || outcome.is_refused_by(Guard::Command) {
            tracing::info!(booking = %booking.reference, "{}", wish.name());
            return Ok(());
        }
        is_name_taken = outcome.is_refused_by(Guard::Delegate);
        tries.again().await?;
    }
}
