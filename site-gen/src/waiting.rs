//! HTML that waits to be rendered: ten thousand pages are parsed before the
//! first is rendered, and their HTML is most of what is in memory then. As much
//! of it as there is room for is kept as it is.
//!
//! What comes after that a build puts aside, in a file ([`Aside`]): it is asked
//! for once and soon, and copying is all that it costs. A server keeps its pages
//! for hours and parses them again and again, so it packs them: LZ4 takes half
//! away, for three times as long. So does a build that is given no file.
//!
//! Which pages are kept how depends on which thread was first. Nobody can tell:
//! what comes out is what went in.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};
use theme::Value;

use crate::output::Aside;

/// How many bytes of HTML a build keeps as they are: all of a site of five
/// thousand pages, and no more, so that ten thousand stay within 100 MiB.
const OF_A_BUILD: usize = 34_000_000;
/// How many a server does, beside all that it has made of them.
const OF_A_SERVER: usize = 2_000_000;

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
    aside: Option<Aside>,
}

impl Room {
    /// For whoever asks for everything once.
    pub(crate) fn of_a_build() -> Arc<Room> {
        Room::new(OF_A_BUILD, Aside::open())
    }

    /// For whoever stays.
    pub(crate) fn of_a_server() -> Arc<Room> {
        Room::new(OF_A_SERVER, None)
    }

    fn new(most: usize, aside: Option<Aside>) -> Arc<Room> {
        let taken = AtomicUsize::new(0);
        Arc::new(Room { most, taken, aside })
    }
}

/// HTML, wherever it is.
#[derive(Debug)]
pub(crate) struct Html {
    held: Held,
    /// Its length in bytes.
    length: usize,
    room: Arc<Room>,
}

#[derive(Debug)]
enum Held {
    Plain(Value),
    /// Where in the file it begins.
    Aside(u64),
    Packed(Box<[u8]>),
}

impl Html {
    /// Keeps HTML.
    pub(crate) fn new(html: &str, room: &Arc<Room>) -> Html {
        let length = html.len();
        let held = if room.taken.fetch_add(length, Ordering::Relaxed) + length <= room.most {
            Held::Plain(Value::safe_string(html))
        } else {
            room.taken.fetch_sub(length, Ordering::Relaxed);
            let aside = room.aside.as_ref();
            let aside = aside.and_then(|aside| aside.put(html.as_bytes()));
            aside.map_or_else(|| Held::Packed(packed(html)), Held::Aside)
        };
        let room = Arc::clone(room);
        Html { held, length, room }
    }

    /// The HTML, as a template takes it.
    pub(crate) fn value(&self) -> Value {
        let read = |desk: &mut [u8]| match (&self.held, &self.room.aside) {
            (Held::Aside(at), Some(aside)) => aside.read(*at, desk).ok(),
            (Held::Packed(bytes), _) => decompress_into(bytes, desk).ok().map(drop),
            _ => None,
        };
        if let Held::Plain(html) = &self.held {
            return html.clone();
        }
        DESK.with_borrow_mut(|desk| {
            desk.resize(self.length, 0);
            let html = read(desk).and_then(|()| std::str::from_utf8(desk).ok());
            Value::safe_string(html.expect("what was put aside here is a text, and still there"))
        })
    }
}

impl Drop for Html {
    fn drop(&mut self) {
        if let Held::Plain(_) = self.held {
            self.room.taken.fetch_sub(self.length, Ordering::Relaxed);
        }
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
    use super::{Aside, Held, Html, Room, Value};

    #[test]
    fn what_was_kept_comes_back_however_it_waited() {
        let rooms = [
            Room::new(usize::MAX, None),
            Room::new(0, Aside::open()),
            Room::new(0, None),
        ];
        for html in ["", "<p>Zoë</p>", &"<p>আজিজ</p>".repeat(10_000)] {
            let [plain, aside, packed] = rooms.each_ref().map(|room| Html::new(html, room));
            assert!(matches!(plain.held, Held::Plain(_)));
            assert!(html.is_empty() || matches!(aside.held, Held::Aside(_)));
            assert!(html.is_empty() || matches!(packed.held, Held::Packed(_)));
            for kept in [&plain, &aside, &packed] {
                assert_eq!(kept.value(), Value::safe_string(html));
            }
        }
    }
}
