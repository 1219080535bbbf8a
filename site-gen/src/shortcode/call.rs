//! One component as it is written: its name, and its arguments.

use super::{Call, Fault, Found, Role};

/// An argument.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument<'m> {
    pub(crate) name: &'m str,
    /// Where its name stands in the Markdown.
    pub(crate) at: usize,
    pub(crate) value: Written,
    /// Where its value stands; that of a text, after its quotation mark.
    pub(crate) value_at: usize,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Written {
    Text(String),
    Whole(i64),
    Fraction(f64),
    Truth(bool),
    List(Vec<Written>),
    /// `data.schools`: what follows `data.`.
    Data(String),
}

/// Lists in lists in lists are nobody's wish.
const DEEPEST_LIST: usize = 8;

/// Reads what begins with the two braces at `start`.
pub(super) fn read(markdown: &str, start: usize) -> Found<'_> {
    let opens = markdown[start..].starts_with("{%");
    let mut reader = Reader {
        markdown,
        at: start + 2,
    };
    if !opens && reader.rest().starts_with('%') {
        return match reader.of_hugo(start) {
            Some(fault) => Found::Fault(fault, reader.at),
            None => Found::Text,
        };
    }
    reader.space();
    if reader.rest().starts_with('<') {
        let like = if opens {
            "{% name(…) %}"
        } else {
            "{{ name(…) }}"
        };
        let fault = reader.fault(
            "a component is written without `<` in a text".to_owned(),
            format!("write `{like}`"),
        );
        return Found::Fault(fault, reader.at);
    }
    let name_at = reader.at;
    let name = reader.name();
    if name.is_empty() {
        return Found::Text;
    }
    match reader.call(start, opens, name, name_at) {
        Ok(call) => Found::Call(call),
        Err(fault) => Found::Fault(fault, reader.at),
    }
}

struct Reader<'m> {
    markdown: &'m str,
    at: usize,
}

impl<'m> Reader<'m> {
    /// What is wrong with `{{% note %}}`, and with `{{% /note %}}` that ends it.
    fn of_hugo(&mut self, at: usize) -> Option<Fault> {
        self.take("%");
        self.space();
        let ends = self.take("/");
        self.space();
        let name = self.name();
        let write = if ends {
            "write `{% end %}` on a line of its own".to_owned()
        } else {
            format!(
                "write `{{{{ {name}(…) }}}}`, or around a text `{{% {name}(…) %}}` and `{{% end %}}`"
            )
        };
        (!name.is_empty()).then(|| Fault {
            at,
            what: "in a text a component does not begin with `{{%`".to_owned(),
            hint: format!("{write}; if it is code, put it between backticks"),
        })
    }

    fn call(
        &mut self,
        start: usize,
        opens: bool,
        name: &'m str,
        name_at: usize,
    ) -> Result<Call<'m>, Fault> {
        let close = if opens { "%}" } else { "}}" };
        let (mut name, mut name_at) = (name, name_at);
        let mut arguments = Vec::new();
        let role = if opens && name == "end" {
            self.space();
            name_at = self.at;
            name = self.name();
            Role::Closes
        } else {
            self.space();
            if !self.take("(") {
                let (what, hint) = (
                    format!("`(` is missing after `{name}`"),
                    format!(
                        "write `{}{name}(){close}`; if these are only braces, put them between backticks: they are code",
                        if opens { "{% " } else { "{{ " }
                    ),
                );
                return Err(self.fault(what, hint));
            }
            arguments = self.arguments(name)?;
            if opens { Role::Opens } else { Role::Stands }
        };
        self.space();
        if !self.take(close) {
            let what = format!("`{close}` is missing here");
            let hint = format!(
                "a component that begins with `{}` ends with `{close}`",
                if opens { "{%" } else { "{{" }
            );
            return Err(self.fault(what, hint));
        }
        Ok(Call {
            range: start..self.at,
            role,
            name,
            name_at,
            arguments,
            alone: false,
        })
    }

    /// What is between the brackets, and the closing one.
    fn arguments(&mut self, of: &str) -> Result<Vec<Argument<'m>>, Fault> {
        let mut arguments: Vec<Argument<'m>> = Vec::new();
        loop {
            self.space();
            if self.take(")") {
                return Ok(arguments);
            }
            let at = self.at;
            let name = self.name();
            if name.is_empty() {
                let what = match self.rest().chars().next() {
                    None => format!("`{of}(` is not closed"),
                    Some(sign) if arguments.is_empty() => {
                        format!("the name of an argument cannot begin with `{sign}`")
                    }
                    Some(sign) => format!("after an argument comes `,` or `)`, not `{sign}`"),
                };
                return Err(self.fault(what, format!("write `{of}(name=\"value\")`")));
            }
            self.space();
            if !self.take("=") {
                let what = format!("`=` is missing after `{name}`");
                return Err(self.fault(what, format!("write `{name}=\"value\"`")));
            }
            self.space();
            let value_at = self.at + usize::from(self.rest().starts_with(['"', '\'']));
            let value = self.value(name, 0)?;
            arguments.push(Argument {
                name,
                at,
                value,
                value_at,
            });
            self.space();
            if !self.take(",") && !self.rest().starts_with(')') {
                let what = "a comma or `)` is missing here".to_owned();
                return Err(self.fault(
                    what,
                    "put a comma between two arguments, and `)` after the last".to_owned(),
                ));
            }
        }
    }

    fn value(&mut self, name: &str, deep: usize) -> Result<Written, Fault> {
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some('[') if deep < DEEPEST_LIST => self.list(name, deep),
            Some('“' | '”' | '„' | '‘' | '’' | '«') => Err(self.fault(
                format!("the text of `{name}` is in printers’ quotation marks"),
                "put it in straight ones: `\"…\"`".to_owned(),
            )),
            _ => self.plain(name),
        }
    }

    fn list(&mut self, name: &str, deep: usize) -> Result<Written, Fault> {
        self.take("[");
        let mut items = Vec::new();
        loop {
            self.space();
            if self.take("]") {
                return Ok(Written::List(items));
            }
            items.push(self.value(name, deep + 1)?);
            self.space();
            if !self.take(",") && !self.rest().starts_with(']') {
                let what = "a comma or `]` is missing in this list".to_owned();
                return Err(self.fault(what, format!("write `{name}=[\"one\", \"two\"]`")));
            }
        }
    }

    /// A text in quotation marks; it may go over several lines, not over an
    /// empty one.
    fn quoted(&mut self, quote: char) -> Result<Written, Fault> {
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1).peekable();
        let mut line_is_empty = false;
        while let Some((offset, letter)) = letters.next() {
            if letter == quote {
                self.at += offset + 1;
                return Ok(Written::Text(text));
            }
            if letter == '\n' && line_is_empty {
                break;
            }
            line_is_empty = letter == '\n' || line_is_empty && letter.is_whitespace();
            match letters.peek() {
                Some((_, next)) if letter == '\\' && (*next == quote || *next == '\\') => {
                    text.push(*next);
                    letters.next();
                }
                // A line end and the next line's indentation are one space.
                _ if letter == '\n' || letter == '\r' => {
                    text.truncate(text.trim_end().len());
                    text.push(' ');
                    while letters
                        .next_if(|(_, next)| matches!(next, ' ' | '\t' | '\r'))
                        .is_some()
                    {}
                }
                _ => text.push(letter),
            }
        }
        let fault = self.fault(
            "the quotation mark that opens here is not closed".to_owned(),
            format!("put a `{quote}` at the end of the text"),
        );
        // Not to be read again for each pair of braces that is in it.
        self.at += letters
            .peek()
            .map_or(self.rest().len(), |(offset, _)| *offset);
        Err(fault)
    }

    /// A number, `true`, `false`, or something of the data.
    fn plain(&mut self, name: &str) -> Result<Written, Fault> {
        let is_part = |letter: char| letter.is_alphanumeric() || "-+._".contains(letter);
        let rest = self.rest();
        let word = &rest[..rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())];
        let value = match word {
            "true" => Some(Written::Truth(true)),
            "false" => Some(Written::Truth(false)),
            _ => match word.strip_prefix("data.") {
                Some(path) => Some(Written::Data(path.to_owned())),
                None => number(word),
            },
        };
        match value {
            Some(value) => {
                self.at += word.len();
                Ok(value)
            }
            None if word.is_empty() => Err(self.fault(
                format!("`{name}` has no value"),
                format!("write `{name}=\"…\"`, or leave `{name}` out"),
            )),
            None => Err(self.fault(
                format!("`{word}` is neither a text, a number, `true`, `false` nor `data.…`"),
                format!("put a text in quotation marks: `{name}=\"{word}\"`"),
            )),
        }
    }

    fn name(&mut self) -> &'m str {
        let rest = self.rest();
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            return "";
        }
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        let end = rest.bytes().position(|byte| !is_part(byte));
        let name = &rest[..end.unwrap_or(rest.len())];
        self.at += name.len();
        name
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        let is_next = self.rest().starts_with(sign);
        if is_next {
            self.at += sign.len();
        }
        is_next
    }

    fn rest(&self) -> &'m str {
        self.markdown.get(self.at..).unwrap_or("")
    }

    fn fault(&self, what: String, hint: String) -> Fault {
        Fault {
            at: self.at,
            what,
            hint,
        }
    }
}

fn number(word: &str) -> Option<Written> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    if !digits.starts_with(|first: char| first.is_ascii_digit())
        || !digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    match word.parse() {
        Ok(whole) => Some(Written::Whole(whole)),
        Err(_) => word.parse().ok().map(Written::Fraction),
    }
}
