//! The command as an editor runs it: what it prints, where, and how it ends.

// A helper of a test fails as a test does.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const SITE: &str = "name: A\nfull_name: B\nstrapline: C\nbase_url: https://example.org\nas_at: 2016-05\nlanguage: en-GB\n\
    sections: { services: service, board: person, events: event }\nmenu: []\n";

const SERVICE: &str = "---\ntitle: Workshops\ndescription: W.\nid: S01\ncharging: [tbc]\naudience: [members]\nsources: []\n---\n";

/// A folder with a little site in the usual places: three pages, one asset.
fn little_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    for name in ["fees", "commitments", "booking"] {
        let real = concat!(env!("CARGO_MANIFEST_DIR"), "/../content");
        write(
            folder.path(),
            &format!("content/{name}.yaml"),
            &fs::read_to_string(format!("{real}/{name}.yaml")).unwrap(),
        );
    }
    let page = "---\ntitle: A\ndescription: B.\n---\n";
    write(folder.path(), "content/_index.md", page);
    write(folder.path(), "content/prospectus/_index.md", page);
    write(
        folder.path(),
        "content/services/workshops-for-leaders.md",
        SERVICE,
    );
    for name in ["home", "list", "page", "service", "person", "event"] {
        let template = format!("themes/partnership/templates/{name}.html");
        write(
            folder.path(),
            &template,
            "<body><h1>{{ page.title }}</h1></body>",
        );
    }
    write(
        folder.path(),
        "themes/partnership/assets/style.css",
        "body{}",
    );
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn site_gen(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site-gen"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_build_ends_with_one_line_and_0() {
    let folder = little_site();
    let output = site_gen(&folder, &["build", "--now", "2017-04-01T09:00+01:00"]);
    assert_eq!((said(&output.stderr), output.status.code()), ("", Some(0)));
    let line = said(&output.stdout);
    let seconds = line
        .strip_prefix("3 pages, 1 asset in ")
        .unwrap()
        .strip_suffix(" s → target/site\n")
        .unwrap();
    assert!(seconds.parse::<f32>().is_ok(), "{line}");
    assert!(folder.path().join("target/publication.json").is_file());
}

#[test]
fn problems_go_to_standard_error_and_the_end_is_1() {
    let folder = little_site();
    write(folder.path(), "content/fees.md", "---\ntitle: Fees\n---\n");
    let output = site_gen(&folder, &["build"]);
    assert_eq!((said(&output.stdout), output.status.code()), ("", Some(1)));
    assert_eq!(
        said(&output.stderr),
        "content/fees.md:1:1: a page needs the field `description`\n  \
         1 | ---\n  \
         hint: write one sentence that says what the page is, such as `description: How a school joins.`\n\n\
         1 problem in 1 file; the site was left as it was\n"
    );
    assert!(!folder.path().join("target/site").exists());
}

#[test]
fn a_check_writes_nothing() {
    let folder = little_site();
    let output = site_gen(&folder, &["check"]);
    assert_eq!(
        (said(&output.stdout), output.status.code()),
        ("3 pages, 1 asset, no problem\n", Some(0))
    );
    write(folder.path(), "content/fees.md", "---\ntitle: Fees\n---\n");
    let output = site_gen(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).ends_with("\n\n1 problem in 1 file\n"));
    assert!(!folder.path().join("target").exists());
}

#[test]
fn a_command_that_is_not_understood_ends_with_2() {
    let folder = little_site();
    for arguments in [
        &["bild"][..],
        &["build", "--ou", "x"],
        &["build", "--now", "tomorrow"],
        &["new", "speech", "A"],
        &[],
    ] {
        assert_eq!(
            site_gen(&folder, arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}

#[test]
fn for_a_machine_each_problem_is_one_line_of_json_on_standard_output() {
    let folder = little_site();
    let output = site_gen(&folder, &["check", "--format", "json"]);
    assert_eq!(
        (
            said(&output.stdout),
            said(&output.stderr),
            output.status.code()
        ),
        ("", "3 pages, 1 asset, no problem\n", Some(0))
    );
    write(folder.path(), "content/a b.svg", "<svg/>");
    write(
        folder.path(),
        "content/fees.md",
        "---\ntitle: \"“Fees”\"\ndescription: B.\nwaight: 3\n---\n",
    );
    let output = site_gen(&folder, &["build", "--format=json"]);
    assert_eq!((said(&output.stderr), output.status.code()), ("", Some(1)));
    assert_eq!(
        said(&output.stdout),
        "{\"column\":null,\"excerpt\":null,\"hint\":\"rename it to `a-b.svg`\",\"line\":null,\"path\":\"content/a b.svg\",\"rule\":\"unreadable\",\"severity\":\"error\",\
         \"what\":\"the file’s name is its address: use letters, digits and hyphens\"}\n\
         {\"column\":1,\"excerpt\":\"waight: 3\",\"hint\":\"did you mean `weight`?\",\"line\":4,\"path\":\"content/fees.md\",\"rule\":\"unknown-field\",\"severity\":\"error\",\
         \"what\":\"a page has no field `waight`\"}\n"
    );
}

#[test]
fn where_nobody_looks_there_is_no_colour_and_no_progress() {
    let folder = little_site();
    write(folder.path(), "content/fees.md", "---\ntitle: Fees\n---\n");
    let output = site_gen(&folder, &["check"]);
    assert!(
        !output.stderr.contains(&b'\x1b'),
        "{}",
        said(&output.stderr)
    );
}

#[test]
fn the_help_of_each_command_has_examples_and_says_how_it_ends() {
    let folder = little_site();
    let version = site_gen(&folder, &["--version"]);
    assert_eq!(
        said(&version.stdout),
        concat!("site-gen ", env!("CARGO_PKG_VERSION"), "\n")
    );
    for command in [&[][..], &["build"], &["serve"], &["check"], &["new"]] {
        let output = site_gen(&folder, &[command, &["--help"]].concat());
        let help = said(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        assert!(
            help.contains("Examples:\n  site-gen ")
                && help.contains(
                    "Exit status:\n  0  done\n  \
                     1  there are problems, each told with its place; the site was left as it was\n  \
                     2  the command was not understood"
                ),
            "{help}"
        );
    }
}

#[test]
fn the_options_that_people_know_from_zola_and_hugo_are_understood() {
    let folder = little_site();
    for arguments in [
        &["build", "-o", "a", "-u", "https://example.net"][..],
        &[
            "build",
            "--output-dir",
            "b",
            "--base-url",
            "https://example.net",
            "--drafts",
        ],
        &[
            "build",
            "--destination",
            "c",
            "--baseURL",
            "https://example.net",
            "-D",
        ],
    ] {
        let output = site_gen(&folder, arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let sitemap = folder.path().join(arguments[2]).join("sitemap.xml");
        let sitemap = fs::read_to_string(sitemap).unwrap();
        assert!(sitemap.contains("https://example.net/"), "{sitemap}");
    }
}

#[test]
fn a_new_file_of_each_kind_is_a_draft_that_has_what_it_needs() {
    let folder = little_site();
    let title = "Our schools’ “plans”:\n\"new\"";
    for (arguments, path) in [
        (&["page"][..], "our-schools-plans-new.md"),
        (&["page", "--in", "news"], "news/our-schools-plans-new.md"),
        (&["page", "--name", "plans"], "plans.md"),
        (&["section"], "our-schools-plans-new/_index.md"),
        (&["service"], "services/our-schools-plans-new.md"),
        (&["person"], "board/our-schools-plans-new.md"),
        (&["event"], "events/our-schools-plans-new.md"),
    ] {
        // Two pages would be at one address.
        if path == "our-schools-plans-new/_index.md" {
            fs::remove_file(folder.path().join("content/our-schools-plans-new.md")).unwrap();
        }
        let output = site_gen(
            &folder,
            &[&["new", arguments[0], title], &arguments[1..]].concat(),
        );
        assert_eq!(
            (said(&output.stderr), said(&output.stdout)),
            ("", &*format!("content/{path} is begun, as a draft\n"))
        );
        let begun = fs::read_to_string(folder.path().join("content").join(path)).unwrap();
        assert!(
            begun.starts_with("---\ntitle: \"Our schools’ “plans”: \\\"new\\\"\"\ndescription: "),
            "{begun}"
        );
    }
    assert_eq!(
        said(&site_gen(&folder, &["check"]).stdout),
        "3 pages, 1 asset, no problem\n"
    );
    let output = site_gen(&folder, &["check", "--drafts"]);
    assert_eq!(
        (said(&output.stderr), said(&output.stdout)),
        ("", "9 pages, 1 asset, no problem\n")
    );
}

#[test]
fn a_file_that_cannot_be_begun_is_told() {
    let folder = little_site();
    for (arguments, told) in [
        (
            &["page", "A", "--name", "_index"][..],
            "content/_index.md: the file is there already\n  \
             hint: choose another title, or edit that file\n\n",
        ),
        (
            &["page", "মাতৃভাষা"],
            "content: `মাতৃভাষা` has none of the letters that name a file\n  \
             hint: name it with the letters a to z, such as `--name mother-tongues`\n\n",
        ),
        (
            &["page", "Notes", "--in", "../notes"],
            "content: `../notes/notes.md` cannot be an address\n  \
             hint: use lower-case letters, digits and hyphens in `--in` and `--name`\n\n",
        ),
        (
            &["page", "Apply"],
            "content/apply.md: the forms answer at `/apply/`, so no page can be there\n  \
             hint: choose another title, or `--name`\n\n",
        ),
        (
            &["page", "Index", "--in", "notes"],
            "content/notes/index.md: the page would be at `/notes/index/`, and not at `/notes/`\n  \
             hint: choose another title, or `--name`; the page of a folder begins with `new section`\n\n",
        ),
    ] {
        let output = site_gen(&folder, &[&["new"], arguments].concat());
        assert_eq!(
            (
                said(&output.stdout),
                said(&output.stderr),
                output.status.code()
            ),
            ("", &*format!("{told}1 problem in 1 file\n"), Some(1))
        );
    }
}

/// A server that ends with its test, however that ends.
struct Preview(Child);

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_preview_shows_the_site_and_tells_the_browser_of_a_change() {
    let folder = little_site();
    let mut server = Command::new(env!("CARGO_BIN_EXE_site-gen"));
    server
        .args(["serve", "--port", "0"])
        .current_dir(folder.path())
        .stdout(Stdio::piped());
    let mut preview = Preview(server.spawn().unwrap());
    let mut lines = BufReader::new(preview.0.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let host = lines
        .next()
        .unwrap()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let ask = |path: &str| {
        let mut connection = TcpStream::connect(&host).unwrap();
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        connection
    };
    let get = |path: &str| {
        let mut answer = String::new();
        ask(path).read_to_string(&mut answer).unwrap();
        answer
    };
    let page = get("/prospectus/?from=mail");
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"),
        "{page}"
    );
    assert!(
        page.contains("<h1>A</h1>") && page.contains("src=\"/dev/reload.js\""),
        "{page}"
    );
    assert!(get("/nowhere/").starts_with("HTTP/1.1 404 "));

    let mut changes = BufReader::new(ask("/dev/changes"))
        .lines()
        .map(Result::unwrap);
    assert_eq!(changes.next().unwrap(), "HTTP/1.1 200 OK");
    write(
        folder.path(),
        "content/prospectus/_index.md",
        "---\ntitle: Changed\ndescription: B.\n---\n",
    );
    let shown = |line: String| {
        line.starts_with("event: ") && get("/prospectus/").contains("<h1>Changed</h1>")
    };
    assert!(changes.any(shown));
}
