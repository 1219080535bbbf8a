//! The model as search engines read it: JSON-LD, schema.org’s words.
//!
//! It is data in a `script` element, which no policy forbids since nothing runs
//! it. Every `<` is escaped, so that no text can end the element.

mod event;

use std::fmt::Write as _;

use domain::publication::Site as Head;

use crate::job::{PageJob, Subject};
use crate::kind::Kind;
use crate::publication;

/// The graph of one page.
pub(super) fn of(
    job: &PageJob<'_>,
    title: &str,
    description: &str,
    crumbs: &[(&str, String)],
    head: &Head,
) -> String {
    let base = &head.base_url;
    let mut json = String::with_capacity(640);
    json.push_str("{\"@context\":\"https://schema.org\",\"@graph\":[{");
    let kind = match job.subject {
        Subject::Page(page) => match page.0.kind {
            Kind::Event(_) => "Event",
            Kind::Service(_) => "Service",
            Kind::Person(_) => "ProfilePage",
            Kind::Page(_) if page.0.is_home() => "WebSite",
            Kind::Page(_) if page.0.is_list() => "CollectionPage",
            Kind::Page(fields) if fields.date.is_some() => "Article",
            Kind::Page(_) => "WebPage",
            Kind::News(_) => "NewsArticle",
            Kind::Document(_) => "DigitalDocument",
        },
        Subject::Taxonomy { .. } | Subject::Term { .. } | Subject::Choice { .. } => {
            "CollectionPage"
        }
    };
    field(&mut json, "@type", kind);
    let name = if matches!(kind, "Article" | "NewsArticle") {
        "headline"
    } else {
        "name"
    };
    // The home page stands for the whole site.
    let title = if kind == "WebSite" { &head.name } else { title };
    next(&mut json, name, title);
    next(&mut json, "description", description);
    next(&mut json, "url", &format!("{base}{}", job.address));
    if !matches!(kind, "Event" | "Service") {
        next(&mut json, "inLanguage", &head.language);
    }
    let by = match kind {
        "Service" => "provider",
        "Event" => "organizer",
        _ => "publisher",
    };
    let _ = write!(json, ",\"{by}\":{{\"@type\":\"Organization\",");
    field(&mut json, "name", &head.full_name);
    next(&mut json, "url", &format!("{base}/"));
    json.push('}');
    if let Subject::Page(page) = job.subject {
        match page.0.kind {
            Kind::Page(_) | Kind::News(_) | Kind::Document(_) => {
                let common = page.0.common();
                if let Some(date) = common.date {
                    next(&mut json, "datePublished", &date.to_string());
                }
                if let Some(date) = common.changed {
                    next(&mut json, "dateModified", &date.to_string());
                }
            }
            Kind::Event(_) => {
                if let Some(event) = publication::event(page.0) {
                    event::insert(&mut json, &event, base);
                }
            }
            Kind::Service(_) | Kind::Person(_) => {}
        }
    }
    json.push('}');
    if crumbs.len() > 1 {
        json.push_str(",{\"@type\":\"BreadcrumbList\",\"itemListElement\":[");
        for (index, (label, href)) in crumbs.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            let _ = write!(json, "{{\"@type\":\"ListItem\",\"position\":{},", index + 1);
            field(&mut json, "name", label);
            next(&mut json, "item", &format!("{base}{href}"));
            json.push('}');
        }
        json.push_str("]}");
    }
    json.push_str("]}");
    json
}

fn next(json: &mut String, name: &str, text: &str) {
    json.push(',');
    field(json, name, text);
}

fn field(json: &mut String, name: &str, text: &str) {
    string(json, name);
    json.push(':');
    string(json, text);
}

/// A text as JSON; what could end the element is escaped.
fn string(json: &mut String, text: &str) {
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                // Writing to a String cannot fail.
                let _ = write!(json, "\\u{:04x}", u32::from(letter));
            }
            letter => json.push(letter),
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn no_text_can_end_the_element() {
        let mut json = String::new();
        string(&mut json, "a \"b\" \\ </script>\n");
        assert_eq!(json, r#""a \"b\" \\ \u003c/script\u003e\u000a""#);
    }
}
