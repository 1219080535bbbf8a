//! A catalogue narrowed down by links, and what a service is related to.

use crate::little_site::{SiteTest, text};

const BY: &str = "{{ page.title }} | {{ total }} | {% for item in items %}{{ item.title }} {% endfor %}| \
    {% for filter in filters %}{{ filter.field }}:{% for one in filter.choices %} {{ one.value }}={{ one.count }}{% if one.current %}*{% endif %}{% endfor %}; {% endfor %}";

fn service(id: &str, fields: &str) -> String {
    format!(
        "---\ntitle: {id}\ndescription: A service.\nid: {id}\nsources: [{{ section: C1, page: _index.md }}]\n{fields}---\n"
    )
}

fn site() -> SiteTest {
    SiteTest::new()
        .template("services-by.html", BY)
        .page(
            "services/_index.md",
            "---\ntitle: Services\ndescription: All.\n---\n",
        )
        .page(
            "services/one.md",
            &service(
                "S01",
                "pillar: support\ncharging: [tbc]\naudience: [members]\n",
            ),
        )
        .page(
            "services/two.md",
            &service(
                "S02",
                "charging: [tbc, purchase]\naudience: [full-members]\nphases: [primary]\n",
            ),
        )
}

#[test]
fn every_choice_that_leaves_a_service_is_a_page_that_lists_it_with_counts_beside_each() {
    let built = site().build();
    assert_eq!(
        text(&built, "services/by/charging/purchase/index.html"),
        "Services: Priced separately | 2 | S02 | pillar: support=1 across=1; audience: members=1 full-members=1; \
         charging: tbc=2 purchase=1*; phase: nursery=1 primary=2 secondary=1 post-16=1 special=1 alternative-provision=1; "
    );
    assert!(
        !built
            .files
            .contains_key("services/by/charging/signpost/index.html")
    );
}

#[test]
fn a_service_that_names_no_phase_is_for_all_and_one_that_does_for_those() {
    let built = site().build();
    let listed = |phase: &str| {
        let page = text(&built, &format!("services/by/phase/{phase}/index.html"));
        page.split(" | ").nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(listed("primary"), "S01 S02");
    assert_eq!(listed("nursery"), "S01");
}

#[test]
fn the_sitemap_has_the_choices_that_narrow_and_not_those_that_leave_everything() {
    let map = text(&site().build(), "sitemap.xml");
    assert!(map.contains("/services/by/charging/purchase/<"), "{map}");
    assert!(!map.contains("/services/by/charging/tbc/<"), "{map}");
}

#[test]
fn a_theme_without_the_template_has_no_such_pages() {
    let built = site().without("theme/templates/services-by.html").build();
    assert!(!built.files.keys().any(|path| path.contains("/by/")));
}

#[test]
fn a_page_of_the_content_where_a_choice_must_be_is_told() {
    let there = service("S03", "charging: [open]\naudience: [members]\n");
    let problems = site()
        .page("services/by/charging/tbc.md", &there)
        .problems();
    assert!(
        problems.contains("the site makes a page of its own at `/services/by/charging/tbc/`"),
        "{problems}"
    );
}

#[test]
fn the_services_of_one_pillar_are_related_before_those_that_only_stand_near() {
    let page = |id: &str, pillar: &str| {
        let fields = format!("pillar: {pillar}\ncharging: [tbc]\naudience: [members]\n");
        service(id, &fields)
    };
    let built = SiteTest::new()
        .template(
            "service.html",
            "{% for item in page.related %}{{ item.title }} {% endfor %}",
        )
        .page("services/a.md", &page("S01", "support"))
        .page("services/b.md", &page("S02", "innovation"))
        .page("services/c.md", &page("S03", "support"))
        .build();
    assert_eq!(text(&built, "services/a/index.html"), "S03 S02 ");
}

#[test]
fn only_a_service_that_can_be_ordered_leads_to_a_question_about_it() {
    let built = SiteTest::new()
        .template("service.html", "{{ service.enquire_href or \"none\" }}")
        .service("workshops", "S01")
        .page(
            "services/later.md",
            &service(
                "S02",
                "charging: [possible]\naudience: [nobody]\norderable: false\n",
            ),
        )
        .build();
    assert_eq!(
        text(&built, "services/workshops/index.html"),
        "/enquire/workshops/"
    );
    assert_eq!(text(&built, "services/later/index.html"), "none");
}
