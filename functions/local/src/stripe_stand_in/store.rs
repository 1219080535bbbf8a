//! Keeping the state: in memory, and in a file if one was named.
//!
//! A change is decided on a copy, written, and only then seen by anybody, so
//! what was answered survives a `kill -9`. Changes take turns, each on a thread
//! that may wait for the disk; a caller who goes away does not interrupt one.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use tokio::sync::{mpsc, watch};

use super::event::Event;
use super::refusal::Refusal;
use super::state::State;

/// The state, its file, and who is told of new events.
pub(super) struct Store {
    current: watch::Sender<Arc<State>>,
    /// Held while a change is made; false once the store is closed.
    turn: Mutex<bool>,
    file: Option<PathBuf>,
    new_events: mpsc::UnboundedSender<Event>,
}

impl Store {
    /// Reads `file` if it is there. The events that it still has to deliver
    /// are told to `new_events`, as every later one is.
    pub(super) fn open(
        file: Option<PathBuf>,
        new_events: mpsc::UnboundedSender<Event>,
    ) -> anyhow::Result<Store> {
        let state = match &file {
            Some(path) if path.exists() => read(path)?,
            _ => State::default(),
        };
        for event in state.undelivered() {
            let _ = new_events.send(event.clone());
        }
        Ok(Store {
            current: watch::Sender::new(Arc::new(state)),
            turn: Mutex::new(true),
            file,
            new_events,
        })
    }

    /// The state as it is now.
    pub(super) fn now(&self) -> Arc<State> {
        self.current.borrow().clone()
    }

    /// To wait for changes with.
    pub(super) fn changes(&self) -> watch::Receiver<Arc<State>> {
        self.current.subscribe()
    }

    /// Makes one change. Nothing of it is kept if `decide` or the disk refuses.
    pub(super) async fn change<T: Send + 'static>(
        self: &Arc<Self>,
        decide: impl FnOnce(&mut State) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let store = Arc::clone(self);
        tokio::task::spawn_blocking(move || store.change_in_turn(decide))
            .await
            .map_err(|_| Refusal::Broken("The stand-in is stopping".to_owned()))?
    }

    fn change_in_turn<T>(
        &self,
        decide: impl FnOnce(&mut State) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        // A change that panicked left nothing behind, so its lock is as good as new.
        let is_open = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_open {
            return Err(Refusal::Broken("The stand-in has stopped".to_owned()));
        }
        let before = self.now();
        let mut after = State::clone(&before);
        let decided = decide(&mut after)?;
        if after == *before {
            return Ok(decided);
        }
        if let Some(path) = &self.file
            && let Err(trouble) = write(path, &after)
        {
            tracing::error!("the payment stand-in cannot keep its sessions: {trouble:#}");
            return Err(Refusal::Broken(format!("{trouble:#}")));
        }
        let after = Arc::new(after);
        self.current.send_replace(Arc::clone(&after));
        for event in after.undelivered() {
            if !before.is_undelivered(&event.id) {
                let _ = self.new_events.send(event.clone());
            }
        }
        Ok(decided)
    }

    /// Lets a change under way finish, and no other begin: the file may have a
    /// new owner from now on.
    pub(super) fn close(&self) {
        *self.turn.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }
}

fn read(path: &Path) -> anyhow::Result<State> {
    let place = path.display();
    let text = std::fs::read(path).with_context(|| format!("{place}: cannot be read"))?;
    serde_json::from_slice(&text).with_context(|| {
        format!("{place}: is not what the payment stand-in wrote; take it away to start afresh")
    })
}

/// Writes a sibling first and renames it, so that the file is always whole.
fn write(path: &Path, state: &State) -> anyhow::Result<()> {
    let text = serde_json::to_vec(state)?;
    let mut sibling = path.to_owned().into_os_string();
    sibling.push(".new");
    let sibling = PathBuf::from(sibling);
    let folder = path
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));

    let written = || -> std::io::Result<()> {
        let mut file = File::create(&sibling)?;
        file.write_all(&text)?;
        file.sync_all()?;
        std::fs::rename(&sibling, path)?;
        File::open(folder)?.sync_all()
    };
    written().with_context(|| format!("{}: cannot be written", path.display()))
}
