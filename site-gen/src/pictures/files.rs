//! The files of pictures. Making one takes up to seconds, so each is kept, by a
//! name that holds all that it is made of: a cache that may be deleted, and is
//! never wrong.
//!
//! Every file is made by one thread, since AVIF's bytes follow their number;
//! several are made at once.

use std::io::Cursor;
use std::path::Path;

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader};
use ravif::{BitDepth, Encoder, Img, RGB8, RGBA8};
use rayon::prelude::*;

use super::{Format, Made, Picture, Work, print, unreadable};
use crate::address;
use crate::output;
use crate::problem::Problem;
use crate::source;

/// Quality, from 1 to 100, at which a photograph shows no trace of it.
const AVIF_QUALITY: f32 = 60.0;
const JPEG_QUALITY: u8 = 80;

/// From 1 to 10: at 6 a photograph takes four times as long, and is a third
/// smaller.
const AVIF_SPEED: u8 = 9;

/// Takes the bytes of the file at an address, on any thread.
pub(crate) type Give<'a> = dyn Fn(&str, Vec<u8>) -> Result<(), Problem> + Sync + 'a;

/// Gives each file away, out of the cache or made anew; what is wrong with the
/// pictures, all of it.
pub(crate) fn make(work: &[Work<'_>], cache: &Path, give: &Give<'_>) -> Vec<Problem> {
    let one = |(picture, files): &Work<'_>| of_picture(picture, files, cache, give).err();
    work.par_iter().filter_map(one).collect()
}

fn of_picture(
    picture: &Picture,
    files: &[Made],
    cache: &Path,
    give: &Give<'_>,
) -> Result<(), Problem> {
    let mut missing = Vec::new();
    for made in files {
        let kept = source::bytes(&kept_at(cache, made)).ok();
        match kept.filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => give(&made.address, bytes)?,
            None => missing.push(made),
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let pixels = pixels(picture)?;
    missing.par_iter().try_for_each(|made| {
        let bytes = pixels.made(made).ok_or_else(|| unreadable(&picture.path))?;
        // Without a cache it takes longer the next time, and no more.
        let _ = output::keep(&kept_at(cache, made), &bytes);
        give(&made.address, bytes)
    })
}

/// Where a file is kept.
fn kept_at(cache: &Path, made: &Made) -> std::path::PathBuf {
    cache.join(address::divide(&made.address).1)
}

/// Red, green and blue of each pixel, and how much of it is seen if some are
/// seen through.
struct Pixels {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
    kind: PixelType,
}

/// Reads all of a picture, and turns it as it is seen.
fn pixels(picture: &Picture) -> Result<Pixels, Problem> {
    let bytes = source::bytes(&picture.path)?;
    if print(&bytes) != picture.print {
        let what = "the picture was changed while the site was made";
        return Err(Problem::whole(&picture.path, what, "run the command again"));
    }
    let read = || -> image::ImageResult<DynamicImage> {
        let reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format()?;
        let mut decoder = reader.into_decoder()?;
        let orientation = decoder.orientation()?;
        let mut seen = DynamicImage::from_decoder(decoder)?;
        seen.apply_orientation(orientation);
        Ok(seen)
    };
    let seen = read().map_err(|_| unreadable(&picture.path))?;
    let (width, height) = (seen.width(), seen.height());
    let (bytes, kind) = if picture.has_alpha {
        (seen.into_rgba8().into_raw(), PixelType::U8x4)
    } else {
        (seen.into_rgb8().into_raw(), PixelType::U8x3)
    };
    Ok(Pixels {
        width,
        height,
        bytes,
        kind,
    })
}

impl Pixels {
    /// One file of it.
    fn made(&self, made: &Made) -> Option<Vec<u8>> {
        let Made { width, height, .. } = *made;
        let bytes = self.resized(width, height)?;
        let (wide, high) = (width as usize, height as usize);
        let colours = match self.kind {
            PixelType::U8x4 => ExtendedColorType::Rgba8,
            _ => ExtendedColorType::Rgb8,
        };
        let mut out = Vec::new();
        match made.format {
            Format::Jpeg => JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
                .encode(&bytes, width, height, colours)
                .ok()?,
            Format::Png => {
                PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive)
                    .write_image(&bytes, width, height, colours)
                    .ok()?;
            }
            Format::Avif => {
                let encoder = Encoder::new()
                    .with_quality(AVIF_QUALITY)
                    .with_alpha_quality(AVIF_QUALITY)
                    .with_speed(AVIF_SPEED)
                    .with_bit_depth(BitDepth::Eight)
                    .with_num_threads(Some(1));
                let file = if self.kind == PixelType::U8x4 {
                    let pixels: Vec<RGBA8> = bytes
                        .as_chunks::<4>()
                        .0
                        .iter()
                        .map(|&[red, green, blue, alpha]| RGBA8::new(red, green, blue, alpha))
                        .collect();
                    encoder.encode_rgba(Img::new(&pixels, wide, high)).ok()?
                } else {
                    let pixels: Vec<RGB8> = bytes
                        .as_chunks::<3>()
                        .0
                        .iter()
                        .map(|&[red, green, blue]| RGB8::new(red, green, blue))
                        .collect();
                    encoder.encode_rgb(Img::new(&pixels, wide, high)).ok()?
                };
                out = file.avif_file;
            }
        }
        Some(out)
    }

    fn resized(&self, width: u32, height: u32) -> Option<Vec<u8>> {
        if (width, height) == (self.width, self.height) {
            return Some(self.bytes.clone());
        }
        let whole = fast_image_resize::images::ImageRef::new(
            self.width,
            self.height,
            &self.bytes,
            self.kind,
        );
        let mut small = Image::new(width, height, self.kind);
        Resizer::new().resize(&whole.ok()?, &mut small, None).ok()?;
        Some(small.into_vec())
    }
}
