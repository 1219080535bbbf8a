//! Who may name what: the seams that keep the parts apart.

use crate::report::Report;
use crate::source::{Named, Source};
use crate::tree::production;

/// Names that belong to some files alone.
struct Boundary {
    /// What the names stand for.
    what: &'static str,
    /// Paths, and all that is below them.
    names: &'static [&'static str],
    /// Words that are told by themselves.
    words: &'static [&'static str],
    /// Where the rule holds.
    within: &'static str,
    /// The modules that may, by what their paths begin with.
    only_in: &'static [&'static str],
    remedy: &'static str,
}

const BOUNDARIES: &[Boundary] = &[
    Boundary {
        what: "input, output or a clock",
        names: &[
            "std::fs",
            "std::env",
            "std::net",
            "std::process",
            "std::time",
            "std::io",
            "std::thread",
            "jiff::Zoned::now",
            "Zoned::now",
            "jiff::Timestamp::now",
            "Timestamp::now",
            "jiff::tz::TimeZone::system",
            "TimeZone::system",
        ],
        words: &["async", "await", "println", "eprintln"],
        within: "functions/domain/src",
        only_in: &[],
        remedy: "a rule takes values and gives a value; let the caller pass `now` and what was read",
    },
    Boundary {
        what: "files",
        names: &[
            "std::fs",
            "fs",
            "File",
            "walkdir",
            "tokio::fs",
            "std::io::stdin",
        ],
        words: &[],
        within: "site-gen/src",
        only_in: &[
            "site-gen/src/source",
            "site-gen/src/output",
            "site-gen/src/packages",
        ],
        remedy: "only `source` reads and only `output` writes, and `packages` fetches before either; everything between is a function of values",
    },
    Boundary {
        what: "a way to write files",
        names: &[
            "fs::write",
            "std::fs::write",
            "fs::create_dir_all",
            "std::fs::create_dir_all",
            "fs::rename",
            "std::fs::rename",
            "fs::remove_file",
            "std::fs::remove_file",
            "fs::remove_dir_all",
            "std::fs::remove_dir_all",
            "File::create",
            "std::fs::OpenOptions",
            "OpenOptions",
        ],
        words: &[],
        within: "site-gen/src",
        only_in: &["site-gen/src/output", "site-gen/src/packages"],
        remedy: "hand the value to `output`",
    },
    Boundary {
        what: "another program",
        names: &["std::process::Command", "process::Command", "Command::new"],
        words: &[],
        within: "site-gen/src",
        only_in: &["site-gen/src/packages"],
        remedy: "the site is a function of values; only `packages` runs npm, before the site is built",
    },
    Boundary {
        what: "files or the environment",
        names: &["std::fs", "std::env", "walkdir", "std::io::stdin"],
        words: &[],
        within: "site-gen/theme/src",
        only_in: &[],
        remedy: "the theme is given its templates and assets as text; read them in `site-gen`'s `source`",
    },
    Boundary {
        what: "the AWS database SDK",
        names: &["aws_sdk_dynamodb", "serde_dynamo"],
        words: &[],
        within: "functions/src",
        only_in: &["functions/src/store"],
        remedy: "give `store` a function for it, in the words of the domain",
    },
    Boundary {
        what: "the way to AWS",
        names: &["aws_config", "aws_smithy_http_client", "aws_types"],
        words: &[],
        within: "functions/src",
        only_in: &["functions/src/aws"],
        remedy: "make the client from `aws::of_a_function`",
    },
    Boundary {
        what: "what takes letters out of the house",
        names: &["aws_sdk_sesv2", "lettre"],
        words: &[],
        within: "functions/src",
        only_in: &["functions/src/post", "functions/src/mail"],
        remedy: "hand the letter to `post`",
    },
    Boundary {
        what: "Stripe's crates",
        names: &[
            "stripe",
            "async_stripe",
            "stripe_checkout",
            "stripe_core",
            "stripe_client_core",
            "stripe_shared",
            "stripe_types",
        ],
        words: &[],
        within: "functions/src",
        only_in: &["functions/src/stripe"],
        remedy: "give `functions::stripe` a function for it; write `crate::stripe` for our own module",
    },
    Boundary {
        what: "the sign-in provider’s library",
        names: &["openidconnect"],
        words: &[],
        within: "functions/src",
        only_in: &["functions/src/identity"],
        remedy: "give `identity` a function for it, in the words of the domain",
    },
    Boundary {
        what: "the environment",
        // Not `std::env::args`: what a person types at a command.
        names: &[
            "std::env::var",
            "std::env::var_os",
            "std::env::vars",
            "env::var",
            "env::var_os",
            "env::vars",
        ],
        words: &[],
        within: "functions/src",
        only_in: &["functions/src/config"],
        remedy: "add a field to `config` and pass it on",
    },
];

/// The areas of `functions`: handlers of one kind of request each. What more
/// than one of them calls is none: `secretary`, `treasurer`, `settlements`, `letters`.
const AREAS: &[&str] = &[
    "membership",
    "account",
    "events",
    "payments",
    "staff",
    "daily",
];

#[test]
fn what_belongs_to_one_module_is_named_in_no_other() {
    let mut report = Report::default();
    for boundary in BOUNDARIES {
        let sources = production(boundary.within);
        assert!(
            !sources.is_empty(),
            "{}: there is no Rust file; has the folder moved?",
            boundary.within
        );
        for source in sources
            .iter()
            .filter(|source| !within_any(&source.path, boundary.only_in))
        {
            let names = source.names();
            for named in &names {
                if boundary.words.contains(&named.path.as_str())
                    || boundary.names.iter().any(|name| means(named, name, &names))
                {
                    let what = format!(
                        "`{}` names {}, which does not belong here",
                        named.path, boundary.what
                    );
                    report.add(&source.place(named.offset), &what, boundary.remedy);
                }
            }
        }
    }
    report.finish();
}

#[test]
fn no_area_of_the_functions_imports_another() {
    let mut report = Report::default();
    for area in AREAS {
        let own = format!("functions/src/{area}");
        for source in production("functions/src") {
            if !within_any(&source.path, &[&own]) {
                continue;
            }
            for named in source.names() {
                let other = AREAS.iter().filter(|other| *other != area).find(|other| {
                    is_or_is_below(&named.path, &format!("crate::{other}"))
                        || is_or_is_below(&named.path, &format!("super::{other}"))
                });
                if let Some(other) = other {
                    let what = format!("`{area}` names `{other}` (`{}`)", named.path);
                    let remedy = "areas meet in data only: put what both need into `domain`, `store` or `app`";
                    report.add(&source.place(named.offset), &what, remedy);
                }
            }
        }
    }
    report.finish();
}

/// Whether the path is `store.rs`, or in `store/`, of a module `…/store`.
fn within_any(path: &str, modules: &[&str]) -> bool {
    modules.iter().any(|module| {
        path.strip_prefix(module)
            .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

/// Whether the path leads to `name` or below it, as far as the file itself
/// says: a module of our own may have the name of a crate.
fn means(named: &Named, name: &str, all: &[Named]) -> bool {
    if named.imported {
        return is_or_is_below(&named.path, name);
    }
    let Some((first, _)) = named.path.split_once("::") else {
        return false;
    };
    let ours = |other: &Named| {
        let (place, last) = other.path.rsplit_once("::").unwrap_or_default();
        let begins = place.split("::").next().unwrap_or_default();
        other.imported && last == first && ["crate", "super", "self"].contains(&begins)
    };
    is_or_is_below(&named.path, name) && !all.iter().any(ours)
}

fn is_or_is_below(path: &str, name: &str) -> bool {
    path.strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn a_module_of_ours_is_told_from_a_crate_of_that_name() {
    let found = |text: &str| {
        let source = Source::new("a.rs".to_owned(), text.to_owned());
        let names = source.names();
        names
            .iter()
            .filter(|named| means(named, "stripe", &names))
            .count()
    };
    assert_eq!(found("fn a() { stripe::Client::new(); }"), 1);
    assert_eq!(found("use stripe::Client;"), 1);
    assert_eq!(
        found("use crate::{config::Config, stripe}; fn a() { stripe::open(); }"),
        0
    );
    assert_eq!(found("fn a(stripe: u8) { crate::stripe::open(stripe) }"), 0);
}
