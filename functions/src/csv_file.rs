//! A table as a CSV file that a spreadsheet opens rightly, and safely.
//!
//! The file begins with a byte order mark, without which Excel takes UTF-8 for
//! another encoding. A cell that a spreadsheet would work out as a formula has
//! an apostrophe before it: what a school typed runs on nobody's machine.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use crate::answer::ApiError;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// An answer with a file of that name: its columns, and a row after the other.
///
/// # Errors
///
/// [`ApiError::Internal`], never: it is written into memory.
pub fn download(
    name: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Response, ApiError> {
    let mut file = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let failed = |error: csv::Error| ApiError::Internal(error.into());
    file.write_record(columns).map_err(failed)?;
    for row in rows {
        file.write_record(row.iter().map(|cell| guarded(cell)))
            .map_err(failed)?;
    }
    let bytes = file
        .into_inner()
        .map_err(|error| ApiError::Internal(anyhow::anyhow!("{}", error.error())))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// A cell that is text in every spreadsheet.
fn guarded(cell: &str) -> String {
    match cell.starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_cell_that_would_be_a_formula_is_text() {
        for formula in ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for text in ["Sample School", "'quoted", "2017-04-03", "", "1-2"] {
            assert_eq!(guarded(text), text);
        }
    }
}
