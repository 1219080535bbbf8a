//! `infra/template.yaml`, read as the cloud reads it: which path goes to which
//! function, and what each function is given.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The template.
pub struct Template {
    root: Value,
}

/// A function of the template.
pub struct Function<'a> {
    /// The name of its binary, from the folder of its code.
    pub binary: &'a str,
    /// The names of the variables it is given.
    pub variables: Vec<&'a str>,
}

impl Template {
    /// Where it is.
    pub fn path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra/template.yaml")
    }

    /// As it is in the repository.
    pub fn read() -> Template {
        let text = std::fs::read_to_string(Template::path()).unwrap();
        Template {
            root: serde_saphyr::from_str(&text).unwrap(),
        }
    }

    /// Every function.
    pub fn functions(&self) -> impl Iterator<Item = Function<'_>> {
        self.resources("AWS::Serverless::Function")
            .map(|function| self.function(function))
    }

    /// The function that the gateway calls for a path, and the key of the route that
    /// led to it: an exact route comes before a greedy one, and of these the longest.
    pub fn function_for(&self, method: &str, path: &str) -> (&str, Function<'_>) {
        let route = self
            .resources("AWS::ApiGatewayV2::Route")
            .filter(|route| matches(route_key(route), method, path))
            .max_by_key(|route| {
                let key = route_key(route);
                let is_exact = key.contains(' ') && !key.ends_with("+}");
                (is_exact, key.len())
            })
            .unwrap_or_else(|| panic!("infra/template.yaml: no route leads to `{method} {path}`"));
        let integration = name_in(&route["Properties"]["Target"]["Fn::Sub"]);
        let integration = &self.root["Resources"][integration]["Properties"];
        let function = &self.root["Resources"][integration["IntegrationUri"]["Fn::GetAtt"][0]
            .as_str()
            .unwrap()];
        (route_key(route), self.function(function))
    }

    fn function<'a>(&'a self, function: &'a Value) -> Function<'a> {
        let code = function["Properties"]["CodeUri"].as_str().unwrap();
        Function {
            binary: code.trim_end_matches('/').rsplit('/').next().unwrap(),
            variables: [&self.root["Globals"]["Function"], &function["Properties"]]
                .iter()
                .filter_map(|given| given["Environment"]["Variables"].as_object())
                .flat_map(|given| given.keys().map(String::as_str))
                .collect(),
        }
    }

    fn resources(&self, kind: &str) -> impl Iterator<Item = &Value> {
        let all = self.root["Resources"].as_object().unwrap().values();
        all.filter(move |resource| resource["Type"] == kind)
    }
}

fn route_key(route: &Value) -> &str {
    route["Properties"]["RouteKey"].as_str().unwrap()
}

fn matches(route_key: &str, method: &str, path: &str) -> bool {
    // `$default` takes what no other route does; it is shorter than all.
    let Some((methods, pattern)) = route_key.split_once(' ') else {
        return route_key == "$default";
    };
    let reaches = match pattern.strip_suffix("/{proxy+}") {
        Some(parent) => path
            .strip_prefix(parent)
            .is_some_and(|rest| rest.starts_with('/')),
        None => pattern == path,
    };
    reaches && (methods == "ANY" || methods == method)
}

/// `MembershipIntegration` of `integrations/${MembershipIntegration}`.
fn name_in(substitution: &Value) -> &str {
    let text = substitution.as_str().unwrap();
    text.split_once("${")
        .and_then(|(_, rest)| rest.split_once('}'))
        .unwrap()
        .0
}
