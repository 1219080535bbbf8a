//! The policies of `infra/template.yaml`: what each function is allowed to do with
//! the table, permission by permission.

use serde_json::Value;

use crate::calls::Call;

/// Each permission on the table that the template gives, one by one.
///
/// # Panics
///
/// If it is not as the tests know it.
pub fn given() -> Vec<Call> {
    let path = crate::root().join("infra/template.yaml");
    let text = std::fs::read_to_string(path).expect("the template");
    let template: Value = serde_saphyr::from_str(&text).expect("the template is YAML");
    let resources = template["Resources"].as_object().expect("resources");
    let functions = resources
        .values()
        .filter(|resource| resource["Type"] == "AWS::Serverless::Function");
    let mut all = Vec::new();
    for function in functions {
        let function = &function["Properties"];
        let code = function["CodeUri"].as_str().expect("where its code is");
        let name = code.trim_end_matches('/').rsplit('/').next();
        let name = name.expect("the name of its folder");
        for statement in statements_of(function) {
            for action in texts(&statement["Action"]) {
                if !action.starts_with("dynamodb:") {
                    continue;
                }
                for key in leading_keys(statement) {
                    all.push(Call {
                        function: name.to_owned(),
                        action: action.clone(),
                        on: on(&statement["Resource"]),
                        key,
                    });
                }
            }
        }
    }
    all
}

fn statements_of(function: &Value) -> impl Iterator<Item = &Value> {
    let policies = function["Policies"].as_array().into_iter().flatten();
    policies.flat_map(|policy| policy["Statement"].as_array().into_iter().flatten())
}

/// The table, or the index by its name.
fn on(resource: &Value) -> String {
    match resource["Fn::Sub"].as_str() {
        Some(index) => index.rsplit('/').next().unwrap_or_default().to_owned(),
        None => "table".to_owned(),
    }
}

/// The leading keys that a statement is for; `*` for all.
fn leading_keys(statement: &Value) -> Vec<String> {
    let conditions = statement["Condition"].as_object().into_iter().flatten();
    let keys: Vec<String> = conditions
        .flat_map(|(_, condition)| texts(&condition["dynamodb:LeadingKeys"]))
        .collect();
    if keys.is_empty() {
        vec!["*".to_owned()]
    } else {
        keys
    }
}

fn texts(list: &Value) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}
