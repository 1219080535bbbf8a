//! A letter's text, read as what it is made of: so each letter is written once,
//! as text, and the HTML that goes beside it cannot say anything else.
//!
//! Blocks stand apart by an empty line. Two lines or more of the form
//! `Label: value` are facts; lines that begin with `- ` are a list; a line that
//! is an address of our own site, and nothing else, leads there. Everything else
//! is a paragraph, whose lines stay lines. An address of somebody else's is text:
//! what people typed must not look like ours.

use serde::Serialize;

/// The longest label of a fact, in characters.
const LONGEST_LABEL: usize = 40;

/// The longest line before an address that is the words of the link itself.
const LONGEST_WORDS: usize = 70;

/// One part of a letter.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Block<'t> {
    /// Lines of text.
    Paragraph { lines: Vec<&'t str> },
    /// What is said of the matter, each with its label.
    Facts { rows: Vec<(&'t str, &'t str)> },
    /// Things side by side.
    List { items: Vec<&'t str> },
    /// A way on; without words the address is its own.
    Link { words: &'t str, address: &'t str },
}

/// The parts of a text, in their order.
pub(super) fn of<'t>(text: &'t str, base_url: &str) -> Vec<Block<'t>> {
    let mut blocks = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            take(&mut blocks, &mut lines);
        } else if is_ours(line, base_url) {
            let words = words_before(&mut lines);
            take(&mut blocks, &mut lines);
            blocks.push(Block::Link {
                words,
                address: line,
            });
        } else {
            lines.push(line);
        }
    }
    take(&mut blocks, &mut lines);
    blocks
}

/// Whether a line is an address of our site, and nothing else.
fn is_ours(line: &str, base_url: &str) -> bool {
    let path = line.strip_prefix(base_url);
    path.is_some_and(|path| path.starts_with('/') && !path.contains(char::is_whitespace))
}

/// The line that leads to an address, if it is short enough to be the link.
fn words_before<'t>(lines: &mut Vec<&'t str>) -> &'t str {
    let words = lines.last().and_then(|line| line.strip_suffix(':'));
    match words.filter(|words| words.chars().count() <= LONGEST_WORDS) {
        Some(words) => {
            lines.pop();
            words
        }
        None => "",
    }
}

/// What the gathered lines are.
fn take<'t>(blocks: &mut Vec<Block<'t>>, lines: &mut Vec<&'t str>) {
    let lines = std::mem::take(lines);
    if lines.is_empty() {
        return;
    }
    let items: Option<Vec<_>> = lines.iter().map(|line| line.strip_prefix("- ")).collect();
    if let Some(items) = items {
        blocks.push(Block::List { items });
        return;
    }
    let rows: Option<Vec<_>> = lines.iter().map(|line| fact(line)).collect();
    blocks.push(match rows {
        Some(rows) if rows.len() > 1 => Block::Facts { rows },
        _ => Block::Paragraph { lines },
    });
}

/// The label and the value of a line that has them.
fn fact(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(": ")?;
    let begins = label.chars().next().is_some_and(char::is_uppercase);
    (begins && label.chars().count() <= LONGEST_LABEL).then(|| (label, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::{Block, of};

    const OURS: &str = "https://www.example.org";

    #[test]
    fn a_letter_falls_into_paragraphs_facts_lists_and_ways_on() {
        let text = "Dear Asha,\n\nYou have a place.\n\nEvent: Peer review: how\nWhen: 4 May\n\n- one\n- two\n\n\
                    Your booking's own page:\nhttps://www.example.org/bookings/B-1/\n\nWith good wishes,\nTHE";
        assert_eq!(
            of(text, OURS),
            [
                Block::Paragraph {
                    lines: vec!["Dear Asha,"]
                },
                Block::Paragraph {
                    lines: vec!["You have a place."]
                },
                Block::Facts {
                    rows: vec![("Event", "Peer review: how"), ("When", "4 May")]
                },
                Block::List {
                    items: vec!["one", "two"]
                },
                Block::Link {
                    words: "Your booking's own page",
                    address: "https://www.example.org/bookings/B-1/",
                },
                Block::Paragraph {
                    lines: vec!["With good wishes,", "THE"]
                },
            ]
        );
    }

    #[test]
    fn a_long_line_before_an_address_stays_a_paragraph() {
        let line = "You can see where it stands, and withdraw it, here. Whoever has this link can do so, so keep it to yourself:";
        let text = format!("{line}\n{OURS}/apply/A-1/secret/");
        let address = format!("{OURS}/apply/A-1/secret/");
        assert_eq!(
            of(&text, OURS),
            [
                Block::Paragraph { lines: vec![line] },
                Block::Link {
                    words: "",
                    address: &address
                },
            ]
        );
    }

    #[test]
    fn what_somebody_typed_never_becomes_a_link_of_ours() {
        for typed in [
            "https://evil.example/",
            "https://www.example.org.evil.example/pay/",
            "https://www.example.org/pay/ now",
            "https://www.example.org",
        ] {
            assert_eq!(of(typed, OURS), [Block::Paragraph { lines: vec![typed] }]);
        }
    }
}
