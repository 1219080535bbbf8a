//! Pages that gather others: events in their months and as calendar files,
//! several pages on one, everything by its letter.

use crate::little_site::{SiteTest, text};

fn events() -> SiteTest {
    SiteTest::new()
        .service("workshops", "S01")
        .page(
            "events/_index.md",
            "---\ntitle: Events\ndescription: All.\n---\n",
        )
        .event("summer", "2028-06-14 16:00", "")
        .event("spring", "2028-03-14 16:00", "sample: true\n")
}

#[test]
fn an_event_is_a_calendar_file_in_universal_time() {
    let built = events().build();
    let file = text(&built, "events/summer.ics");
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "UID:summer@example.org",
        "SUMMARY:summer",
        // Four o’clock in British summer time.
        "DTSTART:20280614T150000Z",
        "DTEND:20280614T220000Z",
        "STATUS:CONFIRMED",
        "URL:https://example.org/events/summer/",
    ] {
        assert!(file.split("\r\n").any(|one| one == line), "{line}\n{file}");
    }
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 1);
    let winter = text(&built, "events/spring.ics");
    assert!(winter.contains("DTSTART:20280314T160000Z"), "{winter}");
    assert!(winter.contains("STATUS:TENTATIVE"), "{winter}");
}

#[test]
fn the_events_of_a_list_are_one_calendar_and_no_event_is_named_by_where_it_is_previewed() {
    let file = text(&events().build(), "events.ics");
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 2);
    let preview = events().with(|options| options.base_url = Some("http://localhost:3000".into()));
    let preview = text(&preview.build(), "events.ics");
    assert!(preview.contains("UID:spring@example.org"), "{preview}");
    assert!(preview.contains("URL:http://localhost:3000/events/spring/"));
}

#[test]
fn a_list_of_events_keeps_past_ones_apart_and_leads_to_its_calendar() {
    let list = "{% for item in events %}{{ item.title }} {% endfor %}| {% for item in past %}{{ item.title }} {% endfor %}| {{ calendar }}";
    let site = events()
        .template("events.html", list)
        .event("autumn", "2028-09-14 16:00", "")
        .with(|options| options.now = "2028-08-01T00:00:00Z".parse().unwrap());
    assert_eq!(
        text(&site.build(), "events/index.html"),
        "autumn | summer spring | /events.ics"
    );
}

#[test]
fn the_calendar_page_shows_each_event_on_its_day_in_weeks_that_begin_on_monday() {
    let months = "{% for month in months %}{{ month.name }}{% for week in month.weeks %}/{% for day in week %}{% if day is none %}.{% else %}{{ day.day }}{% for item in day.events %}={{ item.title }}{% endfor %} {% endif %}{% endfor %}{% endfor %}; {% endfor %}";
    let built = events()
        .template("calendar.html", months)
        .page(
            "events/calendar/_index.md",
            "---\ntitle: Calendar\ndescription: C.\ntemplate: calendar\n---\n",
        )
        .build();
    assert_eq!(
        text(&built, "events/calendar/index.html"),
        "March 2028/..1 2 3 4 5 /6 7 8 9 10 11 12 /13 14=spring 15 16 17 18 19 /20 21 22 23 24 25 26 /27 28 29 30 31 ..; \
         June 2028/...1 2 3 4 /5 6 7 8 9 10 11 /12 13 14=summer 15 16 17 18 /19 20 21 22 23 24 25 /26 27 28 29 30 ..; "
    );
}

const PRINT: &str = "{{ contents }}{% for part in parts %}<h{{ part.level }} id=\"{{ part.id }}\">{{ part.title }}</h{{ part.level }}>{{ part.content }}{% endfor %}";

fn whole() -> SiteTest {
    SiteTest::new()
        .template("print.html", PRINT)
        .page(
            "print.md",
            "---\ntitle: Whole\ndescription: W.\ntemplate: print\n---\n[B](b/_index.md), [one](b/one.md), [A](a.md), [again](a.md#x)\n",
        )
        .reading("a.md", "## X {#x}\n\n[there](b/one.md#x) [here](#x) [form](/apply/) [out](c.md)")
        .reading("b/_index.md", "## X {#x}")
        .reading("b/one.md", "## X {#x}\n\n### Y {#y}")
        .reading("c.md", "Elsewhere.")
}

#[test]
fn a_page_that_prints_others_has_them_once_each_in_the_order_of_its_links() {
    let html = text(&whole().build(), "print/index.html");
    let places: Vec<_> = ["<h2 id=\"b\">", "<h3 id=\"b-one\">", "<h2 id=\"a\">"]
        .iter()
        .map(|heading| {
            html.find(heading)
                .unwrap_or_else(|| panic!("{heading}: {html}"))
        })
        .collect();
    assert!(places.is_sorted(), "{html}");
    assert_eq!(html.matches("id=\"a\"").count(), 1);
    assert!(!html.contains("Elsewhere."));
}

#[test]
fn on_it_headings_go_deeper_anchors_are_told_apart_and_links_stay_on_the_page() {
    let html = text(&whole().build(), "print/index.html");
    for expected in [
        "<a href=\"#a--x\">again</a>",
        "<h3 id=\"a--x\">",
        "<h3 id=\"b--x\">",
        "<h4 id=\"b-one--x\">",
        "<h5 id=\"b-one--y\">",
        "<a href=\"#b-one--x\">there</a>",
        "<a href=\"#a--x\">here</a>",
        "<a href=\"/apply/\">form</a>",
        "<a href=\"/c/\">out</a>",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
}

#[test]
fn what_only_gathers_others_is_in_no_sitemap() {
    let map = text(&whole().build(), "sitemap.xml");
    assert!(!map.contains("/print/"), "{map}");
    assert!(map.contains("/b/one/"), "{map}");
}

#[test]
fn everything_stands_under_its_letter_and_people_under_their_surnames() {
    let person = "---\ntitle: Sir Kevan Collins\ndescription: D.\npost: Director\nstanding: director\nstatus: interim-2016\n---\n";
    let letters = "{% for letter in letters %}{{ letter.name }}:{% for item in letter.items %} {{ item.title }}{% endfor %}; {% endfor %}";
    let titled = |title: &str| format!("---\ntitle: \"{title}\"\ndescription: P.\n---\n");
    let built = SiteTest::new()
        .template("a-z.html", letters)
        .page(
            "a-z.md",
            "---\ntitle: A to Z\ndescription: A.\ntemplate: a-z\n---\n",
        )
        .page("board/kevan-collins.md", person)
        .page("x.md", &titled("The prospectus"))
        .page("y.md", &titled("“Catch up”"))
        .page("z.md", &titled("2016 in figures"))
        .page("404.md", &titled("Nothing"))
        .build();
    assert_eq!(
        text(&built, "a-z/index.html"),
        "C: “Catch up” Sir Kevan Collins; P: The prospectus; 0–9: 2016 in figures; "
    );
}
