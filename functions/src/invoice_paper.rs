//! An invoice or a credit note, put on paper: which of its values stand where.
//! [`crate::paper`] knows how it looks.

use domain::calendar::long_date;
use domain::invoice::{BillTo, Closed, CreditNote, Invoice, Move, Subject, What};
use domain::publication::Site;
use jiff::Timestamp;

use crate::config::Config;
use crate::invoice_words::{day_of, what};
use crate::paper::{
    Bank, By, Change, Customer, Kind, Note, Paper, Payment, Row, Seller, Vat, period,
};

/// What an invoice's paper says besides what the invoice does. Each address is
/// where it is on our site.
#[derive(Debug, Default)]
pub struct Around {
    /// Its own page.
    pub page: String,
    /// When a bank was told to pay it, if one was and has not done so yet.
    pub promised: Option<Timestamp>,
    /// The page of the invoice that it stands in place of.
    pub replaces: Option<String>,
    /// The page of the invoice that stands in its place.
    pub replaced_by: Option<String>,
    /// Its credit notes.
    pub credit_notes: Vec<CreditNote>,
}

/// The paper of an invoice as it stands.
#[must_use]
pub fn of_invoice(config: &Config, site: &Site, invoice: &Invoice, around: &Around) -> Paper {
    let says = &invoice.says;
    let settled = (!invoice.is_open()).then(|| settled(invoice));
    let fee = matches!(says.subject, Subject::Fee { .. });
    let pupils = says.pupils.filter(|_| fee);
    let rows = says.lines.iter().map(|line| Row {
        description: period(line.from, line.to),
        working: Some(line.reason.clone()),
        quantity: pupils.map(|pupils| format!("{pupils} pupils")),
        unit: None,
        amount: line.pence,
    });
    Paper {
        payment: (invoice.is_open() && around.promised.is_none()).then(|| Payment {
            bank: bank(config),
            reference: invoice.number.to_string(),
            page: Some(format!("{}{}", config.base_url, around.page)),
            remittance: config.office.as_str().to_owned(),
        }),
        kind: Kind::Invoice {
            due: invoice.due_on,
            owed: invoice.balance(),
            settled,
        },
        number: invoice.number.to_string(),
        issued: invoice.issued_on,
        supplied: says.service(),
        summary: says.description.clone(),
        seller: seller(config, site),
        customer: customer(&says.to, says.sent_to.name.as_str()),
        purchase_order: says.to.purchase_order.as_ref().map(ToString::to_string),
        rows: rows.collect(),
        vat: match says.vat.percent {
            Some(percent) => Vat::Charged {
                percent,
                net: says.net(),
                tax: says.vat.tax,
            },
            None => Vat::None {
                because: says.vat.treatment.words().to_owned(),
            },
        },
        total: says.total,
        since: invoice.account.iter().map(change).collect(),
        basis: fee.then(|| format!("By the fee schedule {}.", says.schedule)),
        notes: notes(config, invoice, around),
    }
}

/// Why nothing is owed.
fn settled(invoice: &Invoice) -> String {
    match &invoice.closed {
        Some(Closed::Replaced { by, .. }) => return format!("{by} stands in its place"),
        Some(Closed::Void { reason, .. }) => return format!("It is void: {reason}"),
        None => {}
    }
    match invoice.paid_at() {
        Some(at) => format!("Paid on {}", day_of(at)),
        None => format!("It is {}", invoice.standing().words()),
    }
}

fn change(one: &Move) -> Change {
    let by = match one.what {
        What::Paid { .. } | What::Credited { .. } | What::RefundFailed { .. } => {
            By::Less(one.pence)
        }
        What::TakenBack { .. } | What::Refunded { .. } => By::More(one.pence),
    };
    Change {
        words: format!("{}, {}", what(&one.what), day_of(one.at)),
        by,
    }
}

fn notes(config: &Config, invoice: &Invoice, around: &Around) -> Vec<Note> {
    let note = |text: String, path: Option<&str>| Note {
        text,
        address: path.map(|path| format!("{}{path}", config.base_url)),
    };
    let mut notes = Vec::new();
    if let Some(at) = around.promised {
        let text = format!(
            "Your bank has been told to pay it, on {}. There is nothing more to do.",
            day_of(at)
        );
        notes.push(note(text, None));
    }
    if let Some(old) = invoice.says.replaces {
        let text = format!("It stands in place of invoice {old}");
        notes.push(note(text, around.replaces.as_deref()));
    }
    if let Some(Closed::Replaced { by, .. }) = &invoice.closed {
        let text = format!("Invoice {by} stands in its place");
        notes.push(note(text, around.replaced_by.as_deref()));
    }
    for credited in &around.credit_notes {
        let text = format!(
            "Credit note {}, {}: {}",
            credited.number,
            long_date(credited.issued_on),
            credited.reason
        );
        let path = format!("{}credit-notes/{}.pdf", around.page, credited.number);
        notes.push(note(text, Some(&path)));
    }
    if !invoice.overpaid().is_zero() {
        let text = format!(
            "{} more was paid than is asked. It is yours: we put it to another invoice, or give it back.",
            invoice.overpaid()
        );
        notes.push(note(text, None));
    }
    notes
}

/// The paper of a credit note over an invoice.
#[must_use]
pub fn of_credit_note(config: &Config, site: &Site, note: &CreditNote, invoice: &Invoice) -> Paper {
    let says = |text: String| Note {
        text,
        address: None,
    };
    let replaced = note.replaced_by;
    let refund = note.refund.as_ref();
    Paper {
        kind: Kind::CreditNote {
            invoice: note.invoice.to_string(),
        },
        number: note.number.to_string(),
        issued: note.issued_on,
        supplied: invoice.says.service(),
        summary: format!("Less is asked on invoice {}", note.invoice),
        seller: seller(config, site),
        customer: customer(&note.to, note.sent_to.name.as_str()),
        purchase_order: note.to.purchase_order.as_ref().map(ToString::to_string),
        rows: vec![Row {
            description: invoice.says.description.clone(),
            working: Some(note.reason.clone()),
            quantity: None,
            unit: None,
            amount: note.total.less(note.tax),
        }],
        vat: match note.percent {
            Some(percent) => Vat::Charged {
                percent,
                net: note.total.less(note.tax),
                tax: note.tax,
            },
            None => Vat::None {
                because: invoice.says.vat.treatment.words().to_owned(),
            },
        },
        total: note.total,
        since: Vec::new(),
        basis: None,
        payment: None,
        notes: replaced
            .map(|by| says(format!("Invoice {by} stands in its place.")))
            .into_iter()
            .chain(refund.map(|refund| says(format!("The money goes back: refund {refund}."))))
            .collect(),
    }
}

/// Who issues it: its details are the sentences at the foot of the site, which
/// say what is a placeholder.
fn seller(config: &Config, site: &Site) -> Seller {
    Seller {
        name: site.full_name.clone(),
        details: site.notes.clone(),
        vat_number: None,
        email: config.office.as_str().to_owned(),
    }
}

fn customer(to: &BillTo, person: &str) -> Customer {
    let address = to.address.as_ref().map(ToString::to_string);
    Customer {
        name: to.name.to_string(),
        address: address
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect(),
        attention: Some(person.to_owned()),
    }
}

fn bank(config: &Config) -> Option<Bank> {
    config.bank.as_ref().map(|bank| Bank {
        name: bank.name.clone(),
        sort_code: bank.sort_code.clone(),
        number: bank.number.clone(),
    })
}
