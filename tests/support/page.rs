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

/// The hidden fields of the first form that is sent by `POST`.
pub fn hidden(html: &str) -> Vec<(String, String)> {
    let form = html
        .split("<form ")
        .find(|form| form.contains("method=\"post\"") || form.contains("method=post"));
    let form = form
        .unwrap_or_default()
        .split("</form>")
        .next()
        .unwrap_or_default();
    form.split('<')
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| {
            Some((
                attribute(tag, "name")?,
                attribute(tag, "value").unwrap_or_default(),
            ))
        })
        .collect()
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
