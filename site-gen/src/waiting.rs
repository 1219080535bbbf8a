//! HTML that waits to be rendered: ten thousand pages are parsed before the
//! first is rendered, and their HTML is most of what is in memory then. As much
//! of it as there is room for is kept as it is.
//!
//! A build writes the HTML of some pages into one text, a sheet: that takes less
//! of the memory, and of the time, than a text for each of them. Sheets that
//! there is no room for it puts aside, in a file ([`Aside`]): they are asked for
//! once and soon, and copying is all that it costs. A server keeps its pages for
//! hours and parses them one by one, so there each has a sheet of its own, and
//! they are packed: LZ4 takes half away, for three times as long.
//!
//! Which pages are kept how depends on which thread was first. Nobody can tell:
//! what comes out is what went in.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};
use theme::Value;

use crate::output::Aside;

/// How many bytes of HTML a build keeps as they are: all of a site of six
/// thousand pages, and no more, so that ten thousand stay within 90 MiB.
const OF_A_BUILD: usize = 38_000_000;
/// How many a server does, beside all that it has made of them.
const OF_A_SERVER: usize = 2_000_000;
/// How long a sheet becomes in a build: forty pages of a usual length.
const SHEET: usize = 256_000;

thread_local! {
    /// Where each thread packs and unpacks.
    static DESK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where HTML waits.
#[derive(Debug)]
pub(crate) struct Room {
    /// How many bytes it keeps as they are, at most.
    most: usize,
    /// How many it keeps so now.
    taken: AtomicUsize,
    /// After how many bytes a sheet is full.
    sheet: usize,
    aside: Option<Aside>,
}

impl Room {
    /// For whoever asks for everything once.
    pub(crate) fn of_a_build() -> Arc<Room> {
        Room::new(OF_A_BUILD, SHEET, Aside::open())
    }

    /// For whoever stays.
    pub(crate) fn of_a_server() -> Arc<Room> {
        Room::new(OF_A_SERVER, 0, None)
    }

    fn new(most: usize, sheet: usize, aside: Option<Aside>) -> Arc<Room> {
        let taken = AtomicUsize::new(0);
        Arc::new(Room {
            most,
            taken,
            sheet,
            aside,
        })
    }
}

/// Puts HTML into a room, one page after the other. What was put can be asked
/// for once this is dropped.
pub(crate) struct Desk<'r> {
    room: &'r Arc<Room>,
    /// The sheet that is being filled.
    text: String,
    sheet: Arc<OnceLock<Sheet>>,
}

/// HTML, wherever it is.
#[derive(Debug)]
pub(crate) struct Html {
    sheet: Arc<OnceLock<Sheet>>,
    /// Where in the sheet it begins, in bytes.
    at: usize,
    /// Its length in bytes.
    length: usize,
}

/// The HTML of some pages.
#[derive(Debug)]
struct Sheet {
    held: Held,
    length: usize,
    room: Arc<Room>,
}

#[derive(Debug)]
enum Held {
    Plain(String),
    /// Where in the file it begins.
    Aside(u64),
    Packed(Box<[u8]>),
}

impl<'r> Desk<'r> {
    /// An empty one.
    pub(crate) fn new(room: &'r Arc<Room>) -> Desk<'r> {
        Desk {
            room,
            text: String::new(),
            sheet: Arc::default(),
        }
    }

    /// Keeps HTML.
    pub(crate) fn put(&mut self, html: &str) -> Html {
        if self.text.is_empty() {
            self.text.reserve(self.room.sheet.max(html.len()));
        }
        let at = self.text.len();
        self.text.push_str(html);
        let kept = Html {
            sheet: Arc::clone(&self.sheet),
            at,
            length: html.len(),
        };
        if self.text.len() >= self.room.sheet {
            self.close();
        }
        kept
    }

    /// Closes the sheet, and begins another.
    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let sheet = std::mem::take(&mut self.sheet);
        sheet.get_or_init(|| Sheet::new(text, self.room));
    }
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        self.close();
    }
}

impl Sheet {
    fn new(text: String, room: &Arc<Room>) -> Sheet {
        let length = text.len();
        let held = if room.taken.fetch_add(length, Ordering::Relaxed) + length <= room.most {
            Held::Plain(text)
        } else {
            room.taken.fetch_sub(length, Ordering::Relaxed);
            let aside = room.aside.as_ref();
            let aside = aside.and_then(|aside| aside.put(text.as_bytes()));
            aside.map_or_else(|| Held::Packed(packed(&text)), Held::Aside)
        };
        let room = Arc::clone(room);
        Sheet { held, length, room }
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        if let Held::Plain(_) = self.held {
            self.room.taken.fetch_sub(self.length, Ordering::Relaxed);
        }
    }
}

impl Html {
    /// The HTML, as a template takes it.
    pub(crate) fn value(&self) -> Value {
        const KEPT: &str = "what was put aside here is a text, and still there";
        let sheet = self.sheet.get().expect("its desk was closed");
        let own = self.at..self.at + self.length;
        if let Held::Plain(text) = &sheet.held {
            return Value::safe_string(&text[own]);
        }
        DESK.with_borrow_mut(|desk| {
            let html = match (&sheet.held, &sheet.room.aside) {
                (Held::Aside(start), Some(aside)) => {
                    desk.resize(self.length, 0);
                    let read = aside.read(start + self.at as u64, desk);
                    read.ok().map(|()| &desk[..])
                }
                (Held::Packed(bytes), _) => {
                    desk.resize(sheet.length, 0);
                    let unpacked = decompress_into(bytes, desk);
                    unpacked.ok().map(|_| &desk[own])
                }
                _ => None,
            };
            let html = html.and_then(|html| std::str::from_utf8(html).ok());
            Value::safe_string(html.expect(KEPT))
        })
    }
}

fn packed(html: &str) -> Box<[u8]> {
    DESK.with_borrow_mut(|desk| {
        desk.resize(get_maximum_output_size(html.len()), 0);
        let length = compress_into(html.as_bytes(), desk).expect("the desk is as large as it asks");
        Box::from(&desk[..length])
    })
}

#[cfg(test)]
mod tests {
    use super::{Aside, Desk, Held, Html, Room, Value};

    #[test]
    fn what_was_kept_comes_back_however_it_waited() {
        type Is = fn(&Held) -> bool;
        let ways: [(usize, Option<Aside>, Is); 3] = [
            (usize::MAX, None, |held| matches!(held, Held::Plain(_))),
            (0, Aside::open(), |held| matches!(held, Held::Aside(_))),
            (0, None, |held| matches!(held, Held::Packed(_))),
        ];
        let pages = ["<p>Zoë</p>", "", &"<p>আজিজ</p>".repeat(10_000), "<p>b</p>"];
        for (most, aside, is) in ways {
            for sheet in [0, 20, 1_000_000] {
                let room = Room::new(most, sheet, aside.as_ref().and_then(|_| Aside::open()));
                let mut desk = Desk::new(&room);
                let kept = pages.map(|html| desk.put(html));
                drop(desk);
                for (html, kept) in pages.iter().zip(&kept) {
                    assert_eq!(kept.value(), Value::safe_string(html));
                    let held = |html: &Html| is(&html.sheet.get().unwrap().held);
                    assert!(html.is_empty() || held(kept));
                }
            }
        }
    }
}
