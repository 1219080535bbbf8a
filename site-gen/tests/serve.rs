//! The preview, as a browser and an editor meet it: the real command, spoken to
//! over HTTP, beside a copy of the repository's own content.

// A panic is how a test fails.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The longest that anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// `site-gen serve`, with content and theme to be edited.
struct Preview {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
    /// What the command has said.
    said: Arc<Mutex<String>>,
}

impl Preview {
    fn start(prepare: impl FnOnce(&Path)) -> Preview {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        copy(&root.join("content"), &folder.path().join("content"));
        copy(
            &root.join("themes/partnership"),
            &folder.path().join("theme"),
        );
        prepare(folder.path());
        let mut child = Command::new(env!("CARGO_BIN_EXE_site-gen"))
            .current_dir(folder.path())
            .args(["serve", "--port", "0", "--theme", "theme"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let address = lines.find_map(|line| {
            let address = line.strip_prefix("http://")?.strip_suffix('/')?;
            Some(address.to_owned())
        });
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        Preview {
            child,
            address: address.unwrap(),
            folder,
            said,
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from), "{path} has no `{from}`");
        fs::write(self.path(path), text.replace(from, to)).unwrap();
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        connection
    }

    /// The head and the body of an answer.
    fn ask(&self, method: &str, path: &str) -> (String, Vec<u8>) {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let mut answer = Vec::new();
        self.connect(&request).read_to_end(&mut answer).unwrap();
        let end = answer
            .windows(4)
            .position(|part| part == b"\r\n\r\n")
            .unwrap();
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap(), body)
    }

    fn get(&self, path: &str) -> (String, String) {
        let (head, body) = self.ask("GET", path);
        (head, String::from_utf8(body).unwrap())
    }

    /// Opens a path until what is there is as it should be.
    fn until(&self, path: &str, is_so: impl Fn(&str, &str) -> bool) {
        let begun = Instant::now();
        loop {
            let (head, body) = self.get(path);
            if is_so(&head, &body) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "{path} is still: {head}\n{body}\nthe command said: {}",
                self.said.lock().unwrap()
            );
        }
    }

    /// Stops the command, or lets it go on.
    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).unwrap();
        kill(Pid::from_raw(id), signal).unwrap();
    }

    /// Writes a page of the content, and its folder.
    fn page(&self, path: &str, title: &str) {
        let path = self.path(&format!("content/{path}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = format!("---\ntitle: {title}\ndescription: One.\n---\n\nText.\n");
        fs::write(path, text).unwrap();
    }

    /// Waits until there is a page with this title.
    fn until_titled(&self, path: &str, title: &str) {
        self.until(path, |_, body| body.contains(title));
    }

    /// The events that are told to a page, as lines.
    fn listen(&self, page: &str) -> impl Iterator<Item = String> + use<> {
        let (_, body) = self.get(page);
        let (_, mark) = body.split_once("data-mark=\"").unwrap();
        let mark = mark.split('"').next().unwrap();
        let target = format!("/dev/changes?page={page}&since={mark}");
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        BufReader::new(self.connect(&request))
            .lines()
            .map(Result::unwrap)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
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

#[test]
fn a_browser_finds_pages_files_and_the_way_to_them() {
    let preview = Preview::start(|_| {});
    let (head, page) = preview.get("/prospectus/letter/?from=mail");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(
        head.contains("\r\nContent-Type: text/html; charset=utf-8\r\n"),
        "{head}"
    );
    assert!(page.contains("<script src=\"/dev/reload.js\" data-mark="));

    let (of_head, nothing) = preview.ask("HEAD", "/prospectus/letter/");
    assert!(
        of_head.contains(&format!("\r\nContent-Length: {}\r\n", page.len())),
        "{of_head}"
    );
    assert!(nothing.is_empty());

    let (head, _) = preview.get("/prospectus/letter");
    assert!(head.starts_with("HTTP/1.1 301 "), "{head}");
    assert!(
        head.contains("\r\nLocation: /prospectus/letter/\r\n"),
        "{head}"
    );

    let (head, page) = preview.get("/nowhere/");
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
    assert!(page.contains("</html>"), "the site's own page: {page}");

    let (head, _) = preview.get("/sitemap.xml");
    assert!(
        head.contains("\r\nContent-Type: application/xml\r\n"),
        "{head}"
    );
    let (head, script) = preview.get("/dev/reload.js");
    assert!(
        head.contains("\r\nContent-Type: text/javascript; charset=utf-8\r\n"),
        "{head}"
    );
    assert!(script.contains("EventSource"));

    let (head, _) = preview.get("/../../../etc/passwd");
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
    let (head, _) = preview.ask("POST", "/apply/");
    assert!(head.starts_with("HTTP/1.1 405 "), "{head}");
    assert!(head.contains("\r\nAllow: GET, HEAD"), "{head}");
}

#[test]
fn an_edit_is_there_when_the_page_is_told_of_it() {
    let preview = Preview::start(|_| {});
    let mut news = preview.listen("/prospectus/letter/");
    preview.edit("content/prospectus/letter.md", "title: ", "title: Edited. ");
    assert!(news.any(|line| line == "event: page"));
    assert!(preview.get("/prospectus/letter/").1.contains("Edited."));
}

#[test]
fn a_fault_is_told_over_the_last_good_page_until_it_is_mended() {
    let preview = Preview::start(|_| {});
    let (_, before) = preview.get("/contact/");
    let mut news = preview.listen("/contact/");
    preview.edit("content/contact.md", "title: ", "titel: ");
    let told = news.find(|line| line.starts_with("data: \"")).unwrap();
    assert!(told.contains("content/contact.md:2:1: "), "{told}");
    assert_eq!(preview.get("/contact/").1, before);
    preview.edit("content/contact.md", "titel: ", "title: ");
    assert!(news.any(|line| line == "event: mended"));
}

#[test]
fn a_site_that_cannot_be_built_at_first_comes_when_it_is_mended() {
    let wrong = |folder: &Path| fs::rename(folder.join("content/site.yaml"), folder.join("aside"));
    let preview = Preview::start(|folder| wrong(folder).unwrap());
    let (head, page) = preview.get("/");
    assert!(head.starts_with("HTTP/1.1 503 "), "{head}");
    assert!(page.contains("The site cannot be built yet"), "{page}");
    let mut news = preview.listen("/");
    assert!(news.any(|line| line == "event: broken"));
    fs::rename(preview.path("aside"), preview.path("content/site.yaml")).unwrap();
    assert!(news.any(|line| line == "event: page"));
    assert!(preview.get("/").0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_burst_of_new_and_removed_folders_ends_as_the_folders_are() {
    let preview = Preview::start(|_| {});
    let page =
        |title: usize| format!("---\ntitle: Page {title}\ndescription: One.\n---\n\nText.\n");
    for folder in 0..20 {
        let path = preview.path(&format!("content/burst-{folder}"));
        fs::create_dir_all(path.join("deeper")).unwrap();
        fs::write(path.join("_index.md"), page(folder)).unwrap();
        fs::write(path.join("deeper/_index.md"), page(folder)).unwrap();
        fs::write(path.join("deeper/page.md"), page(folder)).unwrap();
    }
    for folder in 0..20 {
        let path = format!("/burst-{folder}/deeper/page/");
        preview.until(&path, |head, _| head.starts_with("HTTP/1.1 200 "));
    }
    for folder in 1..20 {
        fs::remove_dir_all(preview.path(&format!("content/burst-{folder}"))).unwrap();
    }
    preview.until("/burst-19/deeper/page/", |head, _| {
        head.starts_with("HTTP/1.1 404 ")
    });
    preview.until("/burst-0/deeper/page/", |_, body| body.contains("Page 0"));
}

#[test]
fn folders_that_come_by_the_hundred_are_all_seen_and_then_followed() {
    let preview = Preview::start(|_| {});
    std::thread::scope(|threads| {
        for hand in 0..4 {
            let preview = &preview;
            threads.spawn(move || {
                let pages = || (0..150).map(|number| format!("many/{hand}/{number}/deep/page"));
                for page in pages() {
                    let page = preview.path(&format!("content/{page}"));
                    fs::create_dir_all(page.parent().unwrap()).unwrap();
                }
                // The first folders are long known, the last are not watched yet.
                for page in pages().rev() {
                    preview.page(&format!("{page}.md"), "First");
                }
            });
        }
    });
    for (hand, number) in (0..4).flat_map(|hand| (0..150).map(move |number| (hand, number))) {
        preview.until_titled(&format!("/many/{hand}/{number}/deep/page/"), "First");
    }
    for number in [0, 75, 149] {
        preview.page(&format!("many/2/{number}/deep/page.md"), "Second");
        preview.until_titled(&format!("/many/2/{number}/deep/page/"), "Second");
    }
}

#[test]
fn a_folder_that_came_when_the_system_lost_count_is_followed_like_any_other() {
    let preview = Preview::start(|_| {});
    preview.signal(Signal::SIGSTOP);
    // The system keeps 16,384 events, and each of these makes three.
    let noise = preview.path("content/noise.txt");
    for _ in 0..8_000 {
        let mut noise = fs::File::options()
            .create(true)
            .append(true)
            .open(&noise)
            .unwrap();
        noise.write_all(b".").unwrap();
    }
    preview.page("late/first.md", "First");
    preview.signal(Signal::SIGCONT);
    preview.until_titled("/late/first/", "First");
    // By then all that was to be read anew has been read.
    preview.edit("content/contact.md", "title: ", "title: Edited. ");
    preview.until_titled("/contact/", "Edited. ");
    preview.page("late/second.md", "Second");
    preview.until_titled("/late/second/", "Second");
}

#[test]
fn a_folder_that_is_moved_here_is_followed_like_any_other() {
    let preview = Preview::start(|folder| {
        fs::create_dir_all(folder.join("aside/inner")).unwrap();
    });
    fs::rename(preview.path("aside"), preview.path("content/moved")).unwrap();
    preview.page("moved/inner/first.md", "First");
    preview.until_titled("/moved/inner/first/", "First");
    fs::rename(preview.path("content/moved"), preview.path("content/again")).unwrap();
    preview.page("again/inner/second.md", "Second");
    preview.until_titled("/again/inner/second/", "Second");
}
