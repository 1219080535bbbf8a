//! What a link points at: a page of the content, an address, a file, or
//! somewhere else in the world.

use crate::address;

/// What a link points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, by its path inside the content.
    Page {
        /// The path.
        path: String,
        /// A heading of it.
        anchor: Option<String>,
    },
    /// An address of this site.
    Address {
        /// The address, without query and anchor.
        path: String,
        /// A heading of it.
        anchor: Option<String>,
        /// All of it, as it was written.
        whole: String,
    },
    /// A picture or a document beside the pages, by its path in the content.
    File {
        /// The path.
        path: String,
    },
    /// Another site, a telephone, a letter.
    Elsewhere(String),
}

/// Why a link is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotATarget {
    /// `javascript:` and the like.
    Scheme(String),
    /// It leads out of the content.
    Outside,
}

impl Target {
    /// What `written` means on the page at `path`.
    pub(crate) fn parse(written: &str, page: &str) -> Result<Target, NotATarget> {
        if let Some(scheme) = scheme(written) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" | "mailto" | "tel" => Ok(Target::Elsewhere(written.to_owned())),
                _ => Err(NotATarget::Scheme(scheme.to_owned())),
            };
        }
        if written.starts_with("//") {
            return Ok(Target::Elsewhere(written.to_owned()));
        }
        let (rest, anchor) = match written.split_once('#') {
            Some((rest, anchor)) => (
                rest,
                Some(decoded(anchor)).filter(|anchor| !anchor.is_empty()),
            ),
            None => (written, None),
        };
        let path = decoded(rest.split('?').next().unwrap_or(rest));
        if path.is_empty() {
            return Ok(Target::Page {
                path: page.to_owned(),
                anchor,
            });
        }
        if path.starts_with('/') {
            return Ok(Target::Address {
                path,
                anchor,
                whole: written.to_owned(),
            });
        }
        let path = resolved(address::divide(page).0, &path).ok_or(NotATarget::Outside)?;
        Ok(if path.ends_with(".md") {
            Target::Page { path, anchor }
        } else {
            Target::File { path }
        })
    }

    /// The address that a browser is given.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Target::Page { path, anchor: None } => address::of(path),
            Target::Page {
                path,
                anchor: Some(anchor),
            } => {
                let mut href = address::of(path);
                href.push('#');
                href.push_str(anchor);
                href
            }
            Target::Address { whole, .. } | Target::Elsewhere(whole) => whole.clone(),
            Target::File { path } => format!("/{path}"),
        }
    }
}

/// `https` of `https://…`.
fn scheme(written: &str) -> Option<&str> {
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let bytes = written.as_bytes();
    // Most links begin with a name or with dots, and end this at once.
    let end = bytes.iter().position(|byte| !is_of_it(byte))?;
    (bytes[end] == b':' && bytes[0].is_ascii_alphabetic()).then(|| &written[..end])
}

/// `folder` and then `path`, its `.` and `..` followed.
fn resolved(folder: &str, path: &str) -> Option<String> {
    let mut whole = String::with_capacity(folder.len() + 1 + path.len());
    whole.push_str(folder);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if whole.is_empty() => return None,
            ".." => whole.truncate(whole.rfind('/').unwrap_or(0)),
            part => {
                if !whole.is_empty() {
                    whole.push('/');
                }
                whole.push_str(part);
            }
        }
    }
    Some(whole)
}

/// The path that leads from the page `from` to the file `to`.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = address::divide(from)
        .0
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to[shared..].join("/"))
}

/// `a b` of `a%20b`; what is not an escape is left as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    if memchr::memchr(b'%', bytes).is_none() {
        return text.to_owned();
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escape = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) => {
                plain.push(escaped);
                at += 3;
            }
            None => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{NotATarget, Target, relative};

    #[test]
    fn a_link_to_a_file_becomes_its_page_s_address() {
        for (written, page, href) in [
            ("letter.md", "prospectus/_index.md", "/prospectus/letter/"),
            (
                "../services/peer-review.md#cost",
                "prospectus/letter.md",
                "/services/peer-review/#cost",
            ),
            ("./_index.md", "prospectus/letter.md", "/prospectus/"),
            ("#why", "prospectus/letter.md", "/prospectus/letter/#why"),
            ("/apply/?from=fees", "finance.md", "/apply/?from=fees"),
            (
                "chart%20one.svg",
                "prospectus/letter.md",
                "/prospectus/chart one.svg",
            ),
            ("mailto:a@example.org", "finance.md", "mailto:a@example.org"),
        ] {
            assert_eq!(
                Target::parse(written, page).unwrap().href(),
                href,
                "{written}"
            );
        }
    }

    #[test]
    fn a_link_may_not_leave_the_content_or_run_a_script() {
        assert_eq!(
            Target::parse("../../x.md", "a/b.md"),
            Err(NotATarget::Outside)
        );
        assert_eq!(
            Target::parse("javascript:alert(1)", "a.md"),
            Err(NotATarget::Scheme("javascript".to_owned()))
        );
    }

    #[test]
    fn a_path_is_told_from_where_the_reader_stands() {
        assert_eq!(
            relative("prospectus/letter.md", "services/a.md"),
            "../services/a.md"
        );
        assert_eq!(
            relative("prospectus/letter.md", "prospectus/c/d.md"),
            "c/d.md"
        );
        assert_eq!(relative("_index.md", "prospectus/c.md"), "prospectus/c.md");
    }
}
