//! Text as HTML, onto the end of what is written: in a page, in an attribute,
//! and as the address of a link.

/// As the text of a page.
pub(super) fn text(out: &mut String, text: &str) {
    let stands_for = |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    };
    replaced(out, text, stands_for);
}

/// As the value of an attribute, between double quotation marks.
pub(super) fn attribute(out: &mut String, text: &str) {
    let stands_for = |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    };
    replaced(out, text, stands_for);
}

/// So many bytes are looked at in one step; most of them stand for themselves.
const STEP: usize = 16;

/// Copies what stands for itself in one go.
#[inline]
fn replaced(out: &mut String, text: &str, stands_for: impl Fn(u8) -> Option<&'static str>) {
    let special = |byte: u8| (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"');
    let mut copied = 0;
    // Steps of one length, each without a way out, are what a compiler can do
    // for all their bytes at once.
    let (steps, rest) = text.as_bytes().as_chunks::<STEP>();
    let mut each = |from: usize, bytes: &[u8]| {
        for (at, byte) in (from..).zip(bytes) {
            if let Some(entity) = stands_for(*byte) {
                out.push_str(&text[copied..at]);
                out.push_str(entity);
                copied = at + 1;
            }
        }
    };
    for (step, bytes) in steps.iter().enumerate() {
        if bytes.iter().fold(false, |any, byte| any | special(*byte)) {
            each(step * STEP, bytes);
        }
    }
    each(steps.len() * STEP, rest);
    out.push_str(&text[copied..]);
}

/// Which bytes an address holds as they are.
const OF_ADDRESSES: [bool; 256] = {
    let mut table = [false; 256];
    let signs =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*()/?:@=+$,;%#";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// As an address in an attribute: what an address cannot hold is encoded, and
/// what is encoded already stays so.
pub(super) fn address(out: &mut String, address: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut copied = 0;
    for (at, byte) in address.bytes().enumerate() {
        if OF_ADDRESSES[usize::from(byte)] {
            continue;
        }
        // The later bytes of a letter have nothing before them to copy.
        if copied < at {
            out.push_str(&address[copied..at]);
        }
        copied = at + 1;
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ => {
                out.push('%');
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
    out.push_str(address.get(copied..).unwrap_or(""));
}
