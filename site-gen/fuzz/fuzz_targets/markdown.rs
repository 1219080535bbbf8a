//! Any text as the Markdown of a page, with components that a theme has.
#![no_main]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use theme::Theme;

/// One of each form: standing alone, around a text, with a list.
const COMPONENTS: &str = r#"
{% component box(title: string = "Box") { "body": true } %}<div>{{ title }}{{ body | safe }}</div>{% endcomponent box %}
{% component badge(text: string, size: integer = 1) %}<b>{{ text }}{{ size }}</b>{% endcomponent badge %}
{% component rows(rows: array) %}{% for row in rows %}<i>{{ row }}</i>{% endfor %}{% endcomponent rows %}
"#;

fn theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| {
        let templates = [("components.html".to_owned(), COMPONENTS.to_owned())];
        Theme::new(templates, BTreeMap::new()).expect("the components are written right")
    })
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = [b"---\ntitle: A\ndescription: B.\n---\n", bytes].concat();
    promises::keep(promises::kind(0), &text, Some(theme()));
});
