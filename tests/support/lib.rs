//! What the tests share: the product, started anew for each; the people who
//! use it; and the site as it is built.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use functions::daily::{self, Done};
use functions::settlements::{self, Swept};
use local::Settings;

pub mod applying;
pub mod binary;
pub mod calls;
pub mod changed;
pub mod crowd;
pub mod desk;
pub mod emulator;
pub mod forms;
pub mod github;
pub mod lambda;
pub mod members;
pub mod page;
pub mod policies;
pub mod staff;
pub mod units;
pub mod visitor;

pub use visitor::{Answer, Visitor};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are in the repository")
        .to_owned()
}

/// The repository's own content, built once a process; its folder.
pub fn built_site() -> &'static Path {
    static SITE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = SITE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("site");
        let options = site_gen::Options {
            publication: site_gen::publication_beside(&out),
            out,
            ..site_gen::Options::new(&root(), jiff::Timestamp::now())
        };
        if let Err(problems) = site_gen::build(&options) {
            panic!(
                "the content does not build:\n{}",
                site_gen::report(&problems)
            );
        }
        folder
    });
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| folder.path().join("site"))
}

/// The product, whole and empty, on a free port.
pub struct Product(local::Product);

impl Product {
    /// Starts with the repository's content and no records.
    pub async fn start() -> Product {
        Product::with(|_| {}).await
    }

    /// Starts with the business clock at `now`.
    pub async fn at(now: &str) -> Product {
        let now = now.parse().expect("an instant");
        Product::with(|settings| settings.now = Some(now)).await
    }

    /// Starts with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Product {
        let mut settings = Settings::new(&root());
        settings.eye = calls::eye();
        change(&mut settings);
        match local::Product::start(settings).await {
            Ok(product) => Product(product),
            Err(local::StartError::Content(problems)) => panic!("{}", site_gen::report(&problems)),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// Somebody with a browser without JavaScript.
    pub fn visitor(&self) -> Visitor {
        Visitor::at(&self.0.base_url)
    }

    /// The sweep of what is open, as the schedule has it; what it did.
    pub async fn sweep(&self) -> Swept {
        let app = self.0.of("settlements");
        Box::pin(settlements::sweep(&app))
            .await
            .expect("a sweep comes to its end")
    }

    /// The nightly run; what it did.
    pub async fn night(&self) -> Done {
        let app = self.0.of("daily");
        Box::pin(daily::run(&app))
            .await
            .expect("a nightly run comes to its end")
    }

    /// The stand-in for Stripe.
    pub fn stripe(&self) -> &local::stripe_stand_in::StandIn {
        self.0
            .stand_in
            .as_ref()
            .expect("a product without a key has a stand-in")
    }
}

impl std::ops::Deref for Product {
    type Target = local::Product;

    fn deref(&self) -> &local::Product {
        &self.0
    }
}
