//! `infra/deploy`, on an emulator of AWS: what a plan says, what a deployment
//! does and in which order, and what it refuses.
//!
//! The templates are the project's own, less what the emulator does not have.
//! The code of a function is a word: nothing here runs one.

use std::fs;
use std::process::Command;

use tests::desk::Desk;
use tests::emulator::said;
use tests::root;

/// Where the first call with all these words is.
fn place(asked: &[String], words: &[&str]) -> usize {
    asked
        .iter()
        .position(|line| words.iter().all(|word| line.contains(word)))
        .unwrap_or_else(|| panic!("{words:?} is not among {asked:#?}"))
}

/// The calls that change what runs or what is kept: all but those that read, that
/// make or let go of a change set, and that put a template where it is asked about.
fn changes(asked: &[String]) -> Vec<&String> {
    let reads = |line: &&String| {
        let words: Vec<&str> = line.split(' ').collect();
        let to = words.last().unwrap_or(&"");
        match (words[1], words[2]) {
            ("s3", "ls") => true,
            ("s3", "cp") => {
                words[4].starts_with("s3://")
                    || to.contains("/plans/")
                    || to.contains("/templates/")
            }
            (_, "create-change-set" | "delete-change-set") => true,
            (_, verb) => ["describe-", "list-", "get-"]
                .iter()
                .any(|word| verb.starts_with(word)),
        }
    };
    asked.iter().filter(|line| !reads(line)).collect()
}

#[test]
fn a_plan_changes_nothing_a_deployment_is_whole_and_the_next_one_finds_nothing_to_do() {
    let mut desk = Desk::set_up();
    let zone = [
        "route53",
        "create-hosted-zone",
        "--name",
        "sample.example",
        "--caller-reference",
        "1",
    ];
    let zone = desk
        .cloud
        .aws(&[&zone[..], &["--query", "HostedZone.Id"]].concat());
    for (parameter, value) in [
        ("SiteHost", "www.sample.example"),
        ("EditorHost", "editor.sample.example"),
        ("ApiHost", "api.sample.example"),
        ("HostedZoneId", zone.trim_start_matches("/hostedzone/")),
    ] {
        desk.set("site", parameter, value);
    }
    desk.cloud.asked();

    let plan = desk.deploy(&["--plan"]);
    assert!(plan.status.success(), "{}", said(&plan));
    assert!(
        said(&plan).contains("trial-services would be made"),
        "{}",
        said(&plan)
    );
    assert!(changes(&desk.cloud.asked()).is_empty(), "{}", said(&plan));

    let first = desk.deploy(&[]);
    assert!(first.status.success(), "{}", said(&first));
    let asked = desk.cloud.asked();
    let code = place(&asked, &["s3 cp", "/functions/staff/"]);
    let services = place(&asked, &["execute-change-set", "trial-services"]);
    let site = place(&asked, &["execute-change-set", "trial-site", "us-east-1"]);
    let assets = place(&asked, &["s3 sync", "immutable"]);
    let pages = place(&asked, &["s3 sync", "--delete"]);
    assert!(
        code < services && services < site && site < assets && assets < pages,
        "{asked:#?}"
    );
    place(
        &asked,
        &["set-stack-policy", "trial-services", "Update:Replace"],
    );
    place(
        &asked,
        &["--enable-termination-protection", "trial-services"],
    );
    assert_eq!(desk.versions().0.len(), 1, "{:?}", desk.versions());

    desk.cloud.asked();
    let second = desk.deploy(&[]);
    assert!(second.status.success(), "{}", said(&second));
    assert!(
        said(&second).contains("nothing has changed since"),
        "{}",
        said(&second)
    );
    let asked = desk.cloud.asked();
    assert!(
        !asked.iter().any(|line| line.contains("execute-change-set")),
        "{asked:#?}"
    );
    assert_eq!(desk.versions().0.len(), 1);

    desk.write_code("staff", "another");
    desk.cloud.asked();
    let plan = desk.deploy(&["--plan"]);
    let told = said(&plan);
    assert!(
        told.contains("change StaffFunction (AWS::Lambda::Function)"),
        "{told}"
    );
    assert!(
        told.contains("events stays") && !told.contains("EventsFunction"),
        "{told}"
    );
    assert!(changes(&desk.cloud.asked()).is_empty(), "{told}");
}

#[test]
fn what_would_put_another_table_in_the_place_of_the_table_is_refused_before_anything_changes() {
    let desk = Desk::deployed();
    let table = desk.resource("Table");
    let text = fs::read_to_string(desk.template()).unwrap();
    let other = text.replacen(
        "AttributeName: pk, KeyType: HASH",
        "AttributeName: list, KeyType: HASH",
        1,
    );
    assert_ne!(other, text);
    fs::write(desk.template(), other).unwrap();
    desk.write_code("staff", "another");
    desk.cloud.asked();

    let refused = desk.deploy(&[]);

    assert_eq!(refused.status.code(), Some(4), "{}", said(&refused));
    let message = "trial-services would replace `Table`, a table: refused, and nothing was changed";
    assert!(said(&refused).contains(message), "{}", said(&refused));
    let asked = desk.cloud.asked();
    assert!(changes(&asked).is_empty(), "{:#?}", changes(&asked));
    place(&asked, &["delete-change-set", "trial-services"]);
    assert_eq!(desk.resource("Table"), table);
}

#[test]
fn a_stage_a_word_or_an_account_that_is_not_right_is_told_before_anything_is_asked() {
    let mut desk = Desk::set_up();
    for (words, message) in [
        (vec!["--sideways"], "no option `--sideways`"),
        (vec!["--to", "../elsewhere"], "is no name of a version"),
        (vec!["--only", "kitchen"], "has no stack `kitchen`"),
    ] {
        let output = desk.deploy(&words);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(message), "{}", said(&output));
    }
    desk.set("services", "BankSortcode", "00-00-00");
    let strange = desk.deploy(&[]);
    let message = "the stack `services` has no parameter `BankSortcode`";
    assert!(said(&strange).contains(message), "{}", said(&strange));
    assert!(!strange.status.success());

    desk.move_to_account("123456789012");
    let elsewhere = desk.deploy(&[]);
    let message =
        "these credentials are for the account 000000000000, and the stage is in 123456789012";
    assert!(said(&elsewhere).contains(message), "{}", said(&elsewhere));
    assert_eq!(elsewhere.status.code(), Some(1));
}

#[test]
fn without_a_secret_it_says_which_one_and_where() {
    let desk = Desk::set_up();
    let words = [
        "secretsmanager",
        "delete-secret",
        "--force-delete-without-recovery",
    ];
    desk.cloud
        .aws(&[&words[..], &["--secret-id", "the-partnership/github"]].concat());
    let output = desk.deploy(&[]);
    let message = "the secret `the-partnership/github` cannot be read in eu-west-2";
    assert!(said(&output).contains(message), "{}", said(&output));
    assert_eq!(output.status.code(), Some(1));
    assert!(
        !said(&output).contains("trial-services is being changed"),
        "{}",
        said(&output)
    );
}

#[test]
fn its_help_names_each_option_that_it_takes() {
    let help = Command::new(root().join("infra/deploy"))
        .arg("--help")
        .output()
        .unwrap();
    let script = fs::read_to_string(root().join("infra/deploy")).unwrap();
    let (_, options) = script.split_once("case \"$1\" in").unwrap();
    let (options, _) = options.split_once("esac").unwrap();
    let words = options.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-');
    let named: Vec<_> = words
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .collect();
    assert!(named.contains(&"--plan"), "{named:?}");
    for option in named.iter().filter(|option| **option != "--help") {
        assert!(said(&help).contains(*option), "{option}: {}", said(&help));
    }
    assert!(help.status.success());
}
