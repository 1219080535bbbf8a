//! The look on paper: A4, the theme's colours on white, a few sizes of type, and
//! the plait of four strands that the site has too.

use krilla::color::rgb::Color;
use krilla::geom::{Path, PathBuilder};

use super::face::Weight;

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
/// A4, in points.
pub(super) const HEIGHT: f32 = 841.89;
/// What is left of the text: 20 mm, room for a punch.
pub(super) const LEFT: f32 = 56.7;
/// Where the text ends on the right.
pub(super) const RIGHT: f32 = WIDTH - LEFT;
/// The breadth of the text.
pub(super) const BREADTH: f32 = RIGHT - LEFT;
/// Where the strands are.
pub(super) const STRANDS: f32 = 34.0;
/// Where the name of who issued it stands, below the strands.
pub(super) const LETTERHEAD: f32 = 50.0;
/// Where the text of a page begins.
pub(super) const TOP: f32 = 86.0;
/// Where the text of a page ends.
pub(super) const BOTTOM: f32 = HEIGHT - 68.0;
/// The line of the footer.
pub(super) const FOOT: f32 = HEIGHT - 40.0;

/// A colour by the name that it has in the theme's `tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text.
    Text,
    /// Labels and what is said besides.
    Soft,
    /// Lines between rows.
    Line,
    /// The ground of what matters most.
    Sunk,
    /// Links, and the sum.
    Lead,
    /// The paper itself, between two strands that cross.
    Paper,
    /// A strand: madder, indigo, saffron or verdigris.
    Strand(usize),
}

impl Ink {
    /// The theme's value, as three bytes.
    pub(super) const fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Text => [0x24, 0x1c, 0x1a],
            Ink::Soft => [0x5d, 0x50, 0x4a],
            Ink::Line => [0xd9, 0xcb, 0xb8],
            Ink::Sunk => [0xf2, 0xe9, 0xdb],
            Ink::Lead => [0x96, 0x20, 0x3a],
            Ink::Paper => [0xff, 0xff, 0xff],
            Ink::Strand(0) => [0xa3, 0x26, 0x38],
            Ink::Strand(1) => [0x2f, 0x45, 0x83],
            Ink::Strand(2) => [0xb8, 0x74, 0x06],
            Ink::Strand(_) => [0x1d, 0x7a, 0x68],
        }
    }

    pub(super) fn colour(self) -> Color {
        let [red, green, blue] = self.rgb();
        Color::new(red, green, blue)
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// In points.
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    /// Regular or bold.
    pub(super) weight: Weight,
    /// Its colour.
    pub(super) ink: Ink,
}

const fn style(size: f32, leading: f32, weight: Weight, ink: Ink) -> Style {
    Style {
        size,
        leading,
        weight,
        ink,
    }
}

/// What the paper is called.
pub(super) const TITLE: Style = style(27.0, 33.0, Weight::Bold, Ink::Text);
/// The first sentence.
pub(super) const SENTENCE: Style = style(12.5, 18.0, Weight::Regular, Ink::Soft);
/// A question.
pub(super) const QUESTION: Style = style(14.0, 19.0, Weight::Bold, Ink::Text);
/// Reading.
pub(super) const TEXT: Style = style(9.5, 13.6, Weight::Regular, Ink::Text);
/// What stands out of it.
pub(super) const STRONG: Style = style(9.5, 13.6, Weight::Bold, Ink::Text);
/// What can be followed.
pub(super) const LINK: Style = style(9.5, 13.6, Weight::Regular, Ink::Lead);
/// What is said besides.
pub(super) const ASIDE: Style = style(8.5, 12.0, Weight::Regular, Ink::Soft);
/// The name of a value.
pub(super) const LABEL: Style = style(8.5, 13.6, Weight::Regular, Ink::Soft);
/// The name of a column or of a party.
pub(super) const HEADING: Style = style(8.5, 13.6, Weight::Bold, Ink::Soft);
/// The values that are looked for first.
pub(super) const GLANCE: Style = style(17.0, 22.0, Weight::Bold, Ink::Text);
/// The sum among them.
pub(super) const SUM: Style = style(17.0, 22.0, Weight::Bold, Ink::Lead);
/// What all comes to.
pub(super) const RESULT: Style = style(11.5, 16.0, Weight::Bold, Ink::Text);
/// At the foot of a page.
pub(super) const FOOTER: Style = style(8.0, 11.0, Weight::Regular, Ink::Soft);

/// How far apart the tracks of the plait are, how long a crossing is, and how
/// thick a strand: the theme's own drawing, at a third of its size.
const TRACK: f32 = 3.0;
const CROSSING: f32 = 4.672;
/// The thickness of a strand.
pub(super) const STRAND: f32 = 1.8;
/// The thickness of the white around a strand that lies on top.
pub(super) const HALO: f32 = 2.7;

/// The plait: for each strand what lies below, the white around what lies on top,
/// and what lies on top.
pub(super) struct Plait {
    pub(super) below: [Option<Path>; 4],
    pub(super) halo: Option<Path>,
    pub(super) above: [Option<Path>; 4],
}

/// Four strands from `left` to `right`. Two outer pairs cross, then the inner
/// pair, and so on; the strand that goes down lies on top in the first, the one
/// that goes up in the second.
pub(super) fn plait(left: f32, right: f32, top: f32) -> Plait {
    let mut below: [PathBuilder; 4] = Default::default();
    let mut above: [PathBuilder; 4] = Default::default();
    let mut halo = PathBuilder::new();
    let mut order = [0, 1, 2, 3];
    let mut x = left;
    let mut outer = true;
    while x + CROSSING <= right + 0.01 {
        let pairs: &[usize] = if outer { &[0, 2] } else { &[1] };
        for &upper in pairs {
            let (high, low) = (at(top, upper), at(top, upper + 1));
            let (down, up) = (order[upper], order[upper + 1]);
            if outer {
                cross(&mut below[up], x, low, high);
                cross(&mut above[down], x, high, low);
                cross(&mut halo, x, high, low);
            } else {
                cross(&mut below[down], x, high, low);
                cross(&mut above[up], x, low, high);
                cross(&mut halo, x, low, high);
            }
            order.swap(upper, upper + 1);
        }
        if !outer {
            for track in [0, 3] {
                let path = &mut below[order[track]];
                path.move_to(x, at(top, track));
                path.line_to(x + CROSSING, at(top, track));
            }
        }
        x += CROSSING;
        outer = !outer;
    }
    Plait {
        below: below.map(PathBuilder::finish),
        halo: halo.finish(),
        above: above.map(PathBuilder::finish),
    }
}

/// Where a track is; there are four.
fn at(top: f32, track: usize) -> f32 {
    let tracks = [0.0, 1.0, 2.0, 3.0];
    top + STRAND / 2.0 + TRACK * tracks[track]
}

fn cross(path: &mut PathBuilder, x: f32, from: f32, to: f32) {
    let half = x + CROSSING / 2.0;
    path.move_to(x, from);
    path.cubic_to(half, from, half, to, x + CROSSING, to);
}
