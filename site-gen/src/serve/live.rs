//! A site that is shown from memory and may change at any moment; the browsers
//! that show it are told.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::reload::{self, Board, Difference, Listener, SCREENS};
use crate::address;
use crate::problem::Problem;

/// The files of a site, by their path in the output.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// What is shown in the place of a page that is not there, if the site has it.
pub const NOT_FOUND: &str = "404.html";

/// The site as it is shown now. Its clones show the same.
#[derive(Debug, Clone)]
pub struct Live {
    shown: Arc<Mutex<Shown>>,
}

#[derive(Debug)]
struct Shown {
    files: Files,
    board: Board,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file: its name, its bytes, and the mark for [`with_script`].
    File {
        /// Its path in the output.
        name: String,
        /// What it holds.
        bytes: Arc<[u8]>,
        /// What a page shows that is served now.
        mark: String,
    },
    /// A page whose address ends in a slash.
    Moved(String),
    /// Nothing.
    Nothing,
}

impl Live {
    /// Shows these files.
    #[must_use]
    pub fn new(files: Files) -> Live {
        let board = Board::new();
        Live {
            shown: Arc::new(Mutex::new(Shown { files, board })),
        }
    }

    /// What is at the path of an address.
    #[must_use]
    pub fn find(&self, path: &str) -> Found {
        let shown = self.shown();
        let name = address::file(path);
        match shown.files.get(&name) {
            Some(bytes) => Found::File {
                bytes: Arc::clone(bytes),
                mark: shown.board.mark(),
                name,
            },
            None if shown.files.contains_key(&format!("{name}/index.html")) => {
                // Not what began with several slashes: that is another server.
                Found::Moved(format!("/{name}/"))
            }
            None => Found::Nothing,
        }
    }

    /// Whether there is no site: none could be built so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown().files.is_empty()
    }

    /// What a page shows that is served now.
    #[must_use]
    pub fn mark(&self) -> String {
        self.shown().board.mark()
    }

    /// Shows what became of these paths, and tells every page of itself. Where
    /// the functions' `screens` changed, they are told as well.
    pub fn change(&self, files: &Files, paths: &[String], screens: bool) {
        let mut shown = self.shown();
        let mut before = HashMap::with_capacity(paths.len());
        for path in paths {
            let old = match files.get(path) {
                Some(bytes) => shown.files.insert(path.clone(), Arc::clone(bytes)),
                None => shown.files.remove(path),
            };
            before.insert(path.as_str(), old);
        }
        let Shown { files, board } = &mut *shown;
        // Style sheets whose address stays when what they say changes.
        let styles: BTreeMap<String, String> = before
            .iter()
            .filter(|(path, old)| path.ends_with(".css") && old.is_some())
            .filter(|(path, _)| files.contains_key(**path))
            .map(|(path, _)| (format!("/{path}"), format!("/{path}")))
            .collect();
        let of_file = |name: &str| match (before.get(name), files.get(name)) {
            (None, _) => Difference::None,
            (Some(Some(old)), Some(new)) => reload::difference(old, new),
            (Some(None), None) => Difference::None,
            (Some(_), _) => Difference::Page,
        };
        let of_page = |page: &str| {
            let difference = if !page.starts_with('/') {
                of_file(page)
            } else if screens || files.contains_key(&address::file(page)) {
                Difference::Page
            } else {
                of_file(NOT_FOUND)
            };
            match difference {
                Difference::None if !styles.is_empty() => Difference::Styles(styles.clone()),
                difference => difference,
            }
        };
        let screens = (screens || before.contains_key(NOT_FOUND)).then_some(SCREENS);
        board.changed(paths.iter().map(String::as_str).chain(screens), of_page);
    }

    /// Shows over every page what keeps the site from being built; with no
    /// problem, takes it away again. The pages stay.
    pub fn broken(&self, problems: &[Problem]) {
        self.shown().board.broken(problems);
    }

    /// Shows over every page what should be mended and does not keep the site
    /// from being built; with nothing, takes it away again.
    pub fn warned(&self, warnings: &[Problem]) {
        self.shown().board.warned(warnings);
    }

    /// Adds a listener in the page at a path, which shows what it did at the
    /// mark `since`.
    pub fn listen(&self, path: &str, since: &str, listener: Listener) {
        let mut shown = self.shown();
        let name = address::file(path);
        let page = if shown.files.contains_key(&name) {
            name
        } else {
            format!("/{}", path.trim_start_matches('/'))
        };
        shown.board.listen(page, since, listener);
    }

    /// Finds out which listeners are still there; asked for every few seconds.
    pub fn knock(&self) {
        self.shown().board.knock();
    }

    /// Hangs up on every listener, and on those who come later.
    pub fn close(&self) {
        self.shown().board.close();
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page with the script that listens for changes.
#[must_use]
pub fn with_script(html: &[u8], mark: &str) -> Vec<u8> {
    reload::with_script(html, mark)
}

/// The media type of a file, by its name.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "gif" => "image/gif",
        "jpg" | "jpeg" => "image/jpeg",
        "avif" => "image/avif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        let bytes = |text: &str| Arc::from(text.as_bytes());
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), bytes(text)))
            .collect()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn listen(live: &Live, path: &str, since: &str) -> Receiver<String> {
        let (sender, receiver) = channel();
        let listener = move |text: &str| sender.send(text.to_owned()).is_ok();
        live.listen(path, since, Box::new(listener));
        receiver
    }

    /// The events since the last time, without their marks.
    fn heard(receiver: &Receiver<String>) -> Vec<String> {
        let events = receiver.try_iter().filter_map(|text| {
            let (name, data) = text.split_once("event: ")?.1.trim_end().split_once('\n')?;
            Some(format!("{name} {}", data.trim_start_matches("data: ")))
        });
        events.collect()
    }

    const PAGE: &str = "<link rel=stylesheet href=\"/assets/style.1.css\"><a href=\"/x.html\">";
    const OTHER_STYLE: &str =
        "<link rel=stylesheet href=\"/assets/style.2.css\"><a href=\"/x.html\">";

    #[test]
    fn a_page_hears_of_itself_alone() {
        let live = Live::new(files(&[("index.html", "1"), ("a/index.html", "1")]));
        let (home, other) = (
            listen(&live, "/", &live.mark()),
            listen(&live, "/a/", &live.mark()),
        );
        assert_eq!(heard(&home), ["mended {}"]);
        live.change(
            &files(&[("index.html", "2")]),
            &names(&["index.html"]),
            false,
        );
        assert_eq!(heard(&home), ["mended {}", "page {}"]);
        assert_eq!(heard(&other), ["mended {}", "mended {}"]);
    }

    #[test]
    fn where_only_the_style_changed_it_is_told_from_what_to_what() {
        let live = Live::new(files(&[("index.html", PAGE), ("404.html", PAGE)]));
        let (home, form) = (listen(&live, "/", ""), listen(&live, "/apply/", ""));
        let paths = names(&["index.html", "404.html", "assets/style.2.css"]);
        let after = files(&[
            ("index.html", OTHER_STYLE),
            ("404.html", OTHER_STYLE),
            ("assets/style.2.css", ""),
        ]);
        live.change(&after, &paths, false);
        let styles = "styles {\"/assets/style.1.css\":\"/assets/style.2.css\"}";
        assert_eq!(heard(&home), ["mended {}", "mended {}", styles]);
        assert_eq!(heard(&form), ["mended {}", "mended {}", styles]);
    }

    #[test]
    fn a_screen_of_the_functions_hears_when_the_templates_changed() {
        let live = Live::new(files(&[]));
        let form = listen(&live, "/apply/", "");
        live.change(&files(&[]), &[], true);
        assert_eq!(heard(&form), ["mended {}", "mended {}", "page {}"]);
    }

    #[test]
    fn what_happened_while_nobody_listened_is_not_missed() {
        let live = Live::new(files(&[("index.html", "1"), ("a/index.html", "1")]));
        let mark = live.mark();
        live.change(
            &files(&[("index.html", "2")]),
            &names(&["index.html"]),
            false,
        );
        assert_eq!(heard(&listen(&live, "/", &mark)), ["mended {}", "page {}"]);
        assert_eq!(heard(&listen(&live, "/", &live.mark())), ["mended {}"]);
        assert_eq!(heard(&listen(&live, "/a/", &mark)), ["mended {}"]);
        let of_an_earlier_run = "5f00-9";
        assert_eq!(
            heard(&listen(&live, "/a/", of_an_earlier_run)),
            ["mended {}", "page {}"]
        );
    }

    #[test]
    fn a_fault_is_told_to_all_and_to_who_comes_later_until_it_is_mended() {
        let live = Live::new(files(&[("index.html", "1")]));
        let home = listen(&live, "/", "");
        live.broken(&[Problem::whole("a.md", "\"wrong\"", "mend it")]);
        let told = "broken \"a.md: \\\"wrong\\\"\\n  hint: mend it\\n\\n1 problem in 1 file\"";
        assert_eq!(heard(&home), ["mended {}", told]);
        assert_eq!(heard(&listen(&live, "/", "")), [told]);
        live.broken(&[]);
        assert_eq!(heard(&home), ["mended {}"]);
        live.broken(&[Problem::whole("a.md", "", "")]);
        live.change(&files(&[]), &[], false);
        assert_eq!(heard(&home).last().map(String::as_str), Some("mended {}"));
    }

    #[test]
    fn a_page_that_comes_or_goes_is_loaded_again() {
        let live = Live::new(files(&[("a/index.html", "1")]));
        let (there, not_there) = (listen(&live, "/a/", ""), listen(&live, "/b/", ""));
        let paths = names(&["a/index.html", "b/index.html"]);
        live.change(&files(&[("b/index.html", "1")]), &paths, false);
        assert_eq!(heard(&there).last().map(String::as_str), Some("page {}"));
        assert_eq!(
            heard(&not_there).last().map(String::as_str),
            Some("page {}")
        );
    }

    #[test]
    fn an_address_without_its_slash_leads_to_the_page() {
        let live = Live::new(files(&[("a/index.html", "1")]));
        assert_eq!(live.find("/a"), Found::Moved("/a/".to_owned()));
        assert_eq!(live.find("//a"), Found::Moved("/a/".to_owned()));
        assert_eq!(live.find("/b"), Found::Nothing);
        assert!(matches!(live.find("/a/"), Found::File { name, .. } if name == "a/index.html"));
    }

    #[test]
    fn the_script_is_the_last_thing_of_a_page() {
        let page = with_script(b"<body>\xFF</BODY></html>", "5-1");
        let script =
            b"<body>\xFF<script src=\"/dev/reload.js\" data-mark=\"5-1\"></script></BODY></html>";
        assert_eq!(page, script);
    }
}
