//! What a template may ask for, and what it is told when it asks for more.

use std::collections::BTreeMap;

use serde_json::json;

use crate::{ParameterKind, Theme, ThemeError, Value};

fn theme(templates: &[(&str, &str)]) -> Result<Theme, ThemeError> {
    let templates = templates
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let assets = BTreeMap::from([(
        "style.css".to_owned(),
        "/assets/style.0123abcd.css".to_owned(),
    )]);
    Theme::new(templates, assets)
}

fn filled_in(template: &str) -> String {
    theme(&[("t.html", template)])
        .unwrap()
        .render("t.html", &json!({}))
        .unwrap()
}

#[test]
fn money_is_written_in_pounds_and_pence() {
    assert_eq!(
        filled_in("{{ 87500 | pounds }}, {{ 5 | pounds }}"),
        "£875.00, £0.05"
    );
}

#[test]
fn a_day_is_written_out() {
    assert_eq!(
        filled_in(r#"{{ "2017-04-01" | long_date }}"#),
        "1 April 2017"
    );
    assert_eq!(
        filled_in(r#"{{ "2028-03-14T16:00" | long_date }}"#),
        "14 March 2028"
    );
    assert_eq!(
        filled_in(r#"{{ "2017-08-31T23:30:00Z" | long_date }}"#),
        "1 September 2017"
    );
}

#[test]
fn a_time_is_written_as_it_is_said() {
    for (text, said) in [
        ("2028-03-14T16:00", "4pm"),
        ("2028-03-14T16:30", "4.30pm"),
        ("2028-03-14T09:05", "9.05am"),
        ("2028-03-14T12:00", "noon"),
        ("2028-03-14T00:00", "midnight"),
        ("2028-06-14T15:00:00Z", "4pm"),
    ] {
        assert_eq!(filled_in(&format!("{{{{ \"{text}\" | time }}}}")), said);
    }
    assert_eq!(
        filled_in(r#"{{ "2028-03-14T16:00" | date_time }}"#),
        "14 March 2028, 4pm"
    );
}

#[test]
fn an_asset_has_its_fingerprinted_address() {
    assert_eq!(
        filled_in(r#"{{ asset(path="style.css") }}"#),
        "/assets/style.0123abcd.css"
    );
}

#[test]
fn a_page_is_escaped_and_a_letter_is_not() {
    let theme = theme(&[
        ("page.html", "{{ name }}"),
        ("letters/letter.txt", "{{ name }}"),
    ])
    .unwrap();
    let context = json!({"name": "St Paul’s <& All Saints>"});
    assert_eq!(
        theme.render("page.html", &context).unwrap(),
        "St Paul’s &lt;&amp; All Saints&gt;"
    );
    assert_eq!(
        theme.render("letters/letter.txt", &context).unwrap(),
        "St Paul’s <& All Saints>"
    );
}

#[test]
fn a_field_that_is_not_there_is_told_with_template_line_and_column() {
    let theme = theme(&[
        (
            "base.html",
            "<p>\n  {{ page.titel }}</p>{% block main %}{% endblock %}",
        ),
        ("page.html", "{% extends \"base.html\" %}"),
    ]);
    let error = theme
        .unwrap()
        .render("page.html", &json!({"page": {"title": "Fees"}}))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "base.html:2:11: Field `titel` is not defined. Available fields: title"
    );
}

#[test]
fn a_template_that_cannot_be_parsed_is_told_with_its_place() {
    let error = theme(&[("t.html", "one\n{{ two")]).unwrap_err();
    assert_eq!((error.template.as_str(), error.line), ("t.html", Some(2)));
}

#[test]
fn what_a_template_asks_for_in_vain_is_named() {
    let missing = theme(&[("t.html", r#"{{ asset(path="stile.css") }}"#)]).unwrap();
    assert_eq!(
        missing.render("t.html", &json!({})).unwrap_err().message,
        "there is no asset `stile.css`; there are `style.css`"
    );
    let orphan = theme(&[("t.html", r#"{% extends "base.html" %}"#)]).unwrap_err();
    assert_eq!(
        orphan.to_string(),
        "t.html: it extends `base.html`, and there is no such template"
    );
    let absent = theme(&[])
        .unwrap()
        .render("page.html", &json!({}))
        .unwrap_err();
    assert_eq!(absent.to_string(), "page.html: there is no such template");
}

#[test]
fn a_component_says_what_it_asks_for() {
    let theme = theme(&[(
        "components.html",
        r#"{% component card(title: string, kind: string = "plain", size: integer = 1, @data, ...rest)
           {"links": ["title"], "choices": {"kind": ["plain", "framed"]}, "body": true, "example": "card(…)"} -%}
           <b class="{{ kind }}">{{ title }}</b>{{ body }}{{ data.a }}{{ rest.b }}
           {%- endcomponent card %}
           {% component page_title(@page) %}{{ page.title }}{% endcomponent page_title %}"#,
    )])
    .unwrap();
    let card = theme.component("card").unwrap();
    let parameters: Vec<_> = card
        .parameters
        .iter()
        .map(|one| {
            (
                one.name.as_str(),
                one.kind,
                one.required,
                one.is_link,
                one.choices.len(),
            )
        })
        .collect();
    assert_eq!(
        parameters,
        [
            ("kind", Some(ParameterKind::Text), false, false, 2),
            ("size", Some(ParameterKind::WholeNumber), false, false, 0),
            ("title", Some(ParameterKind::Text), true, true, 0),
        ]
    );
    assert_eq!(
        (
            card.takes_more,
            card.body,
            card.example.as_deref(),
            card.reads_data,
            card.needs_page.as_deref()
        ),
        (true, Some(true), Some("card(…)"), true, None)
    );
    let page_title = theme.component("page_title").unwrap();
    assert_eq!(page_title.needs_page.as_deref(), Some("page"));
    let given = vec![
        ("title".to_owned(), Value::from("A & B")),
        ("b".to_owned(), Value::from(3)),
    ];
    let data = Value::from_serializable(&json!({"a": "<2>"}));
    assert_eq!(
        theme
            .fill_in("card", given, Some("<i>1</i>"), Some(&data))
            .unwrap(),
        "<b class=\"plain\">A &amp; B</b><i>1</i>&lt;2&gt;3"
    );
}
