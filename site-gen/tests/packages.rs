//! A theme's packages, through the command: fetched once by npm, read as if
//! they lay in the theme, and done without where they cannot be had. The npm
//! of these tests is a few lines of shell that count how often they are run.

// A helper of a test fails as a test does.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const MANIFEST: &str = r#"{
  "dependencies": { "engine": "1.0.0" },
  "assets": {
    "assets/engine.js": "engine/dist/index.js",
    "static/admin/": "engine/dist/"
  }
}"#;

/// Puts a package in place whose one file holds what the lock says.
const NPM: &str = r#"#!/bin/sh
case "$*" in "ci --ignore-scripts "*) ;; *) echo "unexpected: $*" >&2; exit 64 ;; esac
echo run >> "$COUNT"
/bin/mkdir -p node_modules/engine/dist
/bin/cat package-lock.json > node_modules/engine/dist/index.js
echo map > node_modules/engine/dist/index.js.map
"#;

const FAILING: &str = "#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\necho 'npm error network request failed' >&2\nexit 1\n";

struct Site(TempDir);

impl Site {
    /// A site of one page, and of a theme with a package.
    fn new() -> Site {
        let site = Site(tempfile::tempdir().unwrap());
        site.write(
            "content/site.yaml",
            "name: A\nbase_url: https://example.org\nlanguage: en-GB\nmenu: []\n",
        );
        site.write("content/_index.md", "---\ntitle: A\ndescription: B.\n---\n");
        site.write(
            "theme/templates/home.html",
            "{% if has_asset(path=\"engine.js\") %}{{ asset(path=\"engine.js\") }}{% else %}none{% endif %}",
        );
        site.write("theme/package.json", MANIFEST);
        site.write("theme/package-lock.json", "one");
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Installs what stands for npm.
    fn npm(&self, script: &str) {
        self.write("bin/npm", script);
        fs::set_permissions(self.path("bin/npm"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        command
            .args(arguments)
            .args(["--theme", "theme"])
            .current_dir(self.0.path())
            .env("PATH", self.path("bin"))
            .env("COUNT", self.path("count"));
        command
    }

    fn build(&self) -> Output {
        self.command(&["build"]).output().unwrap()
    }

    /// How often npm was run.
    fn runs(&self) -> usize {
        fs::read_to_string(self.path("count")).map_or(0, |text| text.lines().count())
    }

    /// What the page names as the address of the package's file.
    fn address(&self) -> String {
        self.read("target/site/index.html")
    }
}

fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_of_a_package_is_read_as_if_it_lay_in_the_theme() {
    let site = Site::new();
    site.npm(NPM);
    let output = site.build();
    assert_eq!((said(&output.stderr), output.status.code()), ("", Some(0)));
    let address = site.address();
    assert!(address.starts_with("/assets/engine."), "{address}");
    assert_eq!(site.read(&format!("target/site{address}")), "one\n");
    // A folder is taken whole, but for the maps that browsers never show.
    assert_eq!(names(&site.path("target/site/admin")), ["index.js"]);
}

#[test]
fn packages_are_fetched_once_for_each_content_of_the_lock() {
    let site = Site::new();
    site.npm(NPM);
    site.build();
    site.build();
    assert_eq!(site.runs(), 1);
    let old = site.address();

    site.write("theme/package-lock.json", "two");
    site.build();
    assert_eq!(site.runs(), 2);
    assert_ne!(site.address(), old);
    assert_eq!(
        site.read(&format!("target/site{}", site.address())),
        "two\n"
    );

    site.write("theme/package-lock.json", "one");
    site.build();
    assert_eq!((site.runs(), site.address()), (2, old));
}

#[test]
fn without_npm_the_site_is_built_all_the_same_and_the_remedy_is_told() {
    let site = Site::new();
    let output = site.build();
    assert_eq!(
        said(&output.stderr),
        "warning: theme/package.json: its packages could not be fetched, so the site is built without them: npm is not installed
  hint: install it (on Debian as root: `apt-get install npm`), then run this again\n"
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(site.address(), "none");
}

#[test]
fn where_no_warning_is_taken_a_site_without_its_packages_is_refused() {
    let site = Site::new();
    let output = site
        .command(&["build", "--deny-warnings"])
        .output()
        .unwrap();
    assert_eq!(
        said(&output.stderr),
        "theme/package.json: its packages could not be fetched, so the site is built without them: npm is not installed
  hint: install it (on Debian as root: `apt-get install npm`), then run this again

1 problem in 1 file; the site was left as it was\n"
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(!site.path("target/site").exists());
}

#[test]
fn what_npm_says_of_a_network_that_is_not_there_is_passed_on() {
    let site = Site::new();
    site.npm(FAILING);
    let output = site.build();
    assert_eq!(
        said(&output.stderr),
        "warning: theme/package.json: its packages could not be fetched, so the site is built without them: npm failed: network request failed
  hint: see that this machine reaches the npm registry, then run this again\n"
    );
    assert_eq!(
        (site.address().as_str(), output.status.code()),
        ("none", Some(0))
    );
    assert_eq!(names(&site.path("target/packages")), [""; 0]);

    // And the next time it may be there.
    site.npm(NPM);
    site.build();
    assert!(site.address().starts_with("/assets/engine."));
}

#[test]
fn two_commands_may_fetch_at_the_same_moment() {
    let site = Site::new();
    site.npm(&NPM.replace("echo run", "/bin/sleep 0.2; echo run"));
    let mut both: Vec<_> = ["one", "two"]
        .map(|name| site.command(&["build", "--out", &format!("out/{name}")]))
        .iter_mut()
        .map(|command| command.spawn().unwrap())
        .collect();
    for build in &mut both {
        assert!(build.wait().unwrap().success());
    }
    for name in ["one", "two"] {
        let page = site.read(&format!("out/{name}/index.html"));
        assert!(page.starts_with("/assets/engine."), "{page}");
    }
    assert_eq!(names(&site.path("target/packages")).len(), 1);
}

#[test]
fn a_file_that_a_package_does_not_have_is_told_with_the_one_that_it_has() {
    let site = Site::new();
    site.npm(NPM);
    let mistyped = MANIFEST
        .replace("dist/index.js", "dist/indx.js")
        .replace("static/admin/", "admin/");
    site.write("theme/package.json", &mistyped);
    let output = site.build();
    assert_eq!(
        said(&output.stderr),
        "theme/package.json: `admin/` is not a place of a theme
  hint: begin it with `assets/` (fingerprinted) or `static/` (copied as it is)

theme/package.json: the packages have no `engine/dist/indx.js`
  hint: did you mean `index.js`?

2 problems in 1 file; the site was left as it was\n"
    );
}
