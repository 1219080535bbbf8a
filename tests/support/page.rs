//! What a person sees of a page: its text, and the values in its fields.

/// The text of a page, without tags, white space folded.
pub fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        text.push(' ');
        rest = rest[start..]
            .find('>')
            .map_or("", |end| &rest[start + end + 1..]);
    }
    text.push_str(rest);
    let text = unescaped(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of the first field of that name.
pub fn field(html: &str, name: &str) -> Option<String> {
    let tag = html
        .split('<')
        .find(|tag| attribute(tag, "name").as_deref() == Some(name))?;
    attribute(tag, "value")
}

/// What the fields of the first form that is posted hold: hidden ones, and
/// those that were filled in; of ticks and choices nothing.
pub fn held(html: &str) -> Vec<(String, String)> {
    held_by(html, "method=\"post\"")
}

/// The same of the first form that has this in it.
pub fn held_by(html: &str, mark: &str) -> Vec<(String, String)> {
    let form = html.split("<form ").find(|form| form.contains(mark));
    let form = form.unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    let mut held = Vec::new();
    for tag in form.split('<') {
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        if tag.starts_with("textarea") {
            let text = tag.split_once('>').map_or("", |(_, text)| text);
            let text = text.strip_prefix('\n').unwrap_or(text);
            held.push((name, unescaped(text)));
        } else if tag.starts_with("input")
            && !matches!(
                attribute(tag, "type").as_deref(),
                Some("checkbox" | "radio")
            )
        {
            held.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    held
}

/// What the first posted form within an element holds, filled in further.
pub fn filled(html: &str, within: &str, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let start = html.find(&format!("<{within}")).unwrap_or(0);
    let mut all = crate::visitor::owned(fields);
    for (name, value) in held(&html[start..]) {
        if !fields.iter().any(|(given, _)| *given == name) {
            all.push((name, value));
        }
    }
    all
}

/// An attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')?;
    Some(unescaped(&tag[start..start + end]))
}

fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, character)| {
        text.replace(entity, character)
    })
}
