//! A table that a phone can show: a box that scrolls, and cells that name
//! their column.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::{Read, words};

/// A table, as far as it is written.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The words at the head of each column.
    columns: Vec<String>,
    /// What the box is called, for those who hear it.
    label: String,
    in_head: bool,
    cell: usize,
}

impl Table {
    /// A table whose events are `after` its start; `title` is the heading
    /// above it.
    pub(super) fn new(alignments: Vec<Alignment>, after: &[Read<'_>], title: &str) -> Table {
        let mut columns = Vec::new();
        for (index, (event, _)) in after.iter().enumerate() {
            match event {
                Event::Start(Tag::TableCell) => {
                    columns.push(words(&after[index + 1..], |event| {
                        *event == Event::End(TagEnd::TableCell)
                    }));
                }
                Event::End(TagEnd::TableHead) => break,
                _ => {}
            }
        }
        let label = if title.is_empty() {
            "Table".to_owned()
        } else {
            format!("Table: {title}")
        };
        Table {
            alignments,
            columns,
            label,
            in_head: false,
            cell: 0,
        }
    }

    /// How it begins.
    pub(super) fn open(&self) -> String {
        format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n",
            escaped(&self.label)
        )
    }

    /// The HTML of an event, if the table writes it itself.
    pub(super) fn html(&mut self, event: &Event<'_>) -> Option<String> {
        Some(match event {
            Event::Start(Tag::TableHead) => {
                self.in_head = true;
                self.cell = 0;
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr></thead>\n<tbody>\n".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                self.cell = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => self.cell_opens(),
            Event::End(TagEnd::TableCell) => {
                self.cell += 1;
                if self.in_head {
                    "</th>".to_owned()
                } else {
                    "</td>".to_owned()
                }
            }
            Event::End(TagEnd::Table) => "</tbody>\n</table>\n</div>\n".to_owned(),
            _ => return None,
        })
    }

    fn cell_opens(&self) -> String {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"centre\"",
            _ => "",
        };
        if self.in_head {
            return format!("<th scope=\"col\"{class}>");
        }
        match self
            .columns
            .get(self.cell)
            .filter(|column| !column.is_empty())
        {
            Some(column) => format!("<td{class} data-label=\"{}\">", escaped(column)),
            None => format!("<td{class}>"),
        }
    }
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
