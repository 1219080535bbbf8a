//! What a caller would rather read: a browser a page, a machine data.
//!
//! Only what is named counts (RFC 9110, section 12.5.1). `*/*` names nothing:
//! a machine sends it as often as not, and an address under `/api/` was made
//! for machines, so it is given data.

use axum::http::{HeaderMap, header};

/// Whether the caller names a page, and names no data that it would rather have.
#[must_use]
pub fn prefers_page(headers: &HeaderMap) -> bool {
    let (mut page, mut data) = (0.0, 0.0);
    let lines = headers.get_all(header::ACCEPT).iter();
    for line in lines.filter_map(|line| line.to_str().ok()) {
        for one in line.split(',') {
            let mut parts = one.split(';').map(str::trim);
            let weight = match parts.next().unwrap_or_default() {
                "text/html" | "application/xhtml+xml" => &mut page,
                "application/json" => &mut data,
                _ => continue,
            };
            let quality = parts
                .filter_map(|part| part.strip_prefix("q="))
                .find_map(|quality| quality.parse::<f32>().ok())
                .unwrap_or(1.0);
            *weight = quality.max(*weight);
        }
    }
    page > data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_reads_a_page_and_whoever_does_not_say_so_reads_data() {
        for (accept, page) in [
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                true,
            ),
            ("text/html;q=0.2", true),
            ("*/*", false),
            ("", false),
            ("application/json", false),
            ("application/json, text/html", false),
            ("application/json;q=0.5, text/html", true),
            ("text/html;q=0.5, application/json;q=0.9", false),
            ("text/html;q=0", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(prefers_page(&headers), page, "{accept}");
        }
        assert!(!prefers_page(&HeaderMap::new()));
    }
}
