//! A little site in a temporary folder: `SiteTest::new().page("a.md", "…").build()`.
//!
//! It begins with what every site needs (settings, a home page, a theme that
//! shows the bare values), so that a test names only what it is about.

use std::fs;
use std::path::{Path, PathBuf};

use site_gen::{Built, Options, Problem, count, report};
use tempfile::TempDir;

const SETTINGS: [(&str, &str); 4] = [
    (
        "content/site.yaml",
        "name: THE Partnership\nfull_name: Tower Hamlets Education (THE) Partnership\nstrapline: Together\n\
         base_url: https://example.org\nas_at: 2016-05\nlanguage: en-GB\n\
         sections:\n  services: service\n  board: person\n  events: event\n\
         menu:\n  - { label: Home, page: _index.md }\n  - { label: Apply, path: /apply/ }\n",
    ),
    (
        "content/fees.yaml",
        "version: \"1\"\nrate: { pence_per_pupil: 500, source: E2 }\npart_year: { rule: months, source: ours }\n\
         periods:\n  - { name: Year, from: 2017-09-01, to: 2018-08-31, numerator: 12, denominator: 12, repeats: yearly, source: E2 }\n\
         notice: { months: 12, free_until: 2016-12-31, source: E2 }\nguarantee: { pence: 2500, source: join }\n",
    ),
    (
        "content/commitments.yaml",
        "version: \"1\"\ncommitments:\n  - { id: aims-and-values, text: A, source: S }\n\
         \x20 - { id: guarantee, text: B, source: S }\n  - { id: annual-fee, text: C, source: S }\n",
    ),
    (
        "content/booking.yaml",
        "checkout: { minutes: 30, source: ours }\ngrace: { minutes: 5, source: ours }\noffer: { minutes: 2880, source: ours }\n",
    ),
];

/// Shows a page's own values and nothing else.
const PAGE: &str = "<title>{{ page.title }}</title>\n<main>{{ page.content | safe }}</main>\n";

/// Shows what a list holds as well.
const LIST: &str = "<title>{{ page.title }}</title>\n<main>{{ page.content | safe }}</main>\n\
    {% for item in items %}<a href=\"{{ item.href }}\">{{ item.title }}</a>\n{% endfor %}\
    {% for item in sections %}<b>{{ item.title }}</b>\n{% endfor %}";

/// A site that can be changed and built.
pub(crate) struct SiteTest {
    folder: TempDir,
    options: Options,
}

impl SiteTest {
    /// A site of a home page.
    pub(crate) fn new() -> SiteTest {
        let folder = tempfile::tempdir().unwrap();
        let now = "2028-01-01T00:00:00Z".parse().unwrap();
        let mut options = Options::new(folder.path(), now);
        options.theme = folder.path().join("theme");
        let mut site = SiteTest { folder, options };
        for (path, text) in SETTINGS {
            site = site.file(path, text);
        }
        for name in ["page", "service", "person", "event", "404", "fees"] {
            site = site.template(&format!("{name}.html"), PAGE);
        }
        for name in ["home", "list", "services", "people", "events"] {
            site = site.template(&format!("{name}.html"), LIST);
        }
        site.file(
            "content/_index.md",
            "---\ntitle: Home\ndescription: Home.\n---\n",
        )
    }

    /// A file of any kind, by its path in the site's folder.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> SiteTest {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// A page, whole.
    pub(crate) fn page(self, path: &str, text: &str) -> SiteTest {
        self.file(&format!("content/{path}"), text)
    }

    /// A page of reading with that text.
    pub(crate) fn reading(self, path: &str, markdown: &str) -> SiteTest {
        self.page(
            path,
            &format!("---\ntitle: {path}\ndescription: A page.\n---\n{markdown}\n"),
        )
    }

    /// A service with that number.
    pub(crate) fn service(self, name: &str, id: &str) -> SiteTest {
        let fields = format!(
            "title: {name}\ndescription: A service.\nid: {id}\ncharging: [tbc]\naudience: [members]\nsources: []\n"
        );
        self.page(
            &format!("services/{name}.md"),
            &format!("---\n{fields}---\n"),
        )
    }

    /// An event with those fields beside the ones that every event needs.
    pub(crate) fn event(self, name: &str, starts: &str, fields: &str) -> SiteTest {
        let day = &starts[..10];
        self.page(
            &format!("events/{name}.md"),
            &format!(
                "---\ntitle: {name}\ndescription: An event.\nstarts: {starts}\nends: {day} 23:00\nvenue: Hall\nservice: workshops\n{fields}---\n"
            ),
        )
    }

    /// A template of the theme.
    pub(crate) fn template(self, name: &str, text: &str) -> SiteTest {
        self.file(&format!("theme/templates/{name}"), text)
    }

    /// The site without a file or a folder.
    pub(crate) fn without(self, path: &str) -> SiteTest {
        let path = self.folder.path().join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        self
    }

    /// A symbolic link in the site's folder.
    #[cfg(unix)]
    pub(crate) fn link(self, path: &str, leads_to: &str) -> SiteTest {
        std::os::unix::fs::symlink(leads_to, self.path(path)).unwrap();
        self
    }

    /// Something that is neither a file nor a folder.
    #[cfg(unix)]
    pub(crate) fn socket(self, path: &str) -> SiteTest {
        std::os::unix::net::UnixListener::bind(self.path(path)).unwrap();
        self
    }

    /// The site at another time, or with its drafts.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Options)) -> SiteTest {
        change(&mut self.options);
        self
    }

    /// Where the site is written.
    pub(crate) fn out(&self) -> &Path {
        &self.options.out
    }

    /// A path in the site's folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Builds it; it must succeed. What was built, its files among it.
    pub(crate) fn build(&self) -> Built {
        let built = site_gen::build(&self.options).and_then(|_| site_gen::check(&self.options));
        match built {
            Ok(built) => built,
            Err(problems) => panic!("{}", report(&problems)),
        }
    }

    /// What is built, from what, and where to.
    pub(crate) fn options(&self) -> Options {
        self.options.clone()
    }

    /// Builds it; it must succeed. What an editor is warned of.
    pub(crate) fn warnings(&self) -> String {
        let folder = format!("{}/", self.folder.path().display());
        let warnings = self.build().warnings;
        format!("{}\n\n{}", report(&warnings), count(&warnings)).replace(&folder, "")
    }

    /// Builds it; it must not succeed. What an editor is told, with paths as
    /// they are inside the site's folder.
    pub(crate) fn problems(&self) -> String {
        let problems: Vec<Problem> =
            site_gen::build(&self.options).expect_err("the site has problems");
        let folder = format!("{}/", self.folder.path().display());
        format!("{}\n\n{}", report(&problems), count(&problems)).replace(&folder, "")
    }
}

/// The text of a file of a built site.
pub(crate) fn text(built: &Built, path: &str) -> String {
    let bytes = built
        .files
        .get(path)
        .unwrap_or_else(|| panic!("no {path} among {:?}", built.files.keys()));
    String::from_utf8(bytes.clone()).unwrap()
}
