//! An editor at work beside the running product: what is saved is seen, in
//! pages and in forms, and what is wrong is told until it is mended.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tests::binary::Program;
use tests::{Answer, Visitor, root};

/// The longest that anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The product with a copy of content and theme, to be edited.
struct Desk {
    // Ended before its folder goes.
    program: Program,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("content"), &folder.path().join("content"));
        copy(
            &root().join("themes/partnership"),
            &folder.path().join("theme"),
        );
        let path = |name: &str| folder.path().join(name).display().to_string();
        let program = Program::start(
            &folder.path().join("data"),
            &["--content", &path("content"), "--theme", &path("theme")],
        );
        Desk { program, folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Saves as many editors do: aside, and then in one rename.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let file = self.path(path);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        let aside = file.with_extension("saving~");
        fs::write(&aside, text.replace(from, to)).unwrap();
        fs::rename(aside, file).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Opens a path until what is there is as it should be.
async fn until(visitor: &Visitor, path: &str, is_so: impl Fn(&Answer) -> bool) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = visitor.get(path).await;
        if is_so(&answer) {
            return answer;
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "{path} is still: {}",
            answer.text()
        );
        tokio::task::yield_now().await;
    }
}

/// A browser's script, listening in a page.
struct Listener {
    response: reqwest::Response,
    heard: String,
}

impl Listener {
    async fn at(desk: &Desk, path: &str) -> Listener {
        let page = desk.program.visitor().get(path).await;
        let (_, mark) = page.body.split_once("data-mark=\"").unwrap();
        let mark = mark.split('"').next().unwrap();
        let origin = &desk.program.base_url;
        let address = format!("{origin}/dev/changes?page={path}&since={mark}");
        Listener {
            response: reqwest::get(address).await.unwrap(),
            heard: String::new(),
        }
    }

    /// The data of the next event of this name.
    async fn hears(&mut self, name: &str) -> String {
        let begins = format!("event: {name}\ndata: ");
        loop {
            if let Some(at) = self.heard.find(&begins) {
                let rest = self.heard.split_off(at + begins.len());
                let (data, rest) = rest.split_once("\n\n").unwrap();
                let data = data.to_owned();
                self.heard = rest.to_owned();
                return data;
            }
            let more = tokio::time::timeout(PATIENCE, self.response.chunk()).await;
            let more = more.unwrap_or_else(|_| panic!("no `{name}` after {}", self.heard));
            self.heard += str::from_utf8(&more.unwrap().unwrap()).unwrap();
        }
    }
}

#[tokio::test]
async fn an_edit_is_seen_in_the_page_in_the_form_and_by_whoever_looks_at_them() {
    let desk = Desk::new();
    let school = desk.program.visitor();
    let event = "/events/network/";
    let mut page = Listener::at(&desk, event).await;
    let mut form = Listener::at(&desk, "/book/network/").await;
    let mut other = Listener::at(&desk, "/prospectus/letter/").await;

    desk.edit("content/events/network.md", "capacity: 2", "capacity: 7");
    page.hears("page").await;
    form.hears("page").await;
    // Whoever was told sees it at once: no polling.
    let capacity = school.get("/api/events/network").await.json()["capacity"].clone();
    assert_eq!(capacity, 7);
    let shown = school.get(event).await;
    assert!(shown.text().contains('7'), "{}", shown.text());

    desk.edit("content/prospectus/letter.md", "title: ", "title: Edited. ");
    other.hears("page").await;
    assert!(
        !other.heard.contains("event: page"),
        "told once: {}",
        other.heard
    );
    let text = school.get("/prospectus/letter/").await.text();
    assert!(text.contains("Edited."), "{text}");
}

#[tokio::test]
async fn a_broken_edit_leaves_the_last_good_page_up_and_tells_until_it_is_mended() {
    let desk = Desk::new();
    let school = desk.program.visitor();
    let mut page = Listener::at(&desk, "/").await;
    let before = school.get("/events/network/").await.text();

    desk.edit("content/events/network.md", "capacity: 2", "capacity: lots");
    let told = page.hears("broken").await;
    assert!(
        told.contains("network.md:7:11: `capacity` must be"),
        "{told}"
    );
    assert_eq!(school.get("/events/network/").await.text(), before);
    assert_eq!(
        school.get("/api/events/network").await.json()["capacity"],
        2
    );
    let told = Listener::at(&desk, "/apply/").await.hears("broken").await;
    assert!(
        told.contains("1 problem in 1 file"),
        "who comes later: {told}"
    );

    desk.edit("content/events/network.md", "capacity: lots", "capacity: 9");
    page.hears("mended").await;
    assert_eq!(
        school.get("/api/events/network").await.json()["capacity"],
        9
    );
}

#[tokio::test]
async fn a_style_is_swapped_and_a_template_reaches_the_screens() {
    let desk = Desk::new();
    let school = desk.program.visitor();
    let mut page = Listener::at(&desk, "/").await;
    let mut form = Listener::at(&desk, "/apply/").await;

    // A part of the style sheet that every page links; a folder has others too.
    let file = desk.path("theme/assets/page.css");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\nbody {{ outline: 0 }}\n")).unwrap();
    for listener in [&mut page, &mut form] {
        let styles = listener.hears("styles").await;
        let styles: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&styles).unwrap();
        for (old, new) in styles {
            assert_ne!(old, new);
            assert_eq!(school.get(&new).await.status, 200);
        }
    }

    desk.edit(
        "theme/templates/forms/apply/start.html",
        "{% block",
        "{# seen #}{% block",
    );
    form.hears("page").await;
}

#[tokio::test]
async fn a_new_folder_of_pages_is_seen_and_goes_again() {
    let desk = Desk::new();
    let school = desk.program.visitor();
    let page = "---\ntitle: News\ndescription: What is new.\n---\n\nIt is here.\n";
    fs::create_dir_all(desk.path("content/diary/spring")).unwrap();
    for name in [
        "diary/_index.md",
        "diary/spring/_index.md",
        "diary/spring/first.md",
    ] {
        fs::write(desk.path("content").join(name), page).unwrap();
    }
    let shown = until(&school, "/diary/spring/first/", |answer| {
        answer.status == 200
    })
    .await;
    assert!(shown.text().contains("It is here."));
    fs::remove_dir_all(desk.path("content/diary")).unwrap();
    until(&school, "/diary/spring/first/", |answer| {
        answer.status == 404
    })
    .await;
}
