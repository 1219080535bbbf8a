//! Values with their names, side by side: what is looked for first, the parties,
//! the bank account. For a reader by ear they are one list.

use krilla::tagging::{ListNumbering, Tag};

use super::face::lines;
use super::look::Style;
use super::sheet::Sheet;

/// A value with its name.
pub(super) struct Item {
    pub(super) name: String,
    /// Its lines, each with its style.
    pub(super) lines: Vec<(String, Style)>,
}

impl Item {
    /// A value of one line.
    pub(super) fn new(name: &str, value: impl Into<String>, style: Style) -> Item {
        Item {
            name: name.to_owned(),
            lines: vec![(value.into(), style)],
        }
    }
}

/// Items below each other.
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) items: Vec<Item>,
}

/// One column an item, each as wide as the others.
pub(super) fn evenly(items: Vec<Item>, left: f32, breadth: f32, gap: f32) -> Vec<Column> {
    let mut share = breadth;
    for _ in items.iter().skip(1) {
        share -= gap;
    }
    let width = share / items.iter().map(|_| 1.0).sum::<f32>().max(1.0);
    let mut x = left;
    let mut columns = Vec::with_capacity(items.len());
    for item in items {
        columns.push(Column {
            x,
            width,
            items: vec![item],
        });
        x += width + gap;
    }
    columns
}

/// Between two items of a column.
const GAP: f32 = 7.0;

/// How high the columns are, if they are on one page.
pub(super) fn height(columns: &[Column], name: Style) -> f32 {
    let of_item = |item: &Item, width: f32| {
        let of_text = |text: &str, style: Style| {
            lines(text, style.weight, style.size, width)
                .iter()
                .map(|_| style.leading)
                .sum::<f32>()
        };
        let values = item.lines.iter().map(|(text, style)| of_text(text, *style));
        of_text(&item.name, name) + values.sum::<f32>()
    };
    let of_column = |column: &Column| {
        let items = column.items.iter();
        items
            .map(|item| of_item(item, column.width) + GAP)
            .sum::<f32>()
            - GAP
    };
    columns.iter().map(of_column).fold(0.0, f32::max)
}

/// Writes the columns, and goes on below the longest.
pub(super) fn write(sheet: &mut Sheet, columns: &[Column], name: Style) {
    let start = sheet.place();
    let mut end = start;
    sheet.part(Tag::L(ListNumbering::None), |sheet| {
        for column in columns {
            sheet.go(start);
            for (index, item) in column.items.iter().enumerate() {
                if index > 0 {
                    sheet.advance(GAP);
                }
                sheet.part(Tag::LI, |sheet| {
                    sheet.text(Tag::Lbl, &item.name, column.x, column.width, name);
                    sheet.part(Tag::LBody, |sheet| {
                        for (text, style) in &item.lines {
                            sheet.text(Tag::P, text, column.x, column.width, *style);
                        }
                    });
                });
            }
            if sheet.place() > end {
                end = sheet.place();
            }
        }
    });
    sheet.go(end);
}
