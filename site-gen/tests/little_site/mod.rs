//! A little site on the disk, and the command run in its folder.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SITE: &str = "name: A\nfull_name: B\nstrapline: C\nbase_url: https://example.org\nas_at: 2016-05\nlanguage: en-GB\n\
    sections: { services: service, board: person, events: event }\nmenu: []\n";

const SERVICE: &str = "---\ntitle: Workshops\ndescription: W.\nid: S01\ncharging: [tbc]\naudience: [members]\nsources: []\n---\n";

/// A folder with a little site in the usual places: three pages, one asset.
pub(crate) fn little_site() -> TempDir {
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

/// Writes a file of the site, and the folders that it is in.
pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs the command in the folder of the site.
pub(crate) fn site_gen(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_site-gen"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

/// What a command said.
pub(crate) fn said(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
