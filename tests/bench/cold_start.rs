//! What a function costs before it does anything: how large it is, how long it takes
//! from the start of its process until it asks Lambda's Runtime API for the first
//! event, and what memory it has then; and how long its first two answers take.
//!
//! The binaries are built as they are deployed, but for this machine's processor,
//! and given what `infra/template.yaml` gives them. The first answer opens the way
//! to the database and reads what is published; between the two nothing sleeps.
//!
//! `cargo bench -p tests --bench cold_start`; names of functions after `--` measure
//! these alone.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::binary::build;
use tests::lambda::{Cloud, Function, Request, Template};
use tests::root;

/// So often is each started.
const TIMES: usize = 40;

/// What each is asked for first, where the gateway asks it.
const PAGES: &[(&str, &str)] = &[
    ("account", "/account/"),
    ("editor-sign-in", "/auth?provider=github"),
    ("events", "/book/network/"),
    ("membership", "/apply/"),
    ("payments", "/pay/none/"),
    ("staff", "/staff/"),
];

/// What was measured of one start.
struct Start {
    ready: Duration,
    resident: u64,
    most: u64,
    first: Duration,
    second: Duration,
}

fn main() {
    let template = Template::read();
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let named = |function: &Function| {
        let mut names = asked.iter().filter(|name| !name.starts_with('-'));
        asked.iter().all(|name| name.starts_with('-')) || names.any(|name| name == function.binary)
    };
    let functions: Vec<Function> = template.functions().filter(named).collect();
    let mut arguments = vec!["--profile", "function", "-p", "functions"];
    for function in &functions {
        arguments.extend(["--bin", function.binary]);
    }
    let folder = build(&arguments).join("function");
    println!(
        "{:14} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "function", "binary", "zip", "start", "p95", "RSS", "peak", "first", "second"
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let cloud = Cloud::start().await;
        for function in &functions {
            measure(&cloud, function, &folder.join(function.binary)).await;
        }
    });
}

async fn measure(cloud: &Cloud, function: &Function<'_>, program: &Path) {
    let mut starts = Vec::new();
    for _ in 0..TIMES {
        starts.push(start(cloud, function, program).await);
    }
    let times = |of: fn(&Start) -> Duration| {
        let mut times: Vec<Duration> = starts.iter().map(of).collect();
        times.sort_unstable();
        times
    };
    let ready = times(|start| start.ready);
    let largest = |of: fn(&Start) -> u64| starts.iter().map(of).max().unwrap_or_default();
    println!(
        "{:14} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        function.binary,
        megabytes(fs::metadata(program).expect("the binary").len()),
        megabytes(packed(program)),
        milliseconds(ready[TIMES / 2]),
        milliseconds(ready[TIMES * 95 / 100]),
        megabytes(largest(|start| start.resident)),
        megabytes(largest(|start| start.most)),
        milliseconds(times(|start| start.first)[TIMES / 2]),
        milliseconds(times(|start| start.second)[TIMES / 2]),
    );
}

async fn start(cloud: &Cloud, function: &Function<'_>, program: &Path) -> Start {
    let mut process = cloud.start_program(function, program).await;
    let ready = process.ready().await;
    let (resident, most) = (process.memory("VmRSS"), process.memory("VmHWM"));
    let event = event(function);
    let mut answers = [Duration::ZERO; 2];
    for answer in &mut answers {
        let begun = Instant::now();
        process.invoke(&event).await;
        *answer = begun.elapsed();
    }
    process.end().await;
    Start {
        ready,
        resident: resident * 1024,
        most: most * 1024,
        first: answers[0],
        second: answers[1],
    }
}

/// A page, or what the schedule sends.
fn event(function: &Function) -> Value {
    let page = PAGES.iter().find(|(name, _)| *name == function.binary);
    page.map_or_else(
        || json!({}),
        |(_, target)| Request::get(target).event("$default"),
    )
}

/// How many bytes are uploaded.
fn packed(program: &Path) -> u64 {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let zip = folder.path().join("function.zip");
    fs::copy(program, folder.path().join("bootstrap")).expect("room for a copy");
    let done = Command::new(root().join("infra/deploy-values"))
        .arg("zip")
        .args([folder.path(), &zip])
        .output()
        .expect("Python packs it");
    assert!(done.status.success(), "it could not be packed");
    fs::metadata(zip).expect("the zip").len()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// In millions of bytes.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
