//! A small cloud: the gateway, the functions behind it and their table.

use std::collections::BTreeMap;
use std::path::Path;

use crate::github::GitHub;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use domain::calendar::{LondonTime, london_date};
use domain::publication::Publication;
use jiff::{Timestamp, ToSpan};
use local::database::{self, Embedded};
use local::identity_stand_in;
use local::stripe_stand_in::{Settings, StandIn};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use domain::access::Purpose;
use domain::reference::BookingReference;
use functions::config::Secret;
use functions::links::Links;
use functions::publishing::publish_all;
use functions::store::Store;

use super::event::{Answer, EDGE_KEY, Request};
use super::process::Process;
use super::template::{Function, Template};

/// What webhooks are signed with: the second of two, as while one is replaced.
const WEBHOOK_SECRET: &str = "whsec_under_test";

/// The key that the stand-in for Stripe expects.
const STRIPE_KEY: &str = "sk_test_under_test";

/// What links are derived from.
const LINK_KEY: &str = "a key of 32 bytes or more, under test";

/// Where the site is.
const BASE_URL: &str = "https://www.the-partnership.org.uk";

/// Where the editor is.
pub const EDITOR: &str = "https://editor.the-partnership.org.uk";

/// A webhook as Stripe sent it.
#[derive(Debug)]
pub struct Webhook {
    /// Its header `Stripe-Signature`.
    pub signature: String,
    /// What was said.
    pub body: String,
}

/// The gateway and what is behind it. A function starts with its first event.
pub struct Cloud {
    /// Stripe, as far as it is needed.
    pub stripe: StandIn,
    /// What Stripe has told; a case passes it on through the gateway.
    pub webhooks: UnboundedReceiver<Webhook>,
    /// GitHub, as far as it is needed.
    pub github: GitHub,
    /// The staff's sign-in provider, as far as it is needed.
    provider: identity_stand_in::StandIn,
    template: Template,
    database: Embedded,
    store: Store,
    functions: BTreeMap<String, Process>,
}

impl Cloud {
    /// Creates the table, and publishes the project's own content.
    pub async fn start() -> Cloud {
        let database = Embedded::open(None).await.unwrap();
        let store = database::store(&database.endpoint, &Template::path())
            .await
            .unwrap();
        publish_all(&store, &publication(), Timestamp::now())
            .await
            .unwrap();
        let (stripe, webhooks) = stripe().await;
        Cloud {
            stripe,
            webhooks,
            github: GitHub::start().await,
            provider: provider().await,
            template: Template::read(),
            database,
            store,
            functions: BTreeMap::new(),
        }
    }

    /// Sends a request the way that the template routes it.
    pub async fn ask(&mut self, request: &Request) -> Answer {
        let (route_key, function) = self.template.function_for(request.method, request.path());
        if !self.functions.contains_key(function.binary) {
            let process = Process::start(function.binary, &self.variables(&function)).await;
            self.functions.insert(function.binary.to_owned(), process);
        }
        let process = &self.functions[function.binary];
        Answer::of(&process.invoke(&request.event(route_key)).await)
    }

    /// Starts a function by itself, by a program that was built as it is deployed.
    pub async fn start_program(&self, function: &Function<'_>, program: &Path) -> Process {
        let variables = self.variables(function);
        Process::start_program(function.binary, program, &variables).await
    }

    /// Follows an address, as a browser does after a form.
    pub async fn get(&mut self, target: &str) -> Answer {
        self.ask(&Request::get(target)).await
    }

    /// Posts a form.
    pub async fn post(&mut self, target: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(&Request::form(target, fields)).await
    }

    /// Books, and confirms it by the link in the letter; the answer to that.
    pub async fn book(&mut self, event: &str, fields: &[(&str, &str)]) -> Answer {
        let asked = self.post(&format!("/book/{event}/"), fields).await;
        let reference = asked.location().trim_matches('/').rsplit('/').next();
        let reference = BookingReference::parse(reference.unwrap_or_default()).unwrap();
        let booking = self.store.booking(&reference).await.unwrap().unwrap();
        let link = booking.link(Purpose::BookingAddress).unwrap();
        let links = Links::new(BASE_URL, Secret::new(LINK_KEY));
        let secret = links.derive(link.purpose, &reference.to_string(), &link.nonce);
        let path = format!("/bookings/{reference}/{}/confirm/", secret.expose());
        self.post(&path, &[]).await
    }

    /// Ends the functions: all that they have written to their logs.
    pub async fn end(&mut self) -> String {
        let mut logs = String::new();
        for function in self.functions.values_mut() {
            logs += &function.end().await;
        }
        logs
    }

    /// What the functions have written to their logs so far.
    fn logs(&self) -> String {
        self.functions.values().map(Process::log).collect()
    }

    /// What the function is given: the variables of the template, by name,
    /// and what Lambda gives to every function.
    fn variables(&self, function: &Function) -> BTreeMap<String, String> {
        let of_the_template = function.variables.iter().map(|name| {
            let value = match *name {
                "TABLE_NAME" => database::TABLE,
                "BASE_URL" => BASE_URL,
                "BANK_ACCOUNT_NAME" => "Sample account",
                "BANK_SORT_CODE" => "00-00-00",
                "BANK_ACCOUNT_NUMBER" => "00000000",
                "LETTERS_FROM" => "letters@the-partnership.example",
                "SES_CONFIGURATION_SET" => "letters",
                "SMTP_URL" => "",
                "LINK_KEY" => LINK_KEY,
                "OFFICE_EMAIL" => "office@the-partnership.example",
                "EDGE_KEYS" => &format!("the one before, {EDGE_KEY}"),
                "FORM_TARGETS" => "https://checkout.stripe.com",
                "OIDC_ISSUER" => self.provider.issuer(),
                "OIDC_CLIENT_ID" => "the-partnership",
                "OIDC_CLIENT_SECRET" => "secret-under-test",
                "OIDC_ROLES_CLAIM" => "roles",
                "OIDC_SCOPES" => "profile email",
                "STRIPE_SECRET_KEY" => STRIPE_KEY,
                "STRIPE_WEBHOOK_SECRETS" => &format!("whsec_another, {WEBHOOK_SECRET}"),
                "EDITOR_URL" => EDITOR,
                "EDITOR_ORIGINS" => "",
                "GITHUB_CLIENT_ID" => crate::github::CLIENT_ID,
                "GITHUB_CLIENT_SECRET" => crate::github::CLIENT_SECRET,
                "GITHUB_SCOPE" => "public_repo",
                "GITHUB_BASE_URL" => &self.github.base_url,
                "STRIPE_API_BASE" => &self.stripe.base_url(),
                _ => panic!("infra/template.yaml gives `{name}`; give it a value here too"),
            };
            (*name, value.to_owned())
        });
        let of_lambda = [
            ("AWS_REGION", "eu-west-2".to_owned()),
            ("AWS_ACCESS_KEY_ID", "AKIDUNDERTEST".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "under-test".to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", self.database.endpoint.clone()),
        ];
        let all = of_the_template.chain(of_lambda);
        all.map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// A case that fails is told what the functions said.
impl Drop for Cloud {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("what the functions logged:\n{}", self.logs());
        }
    }
}

/// What the project's own content promises, with its events a year from
/// today: a process of its own goes by the machine's clock.
fn publication() -> Publication {
    let root = Template::path();
    let root = root.parent().and_then(Path::parent).unwrap();
    let now = Timestamp::now();
    let built = site_gen::check(&site_gen::Options::new(root, now));
    let mut publication = built
        .map_err(|problems| site_gen::report(&problems))
        .unwrap()
        .publication
        .unwrap();
    let day = london_date(now).saturating_add(1.year());
    let at = |time: &str| LondonTime::parse(&format!("{day} {time}")).unwrap();
    for event in &mut publication.events {
        (event.booking_closes, event.starts, event.ends) = (at("12:00"), at("16:00"), at("17:30"));
    }
    publication
}

/// The stand-in for Stripe, and what it tells of.
async fn stripe() -> (StandIn, UnboundedReceiver<Webhook>) {
    let (told, webhooks) = unbounded_channel();
    let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = Settings {
        webhook_url: format!("http://{}/", receiver.local_addr().unwrap()),
        webhook_secret: WEBHOOK_SECRET.to_owned(),
        secret_key: STRIPE_KEY.to_owned(),
        data_file: None,
    };
    let router = Router::new().route("/", post(keep)).with_state(told);
    tokio::spawn(async move { axum::serve(receiver, router).await.unwrap() });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (StandIn::start(listener, settings).await.unwrap(), webhooks)
}

/// The stand-in for the staff's sign-in provider. It sends nobody out of this
/// machine, so a case goes as far as its address.
async fn provider() -> identity_stand_in::StandIn {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = identity_stand_in::Settings {
        client_id: "the-partnership".to_owned(),
        client_secret: "secret-under-test".to_owned(),
        return_address: "http://localhost:3000/staff/signed-in/".to_owned(),
    };
    identity_stand_in::StandIn::start(listener, settings).unwrap()
}

async fn keep(State(told): State<UnboundedSender<Webhook>>, headers: HeaderMap, body: String) {
    let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
    // A case that is over does not listen any more.
    let _ = told.send(Webhook { signature, body });
}
