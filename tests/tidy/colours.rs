//! The colours of the theme: each pair that meets can be told apart, by the
//! arithmetic of WCAG 2.2 (1.4.3 and 1.4.11), light, dark and on paper.
//!
//! A colour has a name in `tokens.css` and a role here. Other style sheets may
//! only use the names, so no pair escapes.

use std::collections::BTreeMap;

use crate::report::Report;
use crate::tree::{files, text};

const TOKENS: &str = "themes/partnership/assets/tokens.css";

/// What is written on, or drawn on.
const GROUNDS: [&str; 3] = ["paper", "raised", "sunk"];

/// Words on any of the grounds: 4.5 to 1.
const WORDS: [&str; 5] = ["ink", "soft", "lead", "lead-deep", "error"];

/// What has to be seen on any of the grounds without being read: the edges of
/// fields, the strands, the outline of what has the focus. 3 to 1.
const MARKS: [&str; 6] = ["edge", "a", "b", "c", "d", "focus"];

/// Pairs that meet only each other, and how well they must be told apart.
const PAIRS: [(&str, &str, f64); 5] = [
    ("on-lead", "lead", 4.5),
    ("on-lead", "lead-deep", 4.5),
    ("on-deep", "deep", 4.5),
    ("on-good", "good", 4.5),
    ("focus-deep", "deep", 3.0),
];

/// A rule between two things that are apart without it.
const ORNAMENT: [&str; 1] = ["line"];

#[test]
fn every_pair_of_colours_that_meets_can_be_told_apart() {
    let mut report = Report::default();
    for (scheme, colours) in schemes(&text(TOKENS)) {
        for (front, ground, wanted) in pairs() {
            let (Some(front_colour), Some(ground_colour)) =
                (colours.get(front), colours.get(ground))
            else {
                continue;
            };
            let ratio = contrast(*front_colour, *ground_colour);
            if ratio < wanted {
                let what = format!(
                    "{scheme}: `--{front}` on `--{ground}` has a contrast of {ratio:.2}; {wanted} is the least"
                );
                report.add(TOKENS, &what, "make the one lighter or the other darker");
            }
        }
    }
    report.finish();
}

#[test]
fn every_colour_has_a_role_by_which_it_is_checked() {
    let mut report = Report::default();
    let schemes = schemes(&text(TOKENS));
    for (scheme, colours) in &schemes {
        let of_light = &schemes[0].1;
        for name in of_light.keys().filter(|name| !colours.contains_key(*name)) {
            let what = format!("{scheme}: there is no `--{name}`");
            report.add(TOKENS, &what, "give it a value there too");
        }
        for name in colours.keys() {
            let known = GROUNDS.contains(&name.as_str())
                || ORNAMENT.contains(&name.as_str())
                || pairs()
                    .iter()
                    .any(|(front, ground, _)| name == front || name == ground);
            if !known {
                let what = format!("`--{name}` has no role");
                report.add(TOKENS, &what, "say in tests/tidy/colours.rs what it meets");
            }
        }
    }
    report.finish();
}

#[test]
fn no_colour_is_written_but_in_the_tokens() {
    let mut report = Report::default();
    for path in files("themes/partnership/assets", ".css") {
        if path == TOKENS {
            continue;
        }
        for (index, line) in text(&path).lines().enumerate() {
            let hexadecimal = line.match_indices('#').any(|(at, _)| {
                let digits = line[at + 1..].chars().take_while(char::is_ascii_hexdigit);
                digits.count() >= 3
            });
            if hexadecimal || line.contains("rgb(") || line.contains("hsl(") {
                let place = format!("{path}:{}", index + 1);
                report.add(
                    &place,
                    "a colour of its own",
                    "give it a name in tokens.css",
                );
            }
        }
    }
    report.finish();
}

fn pairs() -> Vec<(&'static str, &'static str, f64)> {
    let on_grounds = |fronts: &[&'static str], wanted: f64| -> Vec<_> {
        let each = fronts
            .iter()
            .flat_map(|front| GROUNDS.map(|ground| (*front, ground, wanted)));
        each.collect()
    };
    let mut all = on_grounds(&WORDS, 4.5);
    all.extend(on_grounds(&MARKS, 3.0));
    all.extend(PAIRS);
    all
}

type Colours = BTreeMap<String, [f64; 3]>;

/// The colours of each scheme by name: light, dark and on paper, where what is
/// not said anew is as it is in the light.
fn schemes(css: &str) -> Vec<(&'static str, Colours)> {
    let mut parts = css.split("@media");
    let light = colours(parts.next().unwrap_or_default());
    let mut schemes = vec![("light", light.clone())];
    for part in parts {
        if part.contains("prefers-color-scheme: dark") {
            schemes.push(("dark", colours(part)));
        } else if part.trim_start().starts_with("print") {
            let mut paper = light.clone();
            paper.extend(colours(part));
            schemes.push(("paper", paper));
        }
    }
    assert_eq!(
        schemes.len(),
        3,
        "light, dark and print are looked for in {TOKENS}"
    );
    schemes
}

fn colours(block: &str) -> Colours {
    let declared = block.split(';').filter_map(|declaration| {
        let (name, value) = declaration.rsplit_once("--")?.1.split_once(':')?;
        Some((name.trim().to_owned(), colour(value.trim())?))
    });
    declared.collect()
}

fn colour(value: &str) -> Option<[f64; 3]> {
    let digits = value.strip_prefix('#')?;
    let doubled: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| {
        u8::from_str_radix(&doubled[at..at + 2], 16)
            .ok()
            .map(f64::from)
    };
    Some([part(0)?, part(2)?, part(4)?])
}

/// The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = part / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn contrast_is_reckoned_as_the_standard_does() {
    let of = |one, other| contrast(colour(one).unwrap(), colour(other).unwrap());
    assert!((of("#000", "#fff") - 21.0).abs() < 1e-9);
    assert!((of("#777777", "#fff") - 4.478).abs() < 1e-3);
    let tokens = ":root { --a: #777; }\n@media (prefers-color-scheme: dark) { :root { --a: #000; } }\n@media print { :root { --b: 1pt; } }";
    let names: Vec<_> = schemes(tokens)
        .into_iter()
        .map(|(name, found)| (name, found["a"][0]))
        .collect();
    assert_eq!(names, [("light", 119.0), ("dark", 0.0), ("paper", 119.0)]);
}
