//! `cargo bench -p site-gen --bench import`: how long it takes to take the
//! borough's schools out of a file as large as the national register: 50,000
//! rows of 140 columns, in Windows-1252, made here, so that anybody can repeat
//! the figure.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Instant;

/// As many as the national register has, and a few more.
const ROWS: usize = 50_000;
/// As many as it has.
const COLUMNS: usize = 140;
/// How often it is measured; the median counts.
const RUNS: usize = 5;

/// The columns that the extract keeps or leaves out by name; all others are
/// numbered.
const NAMED: [&str; 12] = [
    "URN",
    "LA (code)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "CensusDate",
    "NumberOfPupils",
    "Postcode",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
];

fn main() -> ExitCode {
    match measure() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("national.csv");
    let bytes = national();
    std::fs::write(&file, &bytes).map_err(|error| error.to_string())?;
    let content = folder.path().join("content");
    std::fs::create_dir_all(content.join("data")).map_err(|error| error.to_string())?;
    let mut times = Vec::with_capacity(RUNS);
    let mut said = String::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        said = site_gen::schools::import(&file, 211, &content)
            .map_err(|problems| site_gen::report(&problems))?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(format!(
        "{ROWS} rows × {COLUMNS} columns, {} MB, median of {RUNS}: {:.2} s\n{said}",
        bytes.len() / 1_000_000,
        times[RUNS / 2].as_secs_f64()
    ))
}

/// The file: one school in five hundred is in Tower Hamlets.
fn national() -> Vec<u8> {
    let numbered = (NAMED.len()..COLUMNS).map(|number| format!("Column {number}"));
    let names: Vec<String> = NAMED
        .iter()
        .map(ToString::to_string)
        .chain(numbered)
        .collect();
    let mut text = names.join(",");
    text.push_str("\r\n");
    for row in 0..ROWS {
        let authority = if row % 500 == 0 { 211 } else { 300 + row % 90 };
        let urn = 900_000 + row;
        // Writing into a text cannot fail.
        let _ = write!(
            text,
            "{urn},{authority},\"Sample School {row}, Sample’s Lane\",1,Community school,Open,19-01-2017,{},E1 {}AB,Ms,Heady,Personal",
            row % 1_000,
            row % 10
        );
        for column in NAMED.len()..COLUMNS {
            if column % 3 == 0 {
                text.push(',');
            } else {
                let _ = write!(text, ",\"value {column}\"");
            }
        }
        text.push_str("\r\n");
    }
    // Windows-1252, as the register is published: it has one letter that is
    // not a byte of its own.
    text.chars()
        .map(|letter| match letter {
            '’' => 0x92,
            other => u8::try_from(other).unwrap_or(b'?'),
        })
        .collect()
}
