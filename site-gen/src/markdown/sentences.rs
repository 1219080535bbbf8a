//! Sentences that are too long to be followed.
//!
//! Only the text's own words are counted: not a quotation, not what stands in
//! quotation marks, not the address of a link, no table, no code. Most
//! paragraphs are passed over at a glance, since forty words take room.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::words::COUNTED;

/// The most words that a sentence may have.
pub(super) const MOST: usize = 40;

/// A sentence of more words has at least so many bytes: each a letter and a space.
const SHORTEST: usize = 2 * MOST;

/// Looks at the paragraphs of a text as they come by.
pub(super) struct Sentences<'m> {
    markdown: &'m str,
    /// How many quotations are open.
    quoted: usize,
    /// An item of a list whose words have not come yet.
    item: Option<Range<usize>>,
    /// Those that are too long: where each begins, and how many words it has.
    pub(super) found: Vec<(usize, usize)>,
}

impl<'m> Sentences<'m> {
    pub(super) fn new(markdown: &'m str) -> Sentences<'m> {
        Sentences {
            markdown,
            quoted: 0,
            item: None,
            found: Vec::new(),
        }
    }

    /// Takes note of what comes next.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Paragraph) => {
                self.item = None;
                self.look(range.clone());
            }
            Event::Start(Tag::Item) => self.item = Some(range.clone()),
            Event::Start(Tag::BlockQuote(None)) => self.quoted += 1,
            Event::End(TagEnd::BlockQuote(None)) => self.quoted = self.quoted.saturating_sub(1),
            Event::Text(_) | Event::Start(_) => {
                if let Some(item) = self.item.take() {
                    self.look(self.own_lines(item));
                }
            }
            _ => {}
        }
    }

    /// An item without the lists inside it.
    fn own_lines(&self, item: Range<usize>) -> Range<usize> {
        let text = self.markdown.get(item.clone()).unwrap_or("");
        let begins_item = |line: &str| {
            let line = line.trim_start();
            let marked = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
            line.starts_with(['-', '*', '+'])
                || marked.len() < line.len() && marked.starts_with(['.', ')'])
        };
        let mut end = item.start;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if number > 0 && begins_item(line) {
                break;
            }
            end += line.len();
        }
        item.start..end
    }

    fn look(&mut self, range: Range<usize>) {
        let text = self.markdown.get(range.clone()).unwrap_or("");
        if self.quoted == 0 && may_be_long(text.as_bytes()) {
            let found = long(text).into_iter();
            self.found
                .extend(found.map(|(at, words)| (range.start + at, words)));
        }
    }
}

/// Whether between two ends of sentences there is room for too many words.
fn may_be_long(text: &[u8]) -> bool {
    if text.len() < SHORTEST {
        return false;
    }
    let mut start = 0;
    let ends = memchr::memchr3_iter(b'.', b'?', b'!', text);
    let ends = ends.filter(|at| {
        text.get(at + 1)
            .is_none_or(|next| !next.is_ascii_alphanumeric())
    });
    for end in ends.chain([text.len()]) {
        if end - start >= SHORTEST {
            let is_space = |byte: &u8| u8::from(*byte <= b' ');
            let parts = text[start..end].chunks(COUNTED);
            let spaces: usize = parts
                .map(|part| usize::from(part.iter().map(is_space).sum::<u8>()))
                .sum();
            if spaces >= MOST {
                return true;
            }
        }
        start = end;
    }
    false
}

/// The sentences that are too long, each with where it begins.
fn long(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut sentence = (0, 0);
    let (mut in_word, mut in_quotes, mut begun, mut ending) = (false, false, false, false);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '“' => in_quotes = true,
            '”' => in_quotes = false,
            '"' => in_quotes = !in_quotes,
            // The address of a link, or a tag, has no words.
            '(' if text[..at].ends_with(']') => {
                while letters.next_if(|(_, next)| *next != ')').is_some() {}
            }
            '<' => while letters.next_if(|(_, next)| *next != '>').is_some() {},
            _ => {}
        }
        if letter.is_alphanumeric() {
            if !begun {
                (begun, sentence) = (true, (at, 0));
            }
            if !in_word && !in_quotes {
                sentence.1 += 1;
            }
        }
        in_word = letter.is_alphanumeric() || in_word && !letter.is_whitespace();
        if matches!(letter, '.' | '?' | '!') && !in_quotes {
            ending = true;
        } else if letter.is_whitespace() && ending {
            if sentence.1 > MOST {
                found.push(sentence);
            }
            (begun, ending) = (false, false);
            sentence.1 = 0;
        } else if !matches!(letter, ')' | '*' | '_' | '”' | '"' | '’' | ']') {
            ending = false;
        }
    }
    if begun && sentence.1 > MOST {
        found.push(sentence);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{long, may_be_long};

    fn words(count: usize) -> String {
        vec!["word"; count].join(" ")
    }

    #[test]
    fn forty_words_are_a_sentence_and_one_more_is_too_long() {
        assert_eq!(long(&format!("{}.", words(40))), []);
        assert_eq!(long(&format!("One. {}. Two.", words(41))), [(5, 41)]);
        assert!(may_be_long(format!("One. {}. Two.", words(41)).as_bytes()));
        assert!(!may_be_long(
            format!("{}. {}.", words(30), words(30)).as_bytes()
        ));
    }

    #[test]
    fn what_is_quoted_linked_or_a_tag_is_not_counted() {
        let quoted = format!(
            "They wrote “{}. {}” and {}.",
            words(30),
            words(30),
            words(37)
        );
        assert_eq!(long(&quoted), []);
        let linked = format!(
            "[{}](a.md \"of that name\") <br a b c> {}.",
            words(20),
            words(20)
        );
        assert_eq!(long(&linked), []);
        assert_eq!(long(&format!("{} 3.5 a.b. {}", words(30), words(30))), []);
        assert_eq!(
            long(&format!("{} 3.5 a.b {}", words(30), words(30))),
            [(0, 62)]
        );
    }
}
