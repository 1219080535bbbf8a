//! YAML into types: what an editor is told, word for word.

use serde::Deserialize;

use super::{Described, Finding, Placed, parse, read};
use crate::text::Place;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meeting {
    title: String,
    #[serde(default)]
    capacity: Option<u32>,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    topics: Vec<Topic>,
    #[serde(default)]
    papers: Vec<Paper>,
    venue: Placed<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Topic {
    Money,
    PeerReview,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    name: String,
    pages: u32,
}

impl Described for Meeting {
    const SUBJECT: &'static str = "a meeting";

    fn required() -> &'static [&'static str] {
        &["title", "venue"]
    }

    fn hint(field: &str) -> Option<&'static str> {
        (field == "capacity").then_some("write the number of places")
    }
}

/// The findings about a meeting, one a line.
fn told(yaml: &str) -> String {
    let root = parse(yaml, 1).unwrap();
    let (_, findings) = read::<Meeting>(&root);
    let line = |Finding {
                    place, what, hint, ..
                }: &Finding| {
        let hint = hint.as_deref().unwrap_or("none");
        format!("{}:{}: {what} ({hint})", place.line, place.column)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn refused(yaml: &str) -> String {
    let trouble = parse(yaml, 1).unwrap_err();
    format!(
        "{}:{}: {} ({})",
        trouble.place.line, trouble.place.column, trouble.what, trouble.hint
    )
}

#[test]
fn a_text_keeps_its_spelling_whatever_it_looks_like() {
    for text in [
        "010", "1_000", "2016-05", "yes", "1e3", "0x10", "£45.00", "'010'",
    ] {
        let root = parse(&format!("title: {text}\nvenue: {text}\n"), 1).unwrap();
        let (meeting, findings) = read::<Meeting>(&root);
        assert_eq!(findings, []);
        assert_eq!(meeting.unwrap().title, text.trim_matches('\''));
    }
}

#[test]
fn a_value_knows_its_place_with_the_lines_before_it_counted() {
    let root = parse("title: A\nvenue:   Town Hall\n", 2).unwrap();
    let (meeting, _) = read::<Meeting>(&root);
    assert_eq!(
        meeting.unwrap().venue,
        Placed {
            value: "Town Hall".to_owned(),
            place: Place {
                line: 3,
                column: 10
            }
        }
    );
}

#[test]
fn everything_wrong_is_told_in_one_go() {
    assert_eq!(
        told(
            "titel: A\ncapacity: lots\nopen: yes\ntopics: [money, peer-revue]\npapers:\n  - { name: A, pages: many }\n  - { pages: 3 }\n"
        ),
        "1:1: a meeting needs the field `title` (add a line that begins with `title:`)\n\
         1:1: a meeting needs the field `venue` (add a line that begins with `venue:`)\n\
         1:1: a meeting has no field `titel` (did you mean `title`?)\n\
         2:11: `capacity` must be a whole number, not `lots` (write the number of places)\n\
         3:7: `open` must be `true` or `false`, not `yes` (none)\n\
         4:17: each of `topics` must be one of `money`, `peer-review`, not `peer-revue` (did you mean `peer-review`?)\n\
         6:23: `pages` must be a whole number, not `many` (none)\n\
         7:5: each of `papers` needs the field `name` (add a line that begins with `name:`)"
    );
}

#[test]
fn a_field_that_is_written_twice_or_is_nothing_like_another_is_told() {
    assert_eq!(
        told("title: A\ntitle: B\nvenue: C\ncolour: red\n"),
        "2:1: `title` is written twice (keep one of the two; the other is on line 1)\n\
         4:1: a meeting has no field `colour` (the fields are `title`, `capacity`, `open`, `topics`, `papers`, `venue`)"
    );
}

#[test]
fn a_value_of_the_wrong_shape_is_told() {
    assert_eq!(
        told("title: [a]\nvenue:\ntopics: money\ncapacity: -1\n"),
        "1:8: `title` must be text, not a list (none)\n\
         2:1: `venue` must be text, not empty (none)\n\
         3:9: `topics` must be a list, not `money` (none)\n\
         4:11: `capacity` must be a whole number, not `-1` (write the number of places)"
    );
    assert_eq!(
        told("- a\n- b\n"),
        "1:1: a meeting must be a group of fields, not a list (write one field a line, such as `title: How to join`)"
    );
}

#[test]
fn what_is_not_yaml_is_told_in_an_editor_s_words() {
    for (yaml, words) in [
        (
            "title: Fees: what it costs\n",
            "1:12: `title` has `: ` in its text (put the text in quotes: `title: \"…\"`)",
        ),
        (
            "title: x\n\tvenue: y\n",
            "2:1: the line begins with a tab (begin it with spaces)",
        ),
        (
            "title: x\n  venue: y\n",
            "2:3: the line begins further in than the field above it (begin it where the other fields begin)",
        ),
        (
            "title:x\nvenue: y\n",
            "1:1: the line has no `: ` after the name of its field (write the name, a colon, a space, and the text, such as `title: Fees`)",
        ),
        (
            "title: @x\n",
            "1:8: a text cannot begin with `@` (put the text in quotes)",
        ),
        (
            "title: *x\n",
            "1:8: a text cannot begin with `*` (put the text in quotes)",
        ),
        (
            "title: \"x\nvenue: y\n",
            "1:8: the quotation mark that opens here is not closed (put one at the end of the text)",
        ),
        (
            "title: 'It's here'\n",
            "1:12: the text goes on after its closing quotation mark (put the whole text in quotation marks of the other kind, and write an apostrophe as `’`)",
        ),
        (
            "title: [a, b\nvenue: y\n",
            "2:6: the list that was begun above is not closed (close it with `]`)",
        ),
    ] {
        assert_eq!(refused(yaml), words, "{yaml}");
    }
}
