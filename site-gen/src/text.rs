//! The text of a file, with its places: where an offset is, and how a line of
//! it is quoted.

use std::path::PathBuf;

use crate::problem::Problem;

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The first character of a file.
    pub const START: Place = Place { line: 1, column: 1 };
}

/// How much of a line is quoted, in characters.
const EXCERPT: usize = 120;

/// A file that was read: where it is, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The path that people are told.
    pub path: PathBuf,
    /// The text, without a byte-order mark.
    pub text: String,
}

/// The bytes of a text without the byte-order mark that some editors put first.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

impl SourceText {
    /// The bytes of a file as text.
    ///
    /// # Errors
    ///
    /// A [`Problem`] at the first byte that is not UTF-8, or at the first
    /// character that no page or feed can show.
    pub(crate) fn read(path: PathBuf, mut bytes: Vec<u8>) -> Result<SourceText, Problem> {
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            let hint = "save the file as UTF-8 in your editor";
            return Err(Problem::whole(path, "the file is UTF-16, not UTF-8", hint));
        }
        let mark = bytes.len() - without_mark(&bytes).len();
        bytes.drain(..mark);
        let (text, wrong) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let wrong = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, Some(wrong))
            }
        };
        let source = SourceText { path, text };
        if let Some(wrong) = wrong {
            let hint = "save the file as UTF-8 in your editor, and look at this character";
            let what = "here is a character that is not UTF-8";
            return Err(source.problem_at(wrong, what, Some(hint.to_owned())));
        }
        let bytes = source.text.as_bytes();
        // Nearly every text has none, and this is asked of every byte: eight
        // or more are looked at in one step, which `any` alone would not do.
        let low = |seen: bool, byte: &u8| seen | (*byte < b' ' && !matches!(byte, b'\t' | b'\n'));
        let none = bytes.chunks(256).all(|some| !some.iter().fold(false, low));
        let at = || (0..bytes.len()).find(|at| is_control(bytes, *at));
        let Some(at) = (!none).then(at).flatten() else {
            return Ok(source);
        };
        let (what, hint) = match bytes[at] {
            // Some readers take it for the end of a line and some do not.
            b'\r' => (
                "here a line ends in a way that nothing reads today".to_owned(),
                "save the file with the line ends of Unix or of Windows",
            ),
            number => (
                format!("here is a character that cannot be shown, U+{number:04X}"),
                "delete it; such characters come along when text is pasted",
            ),
        };
        Err(source.problem_at(at, what, Some(hint.to_owned())))
    }

    /// The place of a byte offset; the end of the text for one beyond it.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        Places::new(&self.text).at(offset)
    }

    /// What is wrong at a place.
    #[must_use]
    pub fn problem(&self, place: Place, what: impl Into<String>, hint: Option<String>) -> Problem {
        Problem::at(&self.path, place, what, hint)
    }

    /// The same, at a byte offset.
    #[must_use]
    pub fn problem_at(
        &self,
        offset: usize,
        what: impl Into<String>,
        hint: Option<String>,
    ) -> Problem {
        self.problem(self.place(offset), what, hint)
    }
}

/// Whether a character means nothing in a text; XML, and so a feed, may not
/// have it.
fn is_control(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'\t' | b'\n' => false,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        byte => byte < b' ',
    }
}

/// The places of many offsets in one text. Asked for in order, they cost one
/// reading of the text, however many they are.
pub(crate) struct Places<'t> {
    text: &'t str,
    offset: usize,
    place: Place,
}

impl<'t> Places<'t> {
    /// At the start of a text.
    pub(crate) fn new(text: &'t str) -> Places<'t> {
        Places {
            text,
            offset: 0,
            place: Place::START,
        }
    }

    /// The place of a byte offset; the end of the text for one beyond it.
    pub(crate) fn at(&mut self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        if offset < self.offset {
            *self = Places::new(self.text);
        }
        let passed = self.text.get(self.offset..offset).unwrap_or("");
        let rest = match memchr::memrchr(b'\n', passed.as_bytes()) {
            Some(end) => {
                self.place.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                self.place.column = 1;
                passed.get(end + 1..).unwrap_or("")
            }
            None => passed,
        };
        self.place.column += rest.chars().count();
        self.offset = offset;
        self.place
    }
}

/// Puts their lines into problems of one text, which are in order of place: one
/// reading of the text serves them all.
pub(crate) fn quote(text: &str, problems: &mut [Problem]) {
    let mut lines = text.lines();
    let (mut number, mut line) = (0, "");
    for problem in problems.iter_mut().filter(|problem| problem.line > 0) {
        while number < problem.line {
            number += 1;
            line = lines.next().unwrap_or("");
        }
        problem.excerpt = excerpt(line, problem.column);
    }
}

/// A line, or the part of a long one around `column`. What cannot be shown, or
/// would command a terminal, stands as its picture; a tab as one space, so that
/// columns can be counted.
fn excerpt(line: &str, column: usize) -> String {
    let line = line.trim_end();
    let long = line.chars().nth(EXCERPT).is_some();
    let skipped = if long {
        column.saturating_sub(EXCERPT / 2)
    } else {
        0
    };
    let mut rest = line.chars().skip(skipped);
    let shown = rest.by_ref().take(EXCERPT).map(|letter| match letter {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(' '),
        '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter => letter,
    });
    let shown: String = shown.collect();
    let before = if skipped > 0 { "…" } else { "" };
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{shown}{after}")
}

#[cfg(test)]
mod tests {
    use super::{Place, Places, excerpt, quote};
    use crate::problem::Problem;

    #[test]
    fn places_are_counted_in_lines_and_characters_in_any_order() {
        let text = "aé\r\nb\n\nবাংলা c";
        let mut places = Places::new(text);
        for (offset, line, column) in [
            (0, 1, 1),
            (3, 1, 3),
            (5, 2, 1),
            (8, 4, 1),
            (text.len() - 1, 4, 7),
            (text.len(), 4, 8),
            (9_999, 4, 8),
            (1, 1, 2),
            (2, 1, 2),
        ] {
            assert_eq!(places.at(offset), Place { line, column }, "{offset}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_column() {
        let line = format!("{}here{}", "a".repeat(300), "b".repeat(300));
        let cut = excerpt(&line, 301);
        assert_eq!(cut, format!("…{}here{}…", "a".repeat(59), "b".repeat(57)));
        assert_eq!(excerpt(&line, 1), format!("{}…", "a".repeat(120)));
        assert_eq!(excerpt(&"é".repeat(120), 120), "é".repeat(120));
        assert_eq!(excerpt("a\tb\u{1b}[31mc\0  ", 1), "a b␛[31mc␀");
    }

    #[test]
    fn each_problem_is_given_its_own_line() {
        let place = |line| Problem::at("a.md", Place { line, column: 1 }, "x", None);
        let mut problems = [place(1), place(3), place(3), place(9)];
        quote("one\r\ntwo\nthree", &mut problems);
        let quoted: Vec<&str> = problems.iter().map(|one| one.excerpt.as_str()).collect();
        assert_eq!(quoted, ["one", "three", "three", ""]);
    }
}
