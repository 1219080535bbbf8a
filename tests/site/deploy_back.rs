//! `infra/deploy`, on an emulator of AWS: back to a version, on to a new secret, and
//! on to a table that was restored to a minute.

use serde_json::json;
use tests::desk::Desk;
use tests::emulator::said;

/// What a function of that binary has as its code and as its table.
fn function(desk: &Desk, resource: &str, query: &str) -> String {
    let name = desk.resource(resource);
    let words = ["lambda", "get-function-configuration", "--function-name"];
    desk.cloud
        .aws(&[&words[..], &[&name, "--query", query]].concat())
}

#[test]
fn a_version_that_was_deployed_before_comes_back_with_the_values_of_today() {
    let mut desk = Desk::deployed();
    let (versions, first) = desk.versions();
    assert_eq!(versions.last(), Some(&first));
    let code = function(&desk, "StaffFunction", "CodeSha256");
    desk.write_code("staff", "another");
    desk.set("services", "AlarmEmail", "somebody-else@sample.example");
    let second = desk.deploy(&[]);
    assert!(second.status.success(), "{}", said(&second));
    assert_ne!(function(&desk, "StaffFunction", "CodeSha256"), code);

    let back = desk.deploy(&["--to", &first]);

    assert!(back.status.success(), "{}", said(&back));
    assert!(
        said(&back).contains(&format!("{first} is live again")),
        "{}",
        said(&back)
    );
    assert_eq!(function(&desk, "StaffFunction", "CodeSha256"), code);
    let query = "Stacks[0].Parameters[?ParameterKey=='AlarmEmail'].ParameterValue";
    let stack = [
        "cloudformation",
        "describe-stacks",
        "--stack-name",
        "trial-services",
    ];
    let alarms = desk.cloud.aws(&[&stack[..], &["--query", query]].concat());
    assert_eq!(alarms, "somebody-else@sample.example");
    let (versions, now) = desk.versions();
    assert_eq!((versions.len(), now), (2, first));

    let nowhere = desk.deploy(&["--to", "20280314T090211Z-0123456789ab"]);
    assert!(
        said(&nowhere).contains("--versions lists them"),
        "{}",
        said(&nowhere)
    );
    assert!(!nowhere.status.success());
}

#[test]
fn a_new_secret_changes_what_holds_it_and_nothing_else() {
    let desk = Desk::deployed();
    let keys = json!({ "secret_key": "sk_test_2", "webhook_secrets": "whsec_1" }).to_string();
    let words = [
        "secretsmanager",
        "put-secret-value",
        "--secret-id",
        "the-partnership/stripe",
    ];
    desk.cloud
        .aws(&[&words[..], &["--secret-string", &keys]].concat());

    let output = desk.deploy(&[]);

    let told = said(&output);
    assert!(output.status.success(), "{told}");
    let changed: Vec<_> = told
        .lines()
        .filter(|line| line.starts_with("  change "))
        .collect();
    let kind = "(AWS::Lambda::Function)";
    let expected = ["PaymentsFunction", "SettlementsFunction"];
    assert_eq!(
        changed,
        expected.map(|name| format!("  change {name} {kind}"))
    );
    let key = "Environment.Variables.STRIPE_SECRET_KEY";
    assert_eq!(function(&desk, "PaymentsFunction", key), "sk_test_2");
}

#[test]
fn a_stage_goes_on_with_a_restored_table_though_it_was_cut_off_and_the_old_one_stays() {
    let desk = Desk::deployed();
    let old = desk.resource("Table");
    let put = |table: &str, key: &str| {
        let item = json!({ "pk": { "S": key }, "sk": { "S": "RECORD" } }).to_string();
        desk.cloud.aws(&[
            "dynamodb",
            "put-item",
            "--table-name",
            table,
            "--item",
            &item,
        ]);
    };
    put(&old, "BEFORE");
    let words = [
        "dynamodb",
        "restore-table-to-point-in-time",
        "--use-latest-restorable-time",
    ];
    let tables = [
        "--source-table-name",
        &old,
        "--target-table-name",
        "restored",
    ];
    desk.cloud.aws(&[&words[..], &tables].concat());
    put(&old, "AFTER");

    let cut_off = desk.deploy_where(&["--table", "restored"], |command| {
        command.env("AWS_FAILS_AT", "--resources-to-import");
    });
    assert!(!cut_off.status.success(), "{}", said(&cut_off));
    // Deploying now would make an empty table.
    let between = desk.deploy(&[]);
    assert!(
        said(&between).contains("call it with --table again"),
        "{}",
        said(&between)
    );
    assert!(!between.status.success());

    let on = desk.deploy(&["--table", "restored"]);

    assert!(on.status.success(), "{}", said(&on));
    assert_eq!(desk.resource("Table"), "restored");
    let table = "Environment.Variables.TABLE_NAME";
    for name in ["MembershipFunction", "StaffFunction", "DailyFunction"] {
        assert_eq!(function(&desk, name, table), "restored");
    }
    let count = |table: &str| {
        desk.cloud.aws(&[
            "dynamodb",
            "scan",
            "--table-name",
            table,
            "--query",
            "Count",
        ])
    };
    assert_eq!(
        (count("restored"), count(&old)),
        ("1".to_owned(), "2".to_owned())
    );
    let query = "Table.[DeletionProtectionEnabled,StreamSpecification.StreamViewType]";
    let words = [
        "dynamodb",
        "describe-table",
        "--table-name",
        "restored",
        "--query",
        query,
    ];
    assert_eq!(desk.cloud.aws(&words), "True\tNEW_IMAGE");
    let after = desk.deploy(&[]);
    assert!(
        said(&after).contains("trial-services stays as it is"),
        "{}",
        said(&after)
    );
    assert!(after.status.success(), "{}", said(&after));
}
