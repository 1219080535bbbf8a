//! The register of schools: `content/data/schools.csv`, in the columns of Get
//! Information About Schools, read into values for the publication; and the
//! extract that is taken out of a national file.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use domain::establishment::{COLUMNS, Establishment};

use crate::data::csv::{self, Cells};
use crate::output;
use crate::problem::{Problem, many};
use crate::source;
use crate::text::{Places, SourceText};

/// Its name inside `content/data/`.
pub(crate) const FILE: &str = "schools.csv";

/// A file that is no register is wrong in every row.
const MOST_PROBLEMS: usize = 10;

/// Columns without which a row says nothing.
const NEEDED: [&str; 4] = [
    "URN",
    "LA (code)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
];

/// The columns of which one is enough to say whether a school is open.
const STATUS: [&str; 2] = ["EstablishmentStatus (name)", "EstablishmentStatus (code)"];

/// The schools of the register, in the order of their URNs. Rows that have too
/// many cells or too few are told where tables are read.
pub(crate) fn read(source: &SourceText, problems: &mut Vec<Problem>) -> Vec<Establishment> {
    let mut rows = csv::rows(&source.text);
    let Some(columns) = rows
        .next()
        .and_then(|header| columns(source, &header, problems))
    else {
        return Vec::new();
    };
    let mut places = Places::new(&source.text);
    let mut told = 0;
    let mut tell = |at: usize, what: String, hint: String| {
        told += 1;
        if told <= MOST_PROBLEMS {
            problems.push(source.problem(places.at(at), what, Some(hint)));
        }
    };
    let mut schools: Vec<Establishment> = Vec::new();
    let mut seen = HashMap::new();
    for cells in rows {
        if is_blank(&cells) {
            continue;
        }
        let cell = |name: &str| columns.get(name).map(|column| &*cells[*column].1);
        match Establishment::read(cell) {
            Ok(school) => {
                if let Some(first) = seen.insert(school.urn.clone(), cells[0].0) {
                    let what = format!("the URN {} is there twice", school.urn);
                    let line = source.place(first).line;
                    let hint = format!("take one out; the first is in line {line}");
                    tell(cells[columns["URN"]].0, what, hint);
                }
                schools.push(school);
            }
            Err(faults) => {
                for fault in faults {
                    let at = columns
                        .get(fault.column)
                        .map_or(cells[0].0, |column| cells[*column].0);
                    tell(at, fault.what, fault.hint.to_owned());
                }
            }
        }
    }
    schools.sort_by(|one, other| one.urn.cmp(&other.urn));
    schools
}

/// Where each column is; none if one is missing that every row needs.
fn columns<'t>(
    source: &SourceText,
    header: &Cells<'t>,
    problems: &mut Vec<Problem>,
) -> Option<HashMap<String, usize>> {
    let names = header.iter().enumerate();
    let columns: HashMap<String, usize> = names
        .map(|(index, (_, name))| (name.trim().to_owned(), index))
        .collect();
    let mut missing: Vec<String> = NEEDED
        .iter()
        .filter(|name| !columns.contains_key(**name))
        .map(|name| format!("`{name}`"))
        .collect();
    if !STATUS.iter().any(|name| columns.contains_key(*name)) {
        missing.push(format!("`{}`", STATUS[0]));
    }
    if missing.is_empty() {
        return Some(columns);
    }
    let what = format!("the first row has no {}", missing.join(", "));
    let hint = "the columns have the names of Get Information About Schools: take the file as it is downloaded, or `site-gen schools import`";
    problems.push(source.problem_at(0, what, Some(hint.to_owned())));
    None
}

fn is_blank(cells: &Cells<'_>) -> bool {
    cells.iter().all(|(_, cell)| cell.trim().is_empty())
}

/// Takes the schools of one authority out of a national file, and writes them
/// into the content; gives what it did and what it left out, in words.
///
/// # Errors
///
/// The file cannot be read or is no register, or has no such school.
pub fn import(file: &Path, authority: u16, content: &Path) -> Result<String, Vec<Problem>> {
    let whole = source::table(file).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let header = csv::rows(&whole.text).next().unwrap_or_default();
    let Some(columns) = columns(&whole, &header, &mut problems) else {
        return Err(problems);
    };
    let kept: Vec<(&str, usize)> = COLUMNS
        .iter()
        .filter_map(|name| Some((*name, *columns.get(*name)?)))
        .collect();
    let of_authority = columns["LA (code)"];
    let wanted = authority.to_string();
    let mut extract = String::new();
    line(&mut extract, kept.iter().map(|(name, _)| *name));
    let (mut schools, mut others) = (0, 0);
    csv::each_row(&whole, &mut problems, |_, cells| {
        if cells[of_authority].1.trim() == wanted {
            line(
                &mut extract,
                kept.iter().map(|(_, column)| &*cells[*column].1),
            );
            schools += 1;
        } else {
            others += 1;
        }
    });
    // A row that cannot be read might be a school of the borough.
    if !problems.is_empty() {
        return Err(problems);
    }
    if schools == 0 {
        let what = format!("no school in it has the authority {authority}");
        let hint = "check the code after `--la`: 211 is Tower Hamlets";
        return Err(vec![Problem::whole(file, what, hint)]);
    }
    let path = content.join("data").join(FILE);
    let checked = SourceText {
        path: path.clone(),
        text: extract,
    };
    read(&checked, &mut problems);
    if !problems.is_empty() {
        let text = &checked.text;
        crate::text::quote(text, &mut problems);
        return Err(problems);
    }
    output::replace(&path, checked.text.as_bytes()).map_err(|problem| vec![problem])?;
    Ok(summary(schools, others, &header, &kept, &path))
}

/// What was done and what was left out.
fn summary(
    schools: usize,
    others: usize,
    header: &Cells<'_>,
    kept: &[(&str, usize)],
    path: &Path,
) -> String {
    let left = header.len() - kept.len();
    let heads: Vec<&str> = header
        .iter()
        .map(|(_, name)| name.trim())
        .filter(|name| name.starts_with("Head"))
        .collect();
    let mut words = format!("{} → {}\n", many(schools, "school"), path.display());
    // Writing into a text cannot fail.
    let _ = write!(
        words,
        "left out: {} of other authorities; {} that nothing needs",
        many(others, "school"),
        many(left, "column")
    );
    if !heads.is_empty() {
        let _ = write!(
            words,
            ", among them those about headteachers ({})",
            heads.join(", ")
        );
    }
    words
}

/// One line of a table, its cells in quotation marks where they need them.
fn line<'c>(table: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            table.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            table.push('"');
            table.push_str(&cell.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(cell);
        }
    }
    table.push('\n');
}
