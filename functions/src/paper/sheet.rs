//! The sheet that the document is written on: what stands where on which page,
//! and, apart from that, the tree of what it is, in the order of reading.

use krilla::tagging::{Tag, TagKind};

use super::face::{Line, Weight, lines, plain};
use super::look::{BOTTOM, Ink, LEFT, Style, TOP};

/// Where a line of text stands: its page, and its upper edge there.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Place {
    pub(super) page: usize,
    pub(super) top: f32,
}

/// What is drawn together.
pub(super) enum Mark {
    /// A line of text, at its baseline.
    Text {
        line: Line,
        weight: Weight,
        size: f32,
        ink: Ink,
        x: f32,
        baseline: f32,
    },
    /// A filled rectangle: left, top, width, height.
    Area([f32; 4], Ink),
}

/// Content of a page: part of the document, or only for the eye.
pub(super) struct Content {
    pub(super) mark: Mark,
    pub(super) is_read: bool,
}

/// A part of the document.
pub(super) struct Part {
    pub(super) tag: TagKind,
    pub(super) children: Vec<Child>,
}

/// What a part consists of.
#[derive(Clone, Copy)]
pub(super) enum Child {
    Part(usize),
    /// A page, and which of its contents.
    Content(usize, usize),
    /// One of the links.
    Link(usize),
}

/// An area that leads elsewhere.
pub(super) struct Link {
    pub(super) page: usize,
    /// Left, top, right, bottom, for each line of it on that page.
    pub(super) areas: Vec<[f32; 4]>,
    pub(super) address: String,
    pub(super) words: String,
}

/// A heading, for the outline.
pub(super) struct Heading {
    pub(super) words: String,
    pub(super) place: Place,
}

/// The sheet.
pub(super) struct Sheet {
    pub(super) pages: Vec<Vec<Content>>,
    pub(super) parts: Vec<Part>,
    /// The parts that are in no other.
    pub(super) roots: Vec<usize>,
    pub(super) links: Vec<Link>,
    pub(super) headings: Vec<Heading>,
    /// Whether any character was drawn as a box.
    pub(super) lacks: bool,
    /// The parts that are being written, the innermost last.
    open: Vec<usize>,
    at: Place,
    /// Where the text of further pages begins: below the head of a table, while
    /// one is written.
    pub(super) begin: f32,
}

impl Sheet {
    /// One empty page.
    pub(super) fn new() -> Sheet {
        Sheet {
            pages: vec![Vec::new()],
            parts: Vec::new(),
            roots: Vec::new(),
            links: Vec::new(),
            headings: Vec::new(),
            lacks: false,
            open: Vec::new(),
            at: Place { page: 0, top: TOP },
            begin: TOP,
        }
    }

    /// Where the next thing goes.
    pub(super) fn place(&self) -> Place {
        self.at
    }

    /// Goes to a place, such as the head of the next column.
    pub(super) fn go(&mut self, place: Place) {
        self.at = place;
    }

    /// Leaves a space, if something is above it.
    pub(super) fn space(&mut self, height: f32) {
        if self.at.top > self.begin {
            self.at.top += height;
        }
    }

    /// Goes on to the next page if `height` is not left on this one.
    pub(super) fn room(&mut self, height: f32) {
        if self.at.top > self.begin && self.at.top + height > BOTTOM {
            self.at = Place {
                page: self.at.page + 1,
                top: self.begin,
            };
            if self.at.page == self.pages.len() {
                self.pages.push(Vec::new());
            }
        }
    }

    /// Goes down on this page.
    pub(super) fn advance(&mut self, height: f32) {
        self.at.top += height;
    }

    /// Takes the places of so many lines below each other, on as many pages as
    /// they need.
    pub(super) fn flow(&mut self, count: usize, leading: f32) -> Vec<Place> {
        let mut places = Vec::with_capacity(count);
        for _ in 0..count {
            self.room(leading);
            places.push(self.place());
            self.advance(leading);
        }
        places
    }

    /// Writes a part of the document.
    pub(super) fn part(&mut self, tag: impl Into<TagKind>, write: impl FnOnce(&mut Sheet)) {
        let index = self.parts.len();
        self.parts.push(Part {
            tag: tag.into(),
            children: Vec::new(),
        });
        match self.open.last() {
            Some(&outer) => self.parts[outer].children.push(Child::Part(index)),
            None => self.roots.push(index),
        }
        self.open.push(index);
        write(self);
        self.open.pop();
    }

    /// Draws lines of the part that is being written, one at each place, `x` from
    /// the left.
    pub(super) fn set(&mut self, lines: &[Line], places: &[Place], x: f32, style: Style) {
        self.write(lines, places, |_| x, style, true);
    }

    /// The same, each line ending at `right`.
    pub(super) fn set_right(&mut self, lines: &[Line], places: &[Place], right: f32, style: Style) {
        self.write(lines, places, |line| right - line.width, style, true);
    }

    /// Draws lines that are for the eye alone.
    pub(super) fn show(&mut self, lines: &[Line], places: &[Place], x: f32, style: Style) {
        self.write(lines, places, |_| x, style, false);
    }

    /// The same, each line ending at `right`.
    pub(super) fn show_right(
        &mut self,
        lines: &[Line],
        places: &[Place],
        right: f32,
        style: Style,
    ) {
        self.write(lines, places, |line| right - line.width, style, false);
    }

    fn write(
        &mut self,
        lines: &[Line],
        places: &[Place],
        x: impl Fn(&Line) -> f32,
        style: Style,
        is_read: bool,
    ) {
        for (line, place) in lines.iter().zip(places) {
            self.lacks |= line.run.lacks;
            // The middle of the line is the middle of its small letters.
            let baseline = place.top + style.leading / 2.0 + style.size * 0.33;
            let mark = Mark::Text {
                line: line.clone(),
                weight: style.weight,
                size: style.size,
                ink: style.ink,
                x: x(line),
                baseline,
            };
            self.add(place.page, mark, is_read);
        }
    }

    /// Fills an area of a page: left, top, width, height.
    pub(super) fn area(&mut self, page: usize, area: [f32; 4], ink: Ink) {
        self.add(page, Mark::Area(area, ink), false);
    }

    fn add(&mut self, page: usize, mark: Mark, is_read: bool) {
        let contents = &mut self.pages[page];
        contents.push(Content { mark, is_read });
        let child = Child::Content(page, contents.len() - 1);
        if is_read {
            let part = self.open.last().expect("text that is read is in a part");
            self.parts[*part].children.push(child);
        }
    }

    /// A text from `x` on, not wider than `width`. One of which nothing can be
    /// seen is no part of the document.
    pub(super) fn text(
        &mut self,
        tag: impl Into<TagKind>,
        text: &str,
        x: f32,
        width: f32,
        style: Style,
    ) {
        let lines = lines(text, style.weight, style.size, width);
        if lines.is_empty() {
            return;
        }
        let places = self.flow(lines.len(), style.leading);
        self.part(tag, |sheet| sheet.set(&lines, &places, x, style));
    }

    /// A text that leads elsewhere, as a part of the one that is being written.
    pub(super) fn link(&mut self, text: &str, address: &str, width: f32, style: Style) {
        let lines = lines(text, style.weight, style.size, width);
        if lines.is_empty() {
            return;
        }
        let places = self.flow(lines.len(), style.leading);
        self.part(Tag::Link, |sheet| {
            sheet.set(&lines, &places, LEFT, style);
            for (line, place) in lines.iter().zip(&places) {
                let right = LEFT + line.width;
                let bottom = place.top + style.leading;
                let area = [LEFT, place.top, right, bottom];
                sheet.area(place.page, [LEFT, bottom - 2.2, line.width, 0.5], style.ink);
                match sheet.links.last_mut() {
                    Some(link) if link.page == place.page && place != &places[0] => {
                        link.areas.push(area);
                    }
                    _ => {
                        let link = Link {
                            page: place.page,
                            areas: vec![area],
                            address: address.to_owned(),
                            words: plain(text),
                        };
                        sheet.links.push(link);
                        let child = Child::Link(sheet.links.len() - 1);
                        let part = sheet.open.last().expect("a link is a part");
                        sheet.parts[*part].children.push(child);
                    }
                }
            }
        });
    }
}
