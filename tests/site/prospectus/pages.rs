//! The pages around the prospectus: each says what is known, and no more.

use std::fs;

use super::reading::{all_pages, found, main_of, text};

#[test]
fn each_choice_of_the_catalogue_lists_only_services_that_say_it_of_themselves() {
    for (choice, words, count) in [
        ("pillar/development", "Development", 11),
        ("charging/tbc", "To be confirmed", 23),
        ("charging/possible", "A possibility", 8),
        ("charging/commissioned", "Commissioned by the council", 6),
        ("audience/all-schools", "All Tower Hamlets schools", 6),
        ("audience/full-members", "Full members", 17),
    ] {
        let page = format!("/services/by/{choice}/");
        found(&page, &[&format!("{count} of 56 services")]);
        let html = main_of(&page);
        let list = html.split("<ul class=\"rows\">").nth(1).unwrap();
        let listed: Vec<_> = list.split("<h3><a href=\"").skip(1).collect();
        assert_eq!(listed.len(), count, "{page}");
        for one in listed {
            let service = one.split('"').next().unwrap();
            found(service, &[words]);
        }
    }
}

#[test]
fn no_service_is_said_to_be_for_one_phase_since_the_prospectus_says_so_of_none() {
    found("/services/by/phase/nursery/", &["All 56 services"]);
    found(
        "/services/pupil-premium-review/",
        &["All phases: the prospectus names none in particular"],
    );
}

#[test]
fn a_service_can_be_asked_about_unless_it_cannot_be_had() {
    let asks = |slug: &str| {
        let link = format!("href=\"/enquire/{slug}/\"");
        main_of(&format!("/services/{slug}/")).contains(&link)
    };
    for slug in ["peer-review", "bespoke-packages", "excellence-visits"] {
        assert!(asks(slug), "{slug}");
    }
    for slug in [
        "annual-report-to-the-council",
        "careers-service",
        "teaching-unions",
    ] {
        assert!(!asks(slug), "{slug}");
    }
}

#[test]
fn the_whole_prospectus_is_on_one_page_each_section_in_order() {
    let page = main_of("/prospectus/print/");
    let words = text(&page);
    let mut from = words.find("Dear Colleagues,").unwrap();
    for section in [
        "A1. Our vision",
        "The twelve outcomes",
        "Who is 'THE Partnership'?",
        "Does our school have a vote?",
        "Who stands in for the Advisory Council?",
        "Who observes?",
        "Worked examples",
        "What does every member get?",
        "What must our school commit to?",
    ] {
        let at = words[from..].find(section);
        from += at.unwrap_or_else(|| panic!("`{section}` is not there, or not in order"));
    }
}

#[test]
fn on_the_whole_prospectus_no_two_anchors_are_alike_and_none_is_missing() {
    let html = fs::read_to_string(tests::built_site().join("prospectus/print/index.html")).unwrap();
    let parts = |mark: &str| -> Vec<String> {
        let found = html.split(mark).skip(1);
        found
            .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
            .collect()
    };
    let ids = parts(" id=\"");
    let mut known = ids.clone();
    known.sort();
    known.dedup();
    assert_eq!(known.len(), ids.len());
    for link in parts("href=\"#") {
        assert!(ids.contains(&link), "#{link}");
    }
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(html.contains(
        "<link rel=\"canonical\" href=\"https://www.the-partnership.org.uk/prospectus/\">"
    ));
}

#[test]
fn every_page_is_in_the_a_to_z() {
    let list = main_of("/a-z/");
    for (page, _) in all_pages() {
        let is_one = page == "/"
            || page == "/a-z/"
            || page == "/prospectus/print/"
            || page == "/search/"
            || page.starts_with("/services/by/")
            || page.starts_with("/tags/");
        assert!(
            is_one || list.contains(&format!("<a href=\"{page}\">")),
            "{page} is not in the A to Z"
        );
    }
}

#[test]
fn an_event_and_all_events_can_be_put_into_a_calendar() {
    for (page, file) in [
        ("/events/teachmeet/", "/events/teachmeet.ics"),
        ("/events/", "/events.ics"),
        ("/events/calendar/", "/events.ics"),
    ] {
        let link = format!("href=\"{file}\" type=\"text/calendar\"");
        assert!(main_of(page).contains(&link), "{page}");
        let calendar = fs::read_to_string(tests::built_site().join(&file[1..])).unwrap();
        assert!(calendar.contains("UID:teachmeet@www.the-partnership.org.uk\r\n"));
        // Four o’clock on 8 June is British summer time.
        assert!(calendar.contains("DTSTART:20280608T150000Z\r\n"));
    }
}

#[test]
fn what_nobody_has_supplied_says_that_it_is_a_placeholder() {
    for (page, words) in [
        (
            "/documents/arrangements/",
            "Placeholder: this document is not here yet.",
        ),
        (
            "/documents/business-plan/",
            "Placeholder: this document is not here yet.",
        ),
        (
            "/terms/",
            "Placeholder: THE Partnership's lawyers have not said.",
        ),
        ("/privacy/", "Placeholder: its registered name"),
        ("/members/", "No member school is listed here yet."),
        ("/news/", "Nothing has been published here yet."),
    ] {
        found(page, &[words]);
    }
}

#[test]
fn the_privacy_notice_answers_what_the_law_asks() {
    found(
        "/privacy/",
        &[
            "What do you keep about us?",
            "Who is responsible?",
            "What allows you to use it?",
            "Where did you get it from?",
            "Do we have to give it?",
            "Who else sees it?",
            "Does it leave the United Kingdom?",
            "How long do you keep it?",
            "What can we ask for?",
            "complain to the Information Commissioner's Office",
        ],
    );
}

#[test]
fn the_privacy_notice_shows_how_long_each_kind_of_record_is_kept() {
    let data = std::fs::read_to_string(tests::root().join("content/data/retention.yaml")).unwrap();
    let rules: std::collections::BTreeMap<String, domain::retention::Rule> =
        serde_saphyr::from_str(&data).unwrap();
    assert!(rules.len() > 10, "{rules:?}");
    for rule in rules.values() {
        let (what, keep) = (straight(&rule.what), rule.keep.to_string());
        found("/privacy/", &[&format!("{what} {keep} {}", rule.from)]);
    }
}

/// As the words of a page are compared.
fn straight(text: &str) -> String {
    text.replace('’', "'")
}
