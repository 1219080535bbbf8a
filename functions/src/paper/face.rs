//! Type: text is shaped into glyphs of the one face, and broken into lines.
//!
//! People type any script. The face has Latin, Greek and Cyrillic; what it lacks
//! is drawn as a box, and the character stays behind it. Text runs from left to
//! right: no script that does not is in the face.

use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use harfrust::{Direction, FontRef, ShaperData, UnicodeBuffer, script};
use krilla::text::{Font, GlyphId, KrillaGlyph};

/// The weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// For reading.
    Regular,
    /// For what stands out.
    Bold,
}

/// Drawn for a character that the face lacks.
pub(super) const BOX: char = '□';

/// One weight of the face.
struct Face {
    font: Font,
    read: FontRef<'static>,
    shaper: ShaperData,
    /// The glyph of [`BOX`], and how wide it is in ems.
    lacking: (GlyphId, f32),
}

impl Face {
    fn new(bytes: &'static [u8]) -> Face {
        let read = FontRef::new(bytes).expect("the face in the binary is a font");
        let mut face = Face {
            font: Font::new(bytes.into(), 0).expect("the face in the binary is a font"),
            shaper: ShaperData::new(&read),
            read,
            lacking: (GlyphId::new(0), 0.0),
        };
        let (glyphs, _) = face.shape(&BOX.to_string());
        let drawn = glyphs.first().expect("a character has a glyph");
        face.lacking = (drawn.glyph_id, drawn.x_advance);
        face
    }

    /// The glyphs of a text, in ems, and whether any is lacking.
    fn shape(&self, text: &str) -> (Vec<KrillaGlyph>, bool) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = self.shaper.shaper(&self.read).build().shape(buffer, &[]);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());

        let em = |units: i32| units as f32 / self.font.units_per_em();
        let mut glyphs: Vec<KrillaGlyph> = Vec::with_capacity(infos.len());
        let mut lacks = false;
        let mut end = text.len();
        let mut start = end;
        // From the last to the first: a cluster ends where the next begins.
        for (info, position) in infos.iter().zip(positions).rev() {
            let begins = info.cluster as usize;
            if begins != start {
                end = start;
                start = begins;
            }
            let mut glyph = KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                em(position.x_advance),
                em(position.x_offset),
                em(position.y_offset),
                0.0,
                start..end,
                None,
            );
            if info.glyph_id == 0 {
                lacks = true;
                let again = glyphs.last().is_some_and(|last: &KrillaGlyph| {
                    last.text_range == glyph.text_range && last.glyph_id == self.lacking.0
                });
                if again {
                    continue;
                }
                glyph = KrillaGlyph::new(
                    self.lacking.0,
                    self.lacking.1,
                    0.0,
                    0.0,
                    0.0,
                    start..end,
                    None,
                );
            }
            glyphs.push(glyph);
        }
        glyphs.reverse();
        (glyphs, lacks)
    }
}

static REGULAR: LazyLock<Face> = LazyLock::new(|| Face::new(notosans::REGULAR_TTF));
static BOLD: LazyLock<Face> = LazyLock::new(|| Face::new(notosans::BOLD_TTF));

impl Weight {
    fn face(self) -> &'static Face {
        match self {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        }
    }

    /// The font, for whoever draws.
    pub(super) fn font(self) -> Font {
        self.face().font.clone()
    }
}

/// A text with its glyphs.
#[derive(Debug)]
pub(super) struct Run {
    /// As it is read.
    pub(super) text: String,
    /// As it is drawn; sizes in ems.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Whether a character is drawn as a box.
    pub(super) lacks: bool,
}

/// Part of a text that is drawn in one line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) run: Rc<Run>,
    pub(super) glyphs: Range<usize>,
    /// In points, the blank at its end not counted.
    pub(super) width: f32,
}

/// The lines of a text, none wider than `width` points. A word that is wider is
/// broken where it must be. A text of which nothing can be seen has no line.
pub(super) fn lines(text: &str, weight: Weight, size: f32, width: f32) -> Vec<Line> {
    let text = plain(text);
    let (glyphs, lacks) = weight.face().shape(&text);
    let run = Rc::new(Run {
        text,
        glyphs,
        lacks,
    });
    let width = width / size;
    let mut lines = Vec::new();
    let line = |glyphs: Range<usize>, wide: f32| Line {
        run: Rc::clone(&run),
        glyphs,
        width: wide * size,
    };

    let mut begin = 0;
    // The place after the last blank, and how wide the line was up to it.
    let mut break_at = None;
    let mut wide = 0.0;
    let mut seen = 0.0;
    for (index, glyph) in run.glyphs.iter().enumerate() {
        let character = run.text[glyph.text_range.clone()].chars().next();
        let blank = character == Some(' ');
        let follows = index > begin && glyph.text_range == run.glyphs[index - 1].text_range;
        if !blank && !follows && index > begin && wide + glyph.x_advance > width {
            let (end, shown, past) = break_at.unwrap_or((index, seen, wide));
            lines.push(line(begin..end, shown));
            begin = end;
            wide -= past;
            seen = (seen - past).max(0.0);
            break_at = None;
        }
        wide += glyph.x_advance;
        if blank {
            break_at = Some((index + 1, seen, wide));
        } else {
            seen = wide;
            if matches!(character, Some('-' | '–' | '/')) {
                break_at = Some((index + 1, seen, wide));
            }
        }
    }
    if begin < run.glyphs.len() {
        lines.push(line(begin..run.glyphs.len(), seen));
    }
    lines
}

/// A text without what is not seen: controls, marks of direction and joining, and
/// blanks beside blanks. Hyphens are all the one that the face has.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' => {}
            '\u{2010}' | '\u{2011}' => plain.push('-'),
            // No character at all: U+FFFE, U+FFFF and the like in each plane.
            _ if u32::from(character) & 0xfffe == 0xfffe => {}
            _ if character.is_control() || (character.is_whitespace() && character != '\u{a0}') => {
                if !plain.is_empty() && !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            _ => plain.push(character),
        }
    }
    plain.truncate(plain.trim_end_matches(' ').len());
    plain
}
