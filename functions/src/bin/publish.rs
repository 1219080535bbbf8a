//! `publish FILE`: puts the publication that the generator wrote into the
//! table, where every function finds it within a minute.

use std::process::ExitCode;

use anyhow::Context as _;
use domain::publication::Publication;
use functions::config::Config;
use functions::store::Store;

#[tokio::main]
async fn main() -> ExitCode {
    match publish().await {
        Ok(version) => {
            println!("published as version {version}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("publish: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn publish() -> anyhow::Result<String> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: publish FILE, such as `publish target/publication.json`");
    };
    let json = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let publication: Publication = serde_json::from_slice(&json)
        .with_context(|| format!("{} is not a publication", file.display()))?;
    let store = Store::connect(Config::table_from_environment()?).await;
    Ok(store.publish(&publication).await?)
}
