//! The mistakes that generators let pass, in one site: each is told at its
//! line, and all in one run.

use crate::little_site::SiteTest;

#[test]
fn seven_mistakes_are_told_in_one_run_each_at_its_line() {
    let site = SiteTest::new()
        .template("news.html", "<main>\n{{ page.titel }}</main>")
        .service("workshops", "S01")
        .file("content/map.svg", "<svg/>")
        .page("fees.md", "---\ntitle: Fees\ndescription: What it costs.\n---\n\n## The rate {#rate}\n")
        // 1. A field that is misspelt.
        .page("join.md", "---\ntitle: Join\ndescription: How.\nwieght: 20\n---\n")
        // 2. A date that is not in the calendar.
        .page(
            "events/spring.md",
            "---\ntitle: Spring\ndescription: We meet.\nstarts: 2028-02-30 16:00\nends: 2028-03-01 17:00\nvenue: Hall\nservice: workshops\n---\n",
        )
        // 3. A link, 4. a heading, 5. a picture that are not there.
        .reading(
            "letter.md",
            "Dear colleagues,\n\nRead [what it costs](fee.md), and\n[the rate](fees.md#rates).\n\n![The borough](maps.svg)",
        )
        // 6. Two pages at one address.
        .reading("fees/_index.md", "")
        // 7. A template that names a field which is not there.
        .page(
            "news.md",
            "---\ntitle: News\ndescription: What is new.\ntemplate: news\n---\n",
        );
    assert_eq!(
        site.problems(),
        "content/events/spring.md:4:9: `starts`: `2028-02-30 16:00` is not a date and a time, such as `2028-03-14 16:00`\n  \
         4 | starts: 2028-02-30 16:00\n  \
         hint: write the day and the time in London, such as `2028-03-14 16:00`\n\n\
         content/fees/_index.md:1:1: two pages are at `/fees/`: this one and `fees.md`\n  \
         1 | ---\n  \
         hint: rename one of the two files\n\n\
         content/join.md:4:1: a page has no field `wieght`\n  \
         4 | wieght: 20\n  \
         hint: did you mean `weight`?\n\n\
         content/letter.md:7:22: the link `fee.md` leads nowhere: there is no `fee.md`\n  \
         7 | Read [what it costs](fee.md), and\n  \
         hint: did you mean `fees.md`?\n\n\
         content/letter.md:8:12: there is no heading `#rates` on `fees.md`\n  \
         8 | [the rate](fees.md#rates).\n  \
         hint: did you mean `#rate`?\n\n\
         content/letter.md:10:16: the link `maps.svg` leads nowhere: there is no `maps.svg`\n  \
         10 | ![The borough](maps.svg)\n  \
         hint: did you mean `map.svg`?\n\n\
         theme/templates/news.html:2:9: Field `titel` is not defined. Available fields: as_at, breadcrumbs, content, date, description, feed, headings, json_ld, kind, next, path, previous, reading_time, related, section, source, summary, terms, title, updated, words\n  \
         2 | {{ page.titel }}</main>\n  \
         hint: met while making `content/news.md`\n\n\
         7 problems in 5 files"
    );
}
