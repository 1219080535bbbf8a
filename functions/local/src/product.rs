//! The parts put together: bound, built, published and served.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use aws_sdk_dynamodb::config::SharedInterceptor;
use axum::Router;
use axum::middleware::from_fn_with_state;
use domain::contact::EmailAddress;
use functions::app::{App, Providers};
use functions::clock::Clock;
use functions::config::{Config, PostConfig, Secret, StaffConfig, StripeConfig};
use functions::identity;
use functions::post::Post;
use functions::publishing::publish_all;
use functions::security::WEBHOOK;
use jiff::Timestamp;
use site_gen::Problem;
use site_gen::serve::engine::Engine;
use site_gen::serve::follow;
use site_gen::serve::live::Live;
use site_gen::serve::watch::Watch;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::database::{self, Embedded, Ways};
use crate::identity_stand_in;
use crate::letters;
use crate::nightly::Nightly;
use crate::pages::{self, Pages};
use crate::reload::{self, Following};
use crate::stripe_stand_in::{self, StandIn};

/// Where the office would have its letters; nobody can register the host.
const OFFICE: &str = "office@the-partnership.example";

/// The office of one machine.
///
/// # Errors
///
/// Never: the address is one.
pub fn office() -> anyhow::Result<EmailAddress> {
    EmailAddress::parse(OFFICE, "the office’s address").context("an address")
}

/// What the product on one machine is made of.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The port; nought takes a free one.
    pub port: u16,
    /// The folder that the records are kept in; without one they are
    /// forgotten at the end.
    pub data: Option<PathBuf>,
    /// The folder of the content.
    pub content: PathBuf,
    /// The folder of the theme.
    pub theme: PathBuf,
    /// The folder that the theme's packages are in, if they were fetched.
    pub packages: PathBuf,
    /// The file that defines the table.
    pub template: PathBuf,
    /// What the business clock shows at the start; the time if not set.
    pub now: Option<Timestamp>,
    /// Stripe, if there is a key; a stand-in otherwise.
    pub stripe: Option<StripeConfig>,
    /// The staff's sign-in provider, if there is one; a stand-in otherwise.
    pub staff: Option<StaffConfig>,
    /// The server that letters go by; without one they stay in their box.
    pub post: Option<PostConfig>,
    /// Another DynamoDB-compatible server, instead of the embedded one.
    pub database: Option<String>,
    /// What sees each request to the table, by the name of the function that
    /// makes it, if anybody wants to.
    pub eye: Option<fn(&'static str) -> SharedInterceptor>,
    /// Whether edits of content and theme are shown while it runs.
    pub watch: bool,
    /// Whether what falls due by the calendar is done, now and each night.
    pub nightly: bool,
}

impl Settings {
    /// The folders of the repository at `root`, records in memory, a free
    /// port, and no eye on edits.
    #[must_use]
    pub fn new(root: &Path) -> Settings {
        Settings {
            port: 0,
            data: None,
            content: root.join("content"),
            theme: root.join("themes/partnership"),
            packages: root.join("target/packages"),
            template: root.join("infra/template.yaml"),
            now: None,
            stripe: None,
            staff: None,
            post: None,
            database: None,
            eye: None,
            watch: false,
            nightly: false,
        }
    }
}

/// Why the product does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The content has problems: these.
    #[error("the content has problems")]
    Content(Vec<Problem>),
    /// Something else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// The whole product, serving until it is stopped or dropped.
pub struct Product {
    /// Where it answers: `http://localhost:3000`.
    pub base_url: String,
    /// What the handlers are given: its clock can be put on.
    pub app: App,
    /// The stand-in for Stripe, if there is one.
    pub stand_in: Option<StandIn>,
    /// The stand-in for the staff's sign-in provider, if there is one.
    pub provider: Option<identity_stand_in::StandIn>,
    /// How many pages the site has.
    pub pages: usize,
    /// Whom what was edited since the last start concerns, in words.
    pub concerns: String,
    ways: Ways,
    _database: Option<Embedded>,
    following: Option<Following>,
    _nightly: Option<Nightly>,
    serving: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Product {
    /// Starts it, bound to 127.0.0.1 only.
    ///
    /// # Errors
    ///
    /// [`StartError::Content`] with every problem of the content; anything
    /// else says what it is.
    pub async fn start(settings: Settings) -> Result<Product, StartError> {
        if settings.now.is_some() && settings.stripe.is_some() {
            return Err(anyhow::anyhow!(
                "`--now` is refused beside a Stripe key: Stripe keeps its own time"
            )
            .into());
        }
        let listener = listen(settings.port).await?;
        let address = listener.local_addr().context("the port")?;
        let base_url = format!("http://localhost:{}", address.port());
        let clock = settings.now.map_or_else(Clock::system, Clock::starting_at);

        // Before the files are read, so that no edit comes in between.
        let watch = settings
            .watch
            .then(|| Watch::new(&[&settings.content, &settings.theme]));
        let engine = Engine::open(&site_gen::Options {
            base_url: Some(base_url.clone()),
            now: clock.now(),
            content: settings.content.clone(),
            theme: settings.theme.clone(),
            packages: settings.packages.clone(),
            ..site_gen::Options::new(Path::new("."), clock.now())
        });
        let Some(built) = engine.built().filter(|_| engine.problems().is_empty()) else {
            return Err(StartError::Content(engine.problems().to_vec()));
        };

        let publication = built.publication.as_ref().context(
            "the content says nothing of fees, commitments and booking, which the forms need",
        )?;

        let embedded = match &settings.database {
            Some(_) => None,
            None => Some(Embedded::open(settings.data.as_deref()).await?),
        };
        let endpoint = embedded
            .as_ref()
            .map(|embedded| embedded.endpoint.clone())
            .or(settings.database.clone());
        let endpoint = endpoint.context("a database")?;
        let store = database::store(&endpoint, &settings.template).await?;
        let plan = publish_all(&store, publication, clock.now())
            .await
            .context("the publication was not taken")?;

        let (stripe, stand_in) = card_provider(&settings, address).await?;
        let origin = stand_in.as_ref().map_or_else(
            || "https://checkout.stripe.com".to_owned(),
            |stand_in| stand_in.base_url().trim_end_matches('/').to_owned(),
        );
        let (staff, provider) = sign_in_provider(&settings, &base_url).await?;
        let config = Config {
            table: database::TABLE.to_owned(),
            base_url: base_url.clone(),
            bank: None,
            link_key: link_key(settings.data.as_deref())?,
            office: office()?,
            stripe: Some(stripe),
            form_targets: vec![origin, staff.origin().to_owned()],
            edge_keys: Vec::new(),
            staff: Some(staff),
        };
        let live = Live::new(engine.files().clone());
        let pages = Pages::new(
            live.clone(),
            &base_url,
            &config.form_targets,
            watch.is_some(),
        );
        let app = App::new(
            config,
            store,
            built.templates.clone(),
            clock,
            Providers::all,
        )?;
        let number_of_pages = built.pages;
        let post = match settings.post {
            Some(post) => Some(Post::new(post)?),
            None => None,
        };
        let nightly = match settings.nightly {
            true => Some(Nightly::begin(app.clone(), post).await),
            false => None,
        };
        let cards = stand_in.as_ref().map(StandIn::base_url);
        let ways = Ways {
            endpoint,
            eye: settings.eye,
        };
        let routes = Router::new()
            .merge(letters::routes().with_state(app.clone()))
            .merge(stripe_stand_in::door(cards))
            .merge(reload::routes(live.clone()))
            .fallback_service(functions::routes::everything(&app, |name| {
                ways.of(&app, name)
            }))
            .layer(from_fn_with_state(pages, pages::serve));
        let serving = serve(listener, routes);
        let following = watch.map(|watch| {
            follow::greet(&watch, &engine, &live);
            Following::begin(watch, engine, live, app.clone())
        });
        Ok(Product {
            base_url,
            app,
            stand_in,
            provider,
            pages: number_of_pages,
            concerns: plan.words(),
            ways,
            _database: embedded,
            following,
            _nightly: nightly,
            serving: Some(serving),
        })
    }

    /// What the function of that name is given: `daily`, `settlements`.
    #[must_use]
    pub fn of(&self, function: &'static str) -> App {
        self.ways.of(&self.app, function)
    }

    /// Serves until it is stopped from elsewhere.
    pub async fn wait(&mut self) {
        if let Some((_, task)) = &mut self.serving {
            // The task ends when its listener does; how is all the same here.
            let _ = task.await;
        }
    }

    /// Stops taking requests, and waits for those that are under way.
    pub async fn stop(mut self) {
        if let Some((stop, task)) = self.serving.take() {
            drop(stop);
            drop(self.following.take());
            let _ = task.await;
        }
    }
}

/// What links are derived from: kept beside the records, so that a link that
/// was given out still opens what it did after a restart.
fn link_key(data: Option<&Path>) -> anyhow::Result<Secret> {
    let new = functions::entropy::key() + &functions::entropy::key();
    let Some(folder) = data else {
        return Ok(Secret::new(new));
    };
    let file = folder.join("link-key");
    if let Ok(known) = std::fs::read_to_string(&file) {
        return Ok(Secret::new(known.trim()));
    }
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&file, &new))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(Secret::new(new))
}

async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
        format!("port {port} is taken: stop what uses it, or choose another with `cargo run -- --port {}`", port.wrapping_add(1))
    })
}

/// Stripe as it is set, or a stand-in for it that knows where to send webhooks.
async fn card_provider(
    settings: &Settings,
    address: SocketAddr,
) -> anyhow::Result<(StripeConfig, Option<StandIn>)> {
    if let Some(stripe) = &settings.stripe {
        return Ok((stripe.clone(), None));
    }
    let secret_key = format!("sk_test_{}", functions::entropy::key());
    let webhook_secret = format!("whsec_{}", functions::entropy::key());
    let listener = beside(settings.port, 1).await?;
    let stand_in = StandIn::start(
        listener,
        stripe_stand_in::Settings {
            webhook_url: format!("http://{address}{WEBHOOK}"),
            webhook_secret: webhook_secret.clone(),
            secret_key: secret_key.clone(),
            data_file: settings
                .data
                .as_ref()
                .map(|folder| folder.join("stripe-stand-in.json")),
        },
    )
    .await?;
    let config = StripeConfig {
        secret_key: Secret::new(secret_key),
        api_base: Some(stand_in.base_url()),
        webhook_secrets: vec![Secret::new(webhook_secret)],
    };
    Ok((config, Some(stand_in)))
}

/// The staff's sign-in provider as it is set, or a stand-in for it.
async fn sign_in_provider(
    settings: &Settings,
    base_url: &str,
) -> anyhow::Result<(StaffConfig, Option<identity_stand_in::StandIn>)> {
    if let Some(staff) = &settings.staff {
        return Ok((staff.clone(), None));
    }
    let client_id = "the-partnership".to_owned();
    let client_secret = functions::entropy::key();
    let listener = beside(settings.port, 2).await?;
    let provider = identity_stand_in::StandIn::start(
        listener,
        identity_stand_in::Settings {
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
            return_address: format!("{base_url}{}", identity::RETURN_PATH),
        },
    )?;
    let config = StaffConfig {
        issuer: provider.issuer().to_owned(),
        client_id,
        client_secret: Some(Secret::new(client_secret)),
        roles_claim: "roles".to_owned(),
        scopes: vec!["profile".to_owned()],
    };
    Ok((config, Some(provider)))
}

/// A port a little above ours: the same one after a restart, so that a page
/// that is open still works.
async fn beside(port: u16, above: u16) -> std::io::Result<TcpListener> {
    let next = if port == 0 {
        0
    } else {
        port.wrapping_add(above)
    };
    match TcpListener::bind((Ipv4Addr::LOCALHOST, next)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await,
    }
}

fn serve(listener: TcpListener, routes: Router) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let ended = axum::serve(listener, routes).with_graceful_shutdown(async move {
            let _ = stopped.await;
        });
        if let Err(error) = ended.await {
            tracing::error!("serving ended: {error}");
        }
    });
    (stop, task)
}
