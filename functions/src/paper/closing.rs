//! The closing: how to pay, what else is to be known, and the foot of each page.

use krilla::tagging::Tag;

use super::columns::{self, Item, evenly};
use super::face::{BOX, lines};
use super::look::{
    ASIDE, BREADTH, FOOT, FOOTER, HEADING, LABEL, LEFT, LETTERHEAD, LINK, RIGHT, STRONG, TEXT,
};
use super::opening::question;
use super::sheet::{Place, Sheet};
use super::{Note, Paper, Payment, print};

/// Writes it.
pub(super) fn write(sheet: &mut Sheet, paper: &Paper) {
    if let Some(payment) = &paper.payment {
        pay(sheet, payment, &paper.seller.email);
    }
    notes(sheet, &paper.notes);
    frame(sheet, &print::Imprint::of(paper));
}

/// How it can be paid.
fn pay(sheet: &mut Sheet, payment: &Payment, email: &str) {
    question(sheet, "How can it be paid?", 110.0);
    if let Some(bank) = &payment.bank {
        let items = vec![
            Item::new("Account name", &bank.name, STRONG),
            Item::new("Sort code", &bank.sort_code, STRONG),
            Item::new("Account number", &bank.number, STRONG),
            Item::new("Reference", &payment.reference, STRONG),
        ];
        sheet.text(
            Tag::P,
            "By bank transfer (BACS) to this account:",
            LEFT,
            BREADTH,
            TEXT,
        );
        sheet.advance(4.0);
        columns::write(sheet, &evenly(items, LEFT, BREADTH, 14.0), LABEL);
        sheet.advance(6.0);
        let advice = format!(
            "Please send your remittance advice to {}.",
            payment.remittance
        );
        sheet.text(Tag::P, &advice, LEFT, BREADTH, TEXT);
        let warning = "Our account never changes by letter. If a letter names another, ask us by telephone before you pay.";
        sheet.text(Tag::P, warning, LEFT, BREADTH, ASIDE);
    } else {
        let words = format!(
            "Placeholder: no bank account has been set up here yet. Write to {email}, and quote {}.",
            payment.reference
        );
        sheet.text(Tag::P, &words, LEFT, BREADTH, STRONG);
    }
    if let Some(page) = &payment.page {
        sheet.advance(6.0);
        let words = "Pay by card, or see how this invoice stands today";
        sheet.part(Tag::P, |sheet| sheet.link(words, page, BREADTH, LINK));
    }
}

/// What else is to be known.
fn notes(sheet: &mut Sheet, notes: &[Note]) {
    let lacking = sheet.lacks.then(|| Note {
        text: format!(
            "{BOX} stands for a character that the type of this paper does not have. The character itself is in the text of the document: it can be searched for, copied and read out."
        ),
        address: None,
    });
    let notes: Vec<&Note> = notes.iter().chain(&lacking).collect();
    if notes.is_empty() {
        return;
    }
    question(sheet, "What else is there to know?", 30.0);
    for note in notes {
        match &note.address {
            Some(address) => {
                sheet.part(Tag::P, |sheet| {
                    sheet.link(&note.text, address, BREADTH, LINK);
                });
            }
            None => sheet.text(Tag::P, &note.text, LEFT, BREADTH, TEXT),
        }
        sheet.advance(3.0);
    }
}

/// The letterhead, and the foot with the number of the page. They are on every
/// page and say nothing that the text does not, so they are for the eye alone.
pub(super) fn frame(sheet: &mut Sheet, imprint: &print::Imprint) {
    let count = sheet.pages.len();
    let name = fitted(&imprint.issuer, HEADING, BREADTH);
    let foot = fitted(&imprint.title, FOOTER, BREADTH * 0.7);
    for page in 0..count {
        let at = |top| [Place { page, top }];
        sheet.show(&name, &at(LETTERHEAD), LEFT, HEADING);
        let number = format!("Page {} of {count}", page + 1);
        let number = lines(&number, FOOTER.weight, FOOTER.size, BREADTH);
        sheet.show(&foot, &at(FOOT), LEFT, FOOTER);
        sheet.show_right(&number, &at(FOOT), RIGHT, FOOTER);
    }
}

/// The first line of a text that has room for one.
fn fitted(text: &str, style: super::look::Style, width: f32) -> Vec<super::face::Line> {
    let mut lines = lines(text, style.weight, style.size, width);
    lines.truncate(1);
    lines
}
