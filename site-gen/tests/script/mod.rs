//! A little site on the disk, and random edits of it.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use site_gen::Options;
use tempfile::TempDir;

mod kinds;

/// What pages are named, and what they speak of.
const NAMES: [&str; 9] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];
const FOLDERS: [&str; 4] = ["", "news/", "news/old/", "guides/"];
const TAGS: [&str; 5] = ["Reading", "reading", "maths", "Early years", "sport"];

/// Shows all that a template can know.
const ALL: &str = "<title>{{ page.title }}</title><p>{{ page.description }} {{ page.path }} {{ page.kind }} \
    {{ page.date or \"\" }} {{ page.updated or \"\" }} {{ page.words }} {{ page.reading_time }} {{ page.section }} {{ page.feed or \"\" }}</p>\
    {% for crumb in page.breadcrumbs %}<i>{{ crumb.label }} {{ crumb.href }}</i>{% endfor %}\
    {% for term in page.terms %}<b>{{ term.name }} {{ term.href }}</b>{% endfor %}\
    {% if page.previous %}<a rel=prev href={{ page.previous.href }}>{{ page.previous.title }}</a>{% endif %}\
    {% if page.next %}<a rel=next href={{ page.next.href }}>{{ page.next.title }}</a>{% endif %}\
    {% for item in page.related %}<s>{{ item.title }} {{ item.href }}</s>{% endfor %}\
    <main>{{ page.content | safe }}</main><script type=\"application/ld+json\">{{ page.json_ld }}</script>\
    {% for item in site.menu %}<u>{{ item.label }}</u>{% endfor %}{{ asset(path=\"style.css\") }}{{ data.town.name }}";

const LISTS: &str = "{% for item in items %}<li>{{ item.title }} {{ item.description }} {{ item.href }} {{ item.date or \"\" }} {{ item.summary or \"\" }}</li>{% endfor %}\
    {% if pager %}{{ pager.number }}/{{ pager.count }} {{ pager.total }} {{ pager.previous or \"\" }} {{ pager.next or \"\" }}{% for one in pager.pages %}{{ one.href }}{% endfor %}{% endif %}";

/// A site, and the random numbers of its script.
pub(crate) struct Little {
    folder: TempDir,
    random: u64,
    /// The month of 2028 that it is taken to be.
    month: u64,
}

impl Little {
    pub(crate) fn new(seed: u64) -> Little {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Little {
            folder,
            month: 1,
            random: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66_D123_4567,
        };
        site.settings();
        for (name, more) in [
            ("page", ""),
            ("404", ""),
            ("search", ""),
            ("home", LISTS),
            ("list", LISTS),
            ("term", LISTS),
            (
                "taxonomy",
                "{% for term in terms %}{{ term.name }} {{ term.href }} {{ term.count }};{% endfor %}",
            ),
        ] {
            let text = format!(
                "{ALL}{more}{}",
                if name == "list" {
                    "{% for item in sections %}<em>{{ item.title }}</em>{% endfor %}"
                } else {
                    ""
                }
            );
            site.write(&format!("theme/templates/{name}.html"), &text);
        }
        site.kinds(ALL);
        site.write(
            "theme/templates/components.html",
            "{% component note(text: string) %}<p class=note>{{ text }}</p>{% endcomponent note %}",
        );
        site.write(
            "content/search.md",
            "---\ntitle: Search\ndescription: Search.\ntemplate: search\n---\n",
        );
        site.write("theme/assets/style.css", "body{}");
        site.picture();
        site.write("content/data/town.yaml", "name: Poplar\n");
        site.write(
            "content/_index.md",
            "---\ntitle: Home\ndescription: Home.\n---\n[News](news/_index.md)\n",
        );
        for folder in ["news/", "news/old/", "guides/"] {
            let path = format!("content/{folder}_index.md");
            site.write(
                &path,
                &format!("---\ntitle: {folder}\ndescription: A list.\n---\nAll.\n"),
            );
        }
        site.write("content/news/one.md", "---\ntitle: One\ndescription: The first.\ndate: 2020-01-01\ntags: [Reading]\n---\nFirst words.\n");
        for _ in 0..9 {
            let path = site.some_path();
            site.page(&path, false);
        }
        site
    }

    pub(crate) fn options(&self) -> Options {
        let now = format!("2028-{:02}-01T00:00:00Z", self.month);
        let now = now.parse().unwrap();
        Options {
            theme: self.folder.path().join("theme"),
            ..Options::new(self.folder.path(), now)
        }
    }

    /// How many edits the script has.
    pub(crate) fn steps(&mut self) -> u64 {
        3 + self.below(4)
    }

    /// Edits the site; what was done, and where.
    pub(crate) fn edit(&mut self) -> (String, Vec<PathBuf>) {
        let mut done = Vec::new();
        let mut paths = Vec::new();
        if self.chance(4) {
            self.month = 1 + self.below(4);
            done.push(format!("it is month {}", self.month));
        }
        for _ in 0..1 + self.below(2) {
            let (what, touched) = self.one();
            done.push(what);
            paths.extend(touched);
        }
        (done.join(", and "), paths)
    }

    fn one(&mut self) -> (String, Vec<PathBuf>) {
        let existing = self.pages();
        let some = (!existing.is_empty()).then(|| self.pick(&existing));
        let other = self.some_path();
        match (self.below(20), some) {
            (0..=5, _) => (format!("write {other}"), {
                let may_be_wrong = self.chance(3);
                vec![self.page(&other, may_be_wrong)]
            }),
            (6 | 7, Some(path)) => (
                format!("add words to {path}"),
                vec![self.append(&path, "\n\nMore words.\n")],
            ),
            (8 | 9, Some(path)) => {
                fs::remove_file(self.folder.path().join(&path)).unwrap();
                (
                    format!("delete {path}"),
                    vec![self.folder.path().join(&path)],
                )
            }
            (10, Some(path)) => {
                let (from, to) = (
                    self.folder.path().join(&path),
                    self.folder.path().join(&other),
                );
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::rename(&from, &to).unwrap();
                (format!("rename {path} to {other}"), vec![from, to])
            }
            (11, _) => (
                self.template(),
                vec![self.folder.path().join("theme/templates/page.html")],
            ),
            (12, _) => {
                let name = self.pick(&["Poplar", "Bow", "Stepney"]);
                let path = self.write("content/data/town.yaml", &format!("name: {name}\n"));
                (format!("the data says {name}"), vec![path])
            }
            (13, _) => {
                let path = self.settings();
                ("other settings".to_owned(), vec![path])
            }
            (14, _) => {
                let text = self.pick(&["body{}", "body{color:red}"]);
                (
                    "another style".to_owned(),
                    vec![self.write("theme/assets/style.css", text)],
                )
            }
            (16..=18, _) => self.kind(),
            (19, _) => self.picture(),
            _ => {
                let path = format!(
                    "content/{}",
                    self.pick(&["map.svg", "news/map.svg", "robots.txt"])
                );
                let there = self.folder.path().join(&path);
                if there.exists() {
                    fs::remove_file(&there).unwrap();
                    // The folder is told instead of the file.
                    (
                        format!("take {path}"),
                        vec![there.parent().unwrap().to_owned()],
                    )
                } else {
                    (format!("put {path}"), vec![self.write(&path, "<svg/>")])
                }
            }
        }
    }

    /// Puts a picture, another in its place, or one that is none.
    fn picture(&mut self) -> (String, Vec<PathBuf>) {
        let (width, bytes) = match self.below(5) {
            0 => (0, b"words".to_vec()),
            width => {
                let width = u32::try_from(width).unwrap();
                let mut bytes = Cursor::new(Vec::new());
                let picture = image::DynamicImage::new_rgb8(width, 1);
                picture
                    .write_to(&mut bytes, image::ImageFormat::Png)
                    .unwrap();
                (width, bytes.into_inner())
            }
        };
        let path = self.folder.path().join("content/photo.png");
        fs::write(&path, bytes).unwrap();
        (format!("a picture {width} wide"), vec![path])
    }

    /// Writes a page of random fields and words, and perhaps of mistakes.
    fn page(&mut self, path: &str, may_be_wrong: bool) -> PathBuf {
        let mut text = format!(
            "---\ntitle: {}\ndescription: About it.\n",
            self.pick(&NAMES)
        );
        if self.chance(2) {
            text += &format!("date: 202{}-0{}-11\n", self.below(4), 1 + self.below(9));
        }
        if self.chance(2) {
            text += &format!("tags: [{}, {}]\n", self.pick(&TAGS), self.pick(&TAGS));
        }
        if self.chance(4) {
            text += &format!("weight: {}\n", self.below(3));
        }
        if self.chance(6) {
            text += "draft: true\n";
        }
        if may_be_wrong && self.chance(2) && !path.ends_with("_index.md") {
            text += &format!("publish_from: 2028-0{}-01\n", 1 + self.below(4));
        }
        if may_be_wrong && self.chance(3) && !path.ends_with("_index.md") {
            text += &format!("publish_until: 2028-0{}-20\n", 1 + self.below(4));
        }
        if self.chance(6) {
            let stem = path.replace(['/', '.'], "-");
            let same = if may_be_wrong { "x" } else { &stem };
            text += &format!("aliases: [/old/{same}/]\n");
        }
        if path.ends_with("_index.md") && self.chance(3) {
            text += "feed: true\npaginate: 2\n";
        }
        match self.below(if may_be_wrong { 8 } else { 1 }) {
            0 if may_be_wrong => text += "titel: x\n",
            1 => text += "date: never\n",
            2 => text += "template: absent\n",
            _ => {}
        }
        text += "---\n";
        match 6 - self.below(if may_be_wrong { 7 } else { 2 }) {
            0 => text += "[gone](gone.md)\n\n",
            1 => text += "[two](/two/)\n\n",
            2 => text += "[one](/news/one/#part)\n\n",
            6 => text += "{{ note(text=\"Note\") }}\n\n",
            4 => text += "![map](/map.svg)\n\n",
            5 => text += "[tag](/tags/maths/)\n\n",
            _ => {}
        }
        if self.chance(3) {
            text += "<img src=\"/photo.png\" alt=\"A photo\">\n\n";
        }
        if self.chance(2) {
            text += "## Part\n\n";
        }
        text += &format!("Words of {}.\n", self.pick(&NAMES));
        self.write(path, &text)
    }

    fn template(&mut self) -> String {
        let (what, more) = self.pick(&[
            ("a template shows less", ""),
            ("a template shows more", "<hr>"),
            ("a template is wrong", "{{ page.absent }}"),
            ("a template cannot be parsed", "{% if %}"),
            ("a template has a heading", "<h2 id=\"part\">Part</h2>"),
        ]);
        self.write("theme/templates/page.html", &format!("{ALL}{more}"));
        what.to_owned()
    }

    fn settings(&mut self) -> PathBuf {
        let mut text = format!(
            "name: {}\nbase_url: https://example.org\nlanguage: en-GB\nsections: {{ services: service, events: event, documents: document }}\nmenu:\n  - {{ label: News, page: news/_index.md }}\n",
            self.pick(&["A site", "Another site"])
        );
        if self.chance(2) && self.folder.path().join("content/news/one.md").exists() {
            text += "  - { label: One, page: news/one.md }\n";
        }
        if self.chance(2) {
            text += "paginate: 3\n";
        }
        if self.chance(2) {
            text += "feed: true\n";
        }
        if self.chance(6) {
            text += "taxonomies: []\n";
        }
        if self.chance(12) {
            text += "nam: x\n";
        }
        self.write("content/site.yaml", &text)
    }

    /// Adds to a file.
    pub(crate) fn append(&mut self, path: &str, more: &str) -> PathBuf {
        let old = fs::read_to_string(self.folder.path().join(path)).unwrap_or_default();
        self.write(path, &format!("{old}{more}"))
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// The pages that there are, in order.
    fn pages(&self) -> Vec<String> {
        let mut found = Vec::new();
        for folder in FOLDERS {
            let inside = format!("content/{folder}");
            let Ok(entries) = fs::read_dir(self.folder.path().join(&inside)) else {
                continue;
            };
            let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let pages = names.filter(|name| name.ends_with(".md"));
            found.extend(pages.map(|name| format!("{inside}{name}")));
        }
        found.sort();
        found
    }

    fn some_path(&mut self) -> String {
        let name = if self.chance(9) {
            "_index"
        } else {
            self.pick(&NAMES)
        };
        format!("content/{}{name}.md", self.pick(&FOLDERS))
    }

    fn chance(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        let count = u64::try_from(of.len()).unwrap();
        of[usize::try_from(self.below(count)).unwrap()].clone()
    }

    /// A random number below another (xorshift: the same on every machine).
    fn below(&mut self, bound: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 11) % bound
    }
}
