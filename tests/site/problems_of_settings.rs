//! What is told about the files that are not pages, and about the folders.

use crate::little_site::SiteTest;

#[test]
fn a_menu_that_names_what_is_not_there_is_told() {
    let menu = "name: A\nfull_name: B\nstrapline: C\nbase_url: https://example.org\nas_at: 2016-05\nlanguage: en-GB\n\
        menu:\n  - { label: Fees, page: membership/fee.md }\n  - { label: Apply, path: /aply/ }\n  - { label: Both }\n\
        footer:\n  - { label: Home, pages: _index.md }\n";
    let site = SiteTest::new()
        .reading("membership/fees.md", "")
        .file("content/site.yaml", menu);
    assert_eq!(
        site.problems(),
        "content/site.yaml:8:26: the link `membership/fee.md` leads nowhere: there is no `membership/fee.md`\n  \
         8 |   - { label: Fees, page: membership/fee.md }\n  \
         hint: did you mean `membership/fees.md`?\n\n\
         content/site.yaml:9:27: the link `/aply/` leads nowhere: there is no page at `/aply/`\n  \
         9 |   - { label: Apply, path: /aply/ }\n  \
         hint: did you mean `/apply/`?\n\n\
         content/site.yaml:10:14: the line `Both` of the menu needs either `page` or `path`\n  \
         10 |   - { label: Both }\n  \
         hint: write `page: fees.md` for a page, or `path: /apply/` for a form\n\n\
         content/site.yaml:12:14: the line `Home` of the menu needs either `page` or `path`\n  \
         12 |   - { label: Home, pages: _index.md }\n  \
         hint: write `page: fees.md` for a page, or `path: /apply/` for a form\n\n\
         content/site.yaml:12:20: `footer` has no field `pages`\n  \
         12 |   - { label: Home, pages: _index.md }\n  \
         hint: did you mean `page`?\n\n\
         5 problems in 1 file"
    );
}

#[test]
fn a_fee_schedule_that_cannot_be_charged_by_is_told() {
    let fees = "version: \"1\"\nrate: { pence_per_pupil: £5, source: E2 }\npart_year: { rule: weeks, source: ours }\n\
        periods:\n  - { name: Year, from: 2017-09-31, to: 2018-08-31, numerator: 12, denominator: 12, repeats: yearly, source: E2 }\n\
        guarantee: { pence: 2500, source: join }\nnotic: { months: 12 }\n";
    let site = SiteTest::new().file("content/fees.yaml", fees);
    assert_eq!(
        site.problems(),
        "content/fees.yaml:1:1: the fee schedule needs the field `notice`\n  \
         1 | version: \"1\"\n  \
         hint: add a line that begins with `notice:`\n\n\
         content/fees.yaml:2:26: `pence_per_pupil` must be a whole number, not `£5`\n  \
         2 | rate: { pence_per_pupil: £5, source: E2 }\n  \
         hint: write whole pence: £5 is `500`\n\n\
         content/fees.yaml:3:20: `rule` must be one of `months`, not `weeks`\n  \
         3 | part_year: { rule: weeks, source: ours }\n\n\
         content/fees.yaml:5:25: `from` must be a date, such as `2017-04-01`, not `2017-09-31`\n  \
         5 |   - { name: Year, from: 2017-09-31, to: 2018-08-31, numerator: 12, denominator: 12, repeats: yearly, source: E2 }\n  \
         hint: write the day as `2017-04-01`\n\n\
         content/fees.yaml:7:1: the fee schedule has no field `notic`\n  \
         7 | notic: { months: 12 }\n  \
         hint: did you mean `notice`?\n\n\
         5 problems in 1 file"
    );
}

#[test]
fn a_gap_between_two_periods_is_told_where_the_second_stands() {
    let fees = "version: \"1\"\nrate: { pence_per_pupil: 500, source: E2 }\npart_year: { rule: months, source: ours }\n\
        periods:\n  - { name: Holiday, from: 2017-04-01, to: 2017-07-31, numerator: 0, denominator: 12, source: E2 }\n\
        \x20 - { name: Year, from: 2017-09-01, to: 2018-08-31, numerator: 12, denominator: 12, repeats: yearly, source: E2 }\n\
        notice: { months: 12, free_until: 2016-12-31, source: E2 }\nguarantee: { pence: 2500, source: join }\n";
    let site = SiteTest::new().file("content/fees.yaml", fees);
    assert_eq!(
        site.problems(),
        "content/fees.yaml:6:13: the period `Year` must begin on 1 August 2017, the day after the one before it\n  \
         6 |   - { name: Year, from: 2017-09-01, to: 2018-08-31, numerator: 12, denominator: 12, repeats: yearly, source: E2 }\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_commitment_that_is_none_is_told_before_the_number_of_them() {
    let site = SiteTest::new().file(
        "content/commitments.yaml",
        "version: \"1\"\ncommitments:\n  - { id: guarantee, text: B, source: S }\n  - { id: annual-fees, text: C, source: S }\n",
    );
    assert_eq!(
        site.problems(),
        "content/commitments.yaml:4:11: `id` must be one of `aims-and-values`, `guarantee`, `annual-fee`, not `annual-fees`\n  \
         4 |   - { id: annual-fees, text: C, source: S }\n  \
         hint: did you mean `annual-fee`?\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn rules_of_booking_that_cannot_work_are_told() {
    let rules = "checkout: { minutes: 30, source: ours }\ngrace: { minutes: 5, source: ours }\noffer: { minutes: 60, source: ours }\n";
    let told = |more: &str| {
        let site = SiteTest::new().file("content/booking.yaml", format!("{rules}{more}"));
        site.problems()
    };
    assert_eq!(
        told("offer_near: { minutes: 240, source: ours }\n"),
        "content/booking.yaml:4:1: `offer_near` must not be longer than `offer`: near the event there is less time\n  \
         4 | offer_near: { minutes: 240, source: ours }\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(
            "cancellation: { steps: [{ until: 5 days, charge: 60% }], late: 50%, no_show: 100% }\nbank_holidays: { days: [2028-13-01], source: S }\n"
        ),
        "content/booking.yaml:4:64: `cancellation`: `50%` is less than `60%` before it; what is charged must not fall as the event nears, nor for a place at which nobody came\n  \
         4 | cancellation: { steps: [{ until: 5 days, charge: 60% }], late: 50%, no_show: 100% }\n\n\
         content/booking.yaml:5:25: each of `days` must be a date, such as `2017-04-01`, not `2028-13-01`\n  \
         5 | bank_holidays: { days: [2028-13-01], source: S }\n  \
         hint: write a list of days, such as `[2028-12-25, 2028-12-26]`\n\n\
         2 problems in 1 file"
    );
    assert_eq!(
        told("cancellation: { late: nothing, no_show: nothing }\n"),
        "content/booking.yaml:4:1: `cancellation` needs a `source`: where the rule stands, or why it is our default\n  \
         4 | cancellation: { late: nothing, no_show: nothing }\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn settings_that_are_missing_or_that_nothing_reads_are_told() {
    let site = SiteTest::new()
        .without("content/booking.yaml")
        .file("content/bookings.yaml", "checkout: {}\n");
    assert_eq!(
        site.problems(),
        "content/booking.yaml: there is no such file\n  \
         hint: forms go by it, which a site with events or services has, or with another of these files\n\n\
         content/bookings.yaml:1:1: nothing reads this file\n  \
         1 | checkout: {}\n  \
         hint: the files of settings are `site.yaml`, `fees.yaml`, `commitments.yaml`, `booking.yaml`, `entitlements.yaml`, `published.yaml`\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn an_origin_a_language_and_a_date_that_are_none_are_told_at_their_lines() {
    let settings =
        "name: A\nbase_url: example.org\nas_at: May 2016\nlanguage: klingon!!\nmenu: []\n";
    let site = SiteTest::new().file("content/site.yaml", settings);
    assert_eq!(
        site.problems(),
        "content/site.yaml:2:11: `base_url` must be an address without a path, such as `https://www.example.org`, not `example.org`\n  \
         2 | base_url: example.org\n\n\
         content/site.yaml:3:8: `as_at` must be a month such as `2016-05`, or a day, not `May 2016`\n  \
         3 | as_at: May 2016\n\n\
         content/site.yaml:4:11: `language` must be the code of a language, such as `en-GB`, not `klingon!!`\n  \
         4 | language: klingon!!\n\n\
         3 problems in 1 file"
    );
}

#[test]
fn a_site_without_a_home_page_is_told() {
    let menu = "name: A\nfull_name: B\nstrapline: C\nbase_url: https://example.org\nas_at: 2016-05\nlanguage: en-GB\nmenu: []\n";
    let site = SiteTest::new()
        .file("content/site.yaml", menu)
        .without("content/_index.md");
    assert_eq!(
        site.problems(),
        "content/_index.md: there is no such file\n  \
         hint: begin the home page there\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let site = SiteTest::new().without("content").without("theme");
    assert_eq!(
        site.problems(),
        "content: there is no such folder or file\n  \
         hint: check the path, and the folder you are in\n\n\
         theme: there is no such folder or file\n  \
         hint: check the path, and the folder you are in\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn what_is_kept_for_no_length_or_for_less_than_the_law_asks_is_told() {
    let content = std::fs::read_to_string(tests::root().join("content/data/retention.yaml"));
    let content = content.unwrap();
    let problems = |from: &str, to: &str| {
        assert!(content.contains(from), "{from}");
        let changed = content.replacen(from, to, 1);
        SiteTest::new()
            .file("content/data/retention.yaml", changed)
            .problems()
    };
    let told = problems("keep: 12 months", "keep: a year");
    assert!(
        told.contains("`a year` is not a length such as `30 days`"),
        "{told}"
    );
    let told = problems("keep: 7 years", "keep: 5 years");
    assert!(told.contains("at least 6 years"), "{told}");
    let told = problems("keep: 10 years", "keep: 9 years");
    assert!(told.contains("at least 10 years"), "{told}");
    let told = problems("remind: 5 days", "remind: 30 days");
    assert!(told.contains("`remind` the shorter"), "{told}");
    let told = problems("enquiries:", "enquires:");
    assert!(
        told.contains("has no field `enquires`") && told.contains("did you mean `enquiries`?"),
        "{told}"
    );
}
