//! What every door of the stand-in shares: look at a session, change something
//! and tell the webhook, end what has run out.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::refusal::Refusal;
use super::session::Session;
use super::state::State;
use super::store::Store;
use super::traffic::Traffic;
use super::unix_time;
use super::webhook::Deliveries;

/// How long a visitor who paid waits for the webhook before going on.
const WAIT_FOR_WEBHOOK: Duration = Duration::from_secs(2);

/// The longest that the clock goes unread: a computer may sleep in between.
const LONGEST_NAP: i64 = 60;

/// The stand-in behind its doors.
pub(super) struct Desk {
    pub(super) base_url: String,
    pub(super) secret_key: String,
    pub(super) store: Arc<Store>,
    pub(super) deliveries: Arc<Deliveries>,
    pub(super) traffic: Traffic,
}

impl Desk {
    /// A session as it is now: expired, if its time has run out.
    pub(super) async fn look(&self, id: &str) -> Result<Session, Refusal> {
        self.expire_what_is_due().await?;
        self.store.now().session(id).cloned()
    }

    /// Makes a change, and waits a little until the webhook has been told of
    /// what it led to.
    pub(super) async fn act<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut State, i64) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.expire_what_is_due().await?;
        let (done, events) = self
            .store
            .change(move |state| {
                let waiting = |state: &State| -> BTreeSet<String> {
                    state.undelivered().map(|event| event.id.clone()).collect()
                };
                let before = waiting(state);
                let done = change(state, unix_time())?;
                let events: Vec<String> = waiting(state).difference(&before).cloned().collect();
                Ok((done, events))
            })
            .await?;
        if !self.deliveries.are_held() {
            let mut changes = self.store.changes();
            let told =
                changes.wait_for(|state| !events.iter().any(|event| state.is_undelivered(event)));
            let _ = tokio::time::timeout(WAIT_FOR_WEBHOOK, told).await;
        }
        Ok(done)
    }

    /// Ends an open session before its time.
    pub(super) async fn expire(&self, id: &str) -> Result<Session, Refusal> {
        self.expire_what_is_due().await?;
        let id = id.to_owned();
        self.store
            .change(move |state| state.expire(&id, unix_time()))
            .await
    }

    /// Ends what has run out, if there is any.
    pub(super) async fn expire_what_is_due(&self) -> Result<(), Refusal> {
        let now = unix_time();
        if self.store.now().next_expiry().is_none_or(|next| next > now) {
            return Ok(());
        }
        self.store
            .change(move |state| {
                state.expire_what_is_due(now);
                Ok(())
            })
            .await
    }

    /// Ends each session as its time runs out, for as long as this is polled.
    pub(super) async fn watch_the_clock(self: Arc<Self>) {
        let mut changes = self.store.changes();
        loop {
            let next = changes.borrow_and_update().next_expiry();
            let nap = next
                .map_or(LONGEST_NAP, |next| next - unix_time())
                .clamp(1, LONGEST_NAP);
            // What goes wrong here is logged where it is kept, and tried again.
            let _ = self.expire_what_is_due().await;
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(nap.unsigned_abs())) => {}
                _ = changes.changed() => {}
            }
        }
    }
}
