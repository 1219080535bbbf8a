//! A stand-in for the staff's sign-in provider: OpenID Connect on this machine
//! alone, with a page that asks which role to be instead of a password.
//!
//! It keeps the standard where a client would notice: discovery, keys, codes
//! that work once and for a minute, PKCE, the client's secret, ID tokens that
//! are signed. Whoever can reach it can be anybody, so it listens on loopback,
//! sends people back to loopback, and refuses to start in any other way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

mod authorize;
mod person;
mod token;

pub use person::Person;
pub use token::Fault;

use token::Key;

/// A code works for so long.
const CODE: Duration = Duration::from_secs(60);

/// What the stand-in is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the client is called.
    pub client_id: String,
    /// What proves that it is the client.
    pub client_secret: String,
    /// The one address that people are sent back to.
    pub return_address: String,
}

/// A provider that serves until it is dropped.
#[derive(Debug)]
pub struct StandIn {
    issuer: String,
    state: Arc<State>,
    _serving: oneshot::Sender<()>,
}

/// What the routes share.
#[derive(Debug)]
struct State {
    settings: Settings,
    issuer: String,
    key: Key,
    asked: Mutex<HashMap<String, Asked>>,
    codes: Mutex<HashMap<String, Code>>,
    fault: Mutex<Option<Fault>>,
}

/// A question that a browser was sent with.
#[derive(Debug, Clone)]
struct Asked {
    state: String,
    nonce: String,
    challenge: String,
}

/// A code that was given out.
#[derive(Debug, Clone)]
struct Code {
    asked: Asked,
    person: Person,
    since: Instant,
}

impl StandIn {
    /// Starts on a listener that is bound to loopback.
    ///
    /// # Errors
    ///
    /// If the listener or the address to return to is not on loopback.
    pub fn start(listener: TcpListener, settings: Settings) -> anyhow::Result<StandIn> {
        let address = listener.local_addr().context("the stand-in’s port")?;
        ensure!(
            address.ip().is_loopback(),
            "the stand-in for the sign-in provider lets anybody be anybody: it is for 127.0.0.1 alone, not {address}"
        );
        ensure!(
            ["http://localhost:", "http://127.0.0.1:"]
                .iter()
                .any(|here| settings.return_address.starts_with(here)),
            "the stand-in for the sign-in provider sends people back to this machine alone, not to {}",
            settings.return_address
        );
        let issuer = format!("http://localhost:{}", address.port());
        let state = Arc::new(State {
            settings,
            issuer: issuer.clone(),
            key: Key::new(),
            asked: Mutex::default(),
            codes: Mutex::default(),
            fault: Mutex::default(),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(token::discovery))
            .route("/keys", get(token::keys))
            .route("/authorize", get(authorize::page).post(authorize::choose))
            .route("/token", post(token::exchange))
            .route("/style.css", get(authorize::style))
            .with_state(Arc::clone(&state));
        let (serving, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let ended = axum::serve(listener, routes).with_graceful_shutdown(async move {
                let _ = stopped.await;
            });
            if let Err(error) = ended.await {
                tracing::error!("the stand-in for the sign-in provider ended: {error}");
            }
        });
        Ok(StandIn {
            issuer,
            state,
            _serving: serving,
        })
    }

    /// Its address, which is its name too.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Makes the next ID token wrong, to see that it is refused.
    pub fn make_next_wrong(&self, fault: Fault) {
        *lock(&self.state.fault) = Some(fault);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::{Settings, StandIn};

    fn settings(return_address: &str) -> Settings {
        Settings {
            client_id: "us".to_owned(),
            client_secret: "secret".to_owned(),
            return_address: return_address.to_owned(),
        }
    }

    #[tokio::test]
    async fn it_is_refused_on_an_address_that_others_can_reach() {
        let open = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let refused = StandIn::start(open, settings("http://localhost:3000/staff/signed-in/"));
        assert!(refused.unwrap_err().to_string().contains("127.0.0.1 alone"));
    }

    #[tokio::test]
    async fn it_sends_nobody_to_another_machine() {
        let here = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let refused = StandIn::start(here, settings("https://www.example.org/staff/signed-in/"));
        assert!(
            refused
                .unwrap_err()
                .to_string()
                .contains("this machine alone")
        );
    }
}
