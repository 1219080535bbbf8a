//! HTML that waits to be rendered, packed: ten thousand pages are parsed
//! before the first is rendered, and their HTML is most of what is in memory
//! then. LZ4 takes half of it away for a few microseconds a page.

use theme::Value;

/// A text, compressed.
#[derive(Debug, Clone)]
pub(crate) struct Packed(Box<[u8]>);

impl Packed {
    /// Packs HTML.
    pub(crate) fn new(html: &str) -> Packed {
        Packed(lz4_flex::compress_prepend_size(html.as_bytes()).into_boxed_slice())
    }

    /// The HTML, as a template takes it.
    pub(crate) fn unpacked(&self) -> Value {
        let html = lz4_flex::decompress_size_prepended(&self.0)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .expect("what was packed here is a text");
        Value::safe_string(&html)
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, Value};

    #[test]
    fn what_was_packed_comes_back_as_it_was() {
        for html in ["", "<p>Zoë</p>", &"<p>আজিজ</p>".repeat(10_000)] {
            assert_eq!(Packed::new(html).unpacked(), Value::safe_string(html));
        }
    }
}
