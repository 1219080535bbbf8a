//! `new KIND "Title"`: a content file with its front matter, ready to be
//! filled in. It is a draft, and passes the checks as it is; a copy of an event
//! does once its days are set.

use std::path::{Path, PathBuf};

use domain::event::TO_BE_SET;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::address;
use crate::kind::KindName;
use crate::nearest::nearest;
use crate::output;
use crate::problem::Problem;
use crate::source;

mod copy;
mod ground;
mod place;

use ground::Ground;

/// What is to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// The kind.
    pub kind: NewKind,
    /// Its title.
    pub title: String,
    /// The folder inside the content; the one that holds its kind if left out.
    pub folder: Option<String>,
    /// The name of the file; made of the title if left out.
    pub name: Option<String>,
    /// The event that it begins as a copy of: the name of its file, without `.md`.
    pub from: Option<String>,
    /// The day it is written.
    pub today: Date,
}

/// The kinds of file that can be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewKind {
    /// A page of reading.
    Page,
    /// A folder, with the page that lists it.
    Section,
    /// A service of the catalogue.
    Service,
    /// A member of the Board, or a post on it.
    Person,
    /// An event that schools can book.
    Event,
    /// A piece of news.
    News,
    /// A document, or the place of one.
    Document,
}

impl NewKind {
    /// The kind of content that it is; nothing for a section, whose page is a
    /// page wherever it is.
    fn of_content(self) -> Option<KindName> {
        match self {
            NewKind::Page => Some(KindName::Page),
            NewKind::Section => None,
            NewKind::Service => Some(KindName::Service),
            NewKind::Person => Some(KindName::Person),
            NewKind::Event => Some(KindName::Event),
            NewKind::News => Some(KindName::News),
            NewKind::Document => Some(KindName::Document),
        }
    }
}

/// Begins a file of a kind; gives its path.
///
/// # Errors
///
/// A [`Problem`] if there is no content, the file cannot be named after the
/// title, no folder or another than the one asked for holds its kind, it may not
/// be where it would be, or is there already.
pub fn begin(content: &Path, new: &New) -> Result<PathBuf, Problem> {
    let ground = Ground::read(content)?;
    let inside = place::place(&ground, new)?;
    let text = match &new.from {
        Some(from) => copied(&ground, new, &inside, from)?,
        None => text(&ground, new),
    };
    let path = content.join(&inside);
    output::begin(&path, &text)?;
    Ok(path)
}

/// The text of a copy of another event: of the one in the same folder, if there
/// is one.
fn copied(ground: &Ground<'_>, new: &New, inside: &str, from: &str) -> Result<String, Problem> {
    if new.kind != NewKind::Event {
        let what = "only an event is begun as a copy of another";
        let hint = "leave `--from` out, or write `new event`";
        return Err(Problem::whole(ground.content, what, hint));
    }
    let name = from.strip_suffix(".md").unwrap_or(from);
    if !address::is_plain(&format!("{name}.md")) {
        let what = format!("`{from}` is no name of an event");
        let hint = "write the name of its file, such as `--from teachmeet`";
        return Err(Problem::whole(ground.content, what, hint));
    }
    let (folder, _) = address::divide(inside);
    let beside = format!("{folder}/{name}.md");
    let events = ground.pages_of(KindName::Event);
    let is_meant = |path: &&&str| stem(path) == name || address::stem(path) == name;
    let other = events.iter().find(|path| **path == beside);
    let Some(other) = other.or_else(|| events.iter().find(is_meant)) else {
        let names = || events.iter().map(|path| stem(path));
        let hint = match (nearest(name, names()), names().next()) {
            (Some(near), _) => format!("did you mean `--from {near}`?"),
            (None, Some(first)) => {
                format!("write the name of an event’s file, such as `--from {first}`")
            }
            (None, None) => "no event can be copied yet: leave `--from` out".to_owned(),
        };
        let path = ground.content.join(beside);
        return Err(Problem::whole(path, "there is no such event", hint));
    };
    copy::text(&source::text(&ground.content.join(other))?, &title(new))
}

/// The name of a page’s file, without `.md`.
fn stem(path: &str) -> &str {
    address::stem(address::divide(path).1)
}

/// The title as one line, whatever was pasted, as it stands between quotation
/// marks.
fn title(new: &New) -> String {
    let words = new
        .title
        .split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").replace('\\', "\\\\").replace('"', "\\\"")
}

/// The front matter of a new file: what must be there, and what may.
fn text(ground: &Ground<'_>, new: &New) -> String {
    let title = title(new);
    let own = match new.kind {
        // What stands in a folder is likely news, and news has its day.
        NewKind::Page if new.folder.is_some() => format!("date: {}\n", new.today),
        NewKind::Page | NewKind::Section => String::new(),
        NewKind::Service => {
            "id: S00\ncharging: [tbc]\naudience: [full-members]\nsources:\n  - { section: C, page: prospectus/_index.md }\n".to_owned()
        }
        NewKind::News => format!("date: {}\n", new.today),
        NewKind::Document => "form: paper\nplaceholder: true\n".to_owned(),
        NewKind::Person => "post: Director\nstanding: director\nstatus: interim-2016\n".to_owned(),
        NewKind::Event => {
            // In the afternoon there is no night in which a clock is changed.
            let day = new.today.saturating_add(4.weeks());
            let service = service(ground);
            format!(
                "starts: {day} 16:00\nends: {day} 17:30\nvenue: To be arranged\n{service}# online: true\n# capacity: 24\n# price: £45.00\n# member_price: £30.00\n"
            )
        }
    };
    let body = match new.kind {
        NewKind::Section => "Say what is here; the pages of the folder are listed below it.",
        _ => "Write here. Headings begin with `##`.",
    };
    format!(
        "---\ntitle: \"{title}\"\ndescription: One sentence that says what this is.\n{own}draft: true\n---\n\n{body}\n"
    )
}

/// The service of a new event: one that is there, so that the checks pass, and a
/// line that says to choose.
fn service(ground: &Ground<'_>) -> String {
    match ground.pages_of(KindName::Service).first() {
        Some(path) => {
            let (folder, _) = address::divide(path);
            let first = stem(path);
            format!("# Choose its service: the name of a file in {folder}/.\nservice: {first}\n")
        }
        None => format!("# This site has no service yet.\nservice: {TO_BE_SET}\n"),
    }
}
