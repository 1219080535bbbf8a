//! Data: the files of `content/data/`, which templates and components know as
//! `data.NAME`.
//!
//! YAML and JSON are what they say. A table (CSV) is a list with one group of
//! fields for each row, named by the first row, and every cell of it is text:
//! a telephone number keeps its nought, and a blank cell is an empty text.
//! Order is kept throughout.

use theme::{Key, Map, Value};

use crate::nearest::nearest;
use crate::problem::Problem;
use crate::text::{Place, SourceText};
use crate::yaml;

pub(crate) mod csv;
mod value;

use value::Any;

/// The site's data.
#[derive(Debug, Clone)]
pub(crate) struct Data {
    value: Value,
}

impl Default for Data {
    fn default() -> Data {
        Data {
            value: Value::from(Map::new()),
        }
    }
}

impl Data {
    /// Reads the files, each with its path inside `content/data/`
    /// (`schools.csv`; `2016/fees.yaml` is `data.2016.fees`).
    pub(crate) fn read<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f SourceText)>,
        problems: &mut Vec<Problem>,
    ) -> Data {
        let mut all = Map::new();
        for (path, source) in files {
            let (name, kind) = path.rsplit_once('.').unwrap_or((path, ""));
            if let Some(problem) = misnamed(name, kind, source) {
                problems.push(problem);
                continue;
            }
            let value = read(kind, source, problems);
            if let Some(problem) = put(&mut all, name, value.unwrap_or_else(Value::none), source) {
                problems.push(problem);
            }
        }
        Data {
            value: Value::from(all),
        }
    }

    /// All of it: what templates know as `data`.
    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    /// What is at a path such as `schools.0.name`; if nothing is, what is wrong
    /// and what to do.
    pub(crate) fn at(&self, path: &str) -> Result<Value, (String, String)> {
        let mut value = &self.value;
        let mut known = "data".to_owned();
        for part in path.split('.') {
            let next = match (value.as_map(), value.as_array()) {
                (Some(map), _) => map.get(&Key::Str(part)),
                (_, Some(items)) => part.parse().ok().and_then(|index: usize| items.get(index)),
                _ => None,
            };
            match next {
                Some(next) => value = next,
                None => return Err(absent(value, &known, part)),
            }
            known = format!("{known}.{part}");
        }
        Ok(value.clone())
    }
}

/// The formats of data, by the ending of a file's name.
pub(crate) const FORMATS: [&str; 3] = ["yaml", "json", "csv"];

/// Whether a file of the folder is data, by its name.
pub(crate) fn is_data(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, ending)) if FORMATS.contains(&ending))
}

fn absent(value: &Value, known: &str, part: &str) -> (String, String) {
    let what = format!("there is no `{part}` in `{known}`");
    let names: Vec<&str> = value
        .as_map()
        .map(|map| map.keys().filter_map(Key::as_str).collect())
        .unwrap_or_default();
    let hint = match (nearest(part, names.iter().copied()), value.as_array()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(items)) => format!("it is a list of {}, counted from 0", items.len()),
        (None, None) if known == "data" => {
            format!("put a file `{part}.yaml`, `{part}.json` or `{part}.csv` into `content/data/`")
        }
        (None, None) => {
            let names: Vec<String> = names
                .iter()
                .take(12)
                .map(|name| format!("`{name}`"))
                .collect();
            format!("it has {}", names.join(", "))
        }
    };
    (what, hint)
}

/// A file whose name cannot be a name in a template.
fn misnamed(name: &str, kind: &str, source: &SourceText) -> Option<Problem> {
    let plain = |part: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !part.is_empty() && part.bytes().all(is_part)
    };
    if !name.split('/').all(plain) {
        let better = name.replace(
            |letter: char| !letter.is_ascii_alphanumeric() && letter != '/',
            "_",
        );
        return Some(Problem::whole(
            &source.path,
            "the file’s name is a name in templates: use letters, digits and `_`",
            format!("rename it to `{better}.{kind}`"),
        ));
    }
    (!is_data(&format!("{name}.{kind}"))).then(|| {
        Problem::whole(
            &source.path,
            "it is not data that can be read",
            "save it as `.yaml`, `.json` or `.csv`, or move it out of `data/`",
        )
    })
}

/// Puts a value where its path says.
fn put(all: &mut Map, path: &str, value: Value, source: &SourceText) -> Option<Problem> {
    let (first, rest) = match path.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let key = || Key::from(first.to_owned());
    let taken = || {
        Problem::whole(
            &source.path,
            format!("two files are `data.{}`", path.replace('/', ".")),
            "rename one of them",
        )
    };
    match rest {
        None if all.contains_key(&Key::Str(first)) => return Some(taken()),
        None => {
            all.insert(key(), value);
        }
        Some(rest) => {
            let mut inner = match all.get(&Key::Str(first)) {
                Some(there) => there.as_map()?.clone(),
                None => Map::new(),
            };
            let problem = put(&mut inner, rest, value, source);
            all.insert(key(), Value::from(inner));
            return problem;
        }
    }
    None
}

fn read(kind: &str, source: &SourceText, problems: &mut Vec<Problem>) -> Option<Value> {
    match kind {
        "csv" => Some(csv::read(source, problems)),
        "json" => match serde_json::from_str(&source.text) {
            Ok(Any(value)) => Some(value),
            Err(error) => {
                let place = Place {
                    line: error.line().max(1),
                    column: error.column().max(1),
                };
                problems.push(source.problem(place, not_json(&error), Some(JSON_HINT.to_owned())));
                None
            }
        },
        _ => match yaml_value(source) {
            Ok(value) => Some(value),
            Err(problem) => {
                problems.push(*problem);
                None
            }
        },
    }
}

const JSON_HINT: &str =
    "names and texts are in `\"…\"`, with a comma between two entries and none after the last";

/// `expected `,` or `}``, without its place, which is told beside it.
fn not_json(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(said, _)| said);
    format!("this is not JSON: {said}")
}

fn yaml_value(source: &SourceText) -> Result<Value, Box<Problem>> {
    // The places are kept only in the other way of reading, which is slower.
    let options = serde_saphyr::options! {
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options(&source.text, options) {
        Ok(Any(value)) => Ok(value),
        Err(error) => Err(Box::new(match yaml::parse(&source.text, 1) {
            Err(trouble) => source.problem(trouble.place, trouble.what, Some(trouble.hint)),
            Ok(_) => {
                let number = |number: u64| usize::try_from(number).unwrap_or(1).max(1);
                let place = error.location().map_or(Place::START, |location| Place {
                    line: number(location.line()),
                    column: number(location.column()),
                });
                let said = error.without_snippet().to_string();
                let said = said.lines().next().unwrap_or("").to_owned();
                let hint = "write each name once, and put a text with signs in it in quotes";
                source.problem(
                    place,
                    format!("this cannot be read: {said}"),
                    Some(hint.to_owned()),
                )
            }
        })),
    }
}

#[cfg(test)]
mod tests;
