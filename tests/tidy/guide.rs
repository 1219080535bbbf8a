//! The tables of the editor's guide are those that the program writes.

use crate::report::Report;
use crate::tree::text;

#[test]
fn the_tables_of_the_editors_guide_are_those_of_the_parser() {
    let guide = text("content/README.md");
    let mut report = Report::default();
    match site_gen::guide::renewed(&guide) {
        Ok(renewed) => {
            let mut lines = guide.lines().zip(renewed.lines()).enumerate();
            if let Some((index, (old, new))) = lines.find(|(_, (old, new))| old != new) {
                report.add(
                    &format!("content/README.md:{}", index + 1),
                    &format!("says `{old}` where the parser says `{new}`"),
                    "run `cargo run -p site-gen -- guide`",
                );
            } else if guide != renewed {
                report.add(
                    "content/README.md",
                    "its tables are not those of the parser",
                    "run `cargo run -p site-gen -- guide`",
                );
            }
        }
        Err(missing) => report.add(
            "content/README.md",
            &format!("has no place for the table `{missing}`"),
            &format!("add the lines `<!-- begin {missing} -->` and `<!-- end {missing} -->`"),
        ),
    }
    report.finish();
}
