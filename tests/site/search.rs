//! What the search page is given to look through.

use serde_json::{Value, json};

use crate::little_site::{SiteTest, text};

const SEARCH: &str = "---\ntitle: Search\ndescription: Find it.\ntemplate: search\n---\n";

fn site() -> SiteTest {
    SiteTest::new()
        .page("search.md", SEARCH)
        .template("search.html", "<title>{{ page.title }}</title>")
}

/// All that can be found, by its address.
fn found(site: SiteTest) -> Vec<Value> {
    serde_json::from_str(&text(&site.build(), "search/index.json")).unwrap()
}

fn addresses(found: &[Value]) -> Vec<&str> {
    found
        .iter()
        .filter_map(|page| page["href"].as_str())
        .collect()
}

#[test]
fn a_page_is_found_by_its_title_headings_description_and_words() {
    let page = "---\ntitle: What will it cost us?\ndescription: £5 per pupil.\n---\n## Part years\n\nBy the *month*, [always](../_index.md) & “fairly”.\n";
    let found = found(
        site()
            .page(
                "membership/_index.md",
                "---\ntitle: Membership\ndescription: M.\n---\n",
            )
            .page("membership/fees.md", page),
    );
    let fees = found
        .iter()
        .find(|page| page["href"] == "/membership/fees/");
    assert_eq!(
        fees.unwrap(),
        &json!({
            "href": "/membership/fees/",
            "title": "What will it cost us?",
            "section": "Membership",
            "description": "£5 per pupil.",
            "headings": "Part years",
            "text": "Part years By the month, always & “fairly”.",
        })
    );
}

#[test]
fn services_and_events_are_found_by_what_their_kind_says() {
    let site = site()
        .service("workshops", "S01")
        .event("teachmeet", "2028-03-14 16:00", "");
    let found = found(site);
    let about = |href: &str| {
        let page = found.iter().find(|page| page["href"] == href);
        page.and_then(|page| page["about"].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(about("/services/workshops/"), "S01");
    assert!(!about("/events/teachmeet/").is_empty());
}

#[test]
fn drafts_what_is_not_published_yet_and_the_search_itself_are_not_found() {
    let begins = |fields: &str| format!("---\ntitle: A\ndescription: B.\n{fields}---\nSecret.\n");
    let site = site()
        .reading("open.md", "Words.")
        .page("draft.md", &begins("draft: true\n"))
        .page("later.md", &begins("publish_from: 2028-02-01 09:00\n"))
        .page("gone.md", &begins("publish_until: 2027-12-01 09:00\n"))
        .page("404.md", &begins(""));
    assert_eq!(addresses(&found(site)), ["/", "/open/"]);
}

#[test]
fn the_same_pages_are_the_same_bytes_and_a_site_without_a_search_page_has_none() {
    let bytes = || {
        text(
            &site().reading("a.md", "A.").reading("b.md", "B.").build(),
            "search/index.json",
        )
    };
    assert_eq!(bytes(), bytes());
    let without = SiteTest::new().reading("a.md", "A.").build();
    assert!(!without.files.contains_key("search/index.json"));
}
