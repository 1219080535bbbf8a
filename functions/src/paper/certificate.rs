//! A certificate of attendance: who came to what, and how that can be checked.

use std::num::NonZeroU16;

use krilla::tagging::Tag;

use super::columns::{self, Item, evenly};
use super::look::{BREADTH, LABEL, LEFT, LINK, SENTENCE, STRONG, TEXT, TITLE};
use super::opening::{heading, question};
use super::print::{Imprint, print};
use super::sheet::Sheet;
use super::{PaperError, closing};

/// What is on a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Who issued it, in full.
    pub issuer: String,
    /// Who came.
    pub delegate: String,
    /// From which school.
    pub school: String,
    /// To which event.
    pub event: String,
    /// When it was: `14 March 2028, 4pm to 5.30pm`.
    pub when: String,
    /// Where it was.
    pub venue: String,
    /// What it is known by, as people read it.
    pub code: String,
    /// Where it can be checked.
    pub address: String,
}

/// The PDF of a certificate.
///
/// # Errors
///
/// [`PaperError`] if the result is not valid, which would be a fault of ours.
pub fn render_certificate(certificate: &Certificate) -> Result<Vec<u8>, PaperError> {
    let imprint = Imprint {
        title: "Certificate of attendance".to_owned(),
        summary: format!("{} attended {}", certificate.delegate, certificate.event),
        issuer: certificate.issuer.clone(),
    };
    let mut sheet = Sheet::new();
    heading(&mut sheet, NonZeroU16::MIN, &imprint.title, TITLE);
    sheet.advance(14.0);
    sheet.text(Tag::P, "This is to say that", LEFT, BREADTH, SENTENCE);
    sheet.advance(6.0);
    sheet.text(Tag::P, &certificate.delegate, LEFT, BREADTH, TITLE);
    sheet.advance(2.0);
    let of = format!("of {}", certificate.school);
    sheet.text(Tag::P, &of, LEFT, BREADTH, SENTENCE);
    sheet.advance(14.0);
    sheet.text(Tag::P, "attended", LEFT, BREADTH, SENTENCE);
    sheet.advance(6.0);
    sheet.text(Tag::P, &certificate.event, LEFT, BREADTH, TITLE);
    sheet.advance(20.0);
    let facts = vec![
        Item::new("When", &certificate.when, STRONG),
        Item::new("Where", &certificate.venue, STRONG),
        Item::new("Code", &certificate.code, STRONG),
    ];
    columns::write(&mut sheet, &evenly(facts, LEFT, BREADTH, 14.0), LABEL);
    question(&mut sheet, "Is it genuine?", 60.0);
    let words = "Whoever has this certificate can see at this address that it was issued, for whom and for what:";
    sheet.text(Tag::P, words, LEFT, BREADTH, TEXT);
    sheet.advance(4.0);
    let address = &certificate.address;
    sheet.part(Tag::P, |sheet| sheet.link(address, address, BREADTH, LINK));
    closing::frame(&mut sheet, &imprint);
    print(&sheet, &imprint)
}

#[cfg(test)]
mod tests {
    use super::{Certificate, render_certificate};

    #[test]
    fn a_certificate_is_a_valid_document_whatever_the_names_are() {
        for delegate in ["Zoë O’Brien-Núñez", "আজিজ চৌধুরী", &"Ada ".repeat(60)]
        {
            let certificate = Certificate {
                issuer: "Tower Hamlets Education (THE) Partnership".into(),
                delegate: delegate.into(),
                school: "Sample Primary School".into(),
                event: "Sample workshop for leaders".into(),
                when: "14 March 2028, 4pm to 5.30pm".into(),
                venue: "A school".into(),
                code: "01234-56789-abcde-f0123".into(),
                address: "https://www.the-partnership.org.uk/certificates/x/".into(),
            };
            let one = render_certificate(&certificate).unwrap();
            assert!(one.starts_with(b"%PDF-"));
            assert_eq!(one, render_certificate(&certificate).unwrap());
        }
    }
}
