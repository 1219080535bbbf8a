//! The command as an editor runs it: what it prints, where, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The real content and theme of this checkout.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn site_gen(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site-gen"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder with one page, so far from a site that everything is wrong.
fn broken() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content")).unwrap();
    fs::create_dir_all(folder.path().join("themes/partnership")).unwrap();
    for name in ["site", "fees", "commitments", "booking"] {
        fs::copy(
            format!("{ROOT}/content/{name}.yaml"),
            folder.path().join(format!("content/{name}.yaml")),
        )
        .unwrap();
    }
    fs::write(folder.path().join("content/site.yaml"), "name: A\n").unwrap();
    folder
}

#[test]
fn a_build_ends_with_one_line_and_0() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let output = site_gen(Path::new(ROOT), &["build", "--out", site.to_str().unwrap()]);
    assert_eq!(said(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let line = said(&output.stdout);
    let (pages, rest) = line.split_once(" pages, ").unwrap();
    let (assets, rest) = rest.split_once(" assets in ").unwrap();
    let (seconds, to) = rest.split_once(" s → ").unwrap();
    assert!(
        pages.parse::<usize>().unwrap() > 80 && assets.parse::<usize>().unwrap() > 0,
        "{line}"
    );
    assert!(seconds.parse::<f32>().is_ok(), "{line}");
    assert_eq!(to.trim_end(), site.to_str().unwrap());
    assert!(out.path().join("publication.json").is_file());
}

#[test]
fn problems_go_to_standard_error_and_the_end_is_1() {
    let folder = broken();
    let output = site_gen(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said(&output.stdout), "");
    let told = said(&output.stderr);
    assert!(
        told.starts_with(
            "content/site.yaml:1:1: the site needs the field `as_at`\n  1 | name: A\n  hint: "
        ),
        "{told}"
    );
    assert!(
        told.ends_with("\n\n6 problems in 1 file; the site was left as it was\n"),
        "{told}"
    );
    assert!(!folder.path().join("target").exists());
}

#[test]
fn a_check_writes_nothing() {
    let folder = broken();
    let output = site_gen(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).ends_with("6 problems in 1 file\n"));
    let output = site_gen(
        folder.path(),
        &[
            "check",
            "--content",
            &format!("{ROOT}/content"),
            "--theme",
            &format!("{ROOT}/themes/partnership"),
        ],
    );
    assert_eq!((output.status.code(), said(&output.stderr)), (Some(0), ""));
    assert!(said(&output.stdout).ends_with(" pages, no problem\n"));
    assert!(!folder.path().join("target").exists());
}

#[test]
fn a_command_that_is_not_understood_ends_with_2() {
    for arguments in [
        &["bild"][..],
        &["build", "--ou", "x"],
        &["build", "--now", "tomorrow"],
        &["new", "speech", "A"],
        &[],
    ] {
        assert_eq!(
            site_gen(Path::new(ROOT), arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_new_file_of_each_kind_is_a_draft_that_has_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let copied = Command::new("cp")
        .arg("-r")
        .arg(format!("{ROOT}/content"))
        .arg(&content)
        .status()
        .unwrap();
    assert!(copied.success());
    for (kind, path) in [
        ("page", "our-schools-plans.md"),
        ("service", "services/our-schools-plans.md"),
        ("person", "board/our-schools-plans.md"),
        ("event", "events/our-schools-plans.md"),
    ] {
        let output = site_gen(
            folder.path(),
            &["new", kind, "Our schools’ “plans”: \"new\""],
        );
        assert_eq!(
            said(&output.stdout),
            "content/our-schools-plans-new.md is begun, as a draft\n"
                .replace("our-schools-plans-new.md", &path.replace(".md", "-new.md"))
        );
    }
    let theme = format!("{ROOT}/themes/partnership");
    let output = site_gen(folder.path(), &["check", "--drafts", "--theme", &theme]);
    assert_eq!((said(&output.stderr), output.status.code()), ("", Some(0)));

    let again = site_gen(folder.path(), &["new", "page", "Our schools’ plans: new"]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        said(&again.stderr),
        "content/our-schools-plans-new.md: the file is there already\n  \
         hint: choose another title, or edit that file\n\n\
         1 problem in 1 file\n"
    );
}

#[test]
fn a_preview_shows_the_site_and_waits_for_its_next_change() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_site-gen"))
        .args(["serve", "--port", "0"])
        .current_dir(ROOT)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let address = lines.next().unwrap().unwrap();
    let host = address
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    // The second line comes once there is something to show.
    assert!(lines.next().unwrap().unwrap().ends_with(" pages"));
    let get = |path: &str| {
        let mut connection = TcpStream::connect(&host).unwrap();
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    };
    let page = get("/membership/fees/?pupils=420");
    let absent = get("/nowhere/");
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html")
            && page.contains("new EventSource"),
        "{page}"
    );
    assert!(absent.starts_with("HTTP/1.1 404 Not Found\r\n"), "{absent}");
}
