//! The database, inside the process: a real DynamoDB engine on SQLite, spoken
//! to over loopback by the same SDK as in the cloud.
//!
//! It is not plugged in below the SDK: then what goes over the wire would
//! never be tried. Its file outlives a killed process.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region, SharedInterceptor};
use dynoxide::Database;
use functions::app::App;
use functions::store::Store;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::table;

/// The table's name on this machine.
pub const TABLE: &str = "the-partnership";

/// An engine that serves until it is dropped.
#[derive(Debug)]
pub struct Embedded {
    /// Where it answers.
    pub endpoint: String,
    _serving: oneshot::Sender<()>,
}

impl Embedded {
    /// Opens the database in `folder`, or one in memory.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    pub async fn open(folder: Option<&Path>) -> anyhow::Result<Embedded> {
        let database = match folder {
            None => Database::memory().map_err(|error| anyhow!("{error}"))?,
            Some(folder) => {
                std::fs::create_dir_all(folder)
                    .with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
                let file = folder.join("dynamodb.sqlite");
                let name = file
                    .to_str()
                    .context("the data folder's name must be plain text")?;
                Database::new(name).map_err(|error| anyhow!("{name}: {error}"))?
            }
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let (serving, stopped) = oneshot::channel::<()>();
        tokio::spawn(dynoxide::server::serve_with_shutdown(
            listener,
            database,
            async move {
                // Whether it was sent or dropped, it is the end.
                let _ = stopped.await;
            },
        ));
        Ok(Embedded {
            endpoint,
            _serving: serving,
        })
    }
}

/// A client of a database without a secret: the embedded one, or a
/// compatible server at `endpoint`.
#[must_use]
pub fn client(endpoint: &str) -> Client {
    Client::from_conf(settings(endpoint).build())
}

/// The same client, with an eye on each request before it goes out.
#[must_use]
pub fn watched(endpoint: &str, eye: SharedInterceptor) -> Client {
    let mut settings = settings(endpoint);
    settings.push_interceptor(eye);
    Client::from_conf(settings.build())
}

fn settings(endpoint: &str) -> Builder {
    aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-2"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .endpoint_url(endpoint)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
}

/// The store at `endpoint`, its table made from `template` if it is not there.
///
/// # Errors
///
/// If the table cannot be made, or is there and differs.
pub async fn store(endpoint: &str, template: &Path) -> anyhow::Result<Store> {
    let client = client(endpoint);
    table::create_from_template(&client, template, TABLE).await?;
    Ok(Store::new(client, TABLE))
}

/// The way of each function to the table: one for all, unless somebody watches.
pub(crate) struct Ways {
    pub(crate) endpoint: String,
    pub(crate) eye: Option<fn(&'static str) -> SharedInterceptor>,
}

impl Ways {
    pub(crate) fn of(&self, app: &App, function: &'static str) -> App {
        match self.eye {
            Some(eye) => {
                let client = watched(&self.endpoint, eye(function));
                app.with_store(app.store.over(client))
            }
            None => app.clone(),
        }
    }
}
