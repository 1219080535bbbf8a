//! Pictures: what an editor puts beside a page becomes files that fit the
//! reader's screen, AVIF with a fallback, and the markup that offers them.
//!
//! What the markup says follows from a picture's size and the digest of its
//! bytes, so it is part of a page's text like any other. The files are made
//! last, and only of pictures that a page shows: see [`files`]. JPEG and PNG are
//! known; what is too small to gain from it (see [`LEAST_WIDTH`]) has its size
//! told in the page, and any other format passes as it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::address;
use crate::problem::Problem;
use crate::source::{self, Area, Found};

pub(crate) mod files;
mod markup;

/// The widths that are made, in pixels: a phone, a phone of fine pixels, a page
/// of text on a fine screen, and room for a theme that shows more.
const WIDTHS: [u32; 4] = [400, 800, 1200, 1600];

/// The width of the fallback, for browsers that are years old.
const FALLBACK_WIDTH: u32 = 800;

/// What is narrower, or shorter in bytes, gains nothing.
const LEAST_WIDTH: u32 = 400;
const LEAST_BYTES: usize = 10_000;

/// More pixels than any camera of a school has, and 200 MB while it is made
/// smaller.
const MOST_PIXELS: u64 = 50_000_000;

/// Part of each name, with the bytes of the picture: whoever changes how files
/// are made changes this, and no old one is taken for a new one.
const RECIPE: &[u8] = b"avif 8 bit q60 s9, jpeg q80, lanczos3: 1";

/// A picture that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Where it is read.
    path: PathBuf,
    /// In pixels, as it is seen: cameras may write it lying on its side.
    width: u32,
    height: u32,
    /// Whether it may be transparent.
    has_alpha: bool,
    /// Whether files are made of it.
    is_made: bool,
    /// 16 hexadecimal digits of its bytes and of [`RECIPE`].
    print: String,
    /// Its file's name without the ending.
    stem: String,
}

/// A file that is made of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    /// Where it is on the site.
    pub(crate) address: String,
    width: u32,
    height: u32,
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Avif,
    Jpeg,
    Png,
}

/// The pictures of the content, by their paths inside it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pictures(BTreeMap<String, Arc<Result<Picture, Problem>>>);

/// A picture with the files to make of it.
pub(crate) type Work<'p> = (&'p Picture, Vec<Made>);

impl Pictures {
    /// Reads those that are not known already, by their paths.
    pub(crate) fn read(
        found: &[Found],
        old: &Pictures,
        is_stale: impl Fn(&Path) -> bool + Sync,
    ) -> Pictures {
        let pictures = found
            .iter()
            .filter(|found| found.area == Area::File && is_known(&found.inside));
        let all: Vec<&Found> = pictures.collect();
        let one = |found: &&Found| {
            let known = old.0.get(&found.inside).filter(|_| !is_stale(&found.path));
            let picture = known.map_or_else(|| Arc::new(Picture::read(found)), Arc::clone);
            (found.inside.clone(), picture)
        };
        Pictures(all.par_iter().map(one).collect())
    }

    /// The picture at a path inside the content.
    fn get(&self, path: &str) -> Option<&Picture> {
        self.0.get(path)?.as_ref().as_ref().ok()
    }

    /// What is wrong with them.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.0
            .values()
            .filter_map(|picture| picture.as_ref().as_ref().err())
    }

    /// What is to be made for pages that show these, each file once.
    pub(crate) fn work<'s>(&self, shown: impl Iterator<Item = &'s str>) -> Vec<Work<'_>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let pictures = shown
            .filter_map(|path| self.get(path))
            .filter(|picture| picture.is_made);
        // The same bytes under the same name are the same files.
        let each: BTreeMap<(&str, &str), &Picture> = pictures
            .map(|picture| ((&*picture.print, &*picture.stem), picture))
            .collect();
        each.into_values()
            .map(|picture| (picture, picture.made()))
            .collect()
    }
}

/// Whether a file is one of the two formats, by its name.
fn is_known(inside: &str) -> bool {
    let ending = inside.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["jpg", "jpeg", "png"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

impl Picture {
    fn read(found: &Found) -> Result<Picture, Problem> {
        let bytes = source::bytes(&found.path)?;
        let head = head(&bytes).map_err(|()| unreadable(&found.path))?;
        let pixels = u64::from(head.width) * u64::from(head.height);
        if pixels > MOST_PIXELS {
            let what = format!(
                "the picture has {} megapixels, and {} are the most",
                pixels.div_ceil(1_000_000),
                MOST_PIXELS / 1_000_000
            );
            let hint = "make it smaller before it is put here: 4000 pixels across are plenty";
            return Err(Problem::whole(&found.path, what, hint));
        }
        let name = address::divide(&found.inside).1;
        Ok(Picture {
            path: found.path.clone(),
            width: head.width,
            height: head.height,
            has_alpha: head.has_alpha,
            is_made: head.width >= LEAST_WIDTH && bytes.len() >= LEAST_BYTES,
            print: print(&bytes),
            stem: name
                .rsplit_once('.')
                .map_or(name, |(stem, _)| stem)
                .to_owned(),
        })
    }

    /// The width of the largest file, as wide as the picture or less.
    fn largest(&self) -> u32 {
        self.width.min(WIDTHS[WIDTHS.len() - 1])
    }

    /// The files that are made of it: AVIF by width, and the fallback last. None
    /// is larger than the picture itself, and none nearly as large as the next.
    fn made(&self) -> Vec<Made> {
        let largest = self.largest();
        let steps = WIDTHS.into_iter().filter(|width| width * 10 < largest * 9);
        let widths = steps.chain([largest]);
        let fallback = if self.has_alpha {
            Format::Png
        } else {
            Format::Jpeg
        };
        widths
            .map(|width| (width, Format::Avif))
            .chain([(largest.min(FALLBACK_WIDTH), fallback)])
            .map(|(width, format)| Made {
                address: format!(
                    "/assets/pictures/{}-{width}.{}.{}",
                    self.stem,
                    self.print,
                    format.ending()
                ),
                width,
                height: self.height_at(width),
                format,
            })
            .collect()
    }

    /// Its height where it is so wide.
    fn height_at(&self, width: u32) -> u32 {
        scaled(self.height, width, self.width)
    }

    /// Its width where it is so high.
    fn width_at(&self, height: u32) -> u32 {
        scaled(self.width, height, self.height)
    }
}

/// A length where another becomes `to` of `from`, to the nearest pixel.
fn scaled(length: u32, to: u32, from: u32) -> u32 {
    let (length, to, from) = (u64::from(length), u64::from(to), u64::from(from));
    u32::try_from((length * to + from / 2) / from)
        .unwrap_or(u32::MAX)
        .max(1)
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Avif => "avif",
            Format::Jpeg => "jpg",
            Format::Png => "png",
        }
    }
}

/// What the beginning of a file says.
struct Head {
    width: u32,
    height: u32,
    has_alpha: bool,
}

fn head(bytes: &[u8]) -> Result<Head, ()> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut decoder = reader.map_err(drop)?.into_decoder().map_err(drop)?;
    let (width, height) = decoder.dimensions();
    let lies = matches!(
        decoder.orientation().map_err(drop)?,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (width, height) = if lies {
        (height, width)
    } else {
        (width, height)
    };
    if width == 0 || height == 0 {
        return Err(());
    }
    let has_alpha = decoder.color_type().has_alpha();
    Ok(Head {
        width,
        height,
        has_alpha,
    })
}

/// A file that is no picture, or half of one.
fn unreadable(path: &Path) -> Problem {
    let what = "this is no JPEG or PNG picture, or only a part of one";
    let hint = "open it in a picture program, save it as JPEG (a photograph) or PNG (a drawing), and put it here again";
    Problem::whole(path, what, hint)
}

fn print(bytes: &[u8]) -> String {
    let digest = Sha256::new()
        .chain_update(RECIPE)
        .chain_update(bytes)
        .finalize();
    let mut print = String::with_capacity(16);
    for byte in digest.iter().take(8) {
        // Writing to a text cannot fail.
        let _ = write!(print, "{byte:02x}");
    }
    print
}
