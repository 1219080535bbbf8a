//! The columns of the national file: without some of them a row says nothing,
//! without the others it says less, and all the rest is left out.

use crate::little_site::SiteTest;

/// Every column that is read, with what a sample has in it.
const CELLS: [(&str, &str); 19] = [
    ("URN", "900001"),
    ("LA (code)", "211"),
    ("EstablishmentNumber", "2001"),
    ("EstablishmentName", "Sample Primary"),
    ("TypeOfEstablishment (code)", "1"),
    ("TypeOfEstablishment (name)", "Community school"),
    ("EstablishmentTypeGroup (code)", "4"),
    ("EstablishmentStatus (code)", "1"),
    ("EstablishmentStatus (name)", "Open"),
    ("CloseDate", ""),
    ("PhaseOfEducation (name)", "Primary"),
    ("CensusDate", "19-01-2017"),
    ("NumberOfPupils", "420"),
    ("Diocese (name)", "Not applicable"),
    ("Trusts (name)", "Sample Trust"),
    ("Federations (name)", "Sample Federation"),
    ("Street", "1 Sample Street"),
    ("Postcode", "E99 1AA"),
    ("SchoolWebsite", "https://sample.example"),
];

/// The columns that a row must have.
const NEEDED: [&str; 4] = [
    "URN",
    "LA (code)",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
];

/// A file with all of the columns but these, the last first.
fn without(left_out: &[&str]) -> String {
    let cells = || {
        CELLS
            .iter()
            .rev()
            .filter(|(name, _)| !left_out.contains(name))
    };
    let names: Vec<_> = cells().map(|(name, _)| *name).collect();
    let values: Vec<_> = cells().map(|(_, value)| *value).collect();
    format!("{}\n{}\n", names.join(","), values.join(","))
}

/// Imports a file: what was said of it, and the register as it is then.
fn import(site: &SiteTest) -> (Result<String, String>, String) {
    let content = site.path("content");
    let said = site_gen::schools::import(&site.path("national.csv"), 211, &content);
    let said = said.map_err(|problems| {
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    });
    let register = std::fs::read_to_string(content.join("data/schools.csv")).unwrap();
    (said, register)
}

/// A site whose register is old, beside a national file.
fn site(national: &str) -> SiteTest {
    SiteTest::new()
        .file("national.csv", national)
        .file("content/data/schools.csv", "old")
}

#[test]
fn a_file_without_a_column_that_a_row_needs_is_refused_by_its_name() {
    for name in NEEDED {
        let (said, register) = import(&site(&without(&[name])));
        let told = said.unwrap_err();
        assert!(
            told.contains(&format!("the first row has no `{name}`")),
            "{name}: {told}"
        );
        assert_eq!(register, "old", "{name}");
    }
    let neither = ["EstablishmentStatus (code)", "EstablishmentStatus (name)"];
    let (said, register) = import(&site(&without(&neither)));
    let told = said.unwrap_err();
    assert!(
        told.contains("the first row has no `EstablishmentStatus (name)`"),
        "{told}"
    );
    assert_eq!(register, "old");
}

#[test]
fn a_file_without_any_one_of_the_other_columns_is_taken_and_builds() {
    for (name, _) in CELLS.iter().filter(|(name, _)| !NEEDED.contains(name)) {
        let site = site(&without(&[name]));
        let (said, register) = import(&site);
        let said = said.unwrap_or_else(|told| panic!("{name}: {told}"));
        assert!(said.starts_with("1 school → "), "{name}: {said}");
        let header = register.lines().next().unwrap();
        assert!(
            !header.split(',').any(|column| column == *name),
            "{name}: {header}"
        );
        let schools = site.build().publication.unwrap().schools;
        assert_eq!(schools[0].name, "Sample Primary", "{name}");
    }
}

#[test]
fn a_file_with_the_needed_columns_alone_is_a_register() {
    let rest: Vec<_> = CELLS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !NEEDED.contains(name) && *name != "EstablishmentStatus (code)")
        .collect();
    let site = site(&without(&rest));
    let (said, _) = import(&site);
    assert!(said.unwrap().ends_with("0 columns that nothing needs"));
    let school = site.build().publication.unwrap().schools.remove(0);
    assert_eq!(school.urn.to_string(), "900001");
    assert_eq!(
        (school.pupils, school.census, school.closes),
        (None, None, None)
    );
    assert!(school.address.is_empty() && school.postcode.is_empty());
}

#[test]
fn a_row_that_cannot_be_read_is_told_and_the_register_stays() {
    let whole = without(&[]);
    for (more, says) in [
        (
            "a,b\n",
            "national.csv:3:1: this row has 2 cells, and the first row has 19",
        ),
        (
            "\"a,b\n",
            "the quotation mark that opens here is not closed",
        ),
    ] {
        let (said, register) = import(&site(&format!("{whole}{more}")));
        let told = said.unwrap_err();
        assert!(told.contains(says), "{told}");
        assert_eq!(register, "old");
    }
    // An empty line at the end is no row.
    let (said, _) = import(&site(&format!("{whole}\n")));
    assert!(said.is_ok());
}
