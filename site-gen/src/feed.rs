//! What is not read by people in a browser: feeds, the sitemap, the rules for
//! robots, and the pages that only lead elsewhere.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write as _;

use domain::publication::Site as Head;
use jiff::civil::Date;

use crate::job::FeedJob;
use crate::page::Card;
use crate::shared::Shared;

/// An Atom feed. Its days are told as their first moment in universal time:
/// content knows no hours.
pub(crate) fn atom(job: &FeedJob<'_>, shared: &Shared) -> String {
    let Some(head) = &shared.head else {
        return String::new();
    };
    let changed = |Card(page): &Card<'_>| page.common().changed;
    let newest = job.entries.iter().filter_map(changed).max();
    let mut xml = String::with_capacity(1024 * (job.entries.len() + 1));
    let language = escaped(&head.language);
    let _ = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n"
    );
    let title = match job.of {
        "/" => Cow::Borrowed(&*job.title),
        _ => format!("{} – {}", job.title, head.name).into(),
    };
    element(&mut xml, "title", &title);
    element(&mut xml, "id", &absolute(head, job.of));
    let _ = write!(
        xml,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
        escaped(&absolute(head, &job.address)),
        escaped(&absolute(head, job.of)),
    );
    element(&mut xml, "updated", &moment(newest));
    let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(&head.name));
    for card in &job.entries {
        let Card(page) = card;
        let common = page.common();
        let address = absolute(head, &page.address);
        xml.push_str("<entry>\n");
        element(&mut xml, "title", common.title);
        element(&mut xml, "id", &address);
        let _ = writeln!(
            xml,
            "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
            escaped(&address)
        );
        element(&mut xml, "published", &moment(common.date));
        element(&mut xml, "updated", &moment(changed(card)));
        element(&mut xml, "summary", common.description);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

/// The addresses of all pages, for search engines.
pub(crate) fn sitemap(pages: &[(Cow<'_, str>, Option<Date>)], shared: &Shared, out: &mut Vec<u8>) {
    let Some(head) = &shared.head else {
        return;
    };
    // It is the longest file of many sites.
    out.reserve(130 * (pages.len() + 2));
    out.extend(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (address, changed) in pages {
        out.extend(b"<url><loc>");
        out.extend(escaped(&absolute(head, address)).as_bytes());
        out.extend(b"</loc>");
        if let Some(changed) = changed {
            // Writing into memory cannot fail.
            let _ = write!(out, "<lastmod>{changed}</lastmod>");
        }
        out.extend(b"</url>\n");
    }
    out.extend(b"</urlset>\n");
}

/// Robots may look at everything, and are told where everything is.
pub(crate) fn robots(shared: &Shared) -> String {
    let base = shared.head.as_ref().map_or("", |head| &head.base_url);
    format!("User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n")
}

/// A page that leads to where its page is now: for readers and for search
/// engines, with no script.
pub(crate) fn redirect(to: &str, shared: &Shared) -> String {
    let Some(head) = &shared.head else {
        return String::new();
    };
    let (to, whole) = (escaped(to), absolute(head, to));
    let (language, name) = (escaped(&head.language), escaped(&head.name));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>Moved – {name}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"canonical\" href=\"{}\">\n<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n\
         </head>\n<body>\n<p>This page has moved to <a href=\"{to}\">{to}</a>.</p>\n</body>\n</html>\n",
        escaped(&whole)
    )
}

/// An address with its origin; what is not plain in it is written in hundredths.
fn absolute(head: &Head, address: &str) -> String {
    let mut whole = String::with_capacity(head.base_url.len() + address.len());
    whole.push_str(&head.base_url);
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            whole.push(char::from(byte));
        } else {
            let _ = write!(whole, "%{byte:02X}");
        }
    }
    whole
}

/// The first moment of a day; of the first day that computers count from, if
/// there is none.
fn moment(day: Option<Date>) -> String {
    match day {
        Some(day) => format!("{day}T00:00:00Z"),
        None => "1970-01-01T00:00:00Z".to_owned(),
    }
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(text));
}

/// A text as XML and HTML write it.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}
