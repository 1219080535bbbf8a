//! Admonitions: a quotation that begins with `[!NOTE]` is set apart, and says
//! in a word what it is.

use pulldown_cmark::BlockQuoteKind;

use crate::nearest::nearest;

/// More than the line of an admonition's kind has.
const LONGEST_LINE: usize = 120;

/// The class and the word of a kind.
pub(super) fn named(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    }
}

/// What is wrong with a plain quotation that begins like an admonition: how far
/// in, what, and what to do.
pub(super) fn mistaken(quotation: &str) -> Option<(usize, String, String)> {
    // Only its own sign is looked behind: what is deeper is another quotation.
    let start = quotation.get(..quotation.floor_char_boundary(LONGEST_LINE))?;
    let inside = start
        .trim_start()
        .strip_prefix('>')?
        .trim_start_matches(' ');
    let at = start.len() - inside.len();
    let line = inside.lines().next()?.trim_end();
    let (word, after) = line.strip_prefix("[!")?.split_once(']')?;
    let kinds = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let kind = word.trim().to_ascii_uppercase();
    if kinds.contains(&kind.as_str()) {
        return (!after.trim().is_empty()).then(|| {
            let what = format!("nothing can follow `[!{word}]` on its line");
            let hint = "begin the text on the next line, after a `>`".to_owned();
            (at, what, hint)
        });
    }
    let hint = match nearest(&kind, kinds) {
        Some(near) => format!("did you mean `[!{near}]`?"),
        None => {
            "it can be `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`".to_owned()
        }
    };
    Some((at, format!("there is no admonition `[!{word}]`"), hint))
}
