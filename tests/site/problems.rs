//! What an editor is told: every message whole, as it is printed.

use crate::little_site::SiteTest;

#[test]
fn a_misspelt_field_is_named_with_its_nearest_neighbour() {
    let event = "---\ntitle: Spring meeting\ndescription: We meet.\nstarts: 2028-03-14 16:00\nends: 2028-03-14 17:00\n\
        capacity: lots\nvenu: Town Hall\nservice: workshops\n---\n";
    let site = SiteTest::new()
        .service("workshops", "S01")
        .page("events/spring.md", event);
    assert_eq!(
        site.problems(),
        "content/events/spring.md:1:1: an event needs the field `venue`\n  \
         1 | ---\n  \
         hint: write where it is, such as `venue: Town Hall, Mulberry Place`\n\n\
         content/events/spring.md:6:11: `capacity` must be a whole number, not `lots`\n  \
         6 | capacity: lots\n  \
         hint: write the number of places, such as `120`, or leave the line out if there is no limit\n\n\
         content/events/spring.md:7:1: an event has no field `venu`\n  \
         7 | venu: Town Hall\n  \
         hint: did you mean `venue`?\n\n\
         3 problems in 1 file"
    );
}

#[test]
fn the_problems_of_all_files_are_told_at_once_in_order() {
    let site = SiteTest::new()
        .page("b.md", "---\ntitle: B\n---\n")
        .page("a.md", "---\ndescription: A.\n---\n[x](c.md)\n")
        .reading("d/e.md", "# E");
    assert_eq!(
        site.problems(),
        "content/a.md:1:1: a page needs the field `title`\n  \
         1 | ---\n  \
         hint: write the page’s heading, such as `title: How to join`\n\n\
         content/a.md:4:5: the link `c.md` leads nowhere: there is no `c.md`\n  \
         4 | [x](c.md)\n  \
         hint: check the path: it begins at the folder of this file\n\n\
         content/b.md:1:1: a page needs the field `description`\n  \
         1 | ---\n  \
         hint: write one sentence that says what the page is, such as `description: How a school joins.`\n\n\
         content/d/e.md:5:1: the page’s title is its only first-level heading\n  \
         5 | # E\n  \
         hint: begin this one with `##`\n\n\
         4 problems in 3 files"
    );
}

#[test]
fn a_broken_link_is_told_where_it_stands_with_the_page_that_was_probably_meant() {
    let site = SiteTest::new()
        .reading("services/_index.md", "")
        .service("peer-review", "S01")
        .reading("prospectus/letter.md", "See [peer\nreview](../services/peer-reveiw.md#cost), [moved](peer-review.md),\n[address](/services/peer-review) and [nothing](/zebra/).");
    assert_eq!(
        site.problems(),
        "content/prospectus/letter.md:6:9: the link `../services/peer-reveiw.md#cost` leads nowhere: there is no `services/peer-reveiw.md`\n  \
         6 | review](../services/peer-reveiw.md#cost), [moved](peer-review.md),\n  \
         hint: did you mean `../services/peer-review.md`?\n\n\
         content/prospectus/letter.md:6:51: the link `peer-review.md` leads nowhere: there is no `prospectus/peer-review.md`\n  \
         6 | review](../services/peer-reveiw.md#cost), [moved](peer-review.md),\n  \
         hint: did you mean `../services/peer-review.md`?\n\n\
         content/prospectus/letter.md:7:11: the link `/services/peer-review` leads nowhere: there is no page at `/services/peer-review`\n  \
         7 | [address](/services/peer-review) and [nothing](/zebra/).\n  \
         hint: did you mean `/services/peer-review/`?\n\n\
         content/prospectus/letter.md:7:48: the link `/zebra/` leads nowhere: there is no page at `/zebra/`\n  \
         7 | [address](/services/peer-review) and [nothing](/zebra/).\n  \
         hint: link to the page’s file instead: it is then checked as you type it\n\n\
         4 problems in 1 file"
    );
}

#[test]
fn a_heading_that_is_not_there_is_told_unless_the_template_writes_it() {
    let site = SiteTest::new()
        .template(
            "page.html",
            "{{ page.content | safe }}<h2 id=\"examples\">Examples</h2>",
        )
        .reading("fees.md", "## Rate {#rate}\n\n[a](#rat)")
        .reading(
            "join.md",
            "[b](fees.md#rate) [c](/fees/#examples) [d](fees.md#zebra)",
        );
    assert_eq!(
        site.problems(),
        "content/fees.md:7:5: there is no heading `#rat` on this page\n  \
         7 | [a](#rat)\n  \
         hint: did you mean `#rate`?\n\n\
         content/join.md:5:44: there is no heading `#zebra` on `fees.md`\n  \
         5 | [b](fees.md#rate) [c](/fees/#examples) [d](fees.md#zebra)\n  \
         hint: write `{#zebra}` after the heading that is meant\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn a_missing_picture_and_a_link_to_a_draft_are_told() {
    let site = SiteTest::new()
        .page(
            "plans.md",
            "---\ntitle: Plans\ndescription: P.\ndraft: true\n---\n",
        )
        .file("content/chart.svg", "<svg/>")
        .reading("letter.md", "![c](charts.svg) [plans](plans.md)");
    assert_eq!(
        site.problems(),
        "content/letter.md:5:6: the link `charts.svg` leads nowhere: there is no `charts.svg`\n  \
         5 | ![c](charts.svg) [plans](plans.md)\n  \
         hint: did you mean `chart.svg`?\n\n\
         content/letter.md:5:26: the link leads to `plans.md`, which is a draft\n  \
         5 | ![c](charts.svg) [plans](plans.md)\n  \
         hint: take the link out, or `draft: true` out of that page\n\n\
         2 problems in 1 file"
    );
}

#[test]
fn a_page_that_has_a_problem_is_still_there_for_those_that_link_to_it() {
    let site = SiteTest::new()
        .page("fees.md", "---\ntitle: Fees\n---\n")
        .reading("join.md", "[fees](fees.md) [too](/fees/)");
    assert!(site.problems().ends_with("1 problem in 1 file"));
}

#[test]
fn a_time_that_is_not_there_a_price_and_a_service_are_told() {
    let site = SiteTest::new()
        .service("workshops", "S01")
        .event("gap", "2028-03-26 01:30", "")
        .event("price", "2028-03-14 16:00", "price: £4.5\n")
        .page(
            "events/order.md",
            "---\ntitle: A\ndescription: B.\nstarts: 2028-03-14 16:00\nends: 2028-03-14 15:00\nvenue: C\nservice: workshop\n\
             booking_closes: 2028-03-15 16:00\n---\n",
        );
    assert_eq!(
        site.problems(),
        "content/events/gap.md:4:9: `starts`: 2028-03-26T01:30:00 does not exist in London: the clocks go forward over it\n  \
         4 | starts: 2028-03-26 01:30\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/events/order.md:5:7: the event ends before it starts\n  \
         5 | ends: 2028-03-14 15:00\n  \
         hint: check the two dates and times\n\n\
         content/events/order.md:7:10: there is no service `workshop`\n  \
         7 | service: workshop\n  \
         hint: did you mean `workshops`?\n\n\
         content/events/order.md:8:17: booking closes after the event has ended\n  \
         8 | booking_closes: 2028-03-15 16:00\n  \
         hint: leave the line out, and booking closes when the event starts\n\n\
         content/events/price.md:8:8: `price`: `£4.5` is not a sum in pounds and pence, such as `£45.00`\n  \
         8 | price: £4.5\n  \
         hint: write pounds and pence, such as `£45.00`, or leave the line out if it is free\n\n\
         5 problems in 3 files"
    );
}

#[test]
fn two_pages_at_one_address_and_two_services_of_one_number_are_told() {
    let site = SiteTest::new()
        .reading("fees.md", "")
        .reading("fees/_index.md", "")
        .reading("apply.md", "")
        .service("networks", "S01")
        .service("workshops", "S01");
    assert_eq!(
        site.problems(),
        "content/apply.md:1:1: the forms answer at `/apply/`, so no page can be there\n  \
         1 | ---\n  \
         hint: give the file another name\n\n\
         content/fees/_index.md:1:1: two pages are at `/fees/`: this one and `fees.md`\n  \
         1 | ---\n  \
         hint: rename one of the two files\n\n\
         content/services/workshops.md:4:5: `id`: `S01` is the number of `services/networks.md` as well\n  \
         4 | id: S01\n  \
         hint: each service has a number of its own\n\n\
         3 problems in 3 files"
    );
}

#[test]
fn a_service_of_others_that_is_offered_and_an_event_in_a_folder_are_told() {
    let service = "---\ntitle: Unions\ndescription: U.\nid: S47\ncharging: [signpost]\naudience: [members]\nsources: []\n---\n";
    let site = SiteTest::new()
        .page("services/unions.md", service)
        .event("2028/spring", "2028-03-14 16:00", "")
        .service("workshops", "S01");
    assert_eq!(
        site.problems(),
        "content/events/2028/spring.md:1:1: an event’s file must be in `events/` itself, not in a folder of it\n  \
         1 | ---\n  \
         hint: move it to `events/spring.md`\n\n\
         content/services/unions.md:4:5: a service that is charged as `signpost` cannot be asked for: somebody else provides it\n  \
         4 | id: S47\n  \
         hint: add a line `orderable: false`\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn a_file_that_is_no_page_is_told_plainly() {
    let site = SiteTest::new()
        .page("empty.md", "")
        .page("bare.md", "Dear colleagues\n")
        .page("open.md", "---\ntitle: A\n")
        .page("Spring Meeting.md", "---\ntitle: A\ndescription: B.\n---\n")
        .page(
            "yaml.md",
            "---\ntitle: Fees: what they cost\ndescription: B.\n---\n",
        )
        .file("content/latin.md", b"---\ntitle: Caf\xe9\n---\n");
    assert_eq!(
        site.problems(),
        "content/Spring Meeting.md:1:1: the file’s name is its address: use lower-case letters, digits and hyphens\n  \
         1 | ---\n  \
         hint: rename it to `spring-meeting.md`\n\n\
         content/bare.md:1:1: the page has no front matter\n  \
         1 | Dear colleagues\n  \
         hint: begin the file with a line `---`, then `title:` and `description:`, then another `---`\n\n\
         content/empty.md:1:1: the file is empty\n  \
         hint: begin the file with a line `---`, then `title:` and `description:`, then another `---`\n\n\
         content/latin.md:2:11: here is a character that is not UTF-8\n  \
         2 | title: Caf\u{fffd}\n  \
         hint: save the file as UTF-8 in your editor, and look at this character\n\n\
         content/open.md:1:1: the front matter that begins here does not end\n  \
         1 | ---\n  \
         hint: put a line `---` after the last field\n\n\
         content/yaml.md:2:12: `title` has `: ` in its text\n  \
         2 | title: Fees: what they cost\n  \
         hint: put the text in quotes: `title: \"…\"`\n\n\
         6 problems in 6 files"
    );
}

#[test]
fn a_template_that_asks_for_what_is_not_there_is_told_once_with_a_page_that_met_it() {
    let site = SiteTest::new()
        .template("page.html", "<main>\n{{ page.titel }}</main>")
        .reading("a.md", "")
        .reading("b.md", "")
        .page(
            "c.md",
            "---\ntitle: C\ndescription: D.\ntemplate: pag\n---\n",
        );
    assert_eq!(
        site.problems(),
        "content/c.md:4:11: there is no template `pag`\n  \
         4 | template: pag\n  \
         hint: did you mean `page`?\n\n\
         theme/templates/page.html:2:9: Field `titel` is not defined. Available fields: as_at, breadcrumbs, content, date, \
         description, feed, headings, json_ld, kind, next, path, previous, reading_time, related, section, source, summary, terms, title, updated, words\n  \
         2 | {{ page.titel }}</main>\n  \
         hint: met while making `content/a.md` and 1 other page\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn a_template_that_cannot_be_parsed_is_told() {
    let site = SiteTest::new().template("page.html", "{% if page %}");
    assert!(
        site.problems().starts_with("theme/templates/page.html:1:"),
        "{}",
        site.problems()
    );
}

#[test]
fn a_filter_or_a_template_that_a_template_asks_for_in_vain_is_told_at_its_place() {
    let filter = SiteTest::new().template("page.html", "<p>\n{{ page.title | uper }}");
    assert_eq!(
        filter.problems(),
        "theme/templates/page.html:2:17: Unknown filter `uper`\n  \
         2 | {{ page.title | uper }}\n\n\
         1 problem in 1 file"
    );
    let include = SiteTest::new().template("page.html", "<p>\n{% include \"nav.html\" %}");
    assert_eq!(
        include.problems(),
        "theme/templates/page.html:2:12: Unknown template `nav.html`\n  \
         2 | {% include \"nav.html\" %}\n\n\
         1 problem in 1 file"
    );
}
