//! The rules that look at what is written, at other pages and at the clock:
//! every message whole. `problems.rs` and its neighbours have those of the
//! other rules.

use std::collections::BTreeMap;

use site_gen::{Rule, Severity};

use crate::little_site::SiteTest;

fn words(count: usize) -> String {
    vec!["word"; count].join(" ")
}

#[test]
fn a_picture_without_words_is_told() {
    let site = SiteTest::new()
        .file("content/map.svg", "<svg/>")
        .reading("a.md", "![](map.svg) and ![Our wards](map.svg)");
    assert_eq!(
        site.problems(),
        "content/a.md:5:1: the picture has no words for those who cannot see it\n  \
         5 | ![](map.svg) and ![Our wards](map.svg)\n  \
         hint: say in the brackets what it shows, such as `![The four wards of the borough](map.svg)`\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_heading_that_skips_a_level_is_told() {
    let site = SiteTest::new().reading(
        "a.md",
        "### First\n\n## Second\n\n### Third\n\n## Fourth\n\n##### Fifth",
    );
    assert_eq!(
        site.problems(),
        "content/a.md:5:1: a level of headings is skipped: `###` where `##` is the deepest\n  \
         5 | ### First\n  \
         hint: begin this one with `##`\n\n\
         content/a.md:13:1: a level of headings is skipped: `#####` where `###` is the deepest\n  \
         13 | ##### Fifth\n  \
         hint: begin this one with `###`\n\n\
         2 problems in 1 file"
    );
}

#[test]
fn a_page_that_moved_without_a_redirect_is_told_with_the_line_to_write() {
    let list = "addresses:\n  - /\n  - /gone/\n  - /join/questions/\n  - /old/letter/\n  - /was/\n  - /draft/\n";
    let site = SiteTest::new()
        .file("content/published.yaml", list)
        .reading("prospectus/letter.md", "")
        .reading("joining/questions.md", "")
        .page(
            "here.md",
            "---\ntitle: T\ndescription: D.\naliases: [/was/]\n---\n",
        )
        .page(
            "draft.md",
            "---\ntitle: T\ndescription: D.\ndraft: true\n---\n",
        );
    assert_eq!(
        site.problems(),
        "content/published.yaml:3:5: a page was published at `/gone/`, and nothing is there now\n  \
         3 |   - /gone/\n  \
         hint: write `aliases: [/gone/]` into the page that says the same now; if there is none, take this line out\n\n\
         content/published.yaml:4:5: a page was published at `/join/questions/`, and nothing is there now\n  \
         4 |   - /join/questions/\n  \
         hint: if `joining/questions.md` is the page now, write `aliases: [/join/questions/]` into it; if it is gone for good, take this line out\n\n\
         content/published.yaml:5:5: a page was published at `/old/letter/`, and nothing is there now\n  \
         5 |   - /old/letter/\n  \
         hint: if `prospectus/letter.md` is the page now, write `aliases: [/old/letter/]` into it; if it is gone for good, take this line out\n\n\
         3 problems in 1 file"
    );
}

#[test]
fn the_list_of_published_addresses_grows_and_forgets_nothing() {
    let site = SiteTest::new()
        .file("content/published.yaml", "addresses: [/, /old/]\n")
        .page(
            "new.md",
            "---\ntitle: T\ndescription: D.\naliases: [/old/]\n---\n",
        );
    let (path, new) = site_gen::add_published(&site.options()).unwrap();
    assert_eq!(new, 1);
    let list = std::fs::read_to_string(path).unwrap();
    assert!(
        list.ends_with("addresses:\n  - /\n  - /new/\n  - /old/\n"),
        "{list}"
    );
    site.build();
    let (_, new) = site_gen::add_published(&site.options()).unwrap();
    assert_eq!(new, 0);
}

#[test]
fn a_price_of_an_event_whose_service_nobody_is_charged_for_is_told() {
    let service = |charging: &str| {
        format!(
            "---\ntitle: W\ndescription: W.\nid: S01\ncharging: [{charging}]\naudience: [members]\nsources: []\n---\n"
        )
    };
    let site = SiteTest::new()
        .page("services/workshops.md", &service("entitlement"))
        .event("free", "2028-03-14 16:00", "price: £0\n")
        .event("paid", "2028-03-14 16:00", "price: £45.00\n");
    assert_eq!(
        site.problems(),
        "content/events/paid.md:8:8: a place costs £45.00, and `workshops` is a service that nobody is charged for\n  \
         8 | price: £45.00\n  \
         hint: take the price out, or say how it is charged: `charging: [purchase]` in `services/workshops.md`\n\n\
         1 problem in 1 file"
    );
    site.page("services/workshops.md", &service("purchase"))
        .build();
}

#[test]
fn what_time_has_made_wrong_is_warned_of_and_stops_nothing() {
    let site = SiteTest::new()
        .service("workshops", "S01")
        .event("past", "2027-03-14 16:00", "")
        .page(
            "a.md",
            "---\ntitle: A\ndescription: D.\nreview_by: 2027-12-31\n---\n",
        )
        .page(
            "b.md",
            "---\ntitle: B\ndescription: D.\nreview_by: 2028-01-01\n---\n",
        );
    assert_eq!(
        site.warnings(),
        "content/a.md:4:12: warning: somebody was to read the page again by 2027-12-31\n  \
         4 | review_by: 2027-12-31\n  \
         hint: put right what is out of date, and write a later day\n\n\
         content/events/past.md:5:7: warning: the event was over on 2027-03-14, and is on the site still\n  \
         5 | ends: 2027-03-14 23:00\n  \
         hint: let it go with a line `publish_until: 2027-03-14`, or take its file away\n\n\
         2 warnings in 2 files"
    );
}

#[test]
fn a_sentence_of_more_than_forty_words_is_warned_of_but_not_in_a_quotation() {
    let long = words(41);
    let site = SiteTest::new()
        .reading("a.md", &format!("One. {long}. Two.\n\n- {long}\n  - inside\n\n> {long}\n\nHe said “{long}”.\n\n## {long}"))
        .page(
            "b.md",
            &format!("---\ntitle: B\ndescription: D.\nsource: Prospectus\n---\n{long}\n"),
        );
    let cut = format!("{}…", &format!("One. {long}. Two.")[..120]);
    assert_eq!(
        site.warnings(),
        format!(
            "content/a.md:5:6: warning: the sentence has 41 words\n  \
             5 | {cut}\n  \
             hint: make two of it: more than 40 words are hard to follow\n\n\
             content/a.md:7:3: warning: the sentence has 41 words\n  \
             7 | {}…\n  \
             hint: make two of it: more than 40 words are hard to follow\n\n\
             2 warnings in 1 file",
            &format!("- {long}")[..120]
        )
    );
}

#[test]
fn a_warning_stops_the_build_where_warnings_are_denied() {
    let site = SiteTest::new()
        .reading("a.md", &words(41))
        .with(|options| options.deny_warnings = true);
    assert!(site.problems().ends_with("1 warning in 1 file"));
    assert!(!site.out().exists());
}

#[test]
fn warnings_stand_among_the_errors_and_both_are_counted() {
    let site = SiteTest::new().reading("a.md", &format!("{}\n\n[x](none.md)", words(41)));
    assert!(
        site.problems()
            .ends_with("1 problem and 1 warning in 1 file")
    );
}

#[test]
fn a_machine_is_told_the_rule_and_its_severity() {
    let site = SiteTest::new()
        .page(
            "a.md",
            "---\ntitle: A\ndescription: D.\nwieght: 3\n---\n[x](y.md) [z](#z) ![w](w.png)\n",
        )
        .page("b.md", "---\ntitle: B\n---\n")
        .page("c.md", "---\ntitle: C\ndescription: D.\nweight: x\n---\n")
        .event("e", "2028-03-14 16:00", "");
    let problems = site_gen::check(&site.options()).unwrap_err();
    let rules: Vec<&str> = problems.iter().map(|problem| problem.rule.name()).collect();
    assert_eq!(
        rules,
        [
            "unknown-field",
            "broken-link",
            "broken-anchor",
            "missing-file",
            "missing-field",
            "wrong-type",
            "unknown-reference",
        ]
    );
    let json = site_gen::report_json(&problems);
    let first: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first["rule"], "unknown-field");
    assert_eq!(first["severity"], "error");
}

#[test]
fn every_rule_has_a_name_of_its_own_and_only_four_are_warnings() {
    let names: std::collections::BTreeSet<&str> =
        Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), Rule::ALL.len());
    let warnings = Rule::ALL
        .iter()
        .filter(|rule| rule.severity() == Severity::Warning);
    let warnings: Vec<&str> = warnings.map(|rule| rule.name()).collect();
    assert_eq!(
        warnings,
        [
            "past-event-open",
            "bank-holidays",
            "review-passed",
            "long-sentence"
        ]
    );
}

#[test]
fn our_own_content_breaks_no_rule() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let now = "2026-11-24T12:00:00Z".parse().unwrap();
    let built = site_gen::check(&site_gen::Options::new(&root, now));
    let told = match &built {
        Ok(built) => &built.warnings,
        Err(problems) => problems,
    };
    assert_eq!(site_gen::report(told), "");
}
