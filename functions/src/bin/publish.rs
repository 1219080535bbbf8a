//! `publish FILE`: puts the publication that the generator wrote into the
//! table, where every function finds it within a minute.
//!
//! Where that concerns people who have booked it says whom, before anything is
//! written, and asks: by a question on a terminal, by `--yes` in a script. Then
//! it writes to them. `--plan` says it and writes nothing.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use domain::publication::Publication;
use functions::clock::Clock;
use functions::config::Config;
use functions::publishing::Plan;
use functions::store::Store;
use functions::telling;

/// How it ends where somebody has to agree, and nobody has.
const ASKED: u8 = 3;

/// How long it goes on with letters; the sweep does the rest.
const PATIENCE: Duration = Duration::from_secs(600);

const USAGE: &str =
    "usage: publish FILE [--plan] [--yes], such as `publish target/publication.json`
  --plan  says whom it concerns and writes nothing; ends with 3 if somebody has to agree
  --yes   agrees, and writes to them; without it, and without a terminal, it ends with 3";

/// What is asked for.
struct Asked {
    file: std::path::PathBuf,
    plan: bool,
    yes: bool,
}

fn main() -> ExitCode {
    let done = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("a runtime")
        .and_then(|runtime| runtime.block_on(publish()));
    done.unwrap_or_else(|error| {
        eprintln!("publish: {error:#}");
        ExitCode::FAILURE
    })
}

fn asked() -> anyhow::Result<Asked> {
    let (mut file, mut plan, mut yes) = (None, false, false);
    for argument in std::env::args_os().skip(1) {
        match argument.to_str() {
            Some("--plan") => plan = true,
            Some("--yes") => yes = true,
            Some(option) if option.starts_with("--") => {
                anyhow::bail!("no option `{option}`\n{USAGE}")
            }
            _ if file.is_some() => anyhow::bail!(USAGE),
            _ => file = Some(argument.into()),
        }
    }
    let file = file.context(USAGE)?;
    Ok(Asked { file, plan, yes })
}

async fn publish() -> anyhow::Result<ExitCode> {
    let asked = asked()?;
    let file = &asked.file;
    let json = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let next: Publication = serde_json::from_slice(&json)
        .with_context(|| format!("{} is not a publication", file.display()))?;
    let store = Store::connect_from_a_desk(Config::table_from_environment()?).await;
    let clock = Clock::system();
    loop {
        let plan = Plan::of(&store, &next, clock.now()).await?;
        let words = plan.words();
        if !words.is_empty() {
            println!("This concerns people who have booked:\n\n{words}");
        }
        if asked.plan {
            return Ok(match plan.asks() {
                true => ExitCode::from(ASKED),
                false => ExitCode::SUCCESS,
            });
        }
        if plan.asks() && !asked.yes && !is_agreed()? {
            eprintln!(
                "publish: nothing was published: somebody has to agree to this, with `--yes`"
            );
            return Ok(ExitCode::from(ASKED));
        }
        let Some(version) = plan.carry_out(&store, &next, clock.now()).await? else {
            eprintln!("publish: something else was published meanwhile; looking again");
            continue;
        };
        println!("published as version {version}");
        for event in plan.told() {
            let by_name = (event, domain::telling::Telling::EDIT);
            telling::advance(&store, &clock, by_name, PATIENCE).await?;
            let telling = store.telling(by_name.0, by_name.1).await?;
            let letters = telling.map_or(0, |telling| telling.value.letters);
            println!("{event}: {letters} letters are written");
        }
        return Ok(ExitCode::SUCCESS);
    }
}

/// Asks whoever sits there; nobody does where it is no terminal.
fn is_agreed() -> anyhow::Result<bool> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Ok(false);
    }
    print!("Publish, and write to them? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    input.lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
