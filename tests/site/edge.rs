//! The program at the edge, which turns an address into the name of a file: run
//! by a real JavaScript engine, as `infra/site.yaml` has it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tests::root;

/// What CloudFront lets a function have.
const MOST_BYTES: usize = 10 * 1024;

fn template() -> Value {
    let text = std::fs::read_to_string(root().join("infra/site.yaml")).expect("infra/site.yaml");
    serde_saphyr::from_str(&text).expect("YAML")
}

fn code(template: &str) -> String {
    let text = std::fs::read_to_string(root().join(template)).expect(template);
    let template: Value = serde_saphyr::from_str(&text).expect("YAML");
    let code = &template["Resources"]["Addresses"]["Properties"]["FunctionCode"];
    code.as_str().expect("the code of a function").to_owned()
}

/// Where it leads a browser that asks this host for each of these, `/old/`
/// having moved.
fn led(template: &str, host: &str, paths: &[&str]) -> Vec<String> {
    let stub = "const cf = { kvs: () => ({ get: async (key) => {
        if (key === '/old/') return '/new/';
        throw new Error('KeyNotFound');
    } }) };";
    let program = format!(
        "{}\nconst led = [];\nfor (const uri of {}) {{
            const headers = {{ host: {{ value: {} }} }};
            const answer = await handler({{ request: {{ method: 'GET', uri, headers }} }});
            led.push(answer.uri ?? `${{answer.statusCode}} ${{answer.headers.location?.value ?? answer.body.data}}`);
        }}\nconsole.log(JSON.stringify(led));",
        code(template).replace("import cf from 'cloudfront';", stub),
        json!(paths),
        json!(host),
    );
    let mut node = Command::new("node")
        .args(["--input-type=module", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js starts");
    let mut input = node.stdin.take().expect("its input");
    input.write_all(program.as_bytes()).expect("it reads");
    drop(input);
    let answer = node.wait_with_output().expect("it ends");
    assert!(answer.status.success(), "{program}");
    serde_json::from_slice(&answer.stdout).expect("a list")
}

#[test]
fn an_address_leads_to_its_file_its_folder_or_where_it_has_moved() {
    let asked = [
        "/",
        "/membership/",
        "/membership",
        "/events/all.ics",
        "/old/",
        "//evil.example/",
    ];
    assert_eq!(
        led("infra/site.yaml", "www.sample.example", &asked),
        [
            "/index.html",
            "/membership/index.html",
            "308 /membership/",
            "/events/all.ics",
            "308 /new/",
            "308 /evil.example/",
        ]
    );
}

#[test]
fn the_program_is_no_larger_than_the_edge_takes() {
    for template in ["infra/site.yaml", "infra/preview.yaml"] {
        let size = code(template).len();
        assert!(size <= MOST_BYTES, "{template}: {size} bytes");
    }
}

#[test]
fn a_proposal_has_a_host_of_its_own_and_answers_no_form() {
    let asked = [
        "/",
        "/membership/",
        "/membership",
        "/assets/style.css",
        "//evil.example/",
        "/bookings-explained/",
    ];
    assert_eq!(
        led(
            "infra/preview.yaml",
            "proposal-17.preview.sample.example",
            &asked
        ),
        [
            "/proposal-17/index.html",
            "/proposal-17/membership/index.html",
            "307 /membership/",
            "/proposal-17/assets/style.css",
            "307 /evil.example/",
            "/proposal-17/bookings-explained/index.html",
        ]
    );
    // Each path that the website passes on to the functions, and one below it.
    let template = template();
    let distribution = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    let behaviours = distribution["CacheBehaviors"]
        .as_array()
        .expect("behaviours");
    let forms: Vec<String> = behaviours
        .iter()
        .filter(|one| one["TargetOriginId"] == "forms")
        .filter_map(|one| one["PathPattern"].as_str())
        .map(|path| path.replace('*', "anything/"))
        .collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    assert!(forms.contains(&"/apply/anything/"), "{forms:?}");
    for (path, answer) in forms.iter().zip(led("infra/preview.yaml", "a.b", &forms)) {
        assert!(
            answer.starts_with("404 This is a proposal"),
            "{path}: {answer}"
        );
    }
}

#[test]
fn no_search_engine_keeps_a_proposal() {
    let text =
        std::fs::read_to_string(root().join("infra/preview.yaml")).expect("infra/preview.yaml");
    let template: Value = serde_saphyr::from_str(&text).expect("YAML");
    let resources = &template["Resources"];
    let headers = &resources["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"];
    let own = headers["CustomHeadersConfig"]["Items"]
        .as_array()
        .expect("headers");
    let robots = own.iter().find(|item| item["Header"] == "x-robots-tag");
    assert_eq!(
        robots.expect("a word to robots")["Value"],
        "noindex, nofollow"
    );
    let distribution = &resources["Distribution"]["Properties"]["DistributionConfig"];
    let behaviour = &distribution["DefaultCacheBehavior"];
    assert_eq!(behaviour["ResponseHeadersPolicyId"]["Ref"], "PageHeaders");
    assert!(
        distribution["CacheBehaviors"].is_null(),
        "a path without these headers"
    );
    let rules = &resources["Proposals"]["Properties"]["LifecycleConfiguration"]["Rules"];
    assert_eq!(rules[0]["ExpirationInDays"]["Ref"], "KeepDays");
}

#[test]
fn a_static_page_has_at_the_edge_the_headers_that_it_has_here() {
    let template = template();
    let policy = &template["Resources"]["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"];
    let security = &policy["SecurityHeadersConfig"];
    let said = &security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"];
    let said = said.as_str().expect("a policy");
    let target = "https://checkout.stripe.com";
    let ours =
        functions::security::page_headers("https://www.sample.example", &[target.to_owned()]);
    let mut left = Vec::new();
    for (name, value) in ours {
        let at_the_edge = match name.as_str() {
            "content-security-policy" => said.replace("${FormTargets}", target),
            "x-content-type-options" => "nosniff".to_owned(),
            "referrer-policy" => security["ReferrerPolicy"]["ReferrerPolicy"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            "strict-transport-security" => {
                let transport = &security["StrictTransportSecurity"];
                assert_eq!(transport["IncludeSubdomains"], true);
                format!(
                    "max-age={}; includeSubDomains",
                    transport["AccessControlMaxAgeSec"]
                )
            }
            other => {
                let own = policy["CustomHeadersConfig"]["Items"].as_array();
                let mut own = own.expect("headers of our own").iter();
                let own = own.find(|item| item["Header"] == other);
                own.map(|item| item["Value"].as_str().unwrap_or_default().to_owned())
                    .unwrap_or_default()
            }
        };
        if at_the_edge != value {
            left.push(format!(
                "{name}: `{at_the_edge}` at the edge, `{value}` here"
            ));
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn every_path_of_the_api_is_passed_on_and_no_other() {
    let read = |path: &str| -> Value {
        let text = std::fs::read_to_string(root().join(path)).expect(path);
        serde_saphyr::from_str(&text).expect("YAML")
    };
    let api = read("infra/template.yaml");
    let resources = api["Resources"].as_object().expect("resources");
    let routes = resources
        .values()
        .filter(|one| one["Type"] == "AWS::ApiGatewayV2::Route");
    // The editor signs in at another host.
    let mut asked: Vec<String> = routes
        .filter_map(|route| route["Properties"]["RouteKey"].as_str())
        .filter_map(|key| key.strip_prefix("ANY "))
        .map(|path| path.replace("{proxy+}", "*"))
        .map(|path| match path.starts_with("/api/") {
            true => "/api/*".to_owned(),
            false => path,
        })
        .collect();
    asked.sort();
    asked.dedup();
    let template = template();
    let distribution = &template["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    let behaviours = distribution["CacheBehaviors"]
        .as_array()
        .expect("behaviours");
    let mut passed_on: Vec<String> = behaviours
        .iter()
        .filter(|one| one["TargetOriginId"] == "forms")
        .filter_map(|one| one["PathPattern"].as_str().map(str::to_owned))
        .collect();
    passed_on.sort();
    assert_eq!(passed_on, asked);
}
