//! A school as the national register has it: Get Information About Schools.
//!
//! The register is a table whose columns come and go, so each is looked up by
//! its name and most may be missing. Dates are `dd-MM-yyyy`. The names of
//! headteachers are in the register too, and are not read: they are personal
//! data that nothing here needs.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::school::{PupilsOnRoll, Urn};

/// The columns that are read, by their names in the register; an extract has
/// these and no others.
pub const COLUMNS: [&str; 34] = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "SchoolCapacity",
    "CensusDate",
    "NumberOfPupils",
    "ReligiousCharacter (name)",
    "Diocese (name)",
    "Trusts (code)",
    "Trusts (name)",
    "Federations (name)",
    "UKPRN",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    "AdministrativeWard (name)",
];

/// A school of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishment {
    /// Its Unique Reference Number.
    pub urn: Urn,
    /// Its name.
    pub name: String,
    /// The code of its local authority; 211 is Tower Hamlets.
    pub authority: u16,
    /// Its number within the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The code of its type.
    pub kind: u16,
    /// The name of its type: `Community school`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind_name: String,
    /// The code of its group of types, where the register has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<u16>,
    /// Whether it is open.
    pub status: Status,
    /// The day it closed or is to close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Date>,
    /// Its phase: `Primary`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phase: String,
    /// The pupils of its latest census.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupils: Option<PupilsOnRoll>,
    /// The day of that census.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub census: Option<Date>,
    /// Its diocese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub diocese: String,
    /// Its trust.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trust: String,
    /// Its federation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub federation: String,
    /// Its address, a line each, without the postcode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// Its postcode.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// Its website.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
}

/// Whether a school is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is open.
    Open,
    /// It is open, and is to close.
    ToClose,
    /// It is not open yet.
    ToOpen,
    /// It is closed.
    Closed,
}

/// A cell that cannot be what its column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column.
    pub column: &'static str,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: &'static str,
}

impl Establishment {
    /// Reads a row; `cell` gives what is in the column of that name, if there
    /// is such a column.
    ///
    /// # Errors
    ///
    /// Every cell that is wrong.
    pub fn read<'r>(cell: impl Fn(&str) -> Option<&'r str>) -> Result<Establishment, Vec<Fault>> {
        let mut row = Row {
            cell: |name: &str| cell(name).map(str::trim).filter(|text| !text.is_empty()),
            faults: Vec::new(),
        };
        let urn = row.urn();
        let name = row.needed("EstablishmentName", "write the school’s name");
        let authority = row.code("LA (code)", "write the authority’s code, such as `211`");
        let kind = row.code(
            "TypeOfEstablishment (code)",
            "write the code of the school’s type, such as `1`",
        );
        let status = row.status();
        let group = row.code_if_any("EstablishmentTypeGroup (code)");
        let (closes, census) = (row.date("CloseDate"), row.date("CensusDate"));
        let pupils = row.pupils();
        let address = ["Street", "Locality", "Address3", "Town"]
            .into_iter()
            .filter_map(|column| (row.cell)(column).map(str::to_owned))
            .collect();
        let text = |column: &str| (row.cell)(column).unwrap_or_default().to_owned();
        let school = (|| {
            Some(Establishment {
                urn: urn?,
                name: name?,
                authority: authority?,
                number: (row.cell)("EstablishmentNumber").map(str::to_owned),
                kind: kind?,
                kind_name: text("TypeOfEstablishment (name)"),
                group,
                status: status?,
                closes,
                phase: text("PhaseOfEducation (name)"),
                pupils,
                census,
                diocese: text("Diocese (name)"),
                trust: text("Trusts (name)"),
                federation: text("Federations (name)"),
                address,
                postcode: text("Postcode"),
                website: text("SchoolWebsite"),
            })
        })();
        match school {
            Some(school) if row.faults.is_empty() => Ok(school),
            _ => Err(row.faults),
        }
    }

    /// The authority's number and the school's: `211/2001`.
    #[must_use]
    pub fn department_number(&self) -> Option<String> {
        let number = self.number.as_ref()?;
        let mut text = String::new();
        // Writing into a text cannot fail.
        let _ = write!(text, "{}/{number}", self.authority);
        Some(text)
    }
}

/// A row, and what is wrong with it.
struct Row<F> {
    cell: F,
    faults: Vec<Fault>,
}

impl<'r, F: Fn(&str) -> Option<&'r str>> Row<F> {
    fn fault(&mut self, column: &'static str, what: impl Into<String>, hint: &'static str) {
        self.faults.push(Fault {
            column,
            what: what.into(),
            hint,
        });
    }

    fn needed(&mut self, column: &'static str, hint: &'static str) -> Option<String> {
        let text = (self.cell)(column).map(str::to_owned);
        if text.is_none() {
            self.fault(column, format!("`{column}` is empty"), hint);
        }
        text
    }

    fn urn(&mut self) -> Option<Urn> {
        let text = self.needed("URN", "write the school’s URN, which has six digits")?;
        match Urn::parse(&text) {
            Ok(urn) => Some(urn),
            Err(_) => {
                let what = format!("`URN` must be six digits, not `{text}`");
                self.fault("URN", what, "copy it from the national register");
                None
            }
        }
    }

    fn code(&mut self, column: &'static str, hint: &'static str) -> Option<u16> {
        let text = self.needed(column, hint)?;
        let code = text.parse().ok();
        if code.is_none() {
            let what = format!("`{column}` must be a whole number, not `{text}`");
            self.fault(column, what, hint);
        }
        code
    }

    fn code_if_any(&mut self, column: &'static str) -> Option<u16> {
        (self.cell)(column)?;
        self.code(
            column,
            "write the code as in the national register, or leave the cell empty",
        )
    }

    fn status(&mut self) -> Option<Status> {
        let hint = "write `Open`, `Open, but proposed to close`, `Proposed to open` or `Closed`";
        let name = (self.cell)("EstablishmentStatus (name)").map(str::to_lowercase);
        let code = (self.cell)("EstablishmentStatus (code)");
        match (name.as_deref(), code) {
            (Some("open"), _) | (None, Some("1")) => Some(Status::Open),
            (Some("closed"), _) | (None, Some("2")) => Some(Status::Closed),
            (Some("open, but proposed to close"), _) | (None, Some("3")) => Some(Status::ToClose),
            (Some("proposed to open"), _) | (None, Some("4")) => Some(Status::ToOpen),
            (None, None) => {
                let column = "EstablishmentStatus (name)";
                self.fault(column, format!("`{column}` is empty"), hint);
                None
            }
            (name, code) => {
                let known = name.or(code).unwrap_or_default().to_owned();
                let what = format!("the status `{known}` is not one of the register’s");
                self.fault("EstablishmentStatus (name)", what, hint);
                None
            }
        }
    }

    fn date(&mut self, column: &'static str) -> Option<Date> {
        let text = (self.cell)(column)?;
        let date = day(text);
        if date.is_none() {
            let what = format!("`{column}` must be a day such as `19-01-2017`, not `{text}`");
            self.fault(
                column,
                what,
                "write day, month and year, or leave the cell empty",
            );
        }
        date
    }

    fn pupils(&mut self) -> Option<PupilsOnRoll> {
        let text = (self.cell)("NumberOfPupils")?;
        match PupilsOnRoll::parse(text) {
            Ok(pupils) => Some(pupils),
            Err(_) => {
                let what =
                    format!("`NumberOfPupils` must be a whole number up to 9,999, not `{text}`");
                self.fault(
                    "NumberOfPupils",
                    what,
                    "write the pupils on roll, or leave the cell empty",
                );
                None
            }
        }
    }
}

/// Reads a day as the register writes it: `19-01-2017`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, ['-', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Establishment, Status};

    fn row<'r>(changes: &[(&'r str, &'r str)]) -> HashMap<&'r str, &'r str> {
        let mut row = HashMap::from([
            ("URN", "900001"),
            ("LA (code)", "211"),
            ("EstablishmentNumber", "2001"),
            ("EstablishmentName", "Sample Primary School"),
            ("TypeOfEstablishment (code)", "1"),
            ("EstablishmentStatus (name)", "Open"),
            ("CensusDate", "19-01-2017"),
            ("NumberOfPupils", "420"),
            ("Town", "London"),
            ("HeadLastName", "Nobody"),
        ]);
        row.extend(changes.iter().copied());
        row
    }

    fn read(changes: &[(&str, &str)]) -> Result<Establishment, Vec<String>> {
        let row = row(changes);
        Establishment::read(|name| row.get(name).copied())
            .map_err(|faults| faults.into_iter().map(|fault| fault.what).collect())
    }

    #[test]
    fn a_row_is_read_by_the_names_of_its_columns_and_most_may_be_missing() {
        let school = read(&[]).unwrap();
        assert_eq!(school.department_number().as_deref(), Some("211/2001"));
        assert_eq!(school.census.unwrap().to_string(), "2017-01-19");
        assert_eq!(school.pupils.unwrap().get(), 420);
        assert_eq!(school.group, None);
        assert_eq!(read(&[("NumberOfPupils", " ")]).unwrap().pupils, None);
    }

    #[test]
    fn the_status_is_known_by_its_name_or_its_code() {
        let status = |changes: &[(&str, &str)]| read(changes).unwrap().status;
        let name = "EstablishmentStatus (name)";
        assert_eq!(status(&[(name, "Closed")]), Status::Closed);
        assert_eq!(
            status(&[(name, "Open, but proposed to close")]),
            Status::ToClose
        );
        let code = "EstablishmentStatus (code)";
        assert_eq!(status(&[(name, ""), (code, "4")]), Status::ToOpen);
    }

    #[test]
    fn every_cell_that_is_wrong_is_told() {
        let faults = read(&[
            ("URN", "90001"),
            ("LA (code)", "Tower Hamlets"),
            ("EstablishmentStatus (name)", "Maybe"),
            ("CensusDate", "2017-19-01"),
            ("NumberOfPupils", "some"),
        ])
        .unwrap_err();
        assert_eq!(
            faults,
            [
                "`URN` must be six digits, not `90001`",
                "`LA (code)` must be a whole number, not `Tower Hamlets`",
                "the status `maybe` is not one of the register’s",
                "`CensusDate` must be a day such as `19-01-2017`, not `2017-19-01`",
                "`NumberOfPupils` must be a whole number up to 9,999, not `some`",
            ]
        );
    }
}
