//! The pictures of the prospectus: drawn from the same facts as the words.

use super::reading::{main_of, text};

#[test]
fn the_line_of_fees_is_as_long_as_the_months_of_the_schedule() {
    let main = main_of("/membership/fees/");
    let start = main.find("<svg class=\"year\"").expect("there is a line");
    let end = start + main[start..].find("</svg>").expect("it ends");
    let line = &main[start..end];
    // 24 months: 7 without a fee, 5 of the first charge, 12 of a full year.
    for (x, width) in [("29.17%", "20.83%"), ("50.0%", "50.0%")] {
        let plaited = format!("<rect x=\"{x}\" width=\"{width}\"");
        assert!(line.contains(&plaited), "{plaited} is not in {line}");
    }
    assert_eq!(line.matches("<rect").count(), 2, "{line}");
    assert_eq!(text(line), "1 September 2016 1 April 2017 1 September 2017");
    assert!(line.contains(
        "aria-label=\"The fees in time: from 1 September 2016 nothing to pay; \
         from 1 April 2017 5 of 12 months of the fee; from 1 September 2017 the full fee.\""
    ));
}

#[test]
fn each_picture_is_told_in_words_in_the_order_in_which_it_is_read() {
    let told = [
        (
            "/prospectus/school-improvement/model/",
            "movement",
            "From: Local-Authority-led All services and functions \
             By way of: Local Authority commissioning THE Partnership To: Schools-led \
             Peer review Support and challenge for improvement and development \
             Development Schools, leaders and staff \
             Innovation Collaborative research and new directions \
             Support Based on monitoring information",
        ),
        (
            "/governance/",
            "governance",
            "Full members One school, one vote attend and vote at the \
             Annual general meeting The AGM, a general meeting of all members \
             where they appoint or re-appoint the directors, who form the Board",
        ),
        (
            "/membership/join/",
            "journey",
            "1 Agree The school makes the three commitments below 2 Apply",
        ),
    ];
    for (page, class, words) in told {
        let main = main_of(page);
        let start = main.find(&format!("<figure class=\"figure {class}\""));
        let figure = &main[start.unwrap_or_else(|| panic!("{page} has no {class}"))..];
        let said = text(&figure[..figure.find("</figure>").expect("it ends")]);
        assert!(said.starts_with(&text(words)), "{page}: {said}");
    }
}
