//! Drafts, pages that come and go by the clock, and addresses that pages had.

use std::fs;

use crate::little_site::{SiteTest, text};

fn page(fields: &str, markdown: &str) -> String {
    format!("---\ntitle: T\ndescription: D.\n{fields}---\n{markdown}\n")
}

/// A site with a page that is there in the spring of 2028 only.
fn site() -> SiteTest {
    SiteTest::new()
        .file(
            "content/site.yaml",
            "name: THE Partnership\nbase_url: https://example.org\nlanguage: en-GB\nfeed: true\n\
             sections:\n  events: event\n  services: service\n\
             menu:\n  - { label: Home, page: _index.md }\n  - { label: Spring, page: talks/spring.md }\n",
        )
        .template("page.html", "{% for link in site.menu %}{{ link.label }} {% endfor %}{{ page.content | safe }}")
        .template("taxonomy.html", "{% for term in terms %}{{ term.name }} {% endfor %}")
        .template("term.html", "{% for item in items %}{{ item.href }} {% endfor %}")
        .reading("talks/_index.md", "")
        .reading("talks/always.md", "")
        .page(
            "talks/spring.md",
            &page(
                "date: 2028-03-01\ntags: [spring]\naliases: [/spring/]\npublish_from: 2028-03-01\npublish_until: 2028-05-31\n",
                "[Always](always.md)",
            ),
        )
}

fn at(site: SiteTest, time: &str) -> SiteTest {
    site.with(|options| options.now = time.parse().unwrap())
}

#[test]
fn a_page_is_on_the_site_from_its_first_day_to_the_end_of_its_last_in_london() {
    let mut site = site();
    for (time, is_there) in [
        ("2028-02-29T23:59:59Z", false),
        ("2028-03-01T00:00:00Z", true),
        ("2028-05-31T22:59:59Z", true),
        // It is summer: midnight has come in London.
        ("2028-05-31T23:00:00Z", false),
    ] {
        site = at(site, time);
        let built = site.build();
        let all: Vec<&String> = built.files.keys().collect();
        assert_eq!(
            built.files.contains_key("talks/spring/index.html"),
            is_there,
            "{time}: {all:?}"
        );
        assert_eq!(
            built.files.contains_key("spring/index.html"),
            is_there,
            "{time}: the redirect"
        );
        assert_eq!(
            built.files.contains_key("tags/spring/index.html"),
            is_there,
            "{time}: the tag"
        );
        for (file, what) in [
            ("talks/index.html", "/talks/spring/"),
            ("sitemap.xml", "/talks/spring/"),
            ("feed.xml", "/talks/spring/"),
            ("talks/always/index.html", "Spring"),
        ] {
            assert_eq!(
                text(&built, file).contains(what),
                is_there,
                "{time}: {file}"
            );
        }
        let menu = &built.publication;
        assert!(menu.is_none() || is_there == menu.iter().any(|all| all.site.menu.len() == 2));
        assert_eq!(built.redirects.len(), usize::from(is_there), "{time}");
    }
}

#[test]
fn when_the_site_changes_next_without_an_edit_is_known() {
    let next = |site: &SiteTest| site.build().next_change.map(|next| next.to_string());
    let site = at(site(), "2028-01-01T00:00:00Z");
    assert_eq!(next(&site).as_deref(), Some("2028-03-01T00:00:00Z"));
    let site = at(site, "2028-03-01T00:00:00Z");
    assert_eq!(next(&site).as_deref(), Some("2028-05-31T23:00:00Z"));
    let site = at(site, "2028-05-31T23:00:00Z");
    assert_eq!(next(&site), None);
}

#[test]
fn a_preview_with_drafts_shows_what_is_to_come_and_not_what_is_over() {
    let preview = |site: SiteTest, time: &str| {
        let site = at(site, time).with(|options| options.drafts = true);
        site.build().files.contains_key("talks/spring/index.html")
    };
    assert!(preview(site(), "2028-01-01T00:00:00Z"));
    assert!(!preview(site(), "2028-06-01T00:00:00Z"));
}

#[test]
fn a_link_that_will_lead_nowhere_is_told_before_it_does() {
    let site = site()
        .reading("a.md", "[spring](talks/spring.md)")
        .page(
            "b.md",
            &page("publish_from: 2028-04-01\n", "[spring](/talks/spring/)"),
        )
        .page(
            "c.md",
            &page(
                "publish_from: 2028-03-01 09:00\npublish_until: 2028-05-30\n",
                "[spring](talks/spring.md)",
            ),
        )
        .page(
            "d.md",
            &page("publish_until: 2028-02-01\n", "[x](talks/none.md)"),
        )
        .page(
            "e.md",
            &page("publish_until: 2028-02-01\npublish_from: 2028-02-02\n", ""),
        );
    assert_eq!(
        site.problems(),
        "content/a.md:5:10: the link leads to `talks/spring.md`, which is on the site only from 2028-03-01\n  \
         5 | [spring](talks/spring.md)\n  \
         hint: publish this page no earlier, `publish_from: 2028-03-01`, or take the link out\n\n\
         content/b.md:6:10: the link leads to `talks/spring.md`, which leaves the site on 2028-05-31, and this page stays\n  \
         6 | [spring](/talks/spring/)\n  \
         hint: let this page go no later, `publish_until: 2028-05-31`, or take the link out\n\n\
         content/d.md:6:5: the link `talks/none.md` leads nowhere: there is no `talks/none.md`\n  \
         6 | [x](talks/none.md)\n  \
         hint: did you mean `talks/_index.md`?\n\n\
         content/e.md:4:16: it is published until 2028-02-01, and only from 2028-02-02\n  \
         4 | publish_until: 2028-02-01\n  \
         hint: check the two, or leave one of them out\n\n\
         4 problems in 4 files"
    );
    // Once it is there, what leads to it for too long is told still.
    let site = at(
        site.without("content/d.md").without("content/e.md"),
        "2028-04-01T00:00:00Z",
    );
    let told = site.problems();
    assert_eq!(
        told.matches("leaves the site on 2028-05-31").count(),
        2,
        "{told}"
    );
    // What has gone is held to nothing any more.
    let site = at(
        site.without("content/a.md").without("content/b.md"),
        "2028-06-01T00:00:00Z",
    );
    site.build();
    let site = site.reading("a.md", "[spring](talks/spring.md)");
    assert_eq!(
        site.problems(),
        "content/a.md:5:10: the link leads to `talks/spring.md`, which was on the site until 2028-05-31\n  \
         5 | [spring](talks/spring.md)\n  \
         hint: take the link out, or `publish_until` out of that page\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_time_that_is_none_is_told() {
    let site = SiteTest::new()
        .page("a.md", &page("publish_from: soon\n", ""))
        .page("b.md", &page("publish_until: 2028-03-26 01:30\n", ""));
    assert_eq!(
        site.problems(),
        "content/a.md:4:15: `publish_from`: `soon` is not a day, such as `2028-03-14`, and not a day with a time\n  \
         4 | publish_from: soon\n  \
         hint: write a day, such as `2028-03-14`, or a day and a time in London, such as `2028-03-14 09:00`\n\n\
         content/b.md:4:16: `publish_until`: 2028-03-26T01:30:00 does not exist in London: the clocks go forward over it\n  \
         4 | publish_until: 2028-03-26 01:30\n  \
         hint: write a day, such as `2028-07-31`, or a day and a time in London, such as `2028-07-31 17:00`\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn services_and_events_may_move_and_their_redirects_are_written_for_the_cloud() {
    let site = SiteTest::new()
        .service("workshops", "S01")
        .event("spring", "2028-03-14 16:00", "aliases: [/events/march/]\n")
        .page("join.md", &page("aliases: [/joining, /how.html]\n", ""));
    let built = site.build();
    assert!(text(&built, "events/march/index.html").contains("url=/events/spring/"));
    let file = site.out().with_file_name("redirects.json");
    let redirects: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(
        redirects,
        serde_json::json!({ "data": [
            { "key": "/events/march/", "value": "/events/spring/" },
            { "key": "/how.html", "value": "/join/" },
            { "key": "/joining/", "value": "/join/" },
        ] })
    );
    let site = site
        .without("content/join.md")
        .without("content/events/spring.md");
    site.build();
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\n  \"data\": []\n}\n");
}

/// A site with documents, each with a file beside it.
fn documents(all: &[(&str, &str)]) -> SiteTest {
    let site = SiteTest::new()
        .file(
            "content/site.yaml",
            "name: A\nbase_url: https://example.org\nlanguage: en-GB\nsections:\n  documents: document\n",
        )
        .template("document.html", "{{ document.file }}")
        .file("content/documents/plan.pdf", "what is to be done");
    all.iter().fold(site, |site, (name, fields)| {
        let fields = format!("form: plan\nfile: plan.pdf\n{fields}");
        site.page(&format!("documents/{name}.md"), &page(&fields, ""))
    })
}

fn has_plan(site: &SiteTest) -> bool {
    let built = site.build();
    let is_written = site.out().join("documents/plan.pdf").exists();
    assert_eq!(built.files.contains_key("documents/plan.pdf"), is_written);
    is_written
}

#[test]
fn the_file_of_a_document_is_on_the_site_as_long_as_the_document_is() {
    let draft = documents(&[("a", "draft: true\n")]);
    assert!(!has_plan(&draft));
    assert!(has_plan(&draft.with(|options| options.drafts = true)));
    let mut site = documents(&[("a", "publish_from: 2028-03-01\npublish_until: 2028-05-31\n")]);
    for (time, is_there) in [
        ("2028-02-29T23:59:59Z", false),
        ("2028-03-01T00:00:00Z", true),
        ("2028-05-31T23:00:00Z", false),
    ] {
        site = at(site, time);
        assert_eq!(has_plan(&site), is_there, "{time}");
    }
    // A file that nobody calls a document, and one of two documents.
    assert!(has_plan(&documents(&[])));
    assert!(has_plan(&documents(&[("a", "draft: true\n"), ("b", "")])));
}

#[test]
fn a_link_to_the_file_of_a_document_that_is_not_there_is_told_as_one_to_its_page_is() {
    let links = "[one](documents/plan.pdf), [two](/documents/plan.pdf)";
    let site = documents(&[("a", "draft: true\n")]).reading("b.md", links);
    let told = |what: &str, hint: &str| {
        let one = |column: usize| {
            format!(
                "content/b.md:5:{column}: the link leads to `documents/plan.pdf`, the file of `documents/a.md`, which {what}\n  \
                 5 | {links}\n  \
                 hint: {hint}\n\n"
            )
        };
        format!("{}{}2 problems in 1 file", one(7), one(34))
    };
    assert_eq!(
        site.problems(),
        told(
            "is a draft",
            "take the link out, or `draft: true` out of that page"
        )
    );
    site.with(|options| options.drafts = true).build();
    let site = documents(&[("a", "publish_until: 2028-05-31\n")]).reading("b.md", links);
    assert_eq!(
        site.problems(),
        told(
            "leaves the site on 2028-05-31, and this page stays",
            "let this page go no later, `publish_until: 2028-05-31`, or take the link out"
        )
    );
    // Whatever is there just as long may lead to it; so may all, if another
    // document keeps it.
    let fields = "publish_from: 2028-03-01\n";
    documents(&[("a", fields)])
        .page("b.md", &page(fields, links))
        .build();
    documents(&[("a", "draft: true\n"), ("c", "")])
        .reading("b.md", links)
        .build();
}
