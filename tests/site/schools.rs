//! The register of schools: read, checked with place and remedy, and taken out
//! of a national file.

use std::fmt::Write as _;

use crate::little_site::SiteTest;

const HEADER: &str = "URN,LA (code),EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (name),CensusDate,NumberOfPupils";

#[test]
fn the_register_is_in_the_publication_in_order_and_by_the_names_of_its_columns() {
    let site = SiteTest::new().file(
        "content/data/schools.csv",
        format!("NumberOfPupils,{HEADER_TURNED}\n75,Closed,14,\"Sample, Unit\",211,900007\n420,Open,1,Sample Primary,211,900001\n"),
    );
    let built = site.build();
    let schools = built.publication.unwrap().schools;
    let shown: Vec<_> = schools
        .iter()
        .map(|school| {
            (
                school.urn.to_string(),
                school.name.as_str(),
                school.pupils.unwrap().get(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("900001".to_owned(), "Sample Primary", 420),
            ("900007".to_owned(), "Sample, Unit", 75)
        ]
    );
}

const HEADER_TURNED: &str =
    "EstablishmentStatus (name),TypeOfEstablishment (code),EstablishmentName,LA (code),URN";

#[test]
fn a_school_is_looked_up_in_what_is_shown_of_it_and_in_nothing_else() {
    let site = SiteTest::new().file(
        "content/data/schools.csv",
        format!("{HEADER},Postcode,HeadLastName\n900001,211,\"Saint Anne’s, Sample\",1,Open,19-01-2017,420,E99 1AA,Heady\n"),
    );
    let looked_up = crate::little_site::text(&site.build(), "schools.json");
    assert_eq!(
        looked_up,
        r#"[{"urn":"900001","name":"Saint Anne’s, Sample","postcode":"E99 1AA"}]"#
    );
    let without = SiteTest::new().build();
    assert!(!without.files.contains_key("schools.json"), "no register");
}

#[test]
fn a_register_in_windows_1252_is_read_like_one_in_utf_8() {
    let row = "900002,211,Sample Saint Anne’s Café,2,Open,19-01-2017,211";
    let utf_8 = format!("{HEADER}\n{row}\n");
    let windows: Vec<u8> = utf_8
        .chars()
        .map(|letter| match letter {
            '’' => 0x92,
            'é' => 0xE9,
            other => u8::try_from(other).unwrap(),
        })
        .collect();
    let name = |bytes: Vec<u8>| {
        let built = SiteTest::new()
            .file("content/data/schools.csv", bytes)
            .build();
        built.publication.unwrap().schools[0].name.clone()
    };
    assert_eq!(name(utf_8.into_bytes()), "Sample Saint Anne’s Café");
    assert_eq!(name(windows), "Sample Saint Anne’s Café");
}

#[test]
fn every_cell_that_is_wrong_is_told_with_its_place_and_what_to_do() {
    let site = SiteTest::new().file(
        "content/data/schools.csv",
        format!("{HEADER}\n900001,211,Sample,1,Open,,420\n90002,211,,1,Perhaps,2017-19-01,many\n900001,211,Sample,1,Open,,\n"),
    );
    assert_eq!(
        site.problems(),
        "content/data/schools.csv:3:1: `URN` must be six digits, not `90002`\n  \
         3 | 90002,211,,1,Perhaps,2017-19-01,many\n  \
         hint: copy it from the national register\n\n\
         content/data/schools.csv:3:11: `EstablishmentName` is empty\n  \
         3 | 90002,211,,1,Perhaps,2017-19-01,many\n  \
         hint: write the school’s name\n\n\
         content/data/schools.csv:3:14: the status `perhaps` is not one of the register’s\n  \
         3 | 90002,211,,1,Perhaps,2017-19-01,many\n  \
         hint: write `Open`, `Open, but proposed to close`, `Proposed to open` or `Closed`\n\n\
         content/data/schools.csv:3:22: `CensusDate` must be a day such as `19-01-2017`, not `2017-19-01`\n  \
         3 | 90002,211,,1,Perhaps,2017-19-01,many\n  \
         hint: write day, month and year, or leave the cell empty\n\n\
         content/data/schools.csv:3:33: `NumberOfPupils` must be a whole number up to 9,999, not `many`\n  \
         3 | 90002,211,,1,Perhaps,2017-19-01,many\n  \
         hint: write the pupils on roll, or leave the cell empty\n\n\
         content/data/schools.csv:4:1: the URN 900001 is there twice\n  \
         4 | 900001,211,Sample,1,Open,,\n  \
         hint: take one out; the first is in line 2\n\n\
         6 problems in 1 file"
    );
}

#[test]
fn a_table_that_is_no_register_is_told_once() {
    let site = SiteTest::new().file(
        "content/data/schools.csv",
        "Name,Town\nSample,London\nOther,London\n",
    );
    let problems = site.problems();
    assert!(
        problems.contains("the first row has no `URN`, `LA (code)`, `EstablishmentName`, `TypeOfEstablishment (code)`, `EstablishmentStatus (name)`")
            && problems.ends_with("1 problem in 1 file"),
        "{problems}"
    );
}

/// A file as the national register publishes it: 140 columns, so many rows,
/// every hundredth in Tower Hamlets.
fn national(rows: usize) -> Vec<u8> {
    let mut names: Vec<String> = HEADER.split(',').map(str::to_owned).collect();
    names.extend(["HeadTitle (name)", "HeadFirstName", "HeadLastName"].map(str::to_owned));
    while names.len() < 140 {
        names.push(format!("Column {}", names.len()));
    }
    let mut text = names.join(",");
    text.push('\n');
    for row in 0..rows {
        let authority = if row % 100 == 0 { 211 } else { 300 + row % 90 };
        let _ = write!(
            text,
            "{},{authority},\"Sample School {row}, Sample’s Lane\",1,Open,19-01-2017,{},Ms,Heady,Personal",
            900_000 + row % 100_000,
            row % 1_000
        );
        text.push_str(&",\"a value\"".repeat(130));
        text.push('\n');
    }
    text.replace('’', "\u{92}")
        .chars()
        .map(|c| u8::try_from(c).unwrap())
        .collect()
}

#[test]
fn a_national_file_becomes_the_boroughs_extract_without_headteachers() {
    let site = SiteTest::new().file("national.csv", national(5_000));
    let content = site.path("content");
    let said = site_gen::schools::import(&site.path("national.csv"), 211, &content).unwrap();
    assert!(said.starts_with("50 schools → "), "{said}");
    assert!(
        said.ends_with(
            "left out: 4950 schools of other authorities; 133 columns that nothing needs, among them those about headteachers (HeadTitle (name), HeadFirstName, HeadLastName)"
        ),
        "{said}"
    );
    let extract = std::fs::read_to_string(content.join("data/schools.csv")).unwrap();
    assert!(
        !extract.contains("Head") && !extract.contains("Personal"),
        "{extract}"
    );
    let schools = site.build().publication.unwrap().schools;
    assert_eq!(schools.len(), 50);
    assert_eq!(schools[1].name, "Sample School 100, Sample’s Lane");
}

#[test]
fn an_import_that_finds_no_school_leaves_the_register_as_it_was() {
    let site = SiteTest::new()
        .file("national.csv", national(200))
        .file("content/data/schools.csv", "old");
    let content = site.path("content");
    let problems =
        site_gen::schools::import(&site.path("national.csv"), 999, &content).unwrap_err();
    assert!(
        problems[0]
            .to_string()
            .contains("no school in it has the authority 999")
    );
    assert_eq!(
        std::fs::read_to_string(content.join("data/schools.csv")).unwrap(),
        "old"
    );
}
