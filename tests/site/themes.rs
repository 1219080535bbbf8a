//! The guide for themes says what a template is given: all of it, and nothing
//! that is not there. The generator itself tells what there is, to whoever asks
//! for a field that is not.

use std::collections::BTreeSet;

use crate::little_site::SiteTest;

const GUIDE: &str = include_str!("../../themes/README.md");

/// Which row of the guide tells of the fields that are asked for by a template.
const ASKED: [(&str, &str, &str); 15] = [
    ("site", "page.html", "{{ site.not_there }}"),
    ("page", "page.html", "{{ page.not_there }}"),
    ("service", "service.html", "{{ service.not_there }}"),
    ("person", "person.html", "{{ person.not_there }}"),
    ("event", "event.html", "{{ event.not_there }}"),
    ("news", "article.html", "{{ news.not_there }}"),
    ("document", "document.html", "{{ document.not_there }}"),
    ("pager", "list.html", "{{ pager.not_there }}"),
    (
        "a term",
        "page.html",
        "{% for one in page.terms %}{{ one.not_there }}{% endfor %}",
    ),
    ("an item that is a page", "list.html", ITEMS),
    ("an item that is news", "news.html", ITEMS),
    ("an item that is a service", "services.html", ITEMS),
    ("an item that is a person", "people.html", ITEMS),
    ("an item that is an event", "events.html", ITEMS),
    ("an item that is a document", "documents.html", ITEMS),
];

const ITEMS: &str = "{% for one in items %}{{ one.not_there }}{% endfor %}";

/// A site with a page of every kind and a list of each.
fn site() -> SiteTest {
    let lists = ["guide", "services", "board", "events", "news", "documents"];
    let site = SiteTest::new();
    let settings = std::fs::read_to_string(site.path("content/site.yaml")).unwrap();
    let sections = "sections:\n  news: news\n  documents: document\n";
    let settings = settings.replace("sections:\n", sections);
    let settings = format!("{settings}taxonomies: [tags]\npaginate: 1\n");
    let site = lists.iter().fold(site, |site, list| {
        site.page(
            &format!("{list}/_index.md"),
            "---\ntitle: All\ndescription: A list.\n---\n",
        )
    });
    let page = |more: &str| format!("---\ntitle: A\ndescription: B.\n{more}---\n");
    site.file("content/site.yaml", settings)
        .page("guide/one.md", &page("tags: [Reading]\n"))
        .page("guide/two.md", &page(""))
        .service("workshops", "S07")
        .page(
            "board/ada.md",
            &page("post: Member\nstanding: director\nstatus: interim-2016\n"),
        )
        .event("spring", "2030-03-14 16:00", "")
        .page("news/one.md", &page("date: 2026-11-23\n"))
        .page(
            "documents/plan.md",
            &page("form: plan\nplaceholder: true\n"),
        )
}

/// The names that the generator says there are, when a template asks for
/// another.
fn there_are(template: &str, text: &str) -> BTreeSet<String> {
    let told = site().template(template, text).problems();
    let line = told
        .lines()
        .find(|line| line.contains(&format!("/{template}:")))
        .unwrap_or_else(|| panic!("{template} tells nothing of `{text}`:\n{told}"));
    let (_, names) = line.split_once(": ").unwrap().1.rsplit_once(": ").unwrap();
    names.split(", ").map(str::to_owned).collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The fields that a row of the guide names.
fn row(value: &str) -> BTreeSet<String> {
    let (own, row) = (format!("| {value} | "), format!("| `{value}` | "));
    let mut lines = GUIDE.lines();
    let fields = lines.find_map(|line| line.strip_prefix(&own).or(line.strip_prefix(&row)));
    quoted(fields.unwrap_or_else(|| panic!("themes/README.md has no row of {value}")))
}

#[test]
fn the_guide_names_every_field_that_a_template_is_given_and_no_other() {
    for (value, template, text) in ASKED {
        let mut told = row(value);
        if value.starts_with("an item") {
            told.extend(row("every item"));
        }
        assert_eq!(there_are(template, text), told, "{value}");
    }
}

#[test]
fn the_guide_names_every_variable() {
    let (_, section) = GUIDE.split_once("## What a template is given").unwrap();
    let told = quoted(section.split_once("\n## ").unwrap().0);
    for template in [
        "page.html",
        "service.html",
        "person.html",
        "event.html",
        "article.html",
        "document.html",
        "list.html",
        "news.html",
        "services.html",
        "people.html",
        "events.html",
        "documents.html",
        "home.html",
    ] {
        let there = there_are(template, "{{ not_there }}");
        let untold: Vec<_> = there.difference(&told).collect();
        assert!(untold.is_empty(), "{template} is given {untold:?}");
    }
}
