//! A Rust file, as far as these tests understand it.
//!
//! [`Source::code`] is the text with comments and the insides of literals
//! blanked, and test modules taken out, every character in its place: what is
//! found there is code that ships, and its offset still gives the line.

/// A Rust file of the project.
pub struct Source {
    /// From the root of the project, with forward slashes.
    pub path: String,
    /// As it is written.
    pub text: String,
    /// What of it ships: see the module's documentation.
    pub code: String,
}

/// A path such as `std::fs::read`, as it stands or as a `use` spells it.
pub struct Named {
    /// Where it begins.
    pub offset: usize,
    /// The path in full, without spaces.
    pub path: String,
    /// Whether a `use` spells it.
    pub imported: bool,
}

impl Source {
    /// Reads a file's text.
    pub fn new(path: String, text: String) -> Source {
        let code = without_tests(&blanked(&text));
        Source { path, text, code }
    }

    /// Whether the whole file is a test or a benchmark.
    pub fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "tests.rs" | "benches"))
    }

    /// `path:line` of an offset.
    pub fn place(&self, offset: usize) -> String {
        let line = self.text[..offset].matches('\n').count() + 1;
        format!("{}:{line}", self.path)
    }

    /// The identifiers of the code, keywords among them.
    pub fn words(&self) -> Vec<(usize, &str)> {
        words(&self.code)
    }

    /// Every path that the code names; those of a `use` written out one by one.
    pub fn names(&self) -> Vec<Named> {
        let words = self.words();
        let mut found = Vec::new();
        let mut index = 0;
        while index < words.len() {
            let (offset, word) = words[index];
            if word == "use" {
                let end = self.code[offset..]
                    .find(';')
                    .map_or(self.code.len(), |end| offset + end);
                let tree: String = self.code[offset + 3..end]
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                expand("", &tree, offset, &mut found);
                while index < words.len() && words[index].0 < end {
                    index += 1;
                }
                continue;
            }
            let mut path = word.to_owned();
            let mut end = offset + word.len();
            while let Some((next, part)) = words.get(index + 1)
                && self.code[end..*next].trim() == "::"
            {
                path = format!("{path}::{part}");
                end = next + part.len();
                index += 1;
            }
            found.push(Named {
                offset,
                path,
                imported: false,
            });
            index += 1;
        }
        found
    }

    /// The structs that serde reads: their names and fields, with offsets.
    pub fn read_structs(&self) -> Vec<(String, Vec<(usize, String)>)> {
        let words = self.words();
        let mut found = Vec::new();
        for (index, (offset, word)) in words.iter().enumerate() {
            let Some((after, name)) = words.get(index + 1).filter(|_| *word == "struct") else {
                continue;
            };
            let Some(open) = self.code[*after..]
                .find(['{', ';', '('])
                .map(|open| after + open)
            else {
                continue;
            };
            let item = self.code[..*offset]
                .rfind(['}', ';'])
                .map_or(0, |end| end + 1);
            if !self.code[item..*offset].contains("Deserialize")
                || !self.code[open..].starts_with('{')
            {
                continue;
            }
            let fields = &self.code[open..closing(&self.code, open)];
            let is_field = |(at, _): &(usize, &str)| {
                let after = fields[*at..]
                    .trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_')
                    .trim_start();
                let before = fields[..*at].trim_end();
                after.starts_with(':') && !after.starts_with("::") && !before.ends_with(':')
            };
            let fields = crate::source::words(fields).into_iter().filter(is_field);
            found.push((
                (*name).to_owned(),
                fields
                    .map(|(at, field)| (open + at, field.to_owned()))
                    .collect(),
            ));
        }
        found
    }
}

/// The identifiers of a piece of code, with their offsets.
pub fn words(code: &str) -> Vec<(usize, &str)> {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    let mut start = None;
    for (offset, letter) in code.char_indices().chain([(code.len(), ' ')]) {
        match (part(letter), start) {
            (true, None) => start = Some(offset),
            (false, Some(begun)) => {
                found.push((begun, &code[begun..offset]));
                start = None;
            }
            _ => {}
        }
    }
    found.retain(|(_, word)| !word.starts_with(|first: char| first.is_ascii_digit()));
    found
}

/// The offset just behind the bracket that closes the one at `open`.
pub fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, letter) in code[open..].char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return open + offset + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// Writes out a `use`: `a::{b, c::{d, e}}` names `a::b`, `a::c::d`, `a::c::e`.
fn expand(before: &str, tree: &str, offset: usize, found: &mut Vec<Named>) {
    let tree = tree.trim();
    if let Some(open) = tree.find('{') {
        let prefix = format!("{before}{}", tree[..open].trim());
        let inside = &tree[open + 1..closing(tree, open) - 1];
        let mut depth = 0;
        let branches = inside.split(|letter| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            letter == ',' && depth == 0
        });
        for branch in branches.filter(|branch| !branch.trim().is_empty()) {
            expand(&prefix, branch, offset, found);
        }
        return;
    }
    let leaf = tree.split(" as ").next().unwrap_or_default().trim();
    let path = format!("{before}{leaf}").replace(' ', "");
    let path = path
        .trim_start_matches("::")
        .trim_end_matches("::self")
        .to_owned();
    found.push(Named {
        offset,
        path,
        imported: true,
    });
}

/// The text with comments and the insides of literals as spaces.
fn blanked(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut blank = |from: usize, to: usize| {
        for byte in &mut code[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text.as_bytes()[at..];
        let begins_word =
            at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let hashes = rest
            .iter()
            .skip(1)
            .take_while(|byte| **byte == b'#')
            .count();
        if rest.starts_with(b"//") {
            let end = at
                + rest
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .unwrap_or(rest.len());
            blank(at, end);
            at = end;
        } else if rest.starts_with(b"/*") {
            let end = at + text[at..].find("*/").map_or(rest.len(), |end| end + 2);
            blank(at, end);
            at = end;
        } else if rest[0] == b'r' && begins_word && rest.get(1 + hashes) == Some(&b'"') {
            let begin = at + 2 + hashes;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = begin + text[begin..].find(&close).unwrap_or(text.len() - begin);
            blank(begin, end);
            at = (end + close.len()).min(bytes.len());
        } else if rest[0] == b'"' {
            let mut end = at + 1;
            while end < bytes.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            let end = end.min(bytes.len());
            blank(at + 1, end);
            at = end + 1;
        } else if rest[0] == b'\''
            && let Some(length) = character(&text[at..])
        {
            blank(at + 1, at + length - 1);
            at += length;
        } else {
            at += 1;
        }
    }
    String::from_utf8(code)
        .expect("whole literals and comments are replaced, so what is left is UTF-8")
}

/// The length of a character literal; none where the quote begins a lifetime.
fn character(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    let (_, first) = letters.next()?;
    if first == '\\' {
        let (escaped, _) = letters.next()?;
        return Some(text[escaped + 1..].find('\'')? + escaped + 2);
    }
    letters
        .next()
        .filter(|(_, close)| *close == '\'')
        .map(|(offset, _)| offset + 1)
}

/// The code with every item under `#[cfg(test)]` or `#[test]` as spaces.
fn without_tests(code: &str) -> String {
    let mut kept = code.to_owned();
    for marker in ["#[cfg(test)]", "#[test]", "#[tokio::test"] {
        while let Some(start) = kept.find(marker) {
            let body = kept[start + marker.len()..]
                .find(['{', ';'])
                .map_or(kept.len(), |at| start + marker.len() + at);
            let end = if kept[body..].starts_with('{') {
                closing(&kept, body)
            } else {
                body
            };
            let spaces: String = kept[start..end]
                .chars()
                .map(|letter| if letter == '\n' { '\n' } else { ' ' })
                .collect();
            kept.replace_range(start..end, &spaces);
        }
    }
    kept
}

#[test]
fn only_code_that_ships_is_read() {
    let text = r##"
use std::{fs::{self, File}, env as surroundings};
// fs::write in a comment
const A: &str = "fs::read \" {"; const B: &str = r#"env::var"#; const C: char = '\''; const D: char = '"';
fn a<'a>(x: &'a str) { tokio :: fs::copy(x) }
#[cfg(test)]
mod tests { fn b() { c.unwrap() } }
#[derive(Deserialize)]
pub struct Form { pub email: Option<String>, r#type: std::string::String }
"##;
    let source = Source::new("a.rs".to_owned(), text.to_owned());
    let names: Vec<_> = source.names().into_iter().map(|named| named.path).collect();
    for expected in ["std::fs", "std::fs::File", "std::env", "tokio::fs::copy"] {
        assert!(
            names.iter().any(|name| name == expected),
            "{expected} is not in {names:?}"
        );
    }
    for unexpected in ["fs::write", "fs::read", "env::var", "unwrap"] {
        assert!(
            !names.iter().any(|name| name == unexpected),
            "{unexpected} is in {names:?}"
        );
    }
    let (name, fields) = &source.read_structs()[0];
    let fields: Vec<_> = fields.iter().map(|(_, field)| field.as_str()).collect();
    assert_eq!((name.as_str(), fields), ("Form", vec!["email", "type"]));
    assert_eq!(source.place(text.find("tokio").unwrap()), "a.rs:5");
}
