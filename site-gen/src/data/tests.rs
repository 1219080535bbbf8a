//! Data files as templates know them, and as editors are told of them.

use std::path::PathBuf;

use serde_json::json;
use theme::Value;

use super::Data;
use crate::problem::Problem;
use crate::text::SourceText;

fn read(files: &[(&str, &str)]) -> (Data, Vec<String>) {
    let mut problems = Vec::new();
    let sources: Vec<SourceText> = files
        .iter()
        .map(|(name, text)| SourceText {
            path: PathBuf::from(name),
            text: (*text).to_owned(),
        })
        .collect();
    let named = files.iter().map(|(name, _)| *name).zip(&sources);
    let data = Data::read(named, &mut problems);
    let told = |problem: &Problem| {
        let hint = problem.hint.clone().unwrap_or_default();
        format!(
            "{}:{}:{}: {} ({hint})",
            problem.path.display(),
            problem.line,
            problem.column,
            problem.what
        )
    };
    (data, problems.iter().map(told).collect())
}

fn value(name: &str, text: &str) -> Value {
    let (data, problems) = read(&[(name, text)]);
    assert_eq!(problems, [""; 0]);
    data.at(name.split('.').next().unwrap()).unwrap()
}

fn told(name: &str, text: &str) -> Vec<String> {
    read(&[(name, text)]).1
}

#[test]
fn yaml_and_json_are_what_they_say_in_their_order() {
    let yaml = "z: 1\na: [1.5, yes, true, null, \"007\", 2017-04-01]\nm: {k: text}\n";
    let json =
        r#"{"z": 1, "a": [1.5, "yes", true, null, "007", "2017-04-01"], "m": {"k": "text"}}"#;
    let expected =
        json!({"z": 1, "a": [1.5, "yes", true, null, "007", "2017-04-01"], "m": {"k": "text"}});
    for value in [value("a.yaml", yaml), value("a.json", json)] {
        assert_eq!(serde_json::to_value(&value).unwrap(), expected);
        assert!(value.to_string().starts_with("{\"z\": 1, \"a\""), "{value}");
    }
}

#[test]
fn a_table_is_a_list_of_rows_named_by_the_first() {
    let csv =
        "\u{feff}urn,name , town\r\n100967,\"Bow, \"\"old\"\"\nschool\",\r\n\r\n007,বাংলা, E3\r\n";
    assert_eq!(
        serde_json::to_value(value("schools.csv", csv)).unwrap(),
        json!([
            {"urn": "100967", "name": "Bow, \"old\"\nschool", "town": ""},
            {"urn": "007", "name": "বাংলা", "town": " E3"},
        ])
    );
    assert_eq!(value("empty.csv", "a,b\n").len(), Some(0));
    assert_eq!(value("one.csv", "a\n1\n\n2").len(), Some(3));
}

#[test]
fn a_row_that_does_not_fit_is_told_with_its_line() {
    assert_eq!(
        told("a.csv", "a,b\n1,\"x\ny\"\n1,2,3\n4\n"),
        [
            "a.csv:4:1: this row has 3 cells, and the first row has 2 (put quotation marks around a cell that has a comma in it, and a comma for each empty cell)",
            "a.csv:5:1: this row has 1 cell, and the first row has 2 (put quotation marks around a cell that has a comma in it, and a comma for each empty cell)",
        ]
    );
    assert_eq!(
        told("a.csv", "a,,a\n1,2,3\n"),
        [
            "a.csv:1:3: a column has no name (the first row names the columns: write a name here)",
            "a.csv:1:4: two columns have the name `a` (give one of them another)",
        ]
    );
    assert_eq!(
        told("a.csv", "a,b\n1,\"x\n2,3\n"),
        [
            "a.csv:2:3: the quotation mark that opens here is not closed (put one at the end of the cell; inside a cell it is written twice: `\"\"`)"
        ]
    );
    assert_eq!(
        told("a.csv", "a;b\n1,5;2\n"),
        [
            "a.csv:1:1: there is no comma in the first row (save the table with commas between its cells, not semicolons)"
        ]
    );
    assert_eq!(
        told("a.csv", &("a,b\n".to_owned() + &"1\n".repeat(1000))).len(),
        10
    );
}

#[test]
fn what_is_not_yaml_or_json_is_told_at_its_place() {
    assert_eq!(
        told("a.json", "{\n  \"a\": 1,\n}"),
        [
            "a.json:3:1: this is not JSON: trailing comma (names and texts are in `\"…\"`, with a comma between two entries and none after the last)"
        ]
    );
    assert_eq!(
        told("a.yaml", "a: 1\n\tb: 2\n"),
        ["a.yaml:2:1: the line begins with a tab (begin it with spaces)"]
    );
    let twice = told("a.yaml", "a: 1\nb: 2\na: 3\n");
    assert!(
        twice.len() == 1 && twice[0].starts_with("a.yaml:3:1: "),
        "{twice:?}"
    );
}

#[test]
fn a_folder_is_a_name_and_a_name_belongs_to_one_file() {
    let files = [
        ("2016/fees.json", "1"),
        ("2016/terms.json", "2"),
        ("a.json", "3"),
        ("a.yaml", "4"),
    ];
    let (data, problems) = read(&files);
    assert_eq!(
        serde_json::to_value(data.value()).unwrap(),
        json!({"2016": {"fees": 1, "terms": 2}, "a": 3})
    );
    assert_eq!(
        problems,
        ["a.yaml:0:0: two files are `data.a` (rename one of them)"]
    );
    assert_eq!(
        read(&[("all-schools.csv", ""), ("a.xlsx", "")]).1,
        [
            "all-schools.csv:0:0: the file’s name is a name in templates: use letters, digits and `_` (rename it to `all_schools.csv`)",
            "a.xlsx:0:0: it is not data that can be read (save it as `.yaml`, `.json` or `.csv`, or move it out of `data/`)",
        ]
    );
}

#[test]
fn a_table_of_thirty_thousand_rows_is_read_at_once() {
    let csv =
        "urn,name,town,pupils\n".to_owned() + &"100967,\"Bow School\",London,1200\n".repeat(30_000);
    let began = std::time::Instant::now();
    assert_eq!(value("schools.csv", &csv).len(), Some(30_000));
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}
