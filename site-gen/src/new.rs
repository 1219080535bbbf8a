//! `new KIND "Title"`: a content file with its front matter, ready to be
//! filled in. It is a draft, and passes the checks as it is; a copy of an event
//! does once its days are set.

use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::address;
use crate::names;
use crate::output;
use crate::problem::Problem;
use crate::source;

mod copy;

/// What is to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// The kind.
    pub kind: NewKind,
    /// Its title.
    pub title: String,
    /// The folder inside the content; that of its kind if left out.
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

/// Begins a file of a kind; gives its path.
///
/// # Errors
///
/// A [`Problem`] if the file cannot be named after the title, may not be where
/// it would be, or is there already.
pub fn begin(content: &Path, new: &New) -> Result<PathBuf, Problem> {
    let inside = place(content, new)?;
    let text = match &new.from {
        Some(from) => copied(content, new, &inside, from)?,
        None => text(new),
    };
    let path = content.join(&inside);
    output::begin(&path, &text)?;
    Ok(path)
}

/// The text of a copy of another event, which stands in the same folder.
fn copied(content: &Path, new: &New, inside: &str, from: &str) -> Result<String, Problem> {
    if new.kind != NewKind::Event {
        let what = "only an event is begun as a copy of another";
        let hint = "leave `--from` out, or write `new event`";
        return Err(Problem::whole(content, what, hint));
    }
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = from.strip_suffix(".md").unwrap_or(from);
    if !address::is_plain(&format!("{name}.md")) {
        let what = format!("`{from}` is no name of an event");
        let hint = "write the name of its file, such as `--from teachmeet`";
        return Err(Problem::whole(content, what, hint));
    }
    let other = content.join(folder).join(format!("{name}.md"));
    copy::text(&source::text(&other)?, &title(new))
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

/// Where the file is to be, inside the content.
fn place(content: &Path, new: &New) -> Result<String, Problem> {
    let name = match &new.name {
        Some(name) => name.strip_suffix(".md").unwrap_or(name).to_owned(),
        None => {
            let name: String = address::slug(&new.title)
                .chars()
                .filter(char::is_ascii)
                .collect();
            name.trim_matches('-').to_owned()
        }
    };
    if name.is_empty() {
        let what = format!("`{}` has none of the letters that name a file", new.title);
        let hint = "name it with the letters a to z, such as `--name mother-tongues`";
        return Err(Problem::whole(content, what, hint));
    }
    let folder = match (&new.folder, new.kind) {
        (Some(folder), _) => folder.trim_matches('/'),
        (None, NewKind::Page | NewKind::Section) => "",
        (None, NewKind::Service) => "services",
        (None, NewKind::Person) => "board",
        (None, NewKind::Event) => "events",
        (None, NewKind::News) => "news",
        (None, NewKind::Document) => "documents",
    };
    let folder = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let inside = match new.kind {
        NewKind::Section => format!("{folder}{name}/_index.md"),
        _ => format!("{folder}{name}.md"),
    };
    let address = address::of(&inside);
    if !address::is_plain(&inside) {
        let what = format!("`{inside}` cannot be an address");
        let hint = "use lower-case letters, digits and hyphens in `--in` and `--name`";
        return Err(Problem::whole(content, what, hint));
    }
    if let Some(what) = names::index(&inside) {
        let hint =
            "choose another title, or `--name`; the page of a folder begins with `new section`";
        return Err(Problem::whole(content.join(inside), what, hint));
    }
    if address::is_answered(&address) {
        let what = format!("the forms answer at `{address}`, so no page can be there");
        return Err(Problem::whole(
            content.join(inside),
            what,
            "choose another title, or `--name`",
        ));
    }
    Ok(inside)
}

/// The front matter of a new file: what must be there, and what may.
fn text(new: &New) -> String {
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
            format!(
                "starts: {day} 16:00\nends: {day} 17:30\nvenue: To be arranged\nservice: workshops-for-leaders\n# online: true\n# capacity: 24\n# price: £45.00\n# member_price: £30.00\n"
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
