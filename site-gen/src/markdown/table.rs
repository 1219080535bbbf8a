//! A table that a phone can show: a box that scrolls, and cells that name
//! their column.

use pulldown_cmark::Alignment;

use super::escape;

/// A name longer than this is no name; repeated in every row it would only
/// make the page heavy.
const LONGEST_NAME: usize = 80;

/// A table, as far as it is written.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The words at the head of each column, as the value of an attribute.
    columns: Vec<String>,
    in_head: bool,
    cell: usize,
}

impl Table {
    /// Begins a table; `title` is the heading above it.
    pub(super) fn open(alignments: Vec<Alignment>, title: &str, out: &mut String) -> Table {
        out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table");
        if !title.is_empty() {
            out.push_str(": ");
            escape::attribute(out, title);
        }
        out.push_str("\">\n<table>\n");
        Table {
            columns: Vec::with_capacity(alignments.len()),
            alignments,
            in_head: false,
            cell: 0,
        }
    }

    /// Begins the head.
    pub(super) fn head(&mut self, out: &mut String) {
        self.in_head = true;
        out.push_str("<thead><tr>");
    }

    /// Ends the head, and begins the body.
    pub(super) fn head_ends(&mut self, out: &mut String) {
        self.in_head = false;
        out.push_str("</tr></thead>\n<tbody>\n");
    }

    /// Begins a row.
    pub(super) fn row(&mut self, out: &mut String) {
        self.cell = 0;
        out.push_str("<tr>");
    }

    /// Begins a cell.
    pub(super) fn cell(&mut self, out: &mut String) {
        out.push_str(if self.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        match self.alignments.get(self.cell) {
            Some(Alignment::Right) => out.push_str(" class=\"right\""),
            Some(Alignment::Center) => out.push_str(" class=\"centre\""),
            _ => {}
        }
        let name = self.columns.get(self.cell).filter(|name| !name.is_empty());
        if let Some(name) = name.filter(|_| !self.in_head) {
            out.push_str(" data-label=\"");
            out.push_str(name);
            out.push('"');
        }
        out.push('>');
    }

    /// Ends a cell; `words` are those of a head's.
    pub(super) fn cell_ends(&mut self, words: &str, out: &mut String) {
        if self.in_head {
            let mut name = String::new();
            escape::attribute(&mut name, shortened(words));
            self.columns.push(name);
            out.push_str("</th>");
        } else {
            out.push_str("</td>");
        }
        self.cell += 1;
    }

    /// Whether the words of a cell are a column's name.
    pub(super) fn in_head(&self) -> bool {
        self.in_head
    }
}

/// Ends a table.
pub(super) fn close(out: &mut String) {
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn shortened(words: &str) -> &str {
    match words.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => &words[..end],
        None => words,
    }
}
