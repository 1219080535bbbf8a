//! Tables: CSV as RFC 4180 has it, with commas, and quotation marks around a
//! cell that has a comma, a quotation mark or a line end in it.
//!
//! The first row names the columns. A row that has too many cells or too few is
//! told, not mended: one missing comma would put every later cell into the
//! wrong column.

use std::borrow::Cow;

use theme::{Key, Map, Value};

use crate::problem::Problem;
use crate::text::{Places, SourceText};

/// A table with the wrong sign between its cells is wrong in every row.
const MOST_PROBLEMS: usize = 10;

/// The rows of a table, each as its fields.
pub(super) fn read(source: &SourceText, problems: &mut Vec<Problem>) -> Value {
    let mut rows: Vec<Value> = Vec::new();
    each_row(source, problems, |columns, cells| {
        let mut row = Map::with_capacity_and_hasher(columns.len(), Default::default());
        for (column, (_, cell)) in columns.iter().zip(cells) {
            row.insert(column.clone(), Value::from(cell.as_ref()));
        }
        rows.push(Value::from(row));
    });
    Value::from(rows)
}

/// Hands over each row that has its cells, with the names of the columns, and
/// tells of every other.
pub(crate) fn each_row<'t>(
    source: &'t SourceText,
    problems: &mut Vec<Problem>,
    mut take: impl FnMut(&[Key<'static>], &Cells<'t>),
) {
    let mut reader = Reader {
        text: source.text.trim_start_matches('\u{feff}'),
        at: 0,
    };
    let mut wrong = Wrong {
        source,
        places: Places::new(&source.text),
        mark: source.text.len() - reader.text.len(),
        problems,
        left: MOST_PROBLEMS,
    };
    let mut cells = Vec::new();
    if let Err(at) = reader.row(&mut cells) {
        wrong.unclosed(at);
        return;
    }
    let columns: Vec<Key<'static>> = cells
        .iter()
        .map(|(_, name)| Key::from(name.trim().to_owned()))
        .collect();
    wrong.header(&cells);
    while !reader.is_at_end() {
        let start = reader.at;
        if let Err(at) = reader.row(&mut cells) {
            wrong.unclosed(at);
            break;
        }
        // An empty line is no row, unless one empty cell is a row.
        if cells.len() == 1 && columns.len() > 1 && cells[0].1.trim().is_empty() {
            continue;
        }
        if cells.len() != columns.len() {
            wrong.row(start, cells.len(), columns.len());
            continue;
        }
        take(&columns, &cells);
    }
}

/// What is wrong with a table.
struct Wrong<'t, 'p> {
    source: &'t SourceText,
    places: Places<'t>,
    /// The length of a byte-order mark.
    mark: usize,
    problems: &'p mut Vec<Problem>,
    left: usize,
}

impl Wrong<'_, '_> {
    fn tell(&mut self, at: usize, what: impl Into<String>, hint: &str) {
        if self.left > 0 {
            self.left -= 1;
            let place = self.places.at(self.mark + at);
            let problem = self.source.problem(place, what, Some(hint.to_owned()));
            self.problems.push(problem);
        }
    }

    fn header(&mut self, names: &[(usize, Cow<'_, str>)]) {
        if names.len() == 1 && names[0].1.contains(';') {
            let hint = "save the table with commas between its cells, not semicolons";
            self.tell(0, "there is no comma in the first row", hint);
            self.left = 0;
            return;
        }
        let mut seen = std::collections::HashSet::new();
        for (at, name) in names {
            let name = name.trim();
            if name.is_empty() {
                let hint = "the first row names the columns: write a name here";
                self.tell(*at, "a column has no name", hint);
            } else if !seen.insert(name) {
                let what = format!("two columns have the name `{name}`");
                self.tell(*at, what, "give one of them another");
            }
        }
    }

    fn row(&mut self, at: usize, cells: usize, columns: usize) {
        let number = crate::problem::many(cells, "cell");
        let what = format!("this row has {number}, and the first row has {columns}");
        let hint = "put quotation marks around a cell that has a comma in it, and a comma for each empty cell";
        self.tell(at, what, hint);
    }

    fn unclosed(&mut self, at: usize) {
        let hint = "put one at the end of the cell; inside a cell it is written twice: `\"\"`";
        self.tell(at, "the quotation mark that opens here is not closed", hint);
    }
}

/// A row: its cells, each with its place in the text.
pub(crate) type Cells<'t> = Vec<(usize, Cow<'t, str>)>;

/// The rows of a table that have their cells, the first row apart; what is
/// wrong with the others [`read`] tells.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = Cells<'_>> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader { text, at: mark };
    let mut columns = None;
    std::iter::from_fn(move || {
        while !reader.is_at_end() {
            let mut cells = Vec::with_capacity(columns.unwrap_or(0));
            reader.row(&mut cells).ok()?;
            if *columns.get_or_insert(cells.len()) == cells.len() {
                return Some(cells);
            }
        }
        None
    })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Reads a row into `cells`, each with its place; the place of a quotation
    /// mark that is not closed, if one is not.
    fn row(&mut self, cells: &mut Vec<(usize, Cow<'t, str>)>) -> Result<(), usize> {
        cells.clear();
        loop {
            let start = self.at;
            let cell = if self.text[start..].starts_with('"') {
                self.quoted()?
            } else {
                Cow::Borrowed(self.plain())
            };
            cells.push((start, cell));
            let rest = &self.text.as_bytes()[self.at..];
            match rest {
                [b',', ..] => self.at += 1,
                [b'\r', b'\n', ..] => {
                    self.at += 2;
                    return Ok(());
                }
                [b'\n' | b'\r', ..] => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Ok(()),
            }
        }
    }

    /// A cell up to its comma or line end.
    fn plain(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let end = rest
            .bytes()
            .position(|byte| matches!(byte, b',' | b'\n' | b'\r'));
        let cell = &rest[..end.unwrap_or(rest.len())];
        self.at += cell.len();
        cell
    }

    /// A cell in quotation marks, and what is written after it by mistake.
    fn quoted(&mut self) -> Result<Cow<'t, str>, usize> {
        let opens = self.at;
        self.at += 1;
        let mut cell = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.at..];
            let end = rest.find('"').ok_or(opens)?;
            add(&mut cell, &rest[..end]);
            self.at += end + 1;
            if self.text[self.at..].starts_with('"') {
                add(&mut cell, "\"");
                self.at += 1;
            } else {
                break;
            }
        }
        let after = self.plain();
        add(&mut cell, after);
        Ok(cell)
    }
}

fn add<'t>(cell: &mut Cow<'t, str>, more: &'t str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(more);
    } else if !more.is_empty() {
        cell.to_mut().push_str(more);
    }
}
