//! What is on paper, read as another program reads it.
//!
//! That [`render`] answers at all says that the file is as PDF/UA-1 has it: it is
//! held against that as it is written, and refused otherwise.

use super::aloud::{Heard, read};
use super::look::Ink;
use super::{Paper, Row, render, samples};

fn heard(paper: &Paper) -> Heard {
    read(&render(paper).unwrap())
}

#[test]
fn an_invoice_is_read_aloud_in_the_order_of_its_sense() {
    let heard = heard(&samples::invoice());
    assert_eq!(heard.language, "en-GB");
    assert_eq!(heard.title, "Invoice INV-00042");
    assert_eq!(heard.pages, 1);
    let expected = "\
H1: Invoice INV-00042
P: Full membership from 1 April 2017 to 31 August 2017
L LI Lbl: To pay
LBody P: £2,083.33
LI Lbl: By
LBody P: 1 May 2017
LI Lbl: Quote
LBody P: INV-00042
L LI Lbl: To
LBody P: Sample Primary School
P: 1 Example Street
P: London
P: E1 1AA
P: For the attention of Sam Finance
LI Lbl: From
LBody P: Tower Hamlets Education Partnership
P: Registered office: placeholder, none is set yet.
P: Company number: placeholder, none is set yet.
P: office@example.org
LI Lbl: Date
LBody P: 1 April 2017
LI Lbl: Due
LBody P: 1 May 2017
LI Lbl: Supplied
LBody P: 1 April 2017 to 31 August 2017
LI Lbl: Your purchase order
LBody P: PO-2017-0815
H2: What is it for?
Table THead TR TH Column: Description
TH Column: Quantity
TH Column: Unit price
TH Column: Amount
TBody TR TD P: 1 April 2017 to 31 August 2017
P: 5 of 12 months of £5.00 for each pupil
TD P: 1,000 pupils
TD P: £5.00
TD P: £2,083.33
TFoot TR TH Row: Total
TD: £2,083.33
P: By the fee schedule 2016.1, for 1,000 pupils on roll.
P: No VAT is charged: THE Partnership is not registered for it.
H2: How can it be paid?
P: By bank transfer (BACS) to this account:
L LI Lbl: Account name
LBody P: Sample Account
LI Lbl: Sort code
LBody P: 00-00-00
LI Lbl: Account number
LBody P: 00000000
LI Lbl: Reference
LBody P: INV-00042
P: Please send your remittance advice to office@example.org.
P: Our account never changes by letter. If a letter names another, ask us by telephone before you pay.
P Link: Pay by card, or see how this invoice stands today
H2: What else is there to know?
P Link: It stands in place of invoice INV-00041, which had another purchase order.";
    assert_eq!(read_out(&heard), expected);
    assert_eq!(
        heard.links,
        [
            "https://www.example.org/invoices/INV-00042/secret/",
            "https://www.example.org/invoices/INV-00041/secret/",
        ]
    );
}

/// The parts, those without text of their own in the line of the next.
fn read_out(heard: &Heard) -> String {
    let mut text = String::new();
    for (role, said) in heard.parts.iter().filter(|(role, _)| role != "Document") {
        text += role;
        text += &if said.is_empty() {
            " ".to_owned()
        } else {
            format!(": {said}\n")
        };
    }
    text.trim_end().to_owned()
}

#[test]
fn a_table_of_four_pages_is_one_table_with_one_head() {
    let heard = heard(&samples::long());
    assert_eq!(heard.pages, 4);
    let count = |role: &str| heard.parts.iter().filter(|part| part.0 == role).count();
    assert_eq!((count("Table"), count("THead"), count("TFoot")), (1, 1, 1));
    assert_eq!(count("TH Column"), 4);
    assert_eq!(count("TD"), 60 * 4 + 5);
    let texts = heard.parts.iter().map(|(_, text)| text);
    let sessions: Vec<u32> = texts
        .filter_map(|text| {
            text.strip_prefix("Spring meeting, session ")?
                .split(':')
                .next()
        })
        .map(|number| number.parse().unwrap())
        .collect();
    assert_eq!(sessions, (1..=60).collect::<Vec<_>>());
    assert!(read_out(&heard).contains(
        "\
TFoot TR TH Row: Without VAT
TD: £2,700.00
TR TH Row: VAT at 20%
TD: £540.00
TR TH Row: Total
TD: £3,240.00
TR TH Row: Paid by bank transfer, 9 February 2018
TD: −£500.00
TR TH Row: Still to pay
TD: £2,740.00"
    ));
}

#[test]
fn a_credit_note_names_its_invoice_and_asks_for_nothing() {
    let heard = heard(&samples::credit_note());
    assert_eq!(heard.title, "Credit note CRN-00003");
    let text = read_out(&heard);
    assert!(text.contains("Lbl: Credited\nLBody P: £2,083.33"), "{text}");
    assert!(
        text.contains("Lbl: Off invoice\nLBody P: INV-00041"),
        "{text}"
    );
    assert!(text.contains("H2: What is credited?"), "{text}");
    for asked in ["To pay", "Due", "How can it be paid?", "Sort code"] {
        assert!(!text.contains(asked), "{asked}: {text}");
    }
}

#[test]
fn what_is_paid_asks_for_nothing() {
    let text = read_out(&heard(&samples::settled()));
    assert!(text.contains("Lbl: To pay\nLBody P: Nothing"), "{text}");
    assert!(
        text.contains("Lbl: Why\nLBody P: Paid on 3 May 2017"),
        "{text}"
    );
    assert!(text.contains("TH Row: Still to pay\nTD: £0.00"), "{text}");
    assert!(!text.contains("How can it be paid?"), "{text}");
}

#[test]
fn without_an_account_the_paper_says_that_there_is_none() {
    let mut paper = samples::invoice();
    if let Some(payment) = &mut paper.payment {
        payment.bank = None;
    }
    let text = read_out(&heard(&paper));
    assert!(
        text.contains("P: Placeholder: no bank account has been set up here yet."),
        "{text}"
    );
}

#[test]
fn a_character_that_the_type_lacks_is_a_box_to_the_eye_and_itself_to_the_ear() {
    for name in [
        "学校",
        "مدرسة",
        "বিদ্যালয়",
        "בית ספר",
        "𝕊chool",
        "👩‍👧",
        "\u{f8ff}",
    ] {
        let text = read_out(&heard(&samples::typed(name)));
        let said = super::face::plain(name);
        assert!(
            text.contains(&format!("LBody P: {said}\n")),
            "{name}: {text}"
        );
        assert!(
            text.contains("P: □ stands for a character"),
            "{name}: {text}"
        );
    }
}

#[test]
fn latin_greek_and_cyrillic_names_are_in_the_type() {
    for name in [
        "Łódź Đặng Ünïversität",
        "Σχολείο",
        "Школа",
        "e\u{301}cole",
        "Ste‐Anne’s – “A”",
    ] {
        let text = read_out(&heard(&samples::typed(name)));
        let said = name.replace('‐', "-");
        assert!(
            text.contains(&format!("LBody P: {said}\n")),
            "{name}: {text}"
        );
        assert!(!text.contains("stands for a character"), "{name}: {text}");
    }
}

#[test]
fn a_name_of_ten_thousand_characters_is_all_there() {
    for word in ["W", "学"] {
        let long = word.repeat(10_000 / word.chars().count());
        let heard = heard(&samples::typed(&long));
        assert!(heard.pages > 10, "{}", heard.pages);
        let name = heard.parts.iter().find(|(role, _)| role == "P");
        assert_eq!(name.unwrap().1, long.trim_end());
    }
}

#[test]
fn whatever_is_typed_makes_a_valid_paper() {
    let odd = [
        "",
        " ",
        "\0",
        "\u{1}",
        "\n",
        "\t",
        "\u{7f}",
        "\u{a0}",
        "\u{ad}",
        "\u{300}",
        "e\u{301}",
        "\u{200b}",
        "\u{200d}",
        "\u{200f}",
        "\u{202e}",
        "\u{2028}",
        "\u{2066}",
        "\u{fe0f}",
        "\u{feff}",
        "\u{fffd}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{10ffff}",
        "\u{e000}",
        "\u{e0041}",
        "<",
        "&",
        "]]>",
        "(",
        ")",
        "\\",
        "%",
        "fi",
        "ffi",
        "ﬁ",
        "学",
        "ش",
        "ש",
        "ক্ষ",
        "ก็",
        "👨‍👩‍👧",
        "🇬🇧",
        "𝕊",
        "a",
        "Z",
        "-",
        "/",
        "£",
        "€",
        "½",
        "ǅ",
        "ß",
        "İ",
        "\u{1f3fd}",
        "\u{5d0}\u{5b8}",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..100 {
        let mut text = String::new();
        for _ in 0..24 {
            // Marsaglia's xorshift: the same texts in every run.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text += odd[usize::try_from(state % odd.len() as u64).unwrap()];
        }
        let mut paper = samples::typed(&text);
        paper.number.clone_from(&text);
        paper.seller.name.clone_from(&text);
        if let Err(fault) = render(&paper) {
            panic!("{text:?}: {fault}");
        }
    }
    for text in odd {
        if let Err(fault) = render(&samples::typed(text)) {
            panic!("{text:?}: {fault}");
        }
    }
}

#[test]
fn a_row_higher_than_a_page_goes_on_and_no_row_is_no_fault() {
    let mut paper = samples::invoice();
    paper.rows[0].description = "Sample ".repeat(2_000);
    assert!(heard(&paper).pages > 2);
    paper.rows = Vec::<Row>::new();
    assert_eq!(heard(&paper).pages, 1);
}

#[test]
fn the_same_values_give_the_same_bytes() {
    for paper in [samples::invoice(), samples::long(), samples::typed("学 W")] {
        assert_eq!(render(&paper), render(&paper));
    }
}

#[test]
fn the_colours_on_paper_are_those_of_the_theme() {
    let tokens = include_str!("../../../themes/partnership/assets/tokens.css");
    let light = tokens.split("@media").next().unwrap();
    let named = [
        ("ink", Ink::Text),
        ("soft", Ink::Soft),
        ("line", Ink::Line),
        ("sunk", Ink::Sunk),
        ("lead", Ink::Lead),
        ("a", Ink::Strand(0)),
        ("b", Ink::Strand(1)),
        ("c", Ink::Strand(2)),
        ("d", Ink::Strand(3)),
    ];
    for (name, ink) in named {
        let [red, green, blue] = ink.rgb();
        let token = format!("--{name}: #{red:02x}{green:02x}{blue:02x};");
        assert!(light.contains(&token), "tokens.css has not `{token}`");
    }
}
