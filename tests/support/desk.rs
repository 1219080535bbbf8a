//! A desk from which a stage is deployed to an emulator of AWS: a stage of its own,
//! the secrets that it asks for, and functions that are built already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::emulator::{Emulator, said};
use crate::{built_site, root};

/// What the emulator has no idea of, by its template.
const UNKNOWN: &[(&str, &[&str])] = &[
    ("artefacts.yaml", &[]),
    ("template.yaml", &["Budget"]),
    ("site.yaml", &["LogSource", "LogDestination", "LogDelivery"]),
];

/// A desk from which a stage is deployed.
pub struct Desk {
    /// The account that it is deployed to.
    pub cloud: Emulator,
    folder: tempfile::TempDir,
    stage: Value,
}

impl Desk {
    /// In an account with the secrets and the zone, and nothing else yet.
    pub fn set_up() -> Desk {
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
        for binary in desk.binaries() {
            desk.write_code(&binary, &binary);
        }
        desk.write_stage();
        desk.cloud.asked();
        desk
    }

    /// With the stage deployed once.
    pub fn deployed() -> Desk {
        let desk = Desk::set_up();
        let first = desk.deploy(&[]);
        assert!(first.status.success(), "{}", said(&first));
        desk.cloud.asked();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The template of the services, as it is deployed.
    pub fn template(&self) -> PathBuf {
        self.path("templates/template.yaml")
    }

    /// The binaries that the template names.
    pub fn binaries(&self) -> Vec<String> {
        let template = fs::read_to_string(self.template()).unwrap();
        let named = template.split("../target/lambda/").skip(1);
        named
            .map(|rest| rest.split('/').next().unwrap().to_owned())
            .collect()
    }

    /// Gives a function the code of a program, less what only a debugger reads.
    pub fn take_code(&self, binary: &str, program: &Path) {
        let code = self.path("functions").join(binary).join("bootstrap");
        let done = Command::new("strip")
            .arg("-o")
            .arg(&code)
            .arg(program)
            .output()
            .expect("`strip` comes with the C compiler");
        assert!(done.status.success(), "{}", said(&done));
    }

    /// Gives a function a word as its code.
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

    /// Says that the stage is in another account.
    pub fn move_to_account(&mut self, account: &str) {
        self.stage["account"] = account.into();
        self.write_stage();
    }

    fn write_stage(&self) {
        fs::write(self.path("stage.json"), self.stage.to_string()).unwrap();
    }

    /// `infra/deploy` with the checks passed and the functions built.
    pub fn deploy(&self, words: &[&str]) -> Output {
        self.deploy_where(words, |_| {})
    }

    /// The same, in surroundings that are changed.
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
