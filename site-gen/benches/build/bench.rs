//! `cargo bench -p site-gen`: how fast the generator is, and what it needs.
//!
//! The corpus is made here (`corpus`), so that anybody can repeat a figure. A
//! time means little by itself, since machines differ: beside ours stands the
//! *floor* (`floor`), what any generator has to do for these pages. Both are
//! processes of their own, measured alike (`measure`), in memory (tmpfs) and on
//! the disk; then pages are edited while `serve` runs (`live`).
//!
//! ```text
//! cargo bench -p site-gen                                   ours and the floor
//! cargo bench -p site-gen -- --pages 1000 --runs 3          less of it
//! cargo bench -p site-gen -- peers                          with every peer on the PATH
//! cargo bench -p site-gen -- corpus --layout hugo --out DIR the pages alone
//! ```
//!
//! `tests/bench/peers` installs the peers and runs the third.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::corpus::Corpus;
use crate::generator::Generator;
use crate::layout::Layout;
use crate::table::Table;
use crate::turns::{Turn, cold, unchanged};

mod corpus;
mod floor;
mod generator;
mod layout;
mod live;
mod measure;
mod prose;
mod table;
mod turns;

/// Measures the generator on pages that it makes itself.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    plan: Plan,
    /// What cargo says to every benchmark
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

/// How much is measured.
#[derive(Args)]
struct Plan {
    /// How many pages
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "1000,10000",
        global = true
    )]
    pages: Vec<usize>,
    /// How often; the median counts
    #[arg(long, default_value_t = 5, global = true)]
    runs: usize,
    /// What the pages are made of
    #[arg(long, default_value_t = 1_888, global = true)]
    seed: u64,
    /// Leave the edits out
    #[arg(long, global = true)]
    no_edits: bool,
}

#[derive(Subcommand)]
enum What {
    /// Measure every peer on the PATH as well
    Peers,
    /// Write the pages, and measure nothing
    Corpus {
        /// For which generator
        #[arg(long, value_enum)]
        layout: Layout,
        /// The folder; what is in it is removed
        #[arg(long)]
        out: PathBuf,
    },
    /// The floor itself
    #[command(hide = true)]
    Floor { content: PathBuf, out: PathBuf },
    /// The parent of a run
    #[command(hide = true)]
    Measure {
        #[arg(last = true)]
        command: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let Arguments { what, plan, .. } = Arguments::parse();
    let done = match what {
        None => measure_ours(&plan),
        Some(What::Peers) => measure_peers(&plan),
        Some(What::Corpus { layout, out }) => plan
            .corpora()
            .into_iter()
            .try_for_each(|corpus| layout.write(corpus, &out.join(corpus.pages.to_string()))),
        Some(What::Floor { content, out }) => floor::build(&content, &out),
        Some(What::Measure { command }) => measure::tell(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

impl Plan {
    fn corpora(&self) -> Vec<Corpus> {
        let corpus = |pages: &usize| Corpus {
            seed: self.seed,
            pages: *pages,
        };
        self.pages.iter().map(corpus).collect()
    }
}

/// Ours and the floor: cold and unchanged, in memory and on the disk, and edits.
fn measure_ours(plan: &Plan) -> io::Result<()> {
    let (floor, ours) = (Generator::floor()?, Generator::ours());
    let mut builds = table::builds();
    let mut edits = table::edits();
    for corpus in plan.corpora() {
        for place in Place::all() {
            let root = place.folder("site-gen");
            Layout::SiteGen.write(corpus, &root)?;
            let turns = [&floor, &ours].map(|generator| Turn {
                generator,
                root: root.clone(),
            });
            let costs = cold(&turns, corpus, plan.runs, place.is_memory);
            let [below, own] = costs.try_into().expect("there is one for each");
            let below = below?;
            builds.build(corpus, &place, "floor", below, below);
            match own {
                Ok(cost) => {
                    builds.build(corpus, &place, "cold", cost, below);
                    let cost = unchanged(&turns[1], plan.runs)?;
                    builds.build(corpus, &place, "unchanged", cost, below);
                }
                Err(error) => builds.failed(corpus, &place, ours.name, &error),
            }
            if place.is_memory && !plan.no_edits {
                edits.live(
                    corpus,
                    ours.name,
                    live::edits(&ours, corpus, &root, plan.runs),
                );
            }
        }
    }
    println!("{builds}\n{edits}");
    Ok(())
}

/// Ours, the floor and the peers, cold and unchanged, in memory; then the edits
/// of those that serve, at the largest corpus.
fn measure_peers(plan: &Plan) -> io::Result<()> {
    let (peers, missing) = Generator::peers();
    let (floor, ours) = (Generator::floor()?, Generator::ours());
    let place = Place::memory();
    let mut builds = table::peers();
    for corpus in plan.corpora() {
        let all = [&floor, &ours].into_iter().chain(&peers);
        let turns: Vec<Turn<'_>> = all
            .map(|generator| Turn {
                generator,
                root: place.folder(generator.name),
            })
            .collect();
        for Turn { generator, root } in &turns {
            generator.layout.write(corpus, root)?;
        }
        let costs = cold(&turns, corpus, plan.runs, place.is_memory);
        let own = costs[1].as_ref().ok().copied();
        for (turn, cost) in turns.iter().zip(costs) {
            let has_again = cost.is_ok() && turn.generator.name != floor.name;
            let again = has_again.then(|| unchanged(turn, plan.runs).ok()).flatten();
            builds.peer(corpus, turn.generator.name, cost, again, own);
        }
    }
    // Told before the edits, which take long: these figures are not lost.
    println!("{builds}");
    for generator in std::iter::once(&floor).chain(&peers) {
        if let Some(remark) = generator.remark() {
            println!("- {} {remark}", generator.name);
        }
    }
    for name in missing {
        println!("- {name} is not on the PATH, and was not measured.");
    }
    let largest = plan.corpora().into_iter().max_by_key(|corpus| corpus.pages);
    if let Some(corpus) = largest.filter(|_| !plan.no_edits) {
        println!("\n{}", edit_all(corpus, &peers, &place, plan.runs));
    }
    Ok(())
}

/// The edits of ours and of the peers that serve.
fn edit_all(corpus: Corpus, peers: &[Generator], place: &Place, rounds: usize) -> Table {
    let ours = Generator::ours();
    let mut edits = table::edits();
    for generator in std::iter::once(&ours).chain(peers) {
        if generator.serves() {
            let root = place.folder(generator.name);
            let live = generator
                .layout
                .write(corpus, &root)
                .and_then(|()| live::edits(generator, corpus, &root, rounds));
            edits.live(corpus, generator.name, live);
        }
    }
    edits
}

/// How our folders in memory begin; the number of the process follows.
const SHARED: &str = "site-gen-bench-";

/// Removes what a run that was ended half-way left in memory.
fn sweep(shared: &Path) {
    for entry in fs::read_dir(shared).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(SHARED));
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}

/// Where a corpus and its site are while they are measured; removed afterwards.
struct Place {
    name: &'static str,
    is_memory: bool,
    folder: PathBuf,
}

impl Place {
    /// In memory, where the machine has such a folder; and on the disk.
    fn all() -> Vec<Place> {
        let memory = Place::memory();
        if memory.is_memory {
            vec![memory, Place::disk()]
        } else {
            vec![memory]
        }
    }

    fn memory() -> Place {
        let shared = Path::new("/dev/shm");
        if !shared.is_dir() {
            return Place::disk();
        }
        sweep(shared);
        Place {
            name: "tmpfs",
            is_memory: true,
            folder: shared.join(format!("{SHARED}{}", std::process::id())),
        }
    }

    /// `target/bench`, beside the folder of the binary that is measured.
    fn disk() -> Place {
        let binary = Path::new(env!("CARGO_BIN_EXE_site-gen"));
        let target = binary
            .parent()
            .and_then(Path::parent)
            .unwrap_or(Path::new("target"));
        Place {
            name: "disk",
            is_memory: false,
            folder: target.join("bench"),
        }
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.folder.join(name.to_lowercase())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
