//! The list itself: its lines read as a CSV file or as cells that a spreadsheet
//! copies, and all that is wrong with it, by line and column.

use std::collections::BTreeMap;

use domain::membership::{COLUMNS, ImportedMember, NEEDED};
use jiff::civil::Date;

/// Something wrong with the list.
pub(super) struct Problem {
    pub(super) line: u64,
    pub(super) column: String,
    pub(super) what: String,
}

/// A row that is right, with its line.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) member: ImportedMember,
}

/// The rows of a list that are right, and all that is wrong with the others.
pub(super) fn read(list: &str, today: Date) -> (Vec<Row>, Vec<Problem>) {
    // A browser sends every line end as two characters, and lines are counted.
    let list = list.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let header = list.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(list.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(header) => header
            .iter()
            .map(|name| name.trim().to_lowercase().replace('_', " "))
            .collect(),
        Err(_) => Vec::new(),
    };
    let mut problems = of_header(&names);
    let mut rows: Vec<Row> = Vec::new();
    if !problems.is_empty() {
        return (rows, problems);
    }
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let what = "This line cannot be read: save the list as UTF-8".to_owned();
                problems.push(Problem {
                    line,
                    column: String::new(),
                    what,
                });
                break;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != names.len() {
            let what = format!(
                "This line has {} cells and the first has {}: is a quotation mark missing around a comma?",
                record.len(),
                names.len()
            );
            problems.push(Problem {
                line,
                column: String::new(),
                what,
            });
            continue;
        }
        let cell = |column: &str| {
            let at = names.iter().position(|name| name == column);
            at.and_then(|at| record.get(at)).unwrap_or_default()
        };
        match ImportedMember::read(cell, today) {
            Ok(member) => match known.insert(member.identity(), line) {
                Some(first) => problems.push(Problem {
                    line,
                    column: "urn".to_owned(),
                    what: format!("The same member stands in line {first} already"),
                }),
                None => rows.push(Row { line, member }),
            },
            Err(faults) => problems.extend(faults.into_iter().map(|fault| Problem {
                line,
                column: fault.column.to_owned(),
                what: fault.what,
            })),
        }
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(Problem {
            line: 1,
            column: String::new(),
            what: "The list has no line below the names of its columns".to_owned(),
        });
    }
    (rows, problems)
}

/// What is wrong with the names of the columns.
fn of_header(names: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut note = |column: &str, what: String| {
        problems.push(Problem {
            line: 1,
            column: column.to_owned(),
            what,
        });
    };
    for column in COLUMNS.iter().take(NEEDED) {
        if !names.iter().any(|name| name == column) {
            note(column, format!("There is no column `{column}`"));
        }
    }
    for (index, name) in names.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            let known = COLUMNS.join(", ");
            note(
                name,
                format!("There is no such column: the list has {known}"),
            );
        } else if names[..index].contains(name) {
            note(name, "This column is there twice".to_owned());
        }
    }
    problems
}
