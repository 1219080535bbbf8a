//! An event with all that it can say: what becomes of it on its page, in lists,
//! in calendars, for search engines, and for the functions.

use domain::event::{Event, Question};
use domain::money::Pence;
use site_gen::Built;

use crate::little_site::{SiteTest, text};

const BOOKING: &str = "checkout: { minutes: 30, source: ours }\ngrace: { minutes: 5, source: ours }\noffer: { minutes: 2880, source: ours }\n\
    cancellation:\n  steps: [{ until: 2 working days, charge: nothing }]\n  late: 50%\n  no_show: 100%\n  source: ours\n\
    bank_holidays: { days: [2028-05-01], source: the government }\n";

const ALL: &str = "title: All\ndescription: An event.\nsessions:\n  \
    - { starts: 2028-03-21 16:00, ends: 2028-03-21 17:00 }\n  \
    - { starts: 2028-03-28 16:00, ends: 2028-03-28 17:00 }\n  \
    - { starts: 2028-04-04 16:00, ends: 2028-04-04 17:00 }\n\
    online: true\ncapacity: 30\nlimit_per_school: 3\nprice: £45.00\nmember_price: £0.00\nincluded_places: 2\n\
    service: workshops\naudience: Heads & deputies\nbooking_opens: 2028-02-01 09:00\nbooking_closes: 2028-03-28 12:00\n\
    needs_approval: true\nasks: [access, dietary]\ncontact: The office\n";

/// A site with that event and a plain one.
fn site() -> SiteTest {
    SiteTest::new()
        .file("content/booking.yaml", BOOKING)
        .service("workshops", "S01")
        .page(
            "events/_index.md",
            "---\ntitle: Events\ndescription: All.\n---\n",
        )
        .page("events/all.md", &format!("---\n{ALL}---\n"))
        .event("plain", "2028-05-03 16:00", "price: £10.00\n")
        .event("free", "2028-05-04 16:00", "")
}

fn published(built: &Built, slug: &str) -> Event {
    let publication = built.publication.as_ref().unwrap();
    let mut events = publication.events.iter();
    events
        .find(|event| event.slug.as_str() == slug)
        .unwrap()
        .clone()
}

#[test]
fn the_functions_read_all_that_an_event_says() {
    let built = site().build();
    let event = published(&built, "all");
    assert_eq!(event.starts.to_string(), "2028-03-21T16:00");
    assert_eq!(event.ends.to_string(), "2028-04-04T17:00");
    assert_eq!(event.sessions.len(), 3);
    assert_eq!((event.venue.as_str(), event.online), ("Online", true));
    assert_eq!(event.price_for(false), Some(Pence::new(4_500)));
    assert_eq!(event.member_price, Some(Pence::ZERO));
    assert_eq!(event.price_for(true), None);
    assert_eq!(
        (event.included_places, event.limit_per_school),
        (2, Some(3))
    );
    assert_eq!(event.service, "workshops");
    assert_eq!(event.audience.as_deref(), Some("Heads & deputies"));
    assert!(event.needs_approval);
    assert_eq!(event.asks, [Question::Access, Question::Dietary]);
    assert_eq!(event.contact.as_deref(), Some("The office"));
    assert!(!event.is_open("2028-02-01T08:59:59Z".parse().unwrap()));
    assert!(event.is_open("2028-02-01T09:00:00Z".parse().unwrap()));
    let rules = &built.publication.as_ref().unwrap().booking;
    assert_eq!(event.policy(rules), &rules.cancellation);

    let plain = published(&built, "plain");
    assert!(plain.sessions.is_empty() && !plain.online && plain.booking_opens.is_none());
    assert_eq!(plain.booking_closes, plain.starts);
    assert_eq!(plain.meets().len(), 1);
}

#[test]
fn one_session_in_a_list_is_an_event_like_any_other() {
    let fields = "title: A\ndescription: B.\nservice: workshops\nvenue: Hall\nsessions: [{ starts: 2028-03-14 16:00, ends: 2028-03-14 17:30 }]\n";
    let built = site()
        .page("events/one.md", &format!("---\n{fields}---\n"))
        .build();
    let event = published(&built, "one");
    assert!(event.sessions.is_empty());
    assert_eq!(event.ends.to_string(), "2028-03-14T17:30");
    let file = text(&built, "events/one.ics");
    assert!(file.contains("SUMMARY:A\r\n"), "{file}");
}

#[test]
fn its_page_and_its_list_are_given_all_of_it() {
    let page = "{{ event.sessions | length }}; {{ event.online }}; {{ event.member_price_pence }}; {{ event.included_places }}; \
        {{ event.limit_per_school }}; {{ event.booking_opens }}; {{ event.needs_approval }}; {{ event.asks | join(sep=\"+\") }}; {{ event.audience }}; \
        {% for line in event.cancellation %}{{ line.when }} {{ line.last_day }} {{ line.charged }}. {% endfor %}";
    let list = "{% for item in events %}{{ item.venue }} {{ item.sessions | length }} {{ item.member_price_pence is none }} {{ item.session is none }}; {% endfor %}";
    let site = site()
        .template("event.html", page)
        .template("events.html", list);
    let built = site.build();
    assert_eq!(
        text(&built, "events/all/index.html"),
        "3; true; 0; 2; 3; 2028-02-01T09:00; true; access+dietary; Heads &amp; deputies; \
         Up to 2 working days before 2028-03-17 nothing. After that  50% of the price. If nobody comes  the whole price. "
    );
    // From Wednesday over the bank holiday to Friday.
    let plain = text(&built, "events/plain/index.html");
    assert!(plain.contains("2028-04-28"), "{plain}");
    assert!(text(&built, "events/free/index.html").ends_with("; false; ; ; "));
    assert_eq!(
        text(&built, "events/index.html"),
        "Online 3 false true; Hall 0 true true; Hall 0 true true; "
    );
    // The page goes by the rules that are in force.
    let later = BOOKING.replace("50%", "75%");
    let built = site.file("content/booking.yaml", later).build();
    assert!(text(&built, "events/all/index.html").contains("75% of the price"));
}

#[test]
fn an_events_own_rule_comes_before_that_of_the_site() {
    let own = "cancellation: { steps: [], late: £35, no_show: £50.00 }\n";
    let built = site()
        .template(
            "event.html",
            "{% for line in event.cancellation %}{{ line.when }}: {{ line.charged }}. {% endfor %}",
        )
        .event("own", "2028-05-05 16:00", own)
        .build();
    assert_eq!(
        text(&built, "events/own/index.html"),
        "At any time before: £35.00, but no more than the price of a place that has one. \
         If nobody comes: £50.00, but no more than the price of a place that has one. "
    );
    assert!(published(&built, "own").cancellation.is_some());
}

#[test]
fn each_session_is_on_its_own_day_of_the_calendar_page() {
    let months = "{% for month in months %}{{ month.name }}:{% for week in month.weeks %}{% for day in week %}{% if day is not none %}{% for item in day.events %} {{ day.day }} {{ item.title }} {{ item.starts }}{% if item.session %} {{ item.session.number }}/{{ item.session.count }}{% endif %},{% endfor %}{% endif %}{% endfor %}{% endfor %} {% endfor %}";
    let built = site()
        .template("calendar.html", months)
        .page(
            "events/calendar/_index.md",
            "---\ntitle: Calendar\ndescription: C.\ntemplate: calendar\n---\n",
        )
        .build();
    assert_eq!(
        text(&built, "events/calendar/index.html"),
        "March 2028: 21 All 2028-03-21T16:00 1/3, 28 All 2028-03-28T16:00 2/3, \
         April 2028: 4 All 2028-04-04T16:00 3/3, \
         May 2028: 3 plain 2028-05-03T16:00, 4 free 2028-05-04T16:00, "
    );
}

#[test]
fn each_session_is_an_entry_of_the_calendar_file() {
    let file = text(&site().build(), "events/all.ics");
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 3);
    for line in [
        "UID:all@example.org",
        "UID:all.2@example.org",
        "UID:all.3@example.org",
        "SUMMARY:All (1 of 3)",
        "SUMMARY:All (3 of 3)",
        "LOCATION:Online",
        // The first is before the clocks go forward, the second after.
        "DTSTART:20280321T160000Z",
        "DTSTART:20280328T150000Z",
        "DTEND:20280404T160000Z",
    ] {
        assert!(file.split("\r\n").any(|one| one == line), "{line}\n{file}");
    }
    assert_eq!(
        text(&site().build(), "events.ics")
            .matches("BEGIN:VEVENT")
            .count(),
        5
    );
}

#[test]
fn search_engines_are_told_where_it_is_and_what_it_costs() {
    let built = site()
        .template("event.html", "{{ page.json_ld | safe }}")
        .event("both", "2028-05-05 16:00", "online: true\n")
        .build();
    let graph = |slug: &str| -> serde_json::Value {
        let json = text(&built, &format!("events/{slug}/index.html"));
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["@graph"][0].clone()
    };
    let all = graph("all");
    assert_eq!(all["startDate"], "2028-03-21T16:00:00Z");
    assert_eq!(all["endDate"], "2028-04-04T16:00:00Z");
    assert_eq!(
        all["eventAttendanceMode"],
        "https://schema.org/OnlineEventAttendanceMode"
    );
    assert_eq!(all["location"]["@type"], "VirtualLocation");
    assert_eq!(all["audience"]["audienceType"], "Heads & deputies");
    assert_eq!(all["isAccessibleForFree"], false);
    assert_eq!(all["offers"][0]["price"], "45.00");
    assert_eq!(all["offers"][1]["price"], "0.00");
    assert_eq!(all["offers"][0]["validFrom"], "2028-02-01T09:00:00Z");
    assert_eq!(all["subEvent"].as_array().unwrap().len(), 3);
    assert_eq!(all["subEvent"][1]["startDate"], "2028-03-28T15:00:00Z");
    let free = graph("free");
    assert_eq!(free["location"]["name"], "Hall");
    assert_eq!(free["isAccessibleForFree"], true);
    assert!(free["subEvent"].is_null());
    let both = graph("both");
    assert_eq!(both["location"][0]["name"], "Hall");
    assert_eq!(both["location"][1]["@type"], "VirtualLocation");
}

#[test]
fn working_days_of_a_year_whose_bank_holidays_nobody_listed_are_warned_of() {
    let site = site().event("late", "2029-05-03 16:00", "price: £10.00\n");
    assert_eq!(
        site.warnings(),
        "content/events/late.md:4:9: warning: what giving up a place costs hangs on working days, and the bank holidays of 2029 are not listed\n  \
         4 | starts: 2029-05-03 16:00\n  \
         hint: add them to `bank_holidays` in `booking.yaml`; https://www.gov.uk/bank-holidays has them\n\n\
         1 warning in 1 file"
    );
}
