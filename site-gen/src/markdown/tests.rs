//! Markdown into the HTML that the theme's styles know.

use super::{Body, Heading, Surroundings, render};

fn body(markdown: &str) -> Body {
    render(markdown, 0, "prospectus/letter.md", Surroundings::default())
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
    let heading = |level, id, text| Heading { level, id, text };
    assert_eq!(
        body.headings.iter().collect::<Vec<_>>(),
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
    let body = body("## Cost\n\n## Fees {#cost}\n");
    let ids: Vec<_> = body.headings.iter().map(|heading| heading.id).collect();
    assert_eq!(ids, ["cost-2", "cost"]);
}

#[test]
fn a_wide_table_scrolls_in_a_box_and_its_cells_name_their_columns() {
    assert_eq!(
        &*body("## Fees\n\n| School | To pay |\n| --- | --: |\n| “A” & *B* | £5 |\n").html,
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
        &*body.html,
        "<p>See <a href=\"/membership/fees/#rate\">the\nfees</a> and <a href=\"mailto:a@example.org\">a@example.org</a>.</p>\n"
    );
    let [link] = body.links.as_slice() else {
        panic!("{:?}", body.links)
    };
    assert_eq!(
        (link.offset, &*link.written),
        ("See [the\nfees](".len(), "../membership/fees.md#rate")
    );
}

#[test]
fn quotation_marks_and_definitions_are_typeset() {
    assert_eq!(&*body("\"It's\" -- so\n").html, "<p>“It’s” – so</p>\n");
    assert_eq!(
        &*body("Term\n: What it means\n").html,
        "<dl>\n<dt>Term</dt>\n<dd>What it means</dd>\n</dl>\n"
    );
}

#[test]
fn notes_are_gathered_at_the_end_in_order_of_mention_with_a_way_back() {
    let body = body("A.[^x] B.[^1] C.[^x]\n\n[^1]: *Two*.\n\n[^x]: One.\n\n    - a\n\nD.\n");
    assert_eq!(
        &*body.html,
        "<p>A.<sup class=\"note-mark\"><a id=\"_mark-1\" href=\"#_note-1\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup> \
         B.<sup class=\"note-mark\"><a id=\"_mark-2\" href=\"#_note-2\" role=\"doc-noteref\" aria-label=\"Note 2\">2</a></sup> \
         C.<sup class=\"note-mark\"><a id=\"_mark-1-2\" href=\"#_note-1\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup></p>\n\
         <p>D.</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n\
         <li id=\"_note-1\"><p>One.</p>\n<ul>\n<li>a</li>\n</ul> \
         <a class=\"note-back\" href=\"#_mark-1\" role=\"doc-backlink\" aria-label=\"Back to note 1 in the text\">↩\u{fe0e}</a></li>\n\
         <li id=\"_note-2\"><p><em>Two</em>. \
         <a class=\"note-back\" href=\"#_mark-2\" role=\"doc-backlink\" aria-label=\"Back to note 2 in the text\">↩\u{fe0e}</a></p></li>\n\
         </ol>\n</section>\n"
    );
    assert_eq!(
        told("A.[^z]\n\n[^y]: Y.\n"),
        [
            "2: there is no note `z`",
            "8: nothing in the text refers to this note"
        ]
    );
}

#[test]
fn an_admonition_says_in_a_word_what_it_is() {
    assert_eq!(
        &*body("> [!WARNING]\n> Do *not*.\n").html,
        "<div class=\"admonition warning\" role=\"note\">\n\
         <p class=\"admonition-title\">Warning</p>\n<p>Do <em>not</em>.</p>\n</div>\n"
    );
    assert_eq!(
        &*body("> So.\n").html,
        "<blockquote>\n<p>So.</p>\n</blockquote>\n"
    );
    assert_eq!(
        told("A\n\n> [!WARN]\n> x\n"),
        ["5: there is no admonition `[!WARN]`"]
    );
    assert_eq!(
        told("> [!tip] x\n"),
        ["2: nothing can follow `[!tip]` on its line"]
    );
}

#[test]
fn the_summary_is_the_first_paragraph_or_what_stands_before_the_mark() {
    assert_eq!(
        &*body("## A\n\n> Q\n\nOne[^1] [two](#a) [three](b.md).\n\nFour.\n\n[^1]: N\n").summary,
        "<p>One <a href=\"/prospectus/letter/#a\">two</a> <a href=\"/prospectus/b/\">three</a>.</p>"
    );
    assert_eq!(
        &*body("One.\n\n### B {.c}\n\nTwo.\n\n<!-- more -->\n\nThree.\n").summary,
        "<p>One.</p>\n<h3 class=\"c\">B</h3>\n<p>Two.</p>"
    );
    assert_eq!(&*body("- a\n").summary, "");
    assert!(!body("One.\n\n<!-- more -->\n").html.contains("more"));
}

#[test]
fn words_are_counted_across_emphasis_and_in_every_block() {
    assert_eq!(
        body("## A b\n\nc*d* e\nf -- g\n\n- h\n- i\n\n| j | k |\n| - | - |\n| l | `m n` |\n").words,
        14
    );
    assert_eq!(body("").words, 0);
}

#[test]
fn what_is_html_in_words_and_addresses_is_written_as_text() {
    assert_eq!(
        &*body("a < b & \"c\" ![x \"*y*\"](a.svg \"t<\") [z](https://e.org/ü?a=1&b=2)\n").html,
        "<p>a &lt; b &amp; “c” <img src=\"/prospectus/a.svg\" alt=\"x “y”\" title=\"t&lt;\" /> \
         <a href=\"https://e.org/%C3%BC?a=1&amp;b=2\">z</a></p>\n"
    );
}

#[test]
fn a_link_by_name_that_has_no_address_is_told_and_brackets_are_not() {
    assert_eq!(
        told("[a][b] [c][] [sic]\n"),
        [
            "0: no address is given for `[b]`",
            "7: no address is given for `[c]`"
        ]
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

/// What an ordinary writer of HTML makes of it, where ours has no other wishes.
#[test]
fn ordinary_markdown_becomes_ordinary_html() {
    let markdown = "1. a\n2. b\n\n   c\n\n3) d\n\n- e\n  - f\n\n***\n\n```rust x\nlet a = \"<\";\n```\n\n    g\n\n\
                    > h **i** ~~j~~\\\n> k  \n> l\n\n<div>m</div>\n\nn <b>o</b> <https://e.org> \\* &amp; &copy;\n\n`` p ` q ``\n\nT\n:   U\n\n    V\n";
    let mut expected = String::new();
    pulldown_cmark::html::push_html(
        &mut expected,
        pulldown_cmark::Parser::new_ext(markdown, super::OPTIONS),
    );
    assert_eq!(&*body(markdown).html, expected);
}

#[test]
fn a_text_that_means_harm_neither_hangs_nor_panics() {
    for hostile in [
        ">".repeat(20_000),
        "[".repeat(20_000),
        "![".repeat(20_000),
        "*a ".repeat(20_000),
        "# a\n".repeat(10_000),
        "[^a]".repeat(20_000) + "\n\n[^a]: b\n",
        "- ".repeat(2_000),
        "`".repeat(20_001),
        "<!-- ".repeat(10_000),
        format!("|{}\n|{}\n", "a|".repeat(5_000), "-|".repeat(5_000)),
        "| a |\n| - |\n".to_owned() + &"| b |\n".repeat(10_000),
        "{{".repeat(10_000),
        "{{ a(".repeat(10_000),
        "{{ a(b=\"".repeat(10_000),
        "{{ a(b=[".repeat(10_000),
        "{% a() %}\n".repeat(10_000),
        "{% end %}\n".repeat(10_000),
        "{% a() %}\n> ".repeat(5_000),
        "\\".repeat(20_000) + "{{ a() }}",
        "`{{ a() }}` ".repeat(5_000),
    ] {
        let began = std::time::Instant::now();
        let findings = body(&hostile).findings.len();
        let start: String = hostile.chars().take(12).collect();
        eprintln!("{start:?} {:?}", began.elapsed());
        assert!(findings <= 100 && began.elapsed().as_secs() < 10, "{start}");
    }
}

/// Not run with the others: a machine that is busy says nothing of speed.
#[test]
#[ignore = "a measurement, for a release build"]
fn how_long_a_page_takes() {
    let paragraph = "The partnership works with *every* school in the borough, and [the fees](fees.md) are known to all of them. \
                     What it does is paid for by its members – or by the council & the schools that buy it. "
        .to_owned()
        + &"It is a company without shares, and each of the schools is one of its members. ".repeat(6);
    let page = format!("## One\n\n{paragraph}\n\n- a list\n- of **things**\n\n").repeat(6);
    let words = body(&page).words;
    let began = std::time::Instant::now();
    for _ in 0..20_000 {
        std::hint::black_box(render(&page, 0, "a.md", Surroundings::default()));
    }
    let ours = began.elapsed() / 20_000;
    let began = std::time::Instant::now();
    for _ in 0..20_000 {
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(&page, super::OPTIONS),
        );
        std::hint::black_box(html);
    }
    eprintln!(
        "{words} words: {ours:?}; the reader with its own writer: {:?}",
        began.elapsed() / 20_000
    );
}

#[test]
fn a_link_in_html_is_a_link_like_any() {
    let links = |body: &Body| -> Vec<(usize, Box<str>)> {
        let links = body.links.iter();
        links
            .map(|link| (link.offset, link.written.clone()))
            .collect()
    };
    for (markdown, html, written) in [
        (
            "See <a class=\"x\" href='../membership/fees.md#rate'>the fees</a>.\n",
            "<p>See <a class=\"x\" href='/membership/fees/#rate'>the fees</a>.</p>\n",
            "../membership/fees.md#rate",
        ),
        // Each line of a block comes alone.
        (
            "<figure>\n<a\n  HREF = map.md\n>\n<img src=\"https://example.org/a>b.png\" alt=\"\">\n</figure>\n",
            "<figure>\n<a\n  HREF = /prospectus/map/\n>\n<img src=\"https://example.org/a>b.png\" alt=\"\">\n</figure>\n",
            "map.md",
        ),
        (
            "<a href=\"/apply/?a=1&amp;b=2\">x</a>\n",
            "<p><a href=\"/apply/?a=1&amp;b=2\">x</a></p>\n",
            "/apply/?a=1&b=2",
        ),
    ] {
        let body = body(markdown);
        assert_eq!(body.findings, [], "{markdown}");
        assert_eq!(body.html, html);
        let at = markdown.replace("&amp;", "&").find(written).unwrap();
        assert_eq!(links(&body)[0], (at, written.into()));
    }
    for markdown in [
        "<!-- <a href=\"x.md\"> -->\n",
        "<!--\n<a href=\"x.md\">\n-->\n",
        "<pre title=\"href=x.md\">href=\"x.md\"</pre>\n",
        "<script>\nlet x = '<a href=\"x.md\">';\n</script>\n",
        "<use href=\"#icon\"></use><a name=x>\n",
        "a < b href=\"x.md\" > c\n",
    ] {
        let body = body(markdown);
        assert_eq!(
            (links(&body), body.findings),
            (vec![], vec![]),
            "{markdown}"
        );
        assert!(
            markdown.starts_with('a') || body.html.contains(markdown.trim()),
            "{markdown}"
        );
    }
}

#[test]
fn a_link_that_is_empty_or_runs_a_script_is_told_in_html_too() {
    for (markdown, offset, what) in [
        ("[fees]()\n", 7, "the link leads nowhere: it is empty"),
        (
            "<a href=\"\">x</a>\n",
            9,
            "the link leads nowhere: it is empty",
        ),
        (
            "A <a href=JavaScript:alert(1)>x</a>\n",
            10,
            "a link cannot begin with `JavaScript:`",
        ),
    ] {
        let body = body(markdown);
        let [finding] = body.findings.as_slice() else {
            panic!("{markdown}: {:?}", body.findings)
        };
        assert_eq!((finding.offset, &*finding.what), (offset, what));
        assert!(body.links.is_empty());
    }
}
