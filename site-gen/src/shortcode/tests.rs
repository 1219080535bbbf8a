//! Components in Markdown, as they are written, checked and filled in.

use std::collections::BTreeMap;
use std::path::PathBuf;

use theme::Theme;

use crate::data::Data;
use crate::markdown::{Body, Surroundings, render};
use crate::text::SourceText;

mod hugo;
mod lists;
mod ours;

const COMPONENTS: &str = r#"
{% component picture(file: string, alternative: string, width: integer = 0, kind: string = "plain")
  { "links": ["file"], "choices": {"kind": ["plain", "framed"]}, "body": false,
    "example": "{{ picture(file=\"map.svg\", alternative=\"What it shows\") }}" } -%}
<img src="{{ file }}" alt="{{ alternative }}"{% if width %} width="{{ width }}"{% endif %}>
{%- endcomponent picture %}
{% component box(title: string = "Box") { "body": true } %}
<div><p>{{ title }}</p>
{{ body }}</div>
{% endcomponent box %}
{% component badge(text) %} <b>{{ text }}</b> {% endcomponent badge %}
{% component rows(rows: array) %}{% for row in rows %}<i>{{ row.name }}</i>{% endfor %}{% endcomponent rows %}
{% component count(@data) %}{{ data.schools | length }}{% endcomponent count %}
{% component crumbs(@page) %}{{ page.title }}{% endcomponent crumbs %}
{% component faulty(text: string = "") %}
{{ text.name }}{% endcomponent faulty %}
"#;

fn body(markdown: &str) -> Body {
    with(COMPONENTS, markdown)
}

fn with(components: &str, markdown: &str) -> Body {
    let around = Surroundings {
        theme: Some(&theme(components)),
        data: Some(&data()),
        pictures: None,
    };
    render(markdown, 0, "about/map.md", around)
}

fn theme(components: &str) -> Theme {
    let templates = [("components.html".to_owned(), components.to_owned())];
    Theme::new(templates, BTreeMap::new()).unwrap()
}

fn data() -> Data {
    let schools = SourceText {
        path: PathBuf::from("content/data/schools.csv"),
        text: "name,pupils\nBow,400\n\"Mile End, upper\",300\n".to_owned(),
    };
    let mut problems = Vec::new();
    let data = Data::read([("schools.csv", &schools)], &mut problems);
    assert_eq!(problems, []);
    data
}

fn html(markdown: &str) -> String {
    let body = body(markdown);
    assert_eq!(body.findings, [], "{markdown}");
    body.html
}

fn told(markdown: &str) -> Vec<String> {
    told_of(COMPONENTS, markdown)
}

fn told_of(components: &str, markdown: &str) -> Vec<String> {
    let findings = with(components, markdown).findings.into_iter();
    findings
        .map(|finding| {
            let hint = finding.hint.unwrap_or_default();
            format!("{}: {} ({hint})", finding.offset, finding.what)
        })
        .collect()
}

#[test]
fn a_component_alone_on_its_line_is_a_block() {
    assert_eq!(
        html("One\n{{ picture(file=\"../map.svg\", alternative='A \"b\" & c', width=3) }}\nTwo\n"),
        "<p>One</p>\n<img src=\"/map.svg\" alt=\"A &quot;b&quot; &amp; c\" width=\"3\">\n<p>Two</p>\n"
    );
    assert_eq!(
        html("- a\n- {{ badge(text=1.5) }}\n\n> {{badge(text=true)}}\n"),
        "<ul>\n<li>a</li>\n<li>\n<b>1.5</b>\n</li>\n</ul>\n<blockquote>\n<b>true</b>\n</blockquote>\n"
    );
}

#[test]
fn a_component_among_words_stays_among_them() {
    assert_eq!(
        html(
            "## A {{ badge(text=\"new\") }}\n\n*{{ badge(text=\"x_y_z\") }}* and {{ count() }}, {{ count() }}.\n\n| a |\n| - |\n| {{ badge(text=\"p|q\") }} |\n"
        ),
        "<h2 id=\"a\">A <b>new</b></h2>\n<p><em><b>x_y_z</b></em> and 2, 2.</p>\n\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: A\">\n<table>\n\
         <thead><tr><th scope=\"col\">a</th></tr></thead>\n<tbody>\n\
         <tr><td data-label=\"a\"><b>p|q</b></td></tr>\n</tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn what_a_component_stands_around_is_markdown_like_any_other() {
    let body = body(
        "{% box(title=\"One\") %}\n## Two\n{% box() %}\n- [three](map.md)\n{% end box %}\n{% end %}\nFour\n",
    );
    assert_eq!(body.findings, []);
    assert_eq!(
        &*body.html,
        "<div><p>One</p>\n<h2 id=\"two\">Two</h2>\n<div><p>Box</p>\n<ul>\n<li><a href=\"/about/map/\">three</a></li>\n</ul>\n</div>\n</div>\n<p>Four</p>\n"
    );
    assert_eq!(
        (body.headings.iter().count(), body.links.len(), body.words),
        (1, 1, 3)
    );
    assert!(body.uses_components && !body.uses_data);
}

#[test]
fn data_are_given_by_their_path() {
    let body = body("{{ rows(rows=data.schools) }}\n\n{{ badge(text=data.schools.1.name) }}\n");
    assert_eq!(body.findings, []);
    assert_eq!(
        &*body.html,
        "<i>Bow</i><i>Mile End, upper</i>\n<b>Mile End, upper</b>\n"
    );
    assert!(body.uses_data);
    assert!(self::body("{{ count() }}\n").uses_data);
    assert_eq!(
        told("{{ rows(rows=data.skools) }} {{ badge(text=data.schools.9) }}\n"),
        [
            "13: there is no `skools` in `data` (did you mean `schools`?)",
            "43: there is no `9` in `data.schools` (it is a list of 2, counted from 0)",
        ]
    );
}

#[test]
fn braces_in_code_and_comments_and_after_a_backslash_are_braces() {
    for text in [
        "`{{ badge(text=1) }}` and `` {% box() %} ``\n",
        "```html\n{{ badge(text=1) }}\n{% end %}\n```\n",
        "    {{ badge(text=1) }}\n",
        "<!-- {{ badge( -->\n",
        "{{ }} and {% %} and {{{ 1 + 1 }}} {{\n",
    ] {
        let mut expected = String::new();
        pulldown_cmark::html::push_html(&mut expected, pulldown_cmark::Parser::new(text));
        assert_eq!(html(text), expected);
    }
    assert_eq!(
        html("\\{{ badge(text=1) }}\n"),
        "<p>{{ badge(text=1) }}</p>\n"
    );
    // Once a component is on the page, the code of the page is still code.
    assert_eq!(
        html("{{ count() }}\n    `{{ x` {{ badge(text=\"`\") }} `}}`\n"),
        "2\n<pre><code>`{{ x` {{ badge(text=\"`\") }} `}}`\n</code></pre>\n"
    );
}

#[test]
fn an_argument_may_go_over_several_lines_and_hold_its_quotation_mark() {
    assert_eq!(
        html("{{ badge(\n  text=\"a \\\"b\\\"\n     c\",\n) }}\n"),
        "<b>a &quot;b&quot; c</b>\n"
    );
}

#[test]
fn what_is_not_known_is_told_with_what_was_probably_meant() {
    assert_eq!(
        told("A\n\n{{ pictur(file=\"a.svg\") }} {{ zebra() }} {{ crumbs() }}\n"),
        [
            "6: there is no component `pictur` (did you mean `picture`?)",
            "33: there is no component `zebra` (the components are `picture`)",
            "47: `crumbs` cannot stand in a text (it shows the page’s `page`, so only a template can use it)",
        ]
    );
    assert_eq!(
        told(
            "{{ picture(fil=\"a.svg\", width=\"wide\", kind=\"frame\", kind=\"plain\", alternative=\" \") }}"
        ),
        [
            "3: `picture` needs `file` (write it like `{{ picture(file=\"map.svg\", alternative=\"What it shows\") }}`)",
            "11: `picture` has no argument `fil` (did you mean `file`?)",
            "31: `width` of `picture` must be a whole number, not `wide` (write it like `width=3`)",
            "44: `kind` of `picture` cannot be `frame` (did you mean `framed`?)",
            "52: `kind` is written twice (keep one of the two)",
            "79: `alternative` of `picture` must not be empty (write what is meant: nothing else says it)",
        ]
    );
}

#[test]
fn a_link_in_an_argument_is_checked_like_any() {
    let body = body(
        "{{ picture(file=\"../../x.svg\", alternative=\"x\") }}{{ picture(file=\"y.svg\", alternative=\"y\") }}\n",
    );
    assert_eq!(body.findings.len(), 1);
    assert_eq!(
        body.findings[0].what,
        "the link `../../x.svg` leads out of the content"
    );
    assert_eq!(
        (body.links[0].offset, &*body.links[0].written),
        (67, "y.svg")
    );
}

#[test]
fn what_is_not_written_as_it_must_be_is_told_where_it_stops_making_sense() {
    let cases = [
        ("{{ badge }}", "9: `(` is missing after `badge`"),
        ("{{ badge(text) }}", "13: `=` is missing after `text`"),
        ("{{ badge(text=) }}", "14: `text` has no value"),
        (
            "{{ badge(text=big) }}",
            "14: `big` is neither a text, a number, `true`, `false` nor `data.…`",
        ),
        (
            "{{ badge(text=“big”) }}",
            "14: the text of `text` is in printers’ quotation marks",
        ),
        (
            "{{ badge(text=\"big) }}\n\nB \"\n",
            "14: the quotation mark that opens here is not closed",
        ),
        (
            "{{ badge(text=1 b=2) }}",
            "16: a comma or `)` is missing here",
        ),
        (
            "{{ badge(text=[1 2]) }}",
            "17: a comma or `]` is missing in this list",
        ),
        ("{{ badge(text=1) %}", "17: `}}` is missing here"),
        ("{{ badge(text=1", "15: a comma or `)` is missing here"),
        (
            "{{ <badge text=1/> }}",
            "3: a component is written without `<` in a text",
        ),
    ];
    for (text, expected) in cases {
        let found = told(text);
        assert!(
            found.len() == 1 && found[0].starts_with(expected),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_component_that_does_not_begin_and_end_in_one_place_is_told() {
    let cases = [
        ("A\n{% box() %}\nB\n", "2: `box` is not ended"),
        ("A\n\n{% end %}\n", "3: there is no component to end here"),
        ("- A\n  {% box() %}\n\n{% end %}\n", "6: `box` is not ended"),
        (
            "{% box() %}\n> A\n> {% end %}\n\n{% end %}\n",
            "18: `box` does not end where it began",
        ),
        (
            "{% box() %}\nA\n{% end bax %}\n",
            "21: `box` is to be ended first, not `bax`",
        ),
        (
            "A {% box() %}\nB\n{% end %}\n",
            "2: `{% … %}` must be alone on its line",
        ),
        ("{{ box() }}\n", "3: `box` stands around a text"),
        (
            "{% picture(file=\"a\", alternative=\"b\") %}\n{% end %}\n",
            "3: `picture` does not stand around a text",
        ),
        (
            "![{{ count() }}](a.svg)\n",
            "2: a component cannot stand in the words for a picture",
        ),
        (
            "[a](b.md \"{{ count() }}\")\n",
            "10: a component cannot stand here",
        ),
        (&"{% box() %}\n".repeat(9), "0: `box` is not ended"),
    ];
    for (text, expected) in cases {
        let found = told(text);
        assert!(
            found
                .first()
                .is_some_and(|first| first.starts_with(expected)),
            "{text}: {found:?}"
        );
    }
    assert_eq!(
        told(&("{% box() %}\n".repeat(9) + &"{% end %}\n".repeat(9))),
        [
            "96: more than 8 components stand around each other here (close some of them with `{% end %}` before this one)"
        ]
    );
}

#[test]
fn a_fault_of_the_theme_is_told_at_the_component_that_met_it() {
    let found = told("{{ faulty(text=\"a\") }}\n");
    assert!(
        found.len() == 1
            && found[0].starts_with("3: `faulty` cannot be filled in: components.html:16:"),
        "{found:?}"
    );
}

#[test]
fn no_mixture_of_signs_makes_it_panic() {
    let parts = [
        "{{ ",
        " }}",
        "{% box() %}",
        "{% end %}",
        "badge(text=",
        "count()",
        "\"",
        "'",
        ")",
        ",",
        "[",
        "](",
        "=",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "    ",
        "`",
        "```",
        "<!--",
        "-->",
        "<?",
        "?>",
        "\u{1a}",
        "é",
        "[^a]",
        "[^a]: ",
        "![",
        "| a |\n| - |\n",
        "# ",
        "{#a}",
        "> [!NOTE]\n",
        ": ",
        "*",
        "\\",
        "&",
        "<div>",
        "data.schools.0",
        "{{ count() }}",
        "\r\n",
        "\"\n=",
    ];
    // A generator of numbers that are good enough for this (xorshift).
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap()
    };
    let (theme, data) = (theme(COMPONENTS), data());
    let around = Surroundings {
        theme: Some(&theme),
        data: Some(&data),
        pictures: None,
    };
    for _ in 0..3_000 {
        let text: String = (0..below(40)).map(|_| parts[below(parts.len())]).collect();
        let body = render(&text, 0, "a.md", around);
        for finding in &body.findings {
            assert!(finding.offset <= text.len(), "{text:?}: {finding:?}");
        }
    }
}
