//! What a reader of YAML complains of, as an editor would put it.
//!
//! The reader knows where it gave up, not what the editor meant. The mistakes
//! that people make in front matter are few, and each has its words here; any
//! other complaint is passed on as it is.

use crate::text::Place;

/// A text that is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotYaml {
    /// Where, in the text alone (its first line is line 1).
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) hint: String,
}

/// Deeper than anybody means.
const DEEP: &str = "lists or groups of fields stand too deep inside each other";
const SHALLOW: &str =
    "put a text with `[` or `{` in quotes, and take out signs `-` that are too many";

/// The complaint `message` about `yaml` at `place`, in an editor's words.
pub(super) fn explain(yaml: &str, place: Place, message: &str) -> NotYaml {
    let told = |place: Place, what: &str, hint: &str| NotYaml {
        place,
        what: what.to_owned(),
        hint: hint.to_owned(),
    };
    if let Some(tab) = tab(yaml, place.line + 1) {
        return told(tab, "the line begins with a tab", "begin it with spaces");
    }
    if message.contains("mapping values are not allowed") {
        return no_field(yaml, place);
    }
    if let Some(sign) = message
        .strip_prefix("unexpected character: `")
        .and_then(|rest| rest.chars().next())
    {
        return told(
            place,
            &format!("a text cannot begin with `{sign}`"),
            "put the text in quotes",
        );
    }
    if let Some(tagged) = tag(yaml, place) {
        return told(
            tagged,
            "a text cannot begin with `!`",
            "put the text in quotes",
        );
    }
    let known = [
        (
            "reference to unknown",
            "a text cannot begin with `*`",
            "put the text in quotes",
        ),
        (
            "unclosed quote",
            "the quotation mark that opens here is not closed",
            "put one at the end of the text",
        ),
        (
            "invalid trailing content after",
            "the text goes on after its closing quotation mark",
            "put the whole text in quotation marks of the other kind, and write an apostrophe as `’`",
        ),
        (
            "document start",
            "the line does not begin where the fields above it begin",
            "give all fields the same number of spaces at the start, best none",
        ),
        (
            "illegal placement of ':'",
            "the list that was begun above is not closed",
            "close it with `]`",
        ),
        (
            "expected string scalar",
            "here begins something that is not text",
            "put a text with `{` or `[` in quotes",
        ),
        (
            "did not find expected key",
            "the line begins where no line above it begins",
            "begin it under the line that it belongs to: the signs `-` of one list stand under each other",
        ),
        (
            "block sequence entries are not allowed",
            "a text cannot begin with `- `",
            "put the text in quotes, or begin the list on a line of its own",
        ),
        (
            "is not a finite number",
            "the number is too large",
            "put it in quotes if it is a text",
        ),
        ("Depth {", DEEP, SHALLOW),
        ("recursion limit", DEEP, SHALLOW),
        (
            "limits breached",
            "there are more values here than a file may hold",
            "divide the file; what is repeated with `*` counts each time",
        ),
        (
            "multiple found",
            "the fields end above, and something follows",
            "take the line `...` or `---` out",
        ),
    ];
    match known.iter().find(|(sign, _, _)| message.contains(sign)) {
        Some((_, what, hint)) => told(place, what, hint),
        None => told(
            place,
            &format!("this cannot be read: {message}"),
            "write one field a line, such as `title: Fees`, and put a text with signs in it in quotes",
        ),
    }
}

/// Why a field whose line is `line` is empty, where YAML swallowed its text.
pub(crate) fn swallowed(line: &str) -> Option<String> {
    let text = line.split_once(": ")?.1.trim_start();
    let sign = text.chars().next()?;
    matches!(sign, '#' | '&' | '!')
        .then(|| format!("put the text in quotes: with `{sign}` before it, it is not read as one"))
}

/// A `!` before a value of the line, which asks for a type.
fn tag(yaml: &str, place: Place) -> Option<Place> {
    let line = yaml.lines().nth(place.line.checked_sub(1)?)?;
    let (name, text) = line.split_once(": ")?;
    let column = name.chars().count() + 3 + text.len() - text.trim_start().len();
    text.trim_start()
        .starts_with('!')
        .then_some(Place { column, ..place })
}

/// The first tab at the start of a line, up to line `last`.
fn tab(yaml: &str, last: usize) -> Option<Place> {
    yaml.lines()
        .take(last)
        .enumerate()
        .find_map(|(index, line)| {
            let indent = line.len() - line.trim_start().len();
            let column = line.get(..indent)?.find('\t')? + 1;
            Some(Place {
                line: index + 1,
                column,
            })
        })
}

/// A `: ` where the reader expected none: a second one in a line, a line that
/// begins too far in, or a line above without any.
fn no_field(yaml: &str, place: Place) -> NotYaml {
    let lines: Vec<&str> = yaml.lines().collect();
    let line = lines.get(place.line - 1).copied().unwrap_or("");
    let before: String = line.chars().take(place.column.saturating_sub(1)).collect();
    if let Some((name, _)) = before.split_once(": ") {
        return NotYaml {
            place,
            what: format!("`{}` has `: ` in its text", name.trim()),
            hint: format!("put the text in quotes: `{}: \"…\"`", name.trim()),
        };
    }
    let above = place
        .line
        .checked_sub(2)
        .and_then(|index| lines.get(index))
        .copied()
        .unwrap_or("");
    if above.contains(": ") || above.trim().is_empty() {
        let column = line.len() - line.trim_start().len() + 1;
        return NotYaml {
            place: Place { column, ..place },
            what: "the line begins further in than the field above it".to_owned(),
            hint: "begin it where the other fields begin".to_owned(),
        };
    }
    NotYaml {
        place: Place {
            line: place.line.saturating_sub(1).max(1),
            column: 1,
        },
        what: "the line has no `: ` after the name of its field".to_owned(),
        hint: "write the name, a colon, a space, and the text, such as `title: Fees`".to_owned(),
    }
}
