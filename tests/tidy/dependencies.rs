//! Which package knows which, by their manifests.

use crate::report::Report;
use crate::tree::text;

/// The only libraries that the rules may use: dates, serialisation, errors.
const OF_THE_DOMAIN: &[&str] = &["jiff", "serde", "thiserror"];

/// Each package, and the packages of this workspace that it may know.
const KNOWN: &[(&str, &[&str])] = &[
    ("functions/domain", &[]),
    ("site-gen/theme", &["domain"]),
    ("site-gen", &["domain", "theme"]),
    ("functions", &["domain", "theme"]),
    (
        "functions/local",
        &["domain", "theme", "site-gen", "functions"],
    ),
];

const PACKAGES: &[&str] = &["domain", "theme", "site-gen", "functions", "local", "tests"];

#[test]
fn the_domain_uses_only_the_libraries_allowed() {
    let mut report = Report::default();
    for (line, name) in dependencies("functions/domain") {
        if !OF_THE_DOMAIN.contains(&name.as_str()) {
            let what = format!("the domain may not use `{name}`");
            let remedy = format!(
                "do it outside and pass the value in; the domain has {}",
                OF_THE_DOMAIN.join(", ")
            );
            report.add(
                &format!("functions/domain/Cargo.toml:{line}"),
                &what,
                &remedy,
            );
        }
    }
    report.finish();
}

#[test]
fn a_package_knows_only_those_below_it() {
    let mut report = Report::default();
    for (package, known) in KNOWN {
        for (line, name) in dependencies(package) {
            if PACKAGES.contains(&name.as_str()) && !known.contains(&name.as_str()) {
                let what = format!("`{package}` may not depend on `{name}`");
                let remedy = "the generator and the functions meet in the publication alone; put a shared value into `domain`";
                report.add(&format!("{package}/Cargo.toml:{line}"), &what, remedy);
            }
        }
    }
    report.finish();
}

/// The names under `[dependencies]`, with their lines.
fn dependencies(package: &str) -> Vec<(usize, String)> {
    let manifest = text(&format!("{package}/Cargo.toml"));
    let mut found = Vec::new();
    let mut inside = false;
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-");
        } else if inside && line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            found.push((index + 1, name.to_owned()));
        }
    }
    assert!(
        !found.is_empty(),
        "{package}/Cargo.toml: no dependencies were found; has its form changed?"
    );
    found
}
