//! A block of code that is not closed: it swallows the rest of the page, which
//! Markdown allows and nobody means.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::BodyFinding;
use crate::rule::Rule;

/// Whether an event begins a fenced block, whose text is `block`, without the
/// fence that closes it.
pub(super) fn begins_open(event: &Event<'_>, block: &str) -> bool {
    let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) = event else {
        return false;
    };
    let Some(sign) = block.chars().next() else {
        return false;
    };
    let fence = block.chars().take_while(|letter| *letter == sign).count();
    // A fence in a quotation has the quotation’s signs before it.
    let before = |letter: char| letter.is_whitespace() || letter == '>';
    let closes = |line: &str| {
        let line = line.trim_end().trim_start_matches(before);
        line.chars().count() >= fence && line.chars().all(|letter| letter == sign)
    };
    !block.lines().skip(1).last().is_some_and(closes)
}

/// What is said of the one that begins at `offset`.
pub(super) fn not_closed(offset: usize) -> BodyFinding {
    BodyFinding {
        rule: Rule::Syntax,
        offset,
        what: "the block of code that begins here does not end".to_owned(),
        hint: Some("put a line of the same signs after its last line".to_owned()),
    }
}
