//! How what `site.yaml` says of the site as a whole is written. A wrong origin
//! would be in every link of the sitemap and of the feeds, and nobody would see
//! it on the site itself.

use jiff::civil::Date;

use super::SiteFile;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::text::SourceText;
use crate::yaml::{self, Placed};

/// What an origin is, for messages.
pub const ORIGIN: &str = "an address without a path, such as `https://www.example.org`";
/// What a language is.
const LANGUAGE: &str = "the code of a language, such as `en-GB`";
/// What the date of words is.
const MONTH_OR_DAY: &str = "a month such as `2016-05`, or a day";

impl SiteFile {
    /// Tells which of the three are not written as they must be, and goes on
    /// with what does no harm in their place: so the pages are checked in the
    /// same run, and as there are problems, nothing of it is published.
    pub(crate) fn mend(&mut self, source: &SourceText) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut is_wrong = |field, given: &Placed<String>, is_right: fn(&str) -> bool, must| {
            if is_right(&given.value) {
                return false;
            }
            let found = yaml::clipped(&given.value);
            let what = format!("`{field}` must be {must}, not `{found}`");
            let problem = source.problem(given.place, what, None);
            problems.push(problem.of(Rule::WrongType));
            true
        };
        if is_wrong("base_url", &self.base_url, is_origin, ORIGIN) {
            "https://www.example.org".clone_into(&mut self.base_url.value);
        }
        if is_wrong("language", &self.language, is_language, LANGUAGE) {
            "en".clone_into(&mut self.language.value);
        }
        let as_at = self.as_at.take();
        self.as_at = as_at.filter(|as_at| !is_wrong("as_at", as_at, is_month_or_day, MONTH_OR_DAY));
        problems
    }
}

/// Scheme and host, perhaps a port: a site is at the root of its host, and links
/// from there. A `/` at the end does no harm.
#[must_use]
pub fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://");
    let rest = rest.or_else(|| text.strip_prefix("http://"));
    let Some(host) = rest.map(|rest| rest.strip_suffix('/').unwrap_or(rest)) else {
        return false;
    };
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_number = |bytes: &str| {
        let bytes = bytes
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        bytes.is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok())
    };
    let is_label = |label: &str| {
        let mut letters = label.chars();
        !label.is_empty()
            && letters.all(|letter| letter.is_alphanumeric() || letter == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (name.split('.').all(is_label) || is_number(name))
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

/// As RFC 5646 has it: `en`, `en-GB`, `zh-Hant-HK`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language = |part: &str| {
        (2..=3).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphabetic())
    };
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(is_language) && parts.all(is_part)
}

fn is_month_or_day(text: &str) -> bool {
    let is_day = |text: &str| text.len() == 10 && text.parse::<Date>().is_ok();
    text.is_empty() || is_day(text) || is_day(&format!("{text}-01"))
}

#[cfg(test)]
mod tests {
    use super::{is_language, is_month_or_day, is_origin};

    #[test]
    fn an_origin_is_a_host_with_its_scheme_and_nothing_after_it() {
        for right in [
            "https://www.example.org",
            "https://www.example.org/",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "https://schule-münchen.example",
        ] {
            assert!(is_origin(right), "{right}");
        }
        for wrong in [
            "",
            "nope",
            "x.org",
            "ftp://x.org",
            "https://",
            "https:///",
            "https://x.org/sub/",
            "https://x.org?a",
            "https://x.org#a",
            "https://me@x.org",
            "https://x org",
            "https://x..org",
            "https://x.org:http",
            "https://[x]",
        ] {
            assert!(!is_origin(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_language_is_a_code_and_a_date_a_month_or_a_day() {
        for right in ["en", "en-GB", "bn", "zh-Hant-HK"] {
            assert!(is_language(right), "{right}");
        }
        for wrong in ["", "klingon!!", "english", "en_GB", "en-"] {
            assert!(!is_language(wrong), "{wrong}");
        }
        for right in ["", "2016-05", "2016-05-31"] {
            assert!(is_month_or_day(right), "{right}");
        }
        for wrong in ["2016", "2016-13", "May 2016", "2016-05-32", "16-05-01"] {
            assert!(!is_month_or_day(wrong), "{wrong}");
        }
    }
}
