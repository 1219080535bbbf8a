//! The databases that the contract is held against: the one that is linked into
//! the product on one machine, and an emulator of AWS that is not ours.

use std::any::Any;

use functions::store::Store;
use local::database::{self, Embedded};
use local::table::create_from_template;
use tests::emulator::Emulator;
use tests::root;

/// A database, for as long as it is kept.
pub struct Engine {
    endpoint: String,
    _running: Box<dyn Any + Send + Sync>,
}

impl Engine {
    /// dynoxide, in this process.
    pub async fn embedded() -> Engine {
        let running = Embedded::open(None).await.unwrap();
        Engine {
            endpoint: running.endpoint.clone(),
            _running: Box::new(running),
        }
    }

    /// MiniStack, a process of its own.
    pub async fn emulator() -> Engine {
        let running = tokio::task::spawn_blocking(Emulator::start).await.unwrap();
        Engine {
            endpoint: running.address(),
            _running: Box::new(running),
        }
    }

    /// Where it answers.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A store in an empty table of that name.
    pub async fn store(&self, table: &str) -> Store {
        let client = database::client(&self.endpoint);
        let template = root().join("infra/template.yaml");
        create_from_template(&client, &template, table)
            .await
            .unwrap();
        Store::new(client, table)
    }
}
