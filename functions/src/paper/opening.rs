//! The opening: what the paper is, what is to be done about it, and who is
//! concerned.

use std::num::NonZeroU16;

use domain::calendar::long_date;
use krilla::tagging::Tag;

use super::columns::{self, Column, Item, evenly};
use super::look::{
    BOTTOM, BREADTH, GLANCE, HEADING, Ink, LABEL, LEFT, QUESTION, SENTENCE, STRONG, SUM, Style,
    TEXT, TITLE,
};
use super::sheet::{Heading, Sheet};
use super::{Kind, Paper, period, print};

/// Writes it.
pub(super) fn write(sheet: &mut Sheet, paper: &Paper) {
    heading(sheet, NonZeroU16::MIN, &print::title(paper), TITLE);
    sheet.advance(2.0);
    sheet.text(Tag::P, &paper.summary, LEFT, BREADTH, SENTENCE);
    sheet.advance(14.0);
    glance(sheet, paper);
    sheet.advance(20.0);
    parties(sheet, paper);
}

/// A question that heads what follows, with `below` of it on the same page.
pub(super) fn question(sheet: &mut Sheet, words: &str, below: f32) {
    sheet.space(22.0);
    sheet.room(QUESTION.leading + 5.0 + below);
    heading(sheet, SECOND, words, QUESTION);
    sheet.advance(5.0);
}

/// The level of a question.
const SECOND: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);

pub(super) fn heading(sheet: &mut Sheet, level: NonZeroU16, words: &str, style: Style) {
    let place = sheet.place();
    let tag = Tag::Hn(level, Some(words.to_owned()));
    sheet.text(tag, words, LEFT, BREADTH, style);
    sheet.headings.push(Heading {
        words: words.to_owned(),
        place,
    });
}

/// What whoever pays looks for first, on a ground of its own.
fn glance(sheet: &mut Sheet, paper: &Paper) {
    let items = match &paper.kind {
        Kind::Invoice {
            settled: Some(settled),
            ..
        } => vec![
            Item::new("To pay", "Nothing", SUM),
            Item::new("Why", settled, GLANCE),
        ],
        Kind::Invoice { due, owed, .. } => vec![
            Item::new("To pay", owed.to_string(), SUM),
            Item::new("By", long_date(*due), GLANCE),
            Item::new("Quote", &paper.number, GLANCE),
        ],
        Kind::CreditNote { invoice } => vec![
            Item::new("Credited", paper.total.to_string(), SUM),
            Item::new("Off invoice", invoice, GLANCE),
            Item::new("On", long_date(paper.issued), GLANCE),
        ],
    };
    let columns = evenly(items, LEFT + 18.0, BREADTH - 36.0, 14.0);
    let place = sheet.place();
    let height = columns::height(&columns, LABEL) + 22.0;
    let height = height.min(BOTTOM - place.top);
    sheet.area(place.page, [LEFT, place.top, BREADTH, height], Ink::Sunk);
    sheet.area(place.page, [LEFT, place.top, 3.0, height], Ink::Lead);
    sheet.advance(10.0);
    columns::write(sheet, &columns, LABEL);
    sheet.advance(12.0);
}

/// To whom, from whom, and when.
fn parties(sheet: &mut Sheet, paper: &Paper) {
    let (customer, seller) = (&paper.customer, &paper.seller);
    let plain = |text: &String| (text.clone(), TEXT);

    let mut to = vec![(customer.name.clone(), STRONG)];
    to.extend(customer.address.iter().map(plain));
    if let Some(person) = &customer.attention {
        to.push((format!("For the attention of {person}"), TEXT));
    }
    let mut from = vec![(seller.name.clone(), STRONG)];
    from.extend(seller.details.iter().map(plain));
    if let Some(number) = &seller.vat_number {
        from.push((format!("VAT number {number}"), TEXT));
    }
    from.push((seller.email.clone(), TEXT));

    let mut facts = vec![Item::new("Date", long_date(paper.issued), TEXT)];
    if let Kind::Invoice { due, .. } = &paper.kind {
        facts.push(Item::new("Due", long_date(*due), TEXT));
    }
    if let Some((first, last)) = paper.supplied {
        facts.push(Item::new("Supplied", period(first, last), TEXT));
    }
    if let Some(order) = &paper.purchase_order {
        facts.push(Item::new("Your purchase order", order, STRONG));
    }

    let item = |name: &str, lines| Item {
        name: name.to_owned(),
        lines,
    };
    let mut columns = evenly(
        vec![item("To", to), item("From", from), Item::new("", "", TEXT)],
        LEFT,
        BREADTH,
        20.0,
    );
    if let Some(last) = columns.pop() {
        columns.push(Column {
            items: facts,
            ..last
        });
    }
    columns::write(sheet, &columns, HEADING);
}
