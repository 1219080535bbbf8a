//! `infra/publish-site`, with a stand-in for the AWS command that writes down
//! what it is asked: what goes where, in which order, and the way back.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tests::{built_site, root};

/// A desk from which a site is published.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk { folder };
        // It writes down its words, and keeps a copy of what is kept.
        desk.command(
            "aws",
            "echo \"aws $*\" >>\"$ASKED\"\n\
             if [ \"$2\" = ls ]; then [ -n \"${HELD:-}\" ]; exit; fi\n\
             case \"$*\" in\n\
             *\"/digest -\") cat \"$KEPT.digest\" 2>/dev/null ;;\n\
             *\"/digest s3:\"*) cp \"$4\" \"$KEPT.digest\" ;;\n\
             *\"rm --only-show-errors s3://the-releases/digest\") rm -f \"$KEPT.digest\" ;;\n\
             *kept.tar.gz*) cp \"$4\" \"$KEPT\" ;;\n\
             *release.tar.gz*) cp \"$KEPT\" \"$5\" ;;\n\
             *list-keys*) echo '{\"Items\": [{\"Key\": \"/gone/\", \"Value\": \"/x/\"}]}' ;;\n\
             *describe-key*) echo '{\"ETag\": \"E1\"}' ;;\n\
             *--exclude*the-site) [ -z \"${CHANGED:-}\" ] || echo \"upload: site$CHANGED to s3://the-site$CHANGED\" ;;\n\
             esac\n",
        );
        desk.command(
            "publish",
            "case \"$*\" in *--plan*) exit \"${CONCERNS:-0}\" ;; esac\n\
             echo \"publish $(wc -c <\"$1\")\" $2 >>\"$ASKED\"\n",
        );
        desk
    }

    fn command(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path(name);
        fs::write(&path, format!("#!/bin/sh\n{script}")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[&str], change: impl FnOnce(&mut Command)) -> Output {
        let here = self.folder.path().display();
        let path = format!("{here}:{}", std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command
            .arg(root().join("infra/publish-site"))
            .args(words)
            .env("PATH", path)
            .env("ASKED", self.path("asked"))
            .env("KEPT", self.path("kept.tar.gz"))
            .env("SITE_BUCKET", "the-site")
            .env("RELEASES_BUCKET", "the-releases")
            .env("EDITOR_BUCKET", "the-editor")
            .env("TABLE_NAME", "the-table")
            .env("PUBLISH", self.path("publish"))
            .env("BUILT", built_site().parent().unwrap());
        change(&mut command);
        command.output().unwrap()
    }

    /// What was asked since the last time, a line each.
    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        let _ = fs::remove_file(self.path("asked"));
        asked.lines().map(str::to_owned).collect()
    }
}

/// Where the first line with all these words is.
fn place(asked: &[String], words: &[&str]) -> usize {
    asked
        .iter()
        .position(|line| words.iter().all(|word| line.contains(word)))
        .unwrap_or_else(|| panic!("{words:?} is not among {asked:#?}"))
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn what_a_page_needs_is_there_before_the_page_and_the_editor_is_elsewhere() {
    let desk = Desk::new();
    let output = desk.run(&[], |_| {});
    assert!(output.status.success(), "{}", text(&output));
    let asked = desk.asked();
    let kept = place(
        &asked,
        &["s3 cp", "kept.tar.gz", "s3://the-releases/releases/"],
    );
    let assets = place(&asked, &["s3 sync", "immutable", "s3://the-site/assets"]);
    let told = place(&asked, &["publish "]);
    let pages = place(&asked, &["s3 sync", "no-cache", "--exclude assets/*"]);
    let gone = place(&asked, &["s3 sync", "--delete", "s3://the-site"]);
    assert!(
        kept < assets && assets < told && told < pages && pages < gone,
        "{asked:#?}"
    );
    place(&asked, &["--delete", "/editor ", "s3://the-editor"]);
    assert!(
        !asked.iter().any(|line| line.contains("assets")
            && line.contains("--delete")
            && !line.contains("--exclude")),
        "an old page that is open keeps its style: {asked:#?}"
    );
}

#[test]
fn an_earlier_publication_comes_back_whole_and_the_clock_leaves_it_there() {
    let desk = Desk::new();
    assert!(desk.run(&[], |_| {}).status.success());
    let first = desk.asked();
    let told = first[place(&first, &["publish "])].clone();

    let back = desk.run(&["--release", "20280314T090211Z-0123456789ab"], |_| {});
    assert!(back.status.success(), "{}", text(&back));
    let asked = desk.asked();
    place(
        &asked,
        &[
            "s3 cp",
            "s3://the-releases/releases/20280314T090211Z-0123456789ab.tar.gz",
        ],
    );
    assert_eq!(
        asked[place(&asked, &["publish "])],
        told,
        "the same publication"
    );
    place(&asked, &["s3 cp", "s3://the-releases/held"]);
    assert!(
        !asked.iter().any(|line| line.contains("the-editor")),
        "going back takes nobody's editor away: {asked:#?}"
    );

    let by_clock = desk.run(&["--scheduled"], |command| {
        command.env("HELD", "yes");
    });
    assert!(by_clock.status.success(), "{}", text(&by_clock));
    assert!(
        text(&by_clock).contains("somebody went back"),
        "{}",
        text(&by_clock)
    );
    assert_eq!(desk.asked(), ["aws s3 ls s3://the-releases/held"]);

    let merged = desk.run(&[], |_| {});
    assert!(merged.status.success());
    place(&desk.asked(), &["s3 rm", "s3://the-releases/held"]);
}

#[test]
fn the_clock_publishes_what_is_new_and_nothing_twice() {
    let desk = Desk::new();
    let published = |words: &[&str]| {
        let output = desk.run(words, |_| {});
        assert!(output.status.success(), "{}", text(&output));
        desk.asked().iter().any(|line| line.starts_with("publish"))
    };
    assert!(published(&["--scheduled"]), "nothing was published before");
    assert!(!published(&["--scheduled"]), "it is the same");
    assert!(published(&[]), "whoever asks for it has it");
    assert!(!published(&["--scheduled"]));
    desk.run(&["--release", "20280314T090211Z-0123456789ab"], |_| {});
    desk.asked();
    // Somebody merges the same once more: it takes the place of what was gone back to.
    assert!(published(&["--scheduled"]));
}

#[test]
fn the_edge_forgets_what_has_changed_and_learns_where_old_addresses_lead() {
    let desk = Desk::new();
    let output = desk.run(&[], |command| {
        command
            .env("DISTRIBUTION", "E2EXAMPLE")
            .env(
                "REDIRECTS",
                "arn:aws:cloudfront::123456789012:key-value-store/1",
            )
            .env("CHANGED", "/membership/index.html");
    });
    assert!(output.status.success(), "{}", text(&output));
    let asked = desk.asked();
    let moved = place(&asked, &["update-keys", "--if-match E1", "\"/gone/\""]);
    let pages = place(&asked, &["s3 sync", "--exclude assets/*"]);
    assert!(moved < pages, "{asked:#?}");
    let forgotten = &asked[place(&asked, &["create-invalidation", "E2EXAMPLE"])];
    assert!(
        forgotten.ends_with("--paths /membership/ /membership/index.html"),
        "{forgotten}"
    );
}

#[test]
fn a_plan_says_what_would_be_done_and_asks_nothing() {
    let desk = Desk::new();
    let output = desk.run(&["--plan"], |_| {});
    let told = text(&output);
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("would run: aws s3 sync") && told.contains("s3://the-site"),
        "{told}"
    );
    assert_eq!(desk.asked(), Vec::<String>::new());
}

#[test]
fn where_somebody_who_has_booked_is_concerned_nothing_is_written_until_somebody_agrees() {
    let desk = Desk::new();
    let concerned = |command: &mut Command| {
        command.env("CONCERNS", "3");
    };
    let output = desk.run(&[], concerned);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output));
    assert!(
        text(&output).contains("publish with --yes"),
        "{}",
        text(&output)
    );
    assert_eq!(desk.asked(), Vec::<String>::new());
    let agreed = desk.run(&["--yes"], concerned);
    assert!(agreed.status.success(), "{}", text(&agreed));
    place(&desk.asked(), &["publish ", "--yes"]);
}

#[test]
fn a_proposal_is_put_at_a_host_of_its_own_and_what_is_published_is_not_touched() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    std::fs::create_dir(&site).unwrap();
    let at = |host: &str| format!("<loc>https://{host}/</loc>");
    let preview = |name: &str| {
        desk.run(&["--preview", name], |command| {
            command
                .env("BUILT", folder.path())
                .env("PREVIEW_BUCKET", "the-proposals")
                .env("PREVIEW_HOST", "preview.sample.example");
        })
    };
    // Built for the website: its links would lead there.
    fs::write(site.join("sitemap.xml"), at("www.sample.example")).unwrap();
    let elsewhere = preview("proposal-17");
    let told = text(&elsewhere);
    assert!(
        !elsewhere.status.success() && desk.asked().is_empty(),
        "{told}"
    );
    assert!(
        told.contains(
            "build --drafts --base-url https://proposal-17.preview.sample.example` first"
        ),
        "{told}"
    );

    fs::write(
        site.join("sitemap.xml"),
        at("proposal-17.preview.sample.example"),
    )
    .unwrap();
    let output = preview("proposal-17");
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(
        text(&output),
        "the proposal is at https://proposal-17.preview.sample.example\n"
    );
    let asked = desk.asked();
    let there = "s3://the-proposals/proposal-17";
    let robots = place(
        &asked,
        &["s3 cp", "text/plain", &format!("{there}/robots.txt")],
    );
    let gone = place(&asked, &["s3 sync", "--delete", there]);
    assert!(robots < gone, "{asked:#?}");
    assert!(asked.iter().all(|line| line.contains(there)), "{asked:#?}");

    let name = preview("Proposal_17");
    assert_eq!(name.status.code(), Some(2));
    assert!(
        text(&name).contains("is no name of a proposal"),
        "{}",
        text(&name)
    );
    assert_eq!(desk.asked(), Vec::<String>::new());
}

#[test]
fn without_a_site_a_name_or_a_bucket_it_says_what_is_missing() {
    let desk = Desk::new();
    let empty = desk.run(&[], |command| {
        command.env("BUILT", desk.folder.path());
    });
    assert!(
        text(&empty).contains("run `cargo run -p site-gen -- build` first"),
        "{}",
        text(&empty)
    );
    let bucket = desk.run(&[], |command| {
        command.env_remove("SITE_BUCKET");
    });
    assert!(
        text(&bucket).contains("set SITE_BUCKET to the bucket of the website"),
        "{}",
        text(&bucket)
    );
    let name = desk.run(&["--release", "../../elsewhere"], |_| {});
    assert!(
        text(&name).contains("is no name of a publication"),
        "{}",
        text(&name)
    );
    for output in [&empty, &bucket, &name] {
        assert!(!output.status.success());
    }
    assert!(desk.asked().iter().all(|line| !line.contains("sync")));
}
