//! `infra/deploy`, on an emulator of AWS: what a plan says, what a deployment
//! does and in which order, and what it refuses.
//!
//! The templates are the project's own, less what the emulator does not have.
//! The code of a function is a word: nothing here runs one.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tests::emulator::{Emulator, said};
use tests::{built_site, root};

/// What the emulator has no idea of, by its template.
const UNKNOWN: &[(&str, &[&str])] = &[
    ("artefacts.yaml", &[]),
    ("template.yaml", &["Budget"]),
    ("site.yaml", &["LogSource", "LogDestination", "LogDelivery"]),
];

/// A desk from which a stage is deployed.
pub struct Desk {
    pub cloud: Emulator,
    folder: tempfile::TempDir,
    stage: Value,
}

impl Desk {
    /// In an account with the secrets and the zone, and nothing else yet.
    pub fn new() -> Desk {
        let cloud = Emulator::start();
        for region in ["eu-west-2", "us-east-1"] {
            for (name, keys) in [
                (
                    "links",
                    json!({ "key": "a key of 32 bytes or more, under test" }),
                ),
                (
                    "stripe",
                    json!({ "secret_key": "sk_test_1", "webhook_secrets": "whsec_1" }),
                ),
                ("staff", json!({ "client_id": "a", "client_secret": "b" })),
                ("github", json!({ "client_id": "a", "client_secret": "b" })),
                ("edge", json!({ "current": "k", "accepted": "k" })),
            ] {
                // The edge reads its own key, and no other.
                if region == "us-east-1" && name != "edge" {
                    continue;
                }
                let (name, keys) = (format!("the-partnership/{name}"), keys.to_string());
                let words = ["secretsmanager", "create-secret", "--region", region];
                cloud.aws(&[&words[..], &["--name", &name, "--secret-string", &keys]].concat());
            }
        }
        let stage = json!({
            "account": "000000000000", "name": "trial", "region": "eu-west-2",
            "stacks": { "services": {
                "BaseUrl": "https://www.sample.example", "OfficeEmail": "office@sample.example", "LettersFrom": "letters@sample.example",
                "StaffIssuer": "https://id.sample.example", "EditorUrl": "https://editor.sample.example",
                "ApiHost": "api.sample.example", "AlarmEmail": "on-duty@sample.example",
                "ApiCertificateArn": "arn:aws:acm:eu-west-2:000000000000:certificate/1"
            } }
        });
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk {
            cloud,
            folder,
            stage,
        };
        fs::create_dir(desk.path("templates")).unwrap();
        for (name, unknown) in UNKNOWN {
            let text = fs::read_to_string(root().join("infra").join(name)).unwrap();
            // Some larger than a request holds, and so by way of the bucket.
            let more = if *name == "template.yaml" { 10_000 } else { 1 };
            let text = without(&text, unknown) + &"#".repeat(more) + "\n";
            fs::write(desk.path("templates").join(name), text).unwrap();
        }
        let template = fs::read_to_string(desk.template()).unwrap();
        for binary in template.split("../target/lambda/").skip(1) {
            let binary = binary.split('/').next().unwrap();
            desk.write_code(binary, binary);
        }
        desk.write_stage();
        desk.cloud.asked();
        desk
    }

    /// With the stage deployed once.
    pub fn deployed() -> Desk {
        let desk = Desk::new();
        let first = desk.deploy(&[]);
        assert!(first.status.success(), "{}", said(&first));
        desk.cloud.asked();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn template(&self) -> PathBuf {
        self.path("templates/template.yaml")
    }

    pub fn write_code(&self, binary: &str, code: &str) {
        let folder = self.path("functions").join(binary);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("bootstrap"), code).unwrap();
    }

    /// Sets a parameter of the stage.
    pub fn set(&mut self, stack: &str, parameter: &str, value: &str) {
        self.stage["stacks"][stack][parameter] = value.into();
        self.write_stage();
    }

    fn write_stage(&self) {
        fs::write(self.path("stage.json"), self.stage.to_string()).unwrap();
    }

    /// `infra/deploy` with the checks passed and the functions built.
    pub fn deploy(&self, words: &[&str]) -> Output {
        self.deploy_where(words, |_| {})
    }

    pub fn deploy_where(&self, words: &[&str], change: impl FnOnce(&mut Command)) -> Output {
        let mut command = self.cloud.command(root().join("infra/deploy"));
        command
            .arg(self.path("stage.json"))
            .args(words)
            .arg("--checked")
            .arg("--functions")
            .arg(self.path("functions"))
            .arg("--templates")
            .arg(self.path("templates"))
            .env("BUILT", built_site().parent().unwrap())
            // The publication goes into the table by a program with tests of its own.
            .env("PUBLISH", "true")
            .env("PAUSE", "0.1");
        change(&mut command);
        command.output().unwrap()
    }

    /// The versions, the newest last, and the one that is live.
    pub fn versions(&self) -> (Vec<String>, String) {
        let listed = said(&self.deploy(&["--versions"]));
        let mut lines: Vec<String> = listed.lines().map(str::to_owned).collect();
        let now = lines.pop().unwrap_or_default();
        (lines, now.trim_start_matches("now: ").to_owned())
    }

    /// The name that the stack has for a resource.
    pub fn resource(&self, name: &str) -> String {
        let words = [
            "cloudformation",
            "describe-stack-resource",
            "--stack-name",
            "trial-services",
        ];
        let query = "StackResourceDetail.PhysicalResourceId";
        let rest = ["--logical-resource-id", name, "--query", query];
        self.cloud.aws(&[words, rest].concat())
    }
}

/// A template without these resources.
fn without(template: &str, resources: &[&str]) -> String {
    let (mut left, mut leaving) = (String::new(), false);
    for line in template.split_inclusive('\n') {
        if line.starts_with("  ") && !line.starts_with("   ")
            || !line.starts_with(' ') && line != "\n"
        {
            leaving = resources
                .iter()
                .any(|name| line.trim_end() == format!("  {name}:"));
        }
        if !leaving {
            left += line;
        }
    }
    left
}

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
    let mut desk = Desk::new();
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
    let mut desk = Desk::new();
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

    desk.stage["account"] = "123456789012".into();
    desk.write_stage();
    let elsewhere = desk.deploy(&[]);
    let message =
        "these credentials are for the account 000000000000, and the stage is in 123456789012";
    assert!(said(&elsewhere).contains(message), "{}", said(&elsewhere));
    assert_eq!(elsewhere.status.code(), Some(1));
}

#[test]
fn without_a_secret_it_says_which_one_and_where() {
    let desk = Desk::new();
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
