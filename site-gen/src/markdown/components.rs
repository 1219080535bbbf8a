//! The components of a page, filled in where they stand.

use std::borrow::Cow;
use std::ops::Range;

use theme::Value;

use super::writer::Writer;
use crate::data::Data;
use crate::shortcode::{Call, MASK, Role, arguments};

/// A component that stands around what is being written.
pub(super) struct Frame {
    call: usize,
    /// How many tags were open.
    depth: usize,
    /// What was written before it; nothing if it is too deep to be one.
    before: Option<String>,
    /// What it is given, unless something is wrong with it.
    values: Option<Vec<(String, Value)>>,
}

/// A box in a box in a box is hard enough to read.
const DEEPEST: usize = 8;

impl<'m> Writer<'m> {
    /// Writes words, and the components among them.
    pub(super) fn words_and_components(&mut self, text: &str, start: usize) {
        self.each(text, start, |writer, text, _| writer.text(text));
    }

    /// Writes HTML that is HTML already, and the components in it.
    pub(super) fn raw(&mut self, html: &str, start: usize) {
        if !self.pictures.is_empty() || self.is_summary_mark(html) {
            return;
        }
        self.body.shows_pictures |= html.contains("<img");
        self.each(html, start, Writer::copy_html);
    }

    /// Writes what is between components, each part with where it begins.
    fn each(&mut self, text: &str, start: usize, write: impl Fn(&mut Self, &str, usize)) {
        if self.calls.calls.is_empty() {
            return write(self, text, start);
        }
        let mut written = 0;
        while let Some(found) = text.get(written..).and_then(|rest| rest.find(MASK)) {
            let at = written + found;
            // A mask is there with its `<?`, or without.
            let framed = at
                .checked_sub(2)
                .filter(|from| text.get(*from..at) == Some("<?"));
            let call = framed
                .and_then(|from| Some((from, self.calls.at(start + from)?)))
                .or_else(|| Some((at, self.calls.at(start + at)?)));
            let Some((from, (index, call))) = call else {
                write(self, &text[written..=at], start + written);
                written = at + 1;
                continue;
            };
            write(self, text.get(written..from).unwrap_or(""), start + written);
            self.call(index, call);
            written = from + call.range.len();
            // The line end after a component that is alone is its own.
            if call.alone && text.as_bytes().get(written) == Some(&b'\n') {
                written += 1;
            }
        }
        write(self, text.get(written..).unwrap_or(""), start + written);
    }

    /// The text of a block of code as it was before components were hidden.
    pub(super) fn as_written<'t>(&mut self, text: &'t str, range: Range<usize>) -> &'t str
    where
        'm: 't,
    {
        if self.calls.calls.is_empty() || !text.contains(MASK) {
            return text;
        }
        for (call, met) in self.calls.calls.iter().zip(&mut self.met) {
            *met |= range.contains(&call.range.start);
        }
        self.markdown.get(range).unwrap_or(text)
    }

    /// The same, of code among words.
    pub(super) fn code<'t>(&mut self, text: &'t str, range: Range<usize>) -> Cow<'t, str>
    where
        'm: 't,
    {
        let written = self.as_written(text, range);
        if written == text {
            return Cow::Borrowed(text);
        }
        Cow::Owned(written.trim_matches('`').trim().replace('\n', " "))
    }

    fn call(&mut self, index: usize, call: &Call<'m>) {
        self.met[index] = true;
        if !self.pictures.is_empty() {
            let hint = "take it out: those who cannot see the picture hear only words";
            self.find(
                call.range.start,
                "a component cannot stand in the words for a picture",
                hint,
            );
            return;
        }
        self.in_word = false;
        self.body.uses_components = true;
        if call.role != Role::Stands && !call.alone {
            let sign = if call.role == Role::Closes {
                "{% end %}"
            } else {
                "{% … %}"
            };
            let what = format!("`{sign}` must be alone on its line");
            self.find(call.range.start, &what, "put it on a line of its own");
        }
        match call.role {
            Role::Stands => {
                if let Some(values) = self.checked(call) {
                    self.fill_in(call, values, None);
                }
            }
            Role::Opens => self.open(index, call),
            Role::Closes => self.close(call),
        }
    }

    fn open(&mut self, index: usize, call: &Call<'m>) {
        let values = self.checked(call);
        let before = if self.frames.len() < DEEPEST {
            Some(std::mem::take(&mut self.html))
        } else {
            let what = format!("more than {DEEPEST} components stand around each other here");
            self.find(
                call.range.start,
                &what,
                "close some of them with `{% end %}` before this one",
            );
            None
        };
        self.frames.push(Frame {
            call: index,
            depth: self.depth,
            before,
            values,
        });
    }

    fn close(&mut self, call: &Call<'m>) {
        let Some(frame) = self.frames.last() else {
            let hint = "take it out, or put `{% name(…) %}` before the text that it ends";
            self.find(call.range.start, "there is no component to end here", hint);
            return;
        };
        let opened = &self.calls.calls[frame.call];
        if frame.depth != self.depth {
            let what = format!("`{}` does not end where it began", opened.name);
            let hint = "put `{% end %}` in the same list item or quotation as its beginning, or both outside";
            self.find(call.range.start, &what, hint);
            return;
        }
        if !call.name.is_empty() && call.name != opened.name {
            let what = format!(
                "`{}` is to be ended first, not `{}`",
                opened.name, call.name
            );
            let hint = format!("write `{{% end {} %}}`, or only `{{% end %}}`", opened.name);
            self.find(call.name_at, &what, &hint);
        }
        self.end_frame();
    }

    /// Ends the innermost component.
    fn end_frame(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let Some(before) = frame.before else {
            return;
        };
        let body = std::mem::replace(&mut self.html, before);
        match frame.values {
            Some(values) => self.fill_in(&self.calls.calls[frame.call], values, Some(&body)),
            None => self.html.push_str(&body),
        }
    }

    /// Ends the components that began in what has just ended.
    pub(super) fn leave(&mut self) {
        while let Some(frame) = self.frames.last().filter(|frame| frame.depth > self.depth) {
            self.unclosed(frame.call);
        }
    }

    /// Ends what is open at the end of the page, and tells what was not come by.
    pub(super) fn close_all(&mut self) {
        while let Some(frame) = self.frames.last() {
            self.unclosed(frame.call);
        }
        let calls = self.calls;
        for (call, _) in calls
            .calls
            .iter()
            .zip(self.met.clone())
            .filter(|(_, met)| !met)
        {
            let hint = "put it into the text, or between backticks if it is code";
            self.find(call.range.start, "a component cannot stand here", hint);
        }
    }

    fn unclosed(&mut self, call: usize) {
        let call = &self.calls.calls[call];
        let what = format!("`{}` is not ended", call.name);
        let hint = "put `{% end %}` on a line of its own after its text";
        self.find(call.range.start, &what, hint);
        self.end_frame();
    }

    /// What a component is given, if nothing is wrong with it.
    fn checked(&mut self, call: &Call<'m>) -> Option<Vec<(String, Value)>> {
        let nothing = Data::default();
        let data = self.surroundings.data.unwrap_or(&nothing);
        let mut given = arguments::check(call, self.surroundings.theme?, data);
        self.body.uses_data |= given.uses_data;
        for fault in &given.faults {
            self.find(fault.at, &fault.what, &fault.hint);
        }
        for (index, at) in given.links {
            let (_, value) = &mut given.values[index];
            let href = self.link_at(value.as_str().unwrap_or(""), at);
            *value = Value::from(href);
        }
        given.faults.is_empty().then_some(given.values)
    }

    fn fill_in(&mut self, call: &Call<'m>, values: Vec<(String, Value)>, body: Option<&str>) {
        let Some(theme) = self.surroundings.theme else {
            return;
        };
        let data = self.surroundings.data.map(Data::value);
        match theme.fill_in(call.name, values, body, data) {
            Ok(html) if call.alone => {
                self.new_line();
                self.html.push_str(html.trim());
                self.html.push('\n');
            }
            Ok(html) => self.html.push_str(html.trim()),
            Err(error) => {
                let what = format!("`{}` cannot be filled in: {error}", call.name);
                let hint = "give it other arguments, or mend the theme there";
                self.find(call.name_at, &what, hint);
            }
        }
    }
}
