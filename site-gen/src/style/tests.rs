//! Style sheets: what comes of them, and what is said of one that is wrong.

use std::collections::BTreeMap;

use super::{Sheets, finished};
use crate::problem::{self, Problem};
use crate::text::SourceText;

fn made(files: &[(&str, &str)]) -> (Vec<(String, String)>, Vec<Problem>) {
    let sheets: Sheets = files
        .iter()
        .map(|(name, text)| {
            let read = SourceText::read(format!("assets/{name}").into(), text.as_bytes().to_vec());
            ((*name).to_owned(), read.expect("the text is UTF-8"))
        })
        .collect();
    let addresses = BTreeMap::from([
        (
            "plait.svg".to_owned(),
            "/assets/plait.0123abcd.svg".to_owned(),
        ),
        (
            "fonts/a.woff2".to_owned(),
            "/assets/fonts/a.89ab.woff2".to_owned(),
        ),
    ]);
    let mut problems = Vec::new();
    let made = finished(&sheets, &addresses, &mut problems);
    for problem in &mut problems {
        let name = problem
            .path
            .strip_prefix("assets")
            .expect("it is one of the files");
        let text = &sheets[&*name.to_string_lossy()].text;
        crate::text::quote(text, std::slice::from_mut(problem));
    }
    (made, problems)
}

fn of_one(text: &str) -> String {
    let (made, problems) = made(&[("style.css", text)]);
    assert_eq!(problem::report(&problems), "");
    made[0].1.clone()
}

#[test]
fn a_sheet_is_said_in_as_few_bytes_as_it_can_be() {
    let text = "/* Ink. */\n:root { --ink: #241c1a; }\n\na { color: #ff0000; margin: 0 0 0 0 }\n";
    assert_eq!(of_one(text), ":root{--ink:#241c1a}a{color:red;margin:0}");
}

#[test]
fn a_picture_beside_it_is_named_by_its_fingerprinted_address() {
    let text =
        "a{background:url('./plait.svg#a')}b{background:url(data:,x)}c{background:url(/d.png)}";
    let expected = "a{background:url(\"/assets/plait.0123abcd.svg#a\")}b{background:url(\"data:,x\")}c{background:url(\"/d.png\")}";
    assert_eq!(of_one(text), expected);
}

#[test]
fn parts_are_put_into_the_sheet_that_names_them_and_have_no_address_of_their_own() {
    let (made, problems) = made(&[
        (
            "style.css",
            "@import \"tokens.css\";\na { color: var(--ink) }",
        ),
        ("tokens.css", ":root { --ink: #000 }"),
        ("other.css", "b { top: 0 }"),
    ]);
    assert_eq!(problems, []);
    let expected = [
        ("other.css".to_owned(), "b{top:0}".to_owned()),
        (
            "style.css".to_owned(),
            ":root{--ink:#000}a{color:var(--ink)}".to_owned(),
        ),
    ];
    assert_eq!(made, expected);
}

#[test]
fn a_font_that_was_not_fetched_is_not_asked_for() {
    let face = |file: &str| format!("@font-face{{font-family:A;src:url({file})}}a{{top:0}}");
    assert_eq!(of_one(&face("fonts/b.woff2")), "a{top:0}");
    let expected = "@font-face{font-family:A;src:url(\"/assets/fonts/a.89ab.woff2\")}a{top:0}";
    assert_eq!(of_one(&face("fonts/a.woff2")), expected);
}

#[test]
fn every_fault_of_a_sheet_is_told_with_its_place() {
    let (_, problems) = made(&[
        (
            "style.css",
            "@import \"token.css\";\n@import \"tokens.css\" print;\na:hovr { top: 0 }\nb { color red; top: 0 }\n@medai print { a { top: 0 } }\n.ü { background: url(plaid.svg) }\n",
        ),
        ("tokens.css", "@import \"tokens.css\";\n"),
    ]);
    assert_eq!(
        problem::report(&problems),
        "assets/style.css:1:1: there is no style sheet `token.css`
  1 | @import \"token.css\";
  hint: did you mean `tokens.css`?

assets/style.css:2:1: a part cannot have a condition
  2 | @import \"tokens.css\" print;
  hint: put `@media`, `@supports` or `@layer` around the rules in that file

assets/style.css:3:3: there is no pseudo-class `:hovr`
  3 | a:hovr { top: 0 }
  hint: a browser would skip the whole rule: look at how it is spelt

assets/style.css:4:10: this is not expected here
  4 | b { color red; top: 0 }
  hint: look for a bracket, a colon or a semicolon that is missing before it

assets/style.css:5:7: there is no rule `@medai`
  5 | @medai print { a { top: 0 } }
  hint: a browser would skip it: look at how it is spelt

assets/style.css:6:22: there is no asset `plaid.svg`
  6 | .ü { background: url(plaid.svg) }
  hint: did you mean `plait.svg`?

assets/tokens.css:1:1: `tokens.css` is a part of itself
  1 | @import \"tokens.css\";
  hint: take one of the two `@import` out"
    );
}
