//! HTML that waits to be rendered: ten thousand pages are parsed before the
//! first is rendered, and their HTML is most of what is in memory then. As much
//! of it as there is room for is kept as it is; what comes after that is
//! packed, by which LZ4 takes half of it away for some microseconds a page.
//!
//! Which pages are packed depends on which thread was first. Nobody can tell:
//! what comes out is what went in.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};
use theme::Value;

/// How many bytes of HTML this process keeps as they are: all of a site of three
/// hundred pages, and no more, so that ten thousand stay within 100 MiB.
const ROOM: usize = 2_000_000;

/// How many it keeps so now.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Where each thread packs and unpacks.
    static DESK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// HTML, as it is or packed.
#[derive(Debug)]
pub(crate) struct Html {
    held: Held,
    /// Its length in bytes.
    length: usize,
}

#[derive(Debug)]
enum Held {
    Plain(Value),
    Packed(Box<[u8]>),
}

impl Html {
    /// Keeps HTML.
    pub(crate) fn new(html: &str) -> Html {
        Html::within(ROOM, html)
    }

    fn within(room: usize, html: &str) -> Html {
        let length = html.len();
        let held = if TAKEN.fetch_add(length, Ordering::Relaxed) + length <= room {
            Held::Plain(Value::safe_string(html))
        } else {
            TAKEN.fetch_sub(length, Ordering::Relaxed);
            Held::Packed(packed(html))
        };
        Html { held, length }
    }

    /// The HTML, as a template takes it.
    pub(crate) fn value(&self) -> Value {
        match &self.held {
            Held::Plain(html) => html.clone(),
            Held::Packed(bytes) => unpacked(bytes, self.length),
        }
    }
}

impl Drop for Html {
    fn drop(&mut self) {
        if let Held::Plain(_) = self.held {
            TAKEN.fetch_sub(self.length, Ordering::Relaxed);
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

fn unpacked(bytes: &[u8], length: usize) -> Value {
    DESK.with_borrow_mut(|desk| {
        desk.resize(length, 0);
        let html = decompress_into(bytes, desk).ok();
        let html = html.and_then(|length| std::str::from_utf8(&desk[..length]).ok());
        Value::safe_string(html.expect("what was packed here is a text"))
    })
}

#[cfg(test)]
mod tests {
    use super::{Held, Html, Value};

    #[test]
    fn what_was_kept_comes_back_as_it_was_packed_or_not() {
        for html in ["", "<p>Zoë</p>", &"<p>আজিজ</p>".repeat(10_000)] {
            let (plain, packed) = (Html::within(usize::MAX, html), Html::within(0, html));
            assert!(matches!(plain.held, Held::Plain(_)));
            assert!(html.is_empty() || matches!(packed.held, Held::Packed(_)));
            assert_eq!(plain.value(), Value::safe_string(html));
            assert_eq!(packed.value(), Value::safe_string(html));
        }
    }
}
