//! Every binary has its function, its policy and its variables in `infra/`.

use std::collections::{BTreeMap, BTreeSet};

use functions::store::Kind;
use serde_json::Value;

use crate::report::Report;
use crate::tree::{files, production, text};

const TEMPLATE: &str = "infra/template.yaml";

/// Binaries that a person runs; all others are Lambda functions.
const COMMANDS: &[&str] = &["publish"];

/// Variables that the platform sets, or that only a machine without it needs.
const OF_THE_PLATFORM: &[&str] = &["AWS_", "RUST_LOG", "_X_AMZN"];

/// The functions that may hold the keys to somebody's money.
const MAY_CHARGE: &[&str] = &["payments", "settlements"];

#[test]
fn every_binary_has_its_function_and_every_function_its_binary() {
    let template = template();
    let functions = functions(&template);
    let binaries = binaries();
    assert!(
        !binaries.is_empty(),
        "functions/src/bin: there is no binary; has the folder moved?"
    );
    let mut report = Report::default();
    for binary in binaries
        .iter()
        .filter(|binary| !functions.contains_key(binary.as_str()))
    {
        let what = format!(
            "no function has the code of the binary `{binary}` (`CodeUri: ../target/lambda/{binary}/`)"
        );
        let remedy = "add the function with its policy and its variables, or name the binary among the commands in tests/tidy/infrastructure.rs";
        report.add(&line_with("Resources:"), &what, remedy);
    }
    for function in functions
        .keys()
        .filter(|function| !binaries.contains(**function))
    {
        let what = format!("a function has the code of `{function}`, and there is no such binary");
        report.add(
            &place_of(function),
            &what,
            "add `functions/src/bin/`, or take the function away",
        );
    }
    report.finish();
}

#[test]
fn every_function_has_a_policy_that_names_what_it_may_do() {
    let template = template();
    let mut report = Report::default();
    for (binary, function) in functions(&template) {
        let policies = function["Policies"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let statements: Vec<&Value> = policies
            .iter()
            .filter_map(|policy| policy["Statement"].as_array())
            .flatten()
            .collect();
        if statements.is_empty() {
            report.add(
                &place_of(binary),
                &format!("`{binary}` has no policy of its own"),
                "list the actions that its code calls, on the table alone",
            );
        }
        for statement in statements {
            let actions = strings(&statement["Action"]);
            if actions.is_empty() || actions.iter().any(|action| action.contains('*')) {
                report.add(
                    &place_of(binary),
                    &format!("the policy of `{binary}` allows {actions:?}"),
                    "name each action",
                );
            }
            if strings(&statement["Resource"]).contains(&"*") {
                report.add(
                    &place_of(binary),
                    &format!("the policy of `{binary}` is for every resource"),
                    "name the table, or its index",
                );
            }
        }
    }
    report.finish();
}

#[test]
fn every_kind_of_record_is_within_the_policy_of_a_function() {
    const KINDS: &str = "functions/src/store/kinds.rs";
    let template = text(TEMPLATE);
    let mut report = Report::default();
    for kind in Kind::ALL {
        // Such as `BOOKING#`; what stands beside a record is within its policy.
        let (prefix, _) = kind.pattern();
        let named = match prefix.ends_with('#') {
            true => template.contains(&format!("\"{prefix}*\"")),
            false => template.contains(prefix),
        };
        if !named {
            let what = format!("no policy in {TEMPLATE} lets a function touch `{prefix}…`");
            let remedy = "add it to the `dynamodb:LeadingKeys` of the functions that do";
            report.add(KINDS, &what, remedy);
        }
    }
    report.finish();
}

#[test]
fn the_variables_that_config_reads_are_those_that_the_template_gives() {
    let template = template();
    let functions = functions(&template);
    let given: BTreeSet<&str> = functions
        .values()
        .flat_map(|function| variables(function))
        .chain(variables(&template["Globals"]["Function"]))
        .collect();
    let mut read = BTreeMap::new();
    for source in production("functions/src")
        .into_iter()
        .filter(|source| source.path.starts_with("functions/src/config"))
    {
        for (offset, name) in variable_names(&source.text) {
            read.insert(name.to_owned(), source.place(offset));
        }
    }
    assert!(
        !read.is_empty(),
        "functions/src/config: it reads no variable; has it moved?"
    );

    let mut report = Report::default();
    for (name, place) in &read {
        let set_elsewhere = OF_THE_PLATFORM
            .iter()
            .any(|beginning| name.starts_with(beginning));
        if !given.contains(name.as_str()) && !set_elsewhere {
            let what = format!("reads `{name}`, which {TEMPLATE} gives to no function");
            report.add(
                place,
                &what,
                "add it under `Environment` of the functions that need it",
            );
        }
    }
    for name in given.iter().filter(|name| !read.contains_key(**name)) {
        let what =
            format!("`{name}` is given to a function, and functions/src/config does not read it");
        report.add(
            &line_with(&format!("{name}:")),
            &what,
            "take it away, or read it",
        );
    }
    report.finish();
}

#[test]
fn only_those_who_charge_are_given_the_stripe_keys() {
    let template = template();
    let mut report = Report::default();
    for (binary, function) in functions(&template) {
        if MAY_CHARGE.contains(&binary) {
            continue;
        }
        for name in variables(function).chain(variables(&template["Globals"]["Function"])) {
            if name.starts_with("STRIPE") {
                let what = format!("`{binary}` is given `{name}`");
                report.add(&line_with(&format!("{name}:")), &what, "only `payments` and `settlements` may; write a command item that they carry out");
            }
        }
    }
    report.finish();
}

#[test]
fn whoever_is_on_duty_sees_each_function_and_finds_each_alarm_in_the_runbook() {
    const RUNBOOK: &str = "infra/README.md";
    let template = template();
    let resources = template["Resources"]
        .as_object()
        .expect("a template has resources");
    let dashboard = &resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"];
    let dashboard = dashboard.as_str().expect("a dashboard");
    let drawn: Result<Value, _> = serde_json::from_str(dashboard);
    let mut report = Report::default();
    if let Err(error) = drawn {
        report.add(
            &line_with("  Dashboard:"),
            &format!("the dashboard is not JSON: {error}"),
            "a comma too many or too few?",
        );
    }
    let runbook = text(RUNBOOK);
    for (name, resource) in resources {
        if resource["Type"] == "AWS::Serverless::Function"
            && !dashboard.contains(&format!("\"${{{name}}}\""))
        {
            report.add(
                &line_with(&format!("  {name}:")),
                &format!("the dashboard does not show how long `{name}` runs"),
                "add its line to the widget of durations",
            );
        }
        if resource["Type"] == "AWS::CloudWatch::Alarm"
            && !runbook
                .lines()
                .any(|line| line.starts_with('|') && line.contains(name.as_str()))
        {
            report.add(
                &line_with(&format!("  {name}:")),
                &format!("{RUNBOOK} does not say what to do when `{name}` comes"),
                "add a row to its table",
            );
        }
    }
    report.finish();
}

#[test]
fn nothing_is_woken_while_the_stage_is_paused() {
    let template = template();
    let off = |on: Value, off: Value| serde_json::json!({ "Fn::If": ["IsPaused", off, on] });
    let mut report = Report::default();
    for (binary, function) in functions(&template) {
        for (name, event) in function["Events"].as_object().into_iter().flatten() {
            let stops = match event["Type"].as_str() {
                Some("ScheduleV2") => {
                    event["Properties"]["State"] == off("ENABLED".into(), "DISABLED".into())
                }
                // What a mail server tells of cannot be held back; where it is lost
                // with a table, the next letter to that address tells of it again.
                Some("SNS") => true,
                _ => event["Properties"]["Enabled"] == off(true.into(), false.into()),
            };
            if !stops {
                report.add(
                    &line_with(&format!("  {name}:")),
                    &format!("`{binary}` is woken by `{name}` while the table is restored"),
                    "add `State: { Fn::If: [IsPaused, DISABLED, ENABLED] }`, or for a stream or a queue `Enabled: { Fn::If: [IsPaused, false, true] }`",
                );
            }
        }
    }
    let settings = &template["Resources"]["Stage"]["Properties"]["DefaultRouteSettings"];
    for limit in ["ThrottlingRateLimit", "ThrottlingBurstLimit"] {
        if settings[limit]["Fn::If"][0] != "IsPaused" || settings[limit]["Fn::If"][1] != 0 {
            report.add(
                &line_with(limit),
                "the API answers while the table is restored",
                "nought where `IsPaused`",
            );
        }
    }
    report.finish();
}

#[test]
fn what_reads_a_secret_reads_the_version_that_a_deployment_names() {
    let mut report = Report::default();
    for file in files("infra", ".yaml") {
        for (index, line) in text(&file).lines().enumerate() {
            let Some((_, secret)) = line.split_once("{{resolve:secretsmanager:${") else {
                continue;
            };
            let name = secret.split("SecretName}").next().unwrap_or_default();
            if !secret.contains(&format!("::${{{name}SecretVersion}}}}}}")) {
                report.add(
                    &format!("{file}:{}", index + 1),
                    "a new value of the secret would not be read: nothing about the resource changes",
                    &format!("end it with `::${{{name}SecretVersion}}}}}}`, and add the parameter"),
                );
            }
        }
    }
    report.finish();
}

fn template() -> Value {
    serde_saphyr::from_str(&text(TEMPLATE)).expect("cfn-lint keeps the template well-formed")
}

/// The functions' properties by the binary whose code they have.
fn functions(template: &Value) -> BTreeMap<&str, &Value> {
    let resources = template["Resources"]
        .as_object()
        .expect("a template has resources");
    resources
        .values()
        .filter(|resource| resource["Type"] == "AWS::Serverless::Function")
        .filter_map(|resource| {
            let code = resource["Properties"]["CodeUri"].as_str()?;
            Some((
                code.trim_end_matches('/').rsplit('/').next()?,
                &resource["Properties"],
            ))
        })
        .collect()
}

/// The binaries that are Lambda functions.
fn binaries() -> BTreeSet<String> {
    let of_path = |path: String| {
        let name = path
            .strip_prefix("functions/src/bin/")?
            .split(['/', '.'])
            .next()?;
        (!COMMANDS.contains(&name)).then(|| name.to_owned())
    };
    files("functions/src/bin", ".rs")
        .into_iter()
        .filter_map(of_path)
        .collect()
}

/// `path:line` of the function with the code of that binary.
fn place_of(binary: &str) -> String {
    line_with(&format!("/{binary}/"))
}

/// `path:line` of the first line of the template with that text.
fn line_with(part: &str) -> String {
    let lines = text(TEMPLATE);
    let line = lines
        .lines()
        .position(|line| line.contains(part))
        .unwrap_or(0);
    format!("{TEMPLATE}:{}", line + 1)
}

fn variables(function: &Value) -> impl Iterator<Item = &str> {
    let given = function["Environment"]["Variables"].as_object();
    given
        .into_iter()
        .flat_map(|given| given.keys().map(String::as_str))
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// The literals that look like a variable's name: `"TABLE_NAME"`.
fn variable_names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('"').filter_map(|(offset, _)| {
        let name = text[offset + 1..].split('"').next()?;
        let looks_so = name.contains('_')
            && name.chars().all(|letter| {
                letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_'
            });
        looks_so.then_some((offset, name))
    })
}
