//! The table: what is charged, line by line, and what it comes to. Where it goes
//! on to another page its head is shown again there, for the eye alone.

use krilla::tagging::{TableHeaderScope, Tag};
use std::num::NonZeroU32;

use super::face::{Line, lines};
use super::look::{
    ASIDE, BOTTOM, BREADTH, HEADING, Ink, LEFT, RESULT, RIGHT, STRONG, Style, TEXT, TOP,
};
use super::opening::question;
use super::sheet::{Place, Sheet};
use super::{By, Change, Kind, Paper, Row, Vat};

/// Above and below the text of a row.
const PADDING: f32 = 5.0;
/// The height of the head.
const HEAD: f32 = HEADING.leading + PADDING * 2.0;
/// Between two columns.
const GAP: f32 = 12.0;

/// A column: its name, where it begins and ends, and at which end its text is.
#[derive(Clone, Copy)]
struct Column {
    name: &'static str,
    left: f32,
    right: f32,
    is_number: bool,
}

/// A cell: texts below each other.
type Cell = Vec<(Vec<Line>, Style)>;

/// Writes it.
pub(super) fn write(sheet: &mut Sheet, paper: &Paper) {
    let columns = columns(paper);
    let totals = totals(paper);
    let rows: Vec<Vec<Cell>> = paper.rows.iter().map(|row| cells(row, &columns)).collect();
    let ends: f32 = totals.iter().map(|total| total.height(&columns)).sum();

    let words = match paper.kind {
        Kind::Invoice { .. } => "What is it for?",
        Kind::CreditNote { .. } => "What is credited?",
    };
    question(
        sheet,
        words,
        HEAD + rows.first().map_or(0.0, |row| height(row)),
    );
    let first = sheet.place();
    sheet.part(Tag::Table, |sheet| {
        sheet.part(Tag::THead, |sheet| {
            sheet.part(Tag::TR, |sheet| {
                for column in &columns {
                    sheet.part(Tag::TH(TableHeaderScope::Column), |sheet| {
                        name(sheet, *column, first, true);
                    });
                }
            });
        });
        rule(sheet, first, HEAD, 1.0, Ink::Text);
        sheet.advance(HEAD);
        sheet.begin = TOP + HEAD;
        sheet.part(Tag::TBody, |sheet| {
            for (index, row) in rows.iter().enumerate() {
                // What it comes to does not stand alone on a page.
                let with = if index + 1 == rows.len() { ends } else { 0.0 };
                write_row(sheet, row, &columns, with);
            }
        });
        sheet.part(Tag::TFoot, |sheet| {
            for total in &totals {
                total.write(sheet, &columns);
            }
        });
    });
    sheet.begin = TOP;
    for page in first.page + 1..=sheet.place().page {
        let place = Place { page, top: TOP };
        for column in &columns {
            name(sheet, *column, place, false);
        }
        rule(sheet, place, HEAD, 1.0, Ink::Text);
    }

    sheet.advance(8.0);
    if let Some(basis) = &paper.basis {
        sheet.text(Tag::P, basis, LEFT, BREADTH, ASIDE);
    }
    if let Vat::None { because } = &paper.vat {
        sheet.text(Tag::P, because, LEFT, BREADTH, ASIDE);
    }
}

/// The columns that this paper needs, the last for the amount.
fn columns(paper: &Paper) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut right = RIGHT;
    let mut number = |name, width: f32| {
        columns.push(Column {
            name,
            left: right - width,
            right,
            is_number: true,
        });
        right -= width + GAP;
    };
    number("Amount", 78.0);
    if paper.rows.iter().any(|row| row.unit.is_some()) {
        number("Unit price", 68.0);
    }
    if paper.rows.iter().any(|row| row.quantity.is_some()) {
        number("Quantity", 84.0);
    }
    columns.push(Column {
        name: "Description",
        left: LEFT,
        right,
        is_number: false,
    });
    columns.reverse();
    columns
}

fn name(sheet: &mut Sheet, column: Column, place: Place, is_read: bool) {
    let width = column.right - column.left;
    let lines = lines(column.name, HEADING.weight, HEADING.size, width);
    let place = [Place {
        top: place.top + PADDING,
        ..place
    }];
    match (is_read, column.is_number) {
        (true, true) => sheet.set_right(&lines, &place, column.right, HEADING),
        (true, false) => sheet.set(&lines, &place, column.left, HEADING),
        (false, true) => sheet.show_right(&lines, &place, column.right, HEADING),
        (false, false) => sheet.show(&lines, &place, column.left, HEADING),
    }
}

/// A line across, `down` from a place.
fn rule(sheet: &mut Sheet, place: Place, down: f32, thick: f32, ink: Ink) {
    let area = [LEFT, place.top + down - thick, BREADTH, thick];
    sheet.area(place.page, area, ink);
}

/// The cells of a row, in the order of the columns.
fn cells(row: &Row, columns: &[Column]) -> Vec<Cell> {
    let of = |column: &Column| {
        let set = |text: &str, style: Style| {
            let width = column.right - column.left;
            let mut set = lines(text, style.weight, style.size, width);
            if set.is_empty() {
                set = lines("–", style.weight, style.size, width);
            }
            (set, style)
        };
        match column.name {
            "Description" => {
                let working = row.working.iter().map(|text| set(text, ASIDE));
                std::iter::once(set(&row.description, TEXT))
                    .chain(working)
                    .collect()
            }
            "Quantity" => vec![set(row.quantity.as_deref().unwrap_or("–"), TEXT)],
            "Unit price" => vec![set(
                &row.unit
                    .map_or_else(|| "–".to_owned(), |unit| unit.to_string()),
                TEXT,
            )],
            _ => vec![set(&row.amount.to_string(), TEXT)],
        }
    };
    columns.iter().map(of).collect()
}

/// How high a row is.
fn height(cells: &[Cell]) -> f32 {
    let of_cell = |cell: &Cell| {
        let texts = cell.iter();
        texts
            .map(|(lines, style)| lines.iter().map(|_| style.leading).sum::<f32>())
            .sum::<f32>()
    };
    cells.iter().map(of_cell).fold(0.0, f32::max) + PADDING * 2.0
}

/// Writes a row, on one page if it can be with what is kept `with` it.
fn write_row(sheet: &mut Sheet, cells: &[Cell], columns: &[Column], with: f32) {
    let height = height(cells);
    let page = BOTTOM - sheet.begin;
    if height + with <= page {
        sheet.room(height + with);
    } else if height <= page {
        sheet.room(height);
    }
    sheet.advance(PADDING);
    let start = sheet.place();
    let mut end = start;
    sheet.part(Tag::TR, |sheet| {
        for (cell, column) in cells.iter().zip(columns) {
            sheet.go(start);
            sheet.part(Tag::TD, |sheet| {
                for (lines, style) in cell {
                    let places = sheet.flow(lines.len(), style.leading);
                    sheet.part(Tag::P, |sheet| {
                        if column.is_number {
                            sheet.set_right(lines, &places, column.right, *style);
                        } else {
                            sheet.set(lines, &places, column.left, *style);
                        }
                    });
                }
            });
            if sheet.place() > end {
                end = sheet.place();
            }
        }
    });
    sheet.go(end);
    rule(sheet, end, PADDING, 0.5, Ink::Line);
    sheet.advance(PADDING);
}

/// A line of what it comes to.
struct Total {
    words: String,
    amount: String,
    style: Style,
}

impl Total {
    fn lines(&self, columns: &[Column]) -> Vec<Line> {
        let amount = columns.last().map_or(RIGHT, |column| column.left);
        let width = amount - GAP - LEFT;
        lines(&self.words, self.style.weight, self.style.size, width)
    }

    fn height(&self, columns: &[Column]) -> f32 {
        let lines = self.lines(columns);
        lines.iter().map(|_| self.style.leading).sum::<f32>() + PADDING * 1.4
    }

    fn write(&self, sheet: &mut Sheet, columns: &[Column]) {
        let words = self.lines(columns);
        let amount = lines(&self.amount, self.style.weight, self.style.size, BREADTH);
        let height = self.height(columns);
        if height <= BOTTOM - sheet.begin {
            sheet.room(height);
        }
        sheet.advance(PADDING * 0.7);
        let places = sheet.flow(words.len(), self.style.leading);
        let right = columns.last().map_or(RIGHT, |column| column.left) - GAP;
        let mut head = Tag::TH(TableHeaderScope::Row);
        head.set_col_span(
            u32::try_from(columns.len() - 1)
                .ok()
                .and_then(NonZeroU32::new),
        );
        sheet.part(Tag::TR, |sheet| {
            sheet.part(head, |sheet| {
                sheet.set_right(&words, &places, right, self.style);
            });
            sheet.part(Tag::TD, |sheet| {
                sheet.set_right(&amount, &places, RIGHT, self.style);
            });
        });
        sheet.advance(PADDING * 0.7);
    }
}

/// What it comes to, and what is left of it.
fn totals(paper: &Paper) -> Vec<Total> {
    let total = |words: &str, amount: String, style| Total {
        words: words.to_owned(),
        amount,
        style,
    };
    let mut totals = Vec::new();
    if let Vat::Charged { percent, net, tax } = paper.vat {
        totals.push(total("Without VAT", net.to_string(), TEXT));
        totals.push(total(&format!("VAT at {percent}%"), tax.to_string(), TEXT));
    }
    let left = match paper.kind {
        Kind::Invoice { owed, .. } if !paper.since.is_empty() => Some(owed),
        _ => None,
    };
    let style = if left.is_some() { STRONG } else { RESULT };
    totals.push(total("Total", paper.total.to_string(), style));
    let changed = |change: &Change| match change.by {
        By::Less(amount) => total(&change.words, format!("−{amount}"), TEXT),
        By::More(amount) => total(&change.words, amount.to_string(), TEXT),
    };
    totals.extend(paper.since.iter().map(changed));
    totals.extend(left.map(|left| total("Still to pay", left.to_string(), RESULT)));
    totals
}
