//! A statement as a bank writes it: rows of cells under names that differ from
//! bank to bank. What came in is read; what went out is counted and left.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::StatementLine;
use crate::day::parse;
use crate::money::Pence;

/// What of a statement was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    /// What came in.
    pub lines: Vec<StatementLine>,
    /// How many rows are of money that went out.
    pub went_out: usize,
    /// What could not be read.
    pub faults: Vec<StatementFault>,
}

/// A row, or the head, that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFault {
    /// The row, the head being 1.
    pub row: usize,
    /// A plain sentence that says what to do.
    pub what: String,
}

/// The names that banks give to a column, in small letters.
const DATE: [&str; 5] = [
    "date",
    "transaction date",
    "value date",
    "posting date",
    "posted date",
];
const TEXT: [&str; 8] = [
    "description",
    "transaction description",
    "narrative",
    "details",
    "memo",
    "reference",
    "payee",
    "transaction details",
];
const AMOUNT: [&str; 3] = ["amount", "value", "amount (gbp)"];
const CAME_IN: [&str; 6] = [
    "paid in",
    "credit",
    "credit amount",
    "money in",
    "in",
    "receipts",
];
const WENT_OUT: [&str; 6] = [
    "paid out",
    "debit",
    "debit amount",
    "money out",
    "out",
    "payments",
];

struct Columns {
    date: usize,
    text: Vec<usize>,
    amount: Option<usize>,
    came_in: Option<usize>,
    went_out: Option<usize>,
}

impl Columns {
    fn of(head: &[String]) -> Result<Columns, String> {
        let place = |names: &[&str]| {
            let is_one = |cell: &String| names.contains(&cell.trim().to_lowercase().as_str());
            head.iter().position(is_one)
        };
        let is_text = |cell: &String| TEXT.contains(&cell.trim().to_lowercase().as_str());
        let columns = Columns {
            date: place(&DATE).ok_or("There is no column for the date: name one `Date`")?,
            text: (0..head.len()).filter(|at| is_text(&head[*at])).collect(),
            amount: place(&AMOUNT),
            came_in: place(&CAME_IN),
            went_out: place(&WENT_OUT),
        };
        if columns.text.is_empty() {
            return Err("There is no column for what the bank says: name one `Description`".into());
        }
        if columns.amount.is_none() && columns.came_in.is_none() {
            return Err("There is no column for the sum: name one `Amount`, or `Paid in`".into());
        }
        Ok(columns)
    }
}

/// Reads a statement's rows of cells, the first with the names of the columns.
#[must_use]
pub fn read_statement(rows: &[Vec<String>]) -> Statement {
    let mut statement = Statement::default();
    let Some((head, rows)) = rows.split_first() else {
        let what = "The statement is empty".to_owned();
        statement.faults.push(StatementFault { row: 1, what });
        return statement;
    };
    let columns = match Columns::of(head) {
        Ok(columns) => columns,
        Err(what) => {
            statement.faults.push(StatementFault { row: 1, what });
            return statement;
        }
    };
    let mut same: BTreeMap<(Date, String, Pence), u32> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match read_row(row, &columns) {
            Ok(Some((on, text, pence))) => {
                let count = same.entry((on, text.clone(), pence)).or_insert(0);
                *count += 1;
                statement.lines.push(StatementLine {
                    on,
                    text,
                    pence,
                    of_same: *count,
                });
            }
            Ok(None) => statement.went_out += 1,
            Err(what) => statement.faults.push(StatementFault {
                row: index + 2,
                what,
            }),
        }
    }
    statement
}

/// What came in by a row; none if money went out.
fn read_row(row: &[String], columns: &Columns) -> Result<Option<(Date, String, Pence)>, String> {
    let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
    let date = cell(columns.date);
    let on = day(date)
        .ok_or_else(|| format!("`{date}` is no date: write it as 27/3/2017 or 2017-03-27"))?;
    let text: Vec<&str> = columns
        .text
        .iter()
        .map(|at| cell(*at))
        .filter(|text| !text.is_empty())
        .collect();
    let text = text.join(" ");
    let came_in = columns.came_in.map(cell).filter(|text| !text.is_empty());
    let went_out = columns.went_out.map(cell).filter(|text| !text.is_empty());
    let amount = columns.amount.map(cell).filter(|text| !text.is_empty());
    let pence = match (came_in, went_out, amount) {
        (Some(came_in), _, _) => signed(came_in)?,
        (None, Some(_), _) => return Ok(None),
        (None, None, Some(amount)) => signed(amount)?,
        (None, None, None) => return Err("There is no sum in this row".to_owned()),
    };
    let came = u64::try_from(pence).ok().filter(|pence| *pence > 0);
    Ok(came.map(|pence| (on, text, Pence::new(pence))))
}

/// A day as banks write it: of two figures for the year, they mean this century.
fn day(text: &str) -> Option<Date> {
    parse(text).or_else(|| {
        let at = text
            .len()
            .checked_sub(2)
            .filter(|at| text.is_char_boundary(*at))?;
        let (before, year) = text.split_at(at);
        let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
        parse(&format!("{before}20{year}")).filter(|_| is_year)
    })
}

/// A sum that may be below nought: `-£1,234.50`, `(12.00)`, `+5`, `12.5`.
fn signed(text: &str) -> Result<i64, String> {
    let refused = || format!("`{text}` is no sum: write it as 1234.50");
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let (below, plain) = match plain
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) => (true, inner.to_owned()),
        None => match plain.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest.to_owned()),
            None => (false, plain.strip_prefix('+').unwrap_or(&plain).to_owned()),
        },
    };
    let plain = match plain.rsplit_once('.') {
        Some((_, pence)) if pence.len() == 1 => format!("{plain}0"),
        _ => plain,
    };
    let pence = Pence::parse(&plain).map_err(|_| refused())?;
    let pence = i64::try_from(pence.get()).map_err(|_| refused())?;
    Ok(if below { -pence } else { pence })
}
