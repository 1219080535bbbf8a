//! Style sheets: from what a designer writes to what a browser is sent.
//!
//! A sheet may begin with the others that it is made of (`@import
//! "tokens.css";`): they are put into its place, so that a page asks for one
//! file. Then the whole is said in as few bytes as it can be, and what it names
//! (`url("plait.svg")`) gets the address with the fingerprint. A browser skips
//! what it does not understand, and nobody is told; here it is a problem, with
//! line and column, and all of them at once.
//!
//! What is deliberately absent: prefixes and rewriting for old browsers. What
//! is written is what is served.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::error::{Error, ParserError, SelectorError};
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::font_face::{FontFaceProperty, FontFaceRule, Source};
use lightningcss::rules::import::ImportRule;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};

use crate::address;
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::text::{Place, SourceText};

/// The sheets of a theme, by their names.
pub(crate) type Sheets = BTreeMap<String, SourceText>;

/// The finished text of each sheet that is not a part of another.
pub(crate) fn finished(
    sheets: &Sheets,
    addresses: &BTreeMap<String, String>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, String)> {
    let mut parts = BTreeSet::new();
    let mut wholes = Vec::new();
    for name in sheets.keys() {
        let mut reading = Reading {
            sheets,
            addresses,
            open: Vec::new(),
            parts: BTreeSet::new(),
            problems: Vec::new(),
        };
        let rules = reading.rules(name);
        let text = reading.text(name, rules);
        parts.append(&mut reading.parts);
        problems.append(&mut reading.problems);
        wholes.push((name.clone(), text));
    }
    // What is wrong in a part was met in the whole as well.
    problems.sort();
    problems.dedup();
    wholes.retain(|(name, _)| !parts.contains(name));
    wholes
}

/// One sheet, while it is put together.
struct Reading<'s> {
    sheets: &'s Sheets,
    addresses: &'s BTreeMap<String, String>,
    /// The sheets that are being read, the outermost first.
    open: Vec<&'s str>,
    /// Those that were put into it.
    parts: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl<'s> Reading<'s> {
    /// The rules of a sheet, those of its parts among them.
    fn rules(&mut self, name: &str) -> Vec<CssRule<'s>> {
        let Some((name, source)) = self.sheets.get_key_value(name) else {
            return Vec::new();
        };
        let faults = Arc::new(RwLock::new(Vec::new()));
        let options = ParserOptions {
            filename: name.clone(),
            error_recovery: true,
            warnings: Some(Arc::clone(&faults)),
            ..ParserOptions::default()
        };
        let parsed = StyleSheet::parse(&source.text, options);
        let found = std::mem::take(&mut *faults.write().unwrap_or_else(PoisonError::into_inner));
        let problems = found
            .iter()
            .filter_map(|fault| problem(&source.path, fault));
        self.problems.extend(problems);
        let rules = match parsed {
            Ok(sheet) => sheet.rules.0,
            Err(fault) => {
                self.problems.extend(problem(&source.path, &fault));
                return Vec::new();
            }
        };
        self.open.push(name);
        let folder = address::divide(name).0;
        let mut all = Vec::with_capacity(rules.len());
        for rule in rules {
            match rule {
                CssRule::Import(import) if is_ours(&import.url) => {
                    all.extend(self.part(&import, folder, source));
                }
                CssRule::FontFace(font) if !self.is_here(&font, folder) => {}
                rule => all.push(rule),
            }
        }
        self.open.pop();
        all
    }

    /// The rules of a part.
    fn part(&mut self, import: &ImportRule<'_>, folder: &str, of: &SourceText) -> Vec<CssRule<'s>> {
        let name = inside(folder, &import.url);
        let place = Place {
            line: import.loc.line as usize + 1,
            column: import.loc.column as usize,
        };
        let conditional = import.layer.is_some()
            || import.supports.is_some()
            || !import.media.media_queries.is_empty();
        let (what, hint) = if conditional {
            let hint = "put `@media`, `@supports` or `@layer` around the rules in that file";
            ("a part cannot have a condition".to_owned(), hint.to_owned())
        } else if self.open.contains(&name.as_str()) {
            let hint = "take one of the two `@import` out";
            (format!("`{name}` is a part of itself"), hint.to_owned())
        } else if !self.sheets.contains_key(&name) {
            let near = nearest(&name, self.sheets.keys().map(String::as_str));
            let hint = near.map_or(
                "the parts of a style sheet lie beside it".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            (format!("there is no style sheet `{name}`"), hint)
        } else {
            let rules = self.rules(&name);
            self.parts.insert(name);
            return rules;
        };
        self.problems.push(of.problem(place, what, Some(hint)));
        Vec::new()
    }

    /// Whether a font is there to be had. One that was not fetched is left
    /// out, so that no browser asks for it: the next face of the list is used.
    fn is_here(&self, font: &FontFaceRule<'_>, folder: &str) -> bool {
        font.properties.iter().all(|property| match property {
            FontFaceProperty::Source(sources) => sources.iter().any(|source| match source {
                Source::Url(source) => {
                    let url = &source.url.url;
                    !is_ours(url) || self.addresses.contains_key(&inside(folder, url))
                }
                Source::Local(_) => true,
            }),
            _ => true,
        })
    }

    /// The text of rules, as short as it can be, with the addresses of what it
    /// names.
    fn text(&mut self, name: &str, rules: Vec<CssRule<'s>>) -> String {
        let options = ParserOptions::default();
        let mut sheet = StyleSheet::new(vec![name.to_owned()], CssRuleList(rules), options);
        let whole = |what: String| {
            let path = self.sheets.get(name).map_or(Path::new(name), |of| &of.path);
            Problem::whole(path, what, "write what it means in another way")
        };
        if let Err(error) = sheet.minify(MinifyOptions::default()) {
            let problem = whole(error.to_string());
            self.problems.push(problem);
        }
        let printed = sheet.to_css(PrinterOptions {
            minify: true,
            analyze_dependencies: Some(DependencyOptions::default()),
            ..PrinterOptions::default()
        });
        let printed = match printed {
            Ok(printed) => printed,
            Err(error) => {
                let problem = whole(error.to_string());
                self.problems.push(problem);
                return String::new();
            }
        };
        let mut text = printed.code;
        for dependency in printed.dependencies.unwrap_or_default() {
            let (placeholder, url) = match dependency {
                Dependency::Url(found) => (found.placeholder, found.url),
                Dependency::Import(found) => (found.placeholder, found.url),
            };
            let address = self.address(name, &url);
            let quoted = format!("\"{placeholder}\"");
            text = text.replace(&quoted, &as_string(&address));
        }
        text
    }

    /// The address that a sheet means by a name.
    fn address(&mut self, name: &str, url: &str) -> String {
        if !is_ours(url) {
            return url.to_owned();
        }
        let (file, rest) = url.split_at(url.find(['#', '?']).unwrap_or(url.len()));
        let asset = inside(address::divide(name).0, file);
        if let Some(address) = self.addresses.get(&asset) {
            return format!("{address}{rest}");
        }
        let near = nearest(&asset, self.addresses.keys().map(String::as_str));
        let hint = near.map_or(
            "the files that a style sheet names lie beside it".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        // Rules know no columns of what they name, so the text is looked through.
        let parts = self.parts.iter().map(String::as_str);
        let place = std::iter::once(name).chain(parts).find_map(|name| {
            let source = self.sheets.get(name)?;
            Some((source, source.text.find(url)?))
        });
        if let Some((source, at)) = place {
            let what = format!("there is no asset `{asset}`");
            self.problems
                .push(source.problem(source.place(at), what, Some(hint)));
        }
        url.to_owned()
    }
}

/// Whether a URL names a file beside the sheet, and not something elsewhere.
fn is_ours(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or("");
    !url.is_empty() && !url.starts_with(['/', '#']) && !scheme.contains(':')
}

/// The name of what is named in a folder of the assets.
fn inside(folder: &str, url: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in url.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A text as CSS writes it between quotation marks.
fn as_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' | '\r' | '\u{c}' => quoted.push_str(&format!("\\{:x} ", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// What a fault of a sheet is to a designer; nothing if it is none. Parts of
/// elements that this reader does not know are newer than it.
fn problem(path: &Path, fault: &Error<ParserError<'_>>) -> Option<Problem> {
    let (what, hint) = match &fault.kind {
        ParserError::SelectorError(SelectorError::UnsupportedPseudoElement(_)) => return None,
        ParserError::SelectorError(SelectorError::UnsupportedPseudoClass(name)) => (
            format!("there is no pseudo-class `:{name}`"),
            "a browser would skip the whole rule: look at how it is spelt",
        ),
        ParserError::AtRuleInvalid(name) => (
            format!("there is no rule `@{name}`"),
            "a browser would skip it: look at how it is spelt",
        ),
        ParserError::UnexpectedToken(_) | ParserError::QualifiedRuleInvalid => (
            "this is not expected here".to_owned(),
            "look for a bracket, a colon or a semicolon that is missing before it",
        ),
        ParserError::EndOfInput => (
            "the text ends too early".to_owned(),
            "look for a bracket or a value that is missing",
        ),
        ParserError::UnexpectedImportRule => (
            "`@import` comes too late".to_owned(),
            "move it to the top of the file",
        ),
        ParserError::SelectorError(error) => (
            format!("this is no selector: {}", decapitalised(&error.to_string())),
            "a browser would skip the whole rule: look at what is before the brace",
        ),
        other => (
            decapitalised(&other.to_string()),
            "a browser would skip it: look at how it is written",
        ),
    };
    let Some(at) = &fault.loc else {
        return Some(Problem::whole(path, what, hint));
    };
    let place = Place {
        line: at.line as usize + 1,
        column: at.column as usize,
    };
    Some(Problem::at(path, place, what, Some(hint.to_owned())))
}

fn decapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests;
