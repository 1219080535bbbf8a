//! Components in Markdown: where they are, and what they are given.
//!
//! `{{ picture(file="map.svg", alternative="…") }}` stands for itself;
//! `{% notice(title="…") %}` and `{% end %}`, each on a line of its own, stand
//! around a text, which is Markdown like any other. No template language is run
//! over a text: braces in code, and braces that no name follows, are what they
//! are.
//!
//! A component is hidden from the Markdown reader behind a mask of the same
//! length, so that every place stays what it was. One that is alone on its line
//! wears `<?…?>`, which is a block and ends a paragraph; one among words wears
//! letters that no text has.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

pub(crate) mod arguments;
mod call;
mod lists;

pub(crate) use call::{Argument, Written};

/// The letter of the mask; no file that was read has it.
pub(crate) const MASK: char = '\u{1a}';

/// The components of a text.
#[derive(Debug, Default)]
pub(crate) struct Calls<'m> {
    /// The text with its components hidden, if it has any.
    pub(crate) masked: Option<String>,
    /// In order.
    pub(crate) calls: Vec<Call<'m>>,
    /// What looks like a component and is none.
    pub(crate) faults: Vec<Fault>,
}

/// One component, or the end of one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call<'m> {
    /// Where it stands in the Markdown.
    pub(crate) range: Range<usize>,
    pub(crate) role: Role,
    /// Its name; nothing for a plain `{% end %}`.
    pub(crate) name: &'m str,
    /// Where its name stands.
    pub(crate) name_at: usize,
    pub(crate) arguments: Vec<Argument<'m>>,
    /// Whether nothing else is on its line.
    pub(crate) alone: bool,
}

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `{{ … }}`
    Stands,
    /// `{% … %}`
    Opens,
    /// `{% end %}`
    Closes,
}

/// What is wrong with a call, at a byte of the Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) what: String,
    pub(crate) hint: String,
}

/// What begins with two braces.
enum Found<'m> {
    Call(Call<'m>),
    /// It is wrong, and not worth reading again before this byte.
    Fault(Fault, usize),
    /// It is text.
    Text,
}

/// Finds the components of a text.
pub(crate) fn find(markdown: &str, options: Options) -> Calls<'_> {
    let mut calls = Calls::default();
    // Nearly every page ends here.
    if next(markdown, 0).is_none() {
        return calls;
    }
    let mut code = code(markdown, options).into_iter().peekable();
    let mut at = 0;
    while let Some(start) = next(markdown, at) {
        while code.next_if(|range| range.end <= start).is_some() {}
        if let Some(range) = code.peek().filter(|range| range.start <= start) {
            at = range.end;
            continue;
        }
        at = start + 2;
        if is_escaped(markdown, start) {
            continue;
        }
        match call::read(markdown, start) {
            Found::Call(mut call) => {
                at = call.range.end;
                call.alone = is_alone(markdown, &call.range);
                calls.calls.push(call);
            }
            Found::Fault(fault, end) => {
                at = end.max(at);
                calls.faults.push(fault);
            }
            Found::Text => {}
        }
    }
    if !calls.calls.is_empty() {
        calls.masked = Some(masked(markdown, &calls.calls));
    }
    calls
}

impl<'m> Calls<'m> {
    /// The call that begins at a byte, and its number.
    pub(crate) fn at(&self, start: usize) -> Option<(usize, &Call<'m>)> {
        let found = self
            .calls
            .binary_search_by_key(&start, |call| call.range.start);
        found.ok().map(|index| (index, &self.calls[index]))
    }
}

/// The next two braces that may begin a component.
fn next(markdown: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += markdown.get(at..)?.find('{')?;
        match markdown.as_bytes().get(at + 1) {
            Some(b'{' | b'%') => return Some(at),
            _ => at += 1,
        }
    }
}

/// Where code is, and comments, in which braces are only braces.
fn code(markdown: &str, options: Options) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        let is_code = match &event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => true,
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => markdown
                .get(range.clone())
                .is_some_and(|html| html.trim_start().starts_with("<!--")),
            _ => false,
        };
        if is_code {
            ranges.push(range);
        }
    }
    ranges
}

/// Whether the brace at `start` has a backslash that makes it a brace.
fn is_escaped(markdown: &str, start: usize) -> bool {
    let before = markdown.as_bytes()[..start].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Whether nothing else is on a call's line, but what makes it an item or a
/// quotation.
fn is_alone(markdown: &str, range: &Range<usize>) -> bool {
    let is_line_end = |byte: &&u8| **byte == b'\n';
    let is_marker = |byte: &u8| byte.is_ascii_digit() || b" \t>*+-.):".contains(byte);
    let mut before = markdown.as_bytes()[..range.start].iter().rev();
    let mut after = markdown.as_bytes()[range.end..].iter();
    let first_before = before.find(|byte| is_line_end(byte) || !is_marker(byte));
    let first_after = after.find(|byte| is_line_end(byte) || !byte.is_ascii_whitespace());
    [first_before, first_after]
        .iter()
        .flatten()
        .all(is_line_end)
}

/// The text with its components hidden.
fn masked(markdown: &str, calls: &[Call<'_>]) -> String {
    let mut masked = String::with_capacity(markdown.len());
    let mut copied = 0;
    for Call {
        range, role, alone, ..
    } in calls
    {
        masked.push_str(&markdown[copied..range.start]);
        let is_block = *alone || *role != Role::Stands;
        // The shortest, `{{a()}}`, has seven bytes: there is room.
        let (open, close) = if is_block { ("<?", "?>") } else { ("", "") };
        masked.push_str(open);
        let hidden = range.len() - open.len() - close.len();
        masked.extend(std::iter::repeat_n(MASK, hidden));
        masked.push_str(close);
        copied = range.end;
    }
    masked.push_str(&markdown[copied..]);
    masked
}

#[cfg(test)]
mod tests;
