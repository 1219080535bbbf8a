//! What a list holds, and what stands above a page.

use crate::little_site::{SiteTest, text};

fn weighed(weight: i32, title: &str) -> String {
    format!("---\ntitle: {title}\ndescription: A page.\nweight: {weight}\n---\n")
}

/// The labels of the links and the inner lists of a page.
fn labels(html: &str) -> Vec<&str> {
    let label = |line: &&str| line.starts_with("<a ") || line.starts_with("<b>");
    html.lines()
        .filter(label)
        .map(|line| line.split_once('>').unwrap().1.split('<').next().unwrap())
        .collect()
}

#[test]
fn a_list_is_in_order_of_weight_then_title_and_ends_with_its_inner_lists() {
    let built = SiteTest::new()
        .page("prospectus/_index.md", &weighed(1, "Prospectus"))
        .page("prospectus/a.md", &weighed(20, "Values"))
        .page("prospectus/b.md", &weighed(10, "Zeal"))
        .page("prospectus/c.md", &weighed(20, "Letter"))
        .page("prospectus/model/_index.md", &weighed(1, "Model"))
        .page("prospectus/model/chart.md", &weighed(1, "Chart"))
        .build();
    assert_eq!(
        labels(&text(&built, "prospectus/index.html")),
        ["Zeal", "Letter", "Values", "Model"]
    );
    assert_eq!(
        labels(&text(&built, "prospectus/model/index.html")),
        ["Chart"]
    );
    assert_eq!(labels(&text(&built, "index.html")), ["Prospectus"]);
}

#[test]
fn breadcrumbs_lead_from_the_home_page_through_every_list_to_the_page() {
    let crumbs =
        "{% for crumb in page.breadcrumbs %}{{ crumb.label }} {{ crumb.href }}; {% endfor %}";
    let built = SiteTest::new()
        .template("page.html", crumbs)
        .page("prospectus/_index.md", &weighed(1, "Prospectus"))
        .page("prospectus/model/_index.md", &weighed(1, "Model"))
        .page("prospectus/model/chart.md", &weighed(1, "Chart"))
        .page("odd/leaf.md", &weighed(1, "Leaf"))
        .build();
    assert_eq!(
        text(&built, "prospectus/model/chart/index.html"),
        "Home /; Prospectus /prospectus/; Model /prospectus/model/; Chart /prospectus/model/chart/; "
    );
    assert_eq!(
        text(&built, "odd/leaf/index.html"),
        "Home /; Leaf /odd/leaf/; "
    );
}

#[test]
fn the_home_page_shows_the_events_that_are_still_to_come() {
    let site = SiteTest::new()
        .template("home.html", "{% for item in events %}{{ item.title }} {{ item.starts | date_time }}; {% endfor %}{{ services_count }}")
        .service("workshops", "S01")
        .event("summer", "2028-06-14 16:00", "")
        .event("spring", "2028-03-14 16:00", "");
    assert_eq!(
        text(&site.build(), "index.html"),
        "spring 14 March 2028, 4pm; summer 14 June 2028, 4pm; 1"
    );
    let site = site.with(|options| options.now = "2028-03-14T23:30:00Z".parse().unwrap());
    assert_eq!(
        text(&site.build(), "index.html"),
        "summer 14 June 2028, 4pm; 1"
    );
}

#[test]
fn a_service_shows_its_sources_and_its_events() {
    let service = "---\ntitle: Workshops\ndescription: W.\nid: S01\ncharging: [open, tbc]\naudience: [full-members]\n\
        pillar: peer-review\nsources:\n  - { section: C7, page: \"prospectus.md#c7\" }\norderable: false\n---\n";
    let built = SiteTest::new()
        .template(
            "service.html",
            "{{ service.id }} {{ service.pillar }} {{ service.charging | join(sep=\",\") }} {{ service.orderable }} \
             {{ service.sources[0].section }} {{ service.sources[0].href }} {{ service.events[0].href }}",
        )
        .page("services/workshops.md", service)
        .reading("prospectus.md", "## C7 {#c7}")
        .event("spring", "2028-03-14 16:00", "")
        .build();
    assert_eq!(
        text(&built, "services/workshops/index.html"),
        "S01 peer-review open,tbc false C7 /prospectus/#c7 /events/spring/"
    );
}

#[test]
fn an_event_shows_its_price_in_pence_and_where_to_book() {
    let built = SiteTest::new()
        .template("event.html", "{{ event.price_pence }} {{ event.capacity is none }} {{ event.book_href }} {{ event.ends | time }}")
        .service("workshops", "S01")
        .event("spring", "2028-03-14 16:00", "price: £45\n")
        .build();
    assert_eq!(
        text(&built, "events/spring/index.html"),
        "4500 true /book/spring/ 11pm"
    );
}

#[test]
fn the_fees_page_works_its_examples_out_with_the_code_that_charges() {
    let page = "---\ntitle: Fees\ndescription: Fees.\ntemplate: fees\n---\n";
    let built = SiteTest::new()
        .template(
            "fees.html",
            "{{ fees.guarantee.pence | pounds }}{% for one in fees.examples %}; {{ one.pupils }} from {{ one.joining | long_date }}: {{ one.pence | pounds }}{% endfor %}",
        )
        .page("membership/fees.md", page)
        .build();
    assert_eq!(
        text(&built, "membership/fees/index.html"),
        "£25.00; 420 from 1 September 2017: £2,100.00; 211 from 1 September 2017: £1,055.00; \
         997 from 1 February 2018: £2,907.92"
    );
}
