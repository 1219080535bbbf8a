//! The command as an editor runs it: what it prints, where, and how it ends.

// A helper of a test fails as a test does.
#![allow(clippy::unwrap_used)]

mod little_site;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use little_site::{little_site, said, site_gen, write};

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
fn a_wrong_setting_is_told_in_one_run_with_what_is_wrong_with_the_pages() {
    let folder = little_site();
    write(
        folder.path(),
        "content/site.yaml",
        "name: A\nbase_url: example.org\nas_at: May 2016\nlanguage: klingon!!\n\
         sections: { services: service }\nmenu: [{ label: Fees, page: fee.md }]\n",
    );
    write(
        folder.path(),
        "content/fees.md",
        "---\ntitle: Fees\ndescription: B.\n---\nSee [prices](prices.md).\n",
    );
    let output = site_gen(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        said(&output.stderr),
        "content/fees.md:5:14: the link `prices.md` leads nowhere: there is no `prices.md`\n  \
         5 | See [prices](prices.md).\n  \
         hint: check the path: it begins at the folder of this file\n\n\
         content/site.yaml:2:11: `base_url` must be an address without a path, such as `https://www.example.org`, not `example.org`\n  \
         2 | base_url: example.org\n\n\
         content/site.yaml:3:8: `as_at` must be a month such as `2016-05`, or a day, not `May 2016`\n  \
         3 | as_at: May 2016\n\n\
         content/site.yaml:4:11: `language` must be the code of a language, such as `en-GB`, not `klingon!!`\n  \
         4 | language: klingon!!\n\n\
         content/site.yaml:6:29: the link `fee.md` leads nowhere: there is no `fee.md`\n  \
         6 | menu: [{ label: Fees, page: fee.md }]\n  \
         hint: did you mean `fees.md`?\n\n\
         5 problems in 2 files\n"
    );
}

#[test]
fn an_editor_is_not_made_of_settings_that_are_wrong() {
    let folder = little_site();
    let path = folder.path().join("content/site.yaml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(path, settings.replace("https://", "")).unwrap();
    let output = site_gen(&folder, &["editor"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output.stderr).starts_with("content/site.yaml:4:11: `base_url` must be an address"),
        "{}",
        said(&output.stderr)
    );
    assert!(!folder.path().join("target/editor").exists());
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
