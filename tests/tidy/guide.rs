//! Every front-matter field has its line in the editor's guide.

use crate::report::Report;
use crate::tree::{production, text};

#[test]
fn every_front_matter_field_is_in_the_editors_guide() {
    let guide = text("content/README.md");
    let mut report = Report::default();
    let mut count = 0;
    for source in production("site-gen/src/kind") {
        for (kind, fields) in source.read_structs() {
            for (offset, field) in fields {
                count += 1;
                if !guide.contains(&format!("`{field}`")) && !guide.contains(&format!("{field}:")) {
                    let what =
                        format!("the field `{field}` of `{kind}` is not in content/README.md");
                    report.add(
                        &source.place(offset),
                        &what,
                        "add a line that tells an editor what to write there",
                    );
                }
            }
        }
    }
    assert!(
        count > 0,
        "site-gen/src/kind: no front-matter fields were found; have they moved?"
    );
    report.finish();
}
