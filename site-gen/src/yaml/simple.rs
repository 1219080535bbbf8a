//! The YAML of nearly every page, read without a reader of YAML: lines of a
//! name and a plain text, or a list of plain texts in brackets.
//!
//! A tenth of a build went into asking what such lines could mean beside what
//! they say. What is read here is what [`super::tree`] would have read, to the
//! place (a test holds the two against each other); whatever is not quite so
//! plain is nothing here, and is read there.

use super::tree::{Key, Node, Value};
use crate::text::Place;

/// Longer than the front matter of any page, and far below where a reader of
/// YAML refuses a text for its size.
const LONGEST: usize = 8_000;

/// The tree of a plain text that begins on line `first_line` of its file.
pub(super) fn parse(yaml: &str, first_line: usize) -> Option<Node> {
    if yaml.is_empty() || yaml.len() > LONGEST {
        return None;
    }
    let lines = yaml.strip_suffix('\n').unwrap_or(yaml).split('\n');
    let entries = (first_line..).zip(lines).map(|(line, text)| {
        let (name, value) = text.split_once(": ")?;
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        let is_word = matches!(name, "" | "null" | "true" | "false");
        if is_word || name.starts_with('_') || !name.bytes().all(is_name) {
            return None;
        }
        let key = Key {
            place: Place { line, column: 1 },
            text: name.to_owned(),
        };
        // Only letters of one byte are before it.
        let column = name.len() + 3;
        let place = Place { line, column };
        let value = match value.strip_prefix('[') {
            Some(rest) => list(rest.strip_suffix(']')?, line, column + 1)?,
            None => plain(value, false)?,
        };
        Some((key, Node { place, value }))
    });
    let entries: Vec<(Key, Node)> = entries.collect::<Option<_>>()?;
    Some(Node {
        place: Place {
            line: first_line,
            column: 1,
        },
        value: Value::Map(entries),
    })
}

/// The list between two brackets; its first byte is in `column`.
fn list(inside: &str, line: usize, column: usize) -> Option<Value> {
    if inside.is_empty() {
        return Some(Value::List(Vec::new()));
    }
    let mut at = column;
    let items = inside.split(',').map(|written| {
        let text = written.trim_start_matches(' ');
        let column = at + written.len() - text.len();
        at += written.chars().count() + 1;
        let value = plain(text, true)?;
        let place = Place { line, column };
        Some(Node { place, value })
    });
    Some(Value::List(items.collect::<Option<_>>()?))
}

/// A text that means nothing but itself, in a list or on a line of its own.
fn plain(text: &str, in_list: bool) -> Option<Value> {
    let begins = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_nothing = text.len() == 4 && text.eq_ignore_ascii_case("null");
    // A number may be larger than any; a day is none.
    let may_be_large = text.starts_with(|first: char| first.is_ascii_digit())
        && (text.len() > 18 || text.contains(['e', 'E', 'x', 'X']));
    if !begins || is_nothing || may_be_large || text.ends_with([' ', ':']) {
        return None;
    }
    let means_nothing = |letter: char| match letter {
        ',' => !in_list,
        ':' => !in_list && !text.contains(": "),
        ' ' | '-' | '.' | '_' | '/' | '(' | ')' | ';' | '!' | '?' | '\'' | '+' | '%' => true,
        '’' | '‘' | '“' | '”' | '–' | '—' | '£' | '…' => true,
        letter => letter.is_alphanumeric(),
    };
    text.chars()
        .all(means_nothing)
        .then(|| Value::Text(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::parse;

    /// Pieces that lines are made of: those that mean something among them.
    const PIECES: &[&str] = &[
        "1e999999",
        "99999999999999999999999999999999999999999",
        "0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
        "0o7",
        "1_0",
        "title",
        "tags",
        "a_b",
        ": ",
        ": ",
        ": ",
        "\n",
        "\n",
        "[",
        "]",
        ", ",
        ",",
        " ",
        "  ",
        "Zoë’s",
        "2017-04-01",
        "12:30",
        "1e3",
        "0x1F",
        "null",
        "Null",
        "~",
        "true",
        "yes",
        "reading",
        "a",
        "-",
        "- ",
        "#",
        " #",
        "'",
        "\"",
        "£45",
        "…",
        ".",
        ".5",
        "?",
        "!",
        "&",
        "*",
        "%",
        "|",
        ">",
        "{",
        "}",
        ":",
        "<<",
        "আজিজ",
        "(so)",
        "a/b",
        "+",
        "---",
        "...",
        "=",
    ];

    #[test]
    fn what_is_plain_is_what_any_reader_of_yaml_would_read() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut below = |limit: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % limit as u64).unwrap()
        };
        let (mut read, mut rounds) = (0, 0);
        while read < 3_000 {
            rounds += 1;
            let mut yaml = String::new();
            for _ in 0..=below(3) {
                if below(8) > 0 {
                    yaml.push_str(
                        ["title: ", "tags: [", "a: ", "null: ", "true: ", "yes: "][below(6)],
                    );
                }
                for _ in 0..=below(5) {
                    yaml.push_str(PIECES[below(PIECES.len())]);
                }
                yaml.push_str(["\n", "]\n", ""][below(3)]);
            }
            let Some(plain) = parse(&yaml, 2) else {
                continue;
            };
            read += 1;
            match tree::parse_any(&yaml, 2) {
                Ok(any) => assert_eq!(plain, any, "{yaml:?}"),
                Err(trouble) => panic!("{yaml:?} is not YAML: {trouble:?}"),
            }
        }
        assert!(rounds > read, "some were not plain");
    }

    #[test]
    fn the_front_matter_of_a_usual_page_is_plain() {
        let yaml = "title: Joining, part-way: a guide\ndescription: What Zoë’s school did (so far).\ndate: 2017-04-01\ntags: [early reading, phonics]\nweight: 10\ndraft: true\naliases: []\n";
        let yaml = yaml.replace("part-way: a", "part-way – a");
        assert!(parse(&yaml, 2).is_some());
        assert_eq!(parse("title: a: b\n", 2), None);
        assert_eq!(parse("title: \"a\"\n", 2), None);
    }
}
