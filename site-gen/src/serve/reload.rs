//! What an open page is told: that it changed, that only its style did, or
//! that the site cannot be built at present.
//!
//! Each page is told of itself alone. It says what it shows (a *mark*, put
//! into it when it was served), so that a change between its loading and its
//! listening is not missed, nor one while it was hidden or the server away.
//!
//! How the words reach the browser (threads or tasks) is the listener's own
//! matter: here is neither.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::time::SystemTime;

use crate::problem::{Problem, count, report};

/// Where a page finds the script.
pub const SCRIPT_PATH: &str = "/dev/reload.js";

/// Where the script listens: `?page=/letter/&since=MARK`.
pub const NEWS_PATH: &str = "/dev/changes";

/// The script that listens in a page.
pub const SCRIPT: &str = include_str!("reload.js");

/// What a listener hears at first: where it was cut off, it comes back soon.
pub(super) const GREETING: &str = "retry: 300\n\n";

/// What a listener may hear: that all is as it was. It keeps the line open,
/// and shows whether anybody is still there.
pub const STILL_THERE: &str = ":\n\n";

/// Stands for every page that is no file of the site: the functions' screens,
/// and what is not there. Such a page is known by its path, which begins so.
pub(super) const SCREENS: &str = "/";

/// Hears the text of events; says whether it is still there.
pub type Listener = Box<dyn Fn(&str) -> bool + Send>;

/// How a page differs from what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// In nothing.
    None,
    /// In the addresses of its style sheets alone: from what to what.
    Styles(BTreeMap<String, String>),
    /// In what it says.
    Page,
}

/// The pages that listen, and what they have to know.
#[derive(Default)]
pub(super) struct Board {
    /// Tells this run of the server from an earlier one.
    run: String,
    /// How many changes there were.
    number: u64,
    /// The last change of each page.
    changed: HashMap<String, u64>,
    /// What keeps the site from being built.
    broken: Option<String>,
    /// What should be mended, and does not.
    warned: Option<String>,
    listeners: Vec<(String, Listener)>,
    closed: bool,
}

impl fmt::Debug for Board {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Board({}, {} listen)",
            self.mark(),
            self.listeners.len()
        )
    }
}

impl Board {
    /// A board on which nothing was put yet.
    pub(super) fn new() -> Board {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let run = format!("{:x}", since.map_or(0, |since| since.as_micros()));
        Board {
            run,
            ..Board::default()
        }
    }

    /// What a page that is served now shows.
    pub(super) fn mark(&self) -> String {
        format!("{}-{}", self.run, self.number)
    }

    /// Adds a listener in a page, and tells it what it has missed.
    pub(super) fn listen(&mut self, page: String, since: &str, listener: Listener) {
        let missed = self.is_news(&page, since);
        let mut heard = listener(GREETING) && listener(&self.state());
        if missed {
            heard = heard && listener(&self.event("page", "{}"));
        }
        if heard && !self.closed {
            self.listeners.push((page, listener));
        }
    }

    /// Whether a page changed since a mark.
    fn is_news(&self, page: &str, since: &str) -> bool {
        let Some((run, number)) = since.rsplit_once('-') else {
            return false;
        };
        let shown = number.parse().unwrap_or(0);
        let changed = |page: &str| {
            self.changed
                .get(page)
                .is_some_and(|changed| *changed > shown)
        };
        run != self.run || changed(page) || (page.starts_with('/') && changed(SCREENS))
    }

    /// Counts a change of these pages, and tells those that listen how theirs
    /// differs.
    pub(super) fn changed<'p>(
        &mut self,
        pages: impl Iterator<Item = &'p str>,
        difference: impl Fn(&str) -> Difference,
    ) {
        self.number += 1;
        self.changed
            .extend(pages.map(|page| (page.to_owned(), self.number)));
        self.broken = None;
        let mended = self.state();
        let number = self.number;
        let mut listeners = std::mem::take(&mut self.listeners);
        listeners.retain(|(page, listener)| {
            let difference = difference(page);
            if difference != Difference::None {
                self.changed.insert(page.clone(), number);
            }
            let told = match difference {
                Difference::None => return listener(&mended),
                Difference::Styles(styles) => {
                    let styles = serde_json::to_string(&styles).unwrap_or_default();
                    self.event("styles", &styles)
                }
                Difference::Page => self.event("page", "{}"),
            };
            listener(&mended) && listener(&told)
        });
        self.listeners = listeners;
    }

    /// Shows over every page what keeps the site from being built; with no
    /// problem, takes it away again.
    pub(super) fn broken(&mut self, problems: &[Problem]) {
        self.broken =
            (!problems.is_empty()).then(|| format!("{}\n\n{}", report(problems), count(problems)));
        let told = self.state();
        self.listeners.retain(|(_, listener)| listener(&told));
    }

    /// Shows over every page what should be mended.
    pub(super) fn warned(&mut self, warnings: &[Problem]) {
        let told = format!("{}\n\n{}", report(warnings), count(warnings));
        let told = (!warnings.is_empty()).then_some(told);
        if told != self.warned {
            self.warned = told;
            let state = self.state();
            self.listeners.retain(|(_, listener)| listener(&state));
        }
    }

    /// Hangs up on everybody, for good.
    pub(super) fn close(&mut self) {
        self.closed = true;
        self.listeners.clear();
    }

    /// Finds out who is still there.
    pub(super) fn knock(&mut self) {
        self.listeners.retain(|(_, listener)| listener(STILL_THERE));
    }

    /// Whether the site can be built, as an event.
    fn state(&self) -> String {
        let (name, text) = match (&self.broken, &self.warned) {
            (Some(text), _) => ("broken", text),
            (None, Some(text)) => ("warned", text),
            (None, None) => return self.event("mended", "{}"),
        };
        let text = serde_json::to_string(text).unwrap_or_default();
        self.event(name, &text)
    }

    fn event(&self, name: &str, data: &str) -> String {
        format!("id: {}\nevent: {name}\ndata: {data}\n\n", self.mark())
    }
}

/// A page with the script in it, and the mark of what it shows.
pub(super) fn with_script(html: &[u8], mark: &str) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT_PATH}\" data-mark=\"{mark}\"></script>");
    let end = b"</body>";
    let at = html
        .windows(end.len())
        .rposition(|part| part.eq_ignore_ascii_case(end))
        .unwrap_or(html.len());
    [&html[..at], tag.as_bytes(), &html[at..]].concat()
}

/// How a page differs from what it was.
pub(super) fn difference(before: &[u8], after: &[u8]) -> Difference {
    if before == after {
        return Difference::None;
    }
    let (Ok(before), Ok(after)) = (str::from_utf8(before), str::from_utf8(after)) else {
        return Difference::Page;
    };
    let ((old, old_styles), (new, new_styles)) = (without_styles(before), without_styles(after));
    if old != new || old_styles.len() != new_styles.len() {
        return Difference::Page;
    }
    let pairs = old_styles.into_iter().zip(new_styles);
    let changed = pairs.filter(|(old, new)| old != new);
    Difference::Styles(
        changed
            .map(|(old, new)| (old.to_owned(), new.to_owned()))
            .collect(),
    )
}

/// A page's text without the addresses of its style sheets, and these.
fn without_styles(html: &str) -> (Vec<&str>, Vec<&str>) {
    const LINK: &str = "href=\"";
    let (mut texts, mut styles, mut rest) = (Vec::new(), Vec::new(), html);
    while let Some(start) = rest.find(LINK) {
        let (text, linked) = rest.split_at(start + LINK.len());
        texts.push(text);
        let end = linked.find('"').unwrap_or(linked.len());
        if linked[..end].ends_with(".css") {
            styles.push(&linked[..end]);
            rest = &linked[end..];
        } else {
            rest = linked;
        }
    }
    texts.push(rest);
    (texts, styles)
}
