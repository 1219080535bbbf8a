//! Markdown into the HTML that the theme's styles know.

use super::{Body, Heading, render};

fn body(markdown: &str) -> Body {
    render(markdown, 0, "prospectus/letter.md")
}

fn told(markdown: &str) -> Vec<String> {
    body(markdown)
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.offset, finding.what))
        .collect()
}

#[test]
fn a_heading_has_the_anchor_that_was_written_or_one_of_its_words() {
    let body = body(
        "## What it costs {#cost}\n\n### The Board’s role\n\n## What it costs\n\n## What it costs\n",
    );
    let heading = |level, id: &str, text: &str| Heading {
        level,
        id: id.to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(
        body.headings,
        [
            heading(2, "cost", "What it costs"),
            heading(3, "the-boards-role", "The Board’s role"),
            heading(2, "what-it-costs", "What it costs"),
            heading(2, "what-it-costs-2", "What it costs"),
        ]
    );
    assert!(body.html.starts_with("<h2 id=\"cost\">What it costs</h2>"));
}

#[test]
fn an_anchor_made_of_words_keeps_clear_of_one_that_was_written() {
    let ids: Vec<_> = body("## Cost\n\n## Fees {#cost}\n")
        .headings
        .into_iter()
        .map(|heading| heading.id)
        .collect();
    assert_eq!(ids, ["cost-2", "cost"]);
}

#[test]
fn a_wide_table_scrolls_in_a_box_and_its_cells_name_their_columns() {
    assert_eq!(
        body("## Fees\n\n| School | To pay |\n| --- | --: |\n| “A” & *B* | £5 |\n").html,
        "<h2 id=\"fees\">Fees</h2>\n\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: Fees\">\n<table>\n\
         <thead><tr><th scope=\"col\">School</th><th scope=\"col\" class=\"right\">To pay</th></tr></thead>\n<tbody>\n\
         <tr><td data-label=\"School\">“A” &amp; <em>B</em></td><td class=\"right\" data-label=\"To pay\">£5</td></tr>\n\
         </tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn links_are_kept_with_their_places_and_become_addresses() {
    let body = body("See [the\nfees](../membership/fees.md#rate) and <a@example.org>.\n");
    assert_eq!(
        body.html,
        "<p>See <a href=\"/membership/fees/#rate\">the\nfees</a> and <a href=\"mailto:a@example.org\">a@example.org</a>.</p>\n"
    );
    let [link] = body.links.as_slice() else {
        panic!("{:?}", body.links)
    };
    assert_eq!(
        (link.offset, link.written.as_str()),
        (15, "../membership/fees.md#rate")
    );
}

#[test]
fn quotation_marks_footnotes_and_definitions_are_typeset() {
    assert_eq!(body("\"It's\" -- so\n").html, "<p>“It’s” – so</p>\n");
    assert_eq!(
        body("A.[^x]\n\n[^x]: B.\n").html,
        "<p>A.<sup class=\"note-mark\"><a href=\"#note-1\">1</a></sup></p>\n\
         <div class=\"note\" id=\"note-1\"><sup class=\"note-number\">1</sup>\n<p>B.</p>\n</div>\n"
    );
    assert!(
        body("Term\n: What it means\n")
            .html
            .contains("<dt>Term</dt>")
    );
}

#[test]
fn no_style_is_written_into_the_page() {
    assert!(!body("| a |\n| :-: |\n| b |\n").html.contains("style="));
}

#[test]
fn a_second_title_a_repeated_anchor_and_a_script_are_told() {
    assert_eq!(
        told("# Title\n"),
        ["0: the page’s title is its only first-level heading"]
    );
    assert_eq!(
        told("## A {#a}\n\n## B {#a}\n"),
        ["11: the anchor `a` is on this page twice"]
    );
    assert_eq!(
        told("[x](javascript:alert)\n"),
        ["4: a link cannot begin with `javascript:`"]
    );
    assert_eq!(
        told("[x](../../a.md)\n"),
        ["4: the link `../../a.md` leads out of the content"]
    );
}
