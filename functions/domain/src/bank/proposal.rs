//! What a line of the statement is proposed to be for.

use std::collections::BTreeMap;

use super::{Allocation, StatementLine, is_open};
use crate::invoice::{Invoice, InvoiceNumber};
use crate::money::Pence;

/// What a line may be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The invoices, with all of the line put to them.
    pub to: Vec<Allocation>,
    /// Why.
    pub ground: Ground,
}

/// Why something is proposed, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The line names the invoices, and comes to what they ask.
    NumberAndAmount,
    /// It names the invoice, and is less: paid in part.
    NumberAndLess,
    /// It names the invoice, and is more: overpaid.
    NumberAndMore,
    /// It comes to what one invoice asks, and has words of the payer's name.
    NameAndAmount,
    /// It comes to what exactly one invoice asks.
    Amount,
}

impl Ground {
    /// As people read it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Ground::NumberAndAmount => "names the invoice, and the sum is right",
            Ground::NumberAndLess => "names the invoice, and is less than is owed",
            Ground::NumberAndMore => "names the invoice, and is more than is owed",
            Ground::NameAndAmount => "has the payer’s name, and the sum is right",
            Ground::Amount => "the sum is right, and no other invoice asks for it",
        }
    }
}

/// What a line is likely for: at most one proposal a ground, the surest first.
#[must_use]
pub fn propose(line: &StatementLine, invoices: &[Invoice]) -> Vec<Proposal> {
    let open: Vec<&Invoice> = invoices.iter().filter(|one| is_open(one)).collect();
    let said = named(&line.text);
    let is_said = |invoice: &&Invoice| said.iter().any(|(number, _)| *number == invoice.number);
    let named: Vec<&Invoice> = open.iter().copied().filter(is_said).collect();
    if !named.is_empty() {
        return vec![by_number(line.pence, &named)];
    }
    // It says which invoice it is for, and that one asks for nothing: a guess
    // would put it to somebody else's.
    if said.iter().any(|(_, is_sure)| *is_sure) {
        return Vec::new();
    }
    let exact: Vec<&Invoice> = open
        .into_iter()
        .filter(|invoice| invoice.balance() == line.pence)
        .collect();
    let mut by_name: Vec<(usize, &Invoice)> = exact
        .iter()
        .map(|invoice| (words_in_common(&line.text, invoice), *invoice))
        .filter(|(common, _)| *common > 0)
        .collect();
    by_name.sort_by_key(|(common, invoice)| (std::cmp::Reverse(*common), invoice.number));
    let all_of = |invoice: &Invoice, ground| Proposal {
        to: vec![Allocation {
            invoice: invoice.number,
            pence: line.pence,
        }],
        ground,
    };
    match (by_name.as_slice(), exact.as_slice()) {
        ([(most, first), rest @ ..], _) if rest.iter().all(|(common, _)| common < most) => {
            vec![all_of(first, Ground::NameAndAmount)]
        }
        (_, [only]) => vec![all_of(only, Ground::Amount)],
        _ => Vec::new(),
    }
}

/// All of a line, put to the invoices that it names: each gets what it asks in
/// the order of the numbers, and the last what is over.
fn by_number(pence: Pence, named: &[&Invoice]) -> Proposal {
    let mut left = pence;
    let mut to = BTreeMap::new();
    for invoice in named {
        let part = left.min(invoice.balance());
        to.insert(invoice.number, part);
        left = left.less(part);
    }
    if let (Some(mut last), false) = (to.last_entry(), left.is_zero()) {
        let more = last.get().plus(left);
        last.insert(more);
    }
    let asked: Pence = named.iter().map(|invoice| invoice.balance()).sum();
    let ground = match pence.cmp(&asked) {
        std::cmp::Ordering::Equal => Ground::NumberAndAmount,
        std::cmp::Ordering::Less => Ground::NumberAndLess,
        std::cmp::Ordering::Greater => Ground::NumberAndMore,
    };
    let to = to.into_iter().filter(|(_, pence)| !pence.is_zero());
    Proposal {
        to: to
            .map(|(invoice, pence)| Allocation { invoice, pence })
            .collect(),
        ground,
    }
}

/// The numbers of invoices in what a bank says: `INV-00042`, `inv 42`,
/// `INV00042`, and that it is surely one. Five digits alone may be a number
/// too; fewer are anything.
fn named(text: &str) -> Vec<(InvoiceNumber, bool)> {
    let mut numbers = Vec::new();
    let upper = text.to_ascii_uppercase();
    let mut after_prefix = false;
    for word in upper.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        let (prefixed, digits) = match word.strip_prefix("INV") {
            Some(rest) => (true, rest.strip_prefix("OICE").unwrap_or(rest)),
            None => (after_prefix, word),
        };
        after_prefix = prefixed && digits.is_empty();
        let are_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if are_digits && (prefixed || digits.len() == 5) {
            numbers.extend(InvoiceNumber::parse(digits).map(|number| (number, prefixed)));
        }
    }
    numbers
}

/// Words of four letters or more that a line and an invoice's payer share, but
/// for those that nearly every school has in its name.
fn words_in_common(text: &str, invoice: &Invoice) -> usize {
    let words = |text: &str| -> Vec<String> {
        let upper = text.to_uppercase();
        let words = upper.split(|letter: char| !letter.is_alphanumeric());
        words
            .filter(|word| word.chars().count() >= 4)
            .filter(|word| !matches!(*word, "SCHOOL" | "PRIMARY" | "ACADEMY" | "COLLEGE"))
            .map(str::to_owned)
            .collect()
    };
    let said = words(text);
    let mut name = words(invoice.says.to.name.as_str());
    name.dedup();
    name.iter().filter(|word| said.contains(word)).count()
}
