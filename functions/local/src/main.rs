//! `cargo run`: the whole product on this machine.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use functions::config::{self, Config, PostConfig, database_endpoint};
use jiff::Timestamp;
use local::{Product, Settings, StartError};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The site, every form, payments and a database, on this machine alone.
#[derive(Debug, Parser)]
#[command(name = "cargo run --", version)]
struct Arguments {
    /// The port to serve on; 0 takes a free one.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The folder that records are kept in.
    #[arg(long, value_name = "DIR", default_value = ".data")]
    data: PathBuf,
    /// The folder of the content.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// The folder of the theme.
    #[arg(long, value_name = "DIR", default_value = "themes/partnership")]
    theme: PathBuf,
    /// The folder that the theme's npm packages are fetched into.
    #[arg(long, value_name = "DIR", default_value = "target/packages")]
    packages: PathBuf,
    /// The file that defines the table.
    #[arg(long, value_name = "FILE", default_value = "infra/template.yaml")]
    template: PathBuf,
    /// The time that the business clock starts at, such as 2017-04-01T09:00+01:00.
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let levels = config::log_levels().and_then(|levels| levels.parse().ok());
    tracing_subscriber::registry()
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
        .with(levels.unwrap_or_else(quiet))
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(StartError::Content(problems)) => {
            eprintln!(
                "{}\n\n{}",
                site_gen::report(&problems),
                site_gen::count(&problems)
            );
            ExitCode::FAILURE
        }
        Err(StartError::Other(error)) => {
            eprintln!("cannot start: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What is told of by default. The engine warns of every refused condition,
/// and a refused condition is how two people are kept apart.
fn quiet() -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("dynoxide", LevelFilter::ERROR)
}

async fn run(arguments: Arguments) -> Result<(), StartError> {
    let stripe = Config::stripe_from_environment().map_err(anyhow::Error::from)?;
    let staff = Config::staff_from_environment().map_err(anyhow::Error::from)?;
    let office = local::office()?;
    let post = PostConfig::smtp_from_environment(&office).map_err(anyhow::Error::from)?;
    let is_posted = post.is_some();
    fetch_packages(&arguments);
    let mut product = Product::start(Settings {
        port: arguments.port,
        data: Some(arguments.data.clone()),
        content: arguments.content,
        theme: arguments.theme,
        packages: arguments.packages,
        template: arguments.template,
        now: arguments.now,
        stripe,
        staff,
        post,
        database: database_endpoint(),
        eye: None,
        watch: true,
        nightly: true,
    })
    .await?;
    greet(&product, &arguments.data, is_posted);
    tokio::select! {
        () = product.wait() => {}
        _ = tokio::signal::ctrl_c() => product.stop().await,
    }
    Ok(())
}

/// Fetches what the theme takes from npm, once. Where that cannot be had, it is
/// said, and the site is shown without.
fn fetch_packages(arguments: &Arguments) {
    let (theme, packages) = (&arguments.theme, &arguments.packages);
    if site_gen::packages::are_missing(theme, packages) {
        eprintln!("fetching the theme’s packages");
    }
    if let Err(problem) = site_gen::packages::fetch(theme, packages) {
        eprintln!("warning: {problem}");
    }
}

/// Where to look.
fn greet(product: &Product, data: &std::path::Path, is_posted: bool) {
    let url = &product.base_url;
    let cards = match &product.stand_in {
        Some(stand_in) => format!(
            "a stand-in for Stripe at {} (no money moves)",
            stand_in.base_url()
        ),
        None => "Stripe, by the key in the environment".to_owned(),
    };
    let staff = match &product.provider {
        Some(_) => " (a page asks which role to be)",
        None => "",
    };
    let today = domain::calendar::long_date(domain::calendar::london_date(product.app.clock.now()));
    println!("THE Partnership on this machine: {} pages\n", product.pages);
    println!("  Prospectus   {url}/");
    println!("  Apply        {url}/apply/");
    println!("  Events       {url}/events/");
    println!("  Staff        {url}/staff/{staff}");
    let posted = if is_posted {
        " (sent by the server in `SMTP_URL`)"
    } else {
        " (none is sent)"
    };
    println!("  Letters      {url}/dev/letters{posted}");
    println!("  Cards        {cards}");
    println!("  Records      {}", data.display());
    println!("  Today is     {today}\n");
    if !product.concerns.is_empty() {
        println!(
            "What was edited since the last start concerns people who have booked:\n\n{}",
            product.concerns
        );
    }
    println!("Edits of content and theme are shown as they are saved.");
    println!("Stop with Ctrl+C; the records stay.");
}
