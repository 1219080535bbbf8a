//! The data map in `infra/README.md` is the one that the code, the content and the
//! policies make.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use domain::retention::Retention;
use functions::data_map::{Entry, Kept, entry};
use functions::store::Kind;
use tests::calls::Call;
use tests::policies::given;

use crate::tree::text;

const README: &str = "infra/README.md";
const BEGIN: &str = "<!-- begin data map -->\n";
const END: &str = "<!-- end data map -->";
/// What reads an item.
const READING: [&str; 4] = [
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
];
const MEND: &str = "DATA_MAP=write cargo nextest run --workspace -E 'test(data_map::)'";

#[test]
fn the_data_map_is_the_one_that_the_code_makes() {
    let readme = text(README);
    let begin = readme.find(BEGIN).expect("a place for the data map") + BEGIN.len();
    let end = begin + readme[begin..].find(END).expect("an end of the data map");
    let map = map();
    if std::env::var("DATA_MAP").is_ok_and(|how| how == "write") {
        let renewed = format!("{}{map}{}", &readme[..begin], &readme[end..]);
        fs::write(tests::root().join(README), renewed).expect("the file can be written");
        return;
    }
    let line = readme[..begin].lines().count();
    let mut lines = readme[begin..end].lines().zip(map.lines()).enumerate();
    if let Some((index, (says, made))) = lines.find(|(_, (says, made))| says != made) {
        panic!(
            "{README}:{}: says\n  {says}\nwhere the code makes\n  {made}\n  hint: run `{MEND}`",
            line + index + 1
        );
    }
    assert_eq!(
        &readme[begin..end],
        map,
        "{README}: the data map is not the code’s; run `{MEND}`"
    );
}

fn map() -> String {
    let rules: Retention =
        serde_saphyr::from_str(&text("content/data/retention.yaml")).expect("the content builds");
    let given = given();
    let mut map = String::from(
        "| record | about people | why | kept | read by |\n| --- | --- | --- | --- | --- |\n",
    );
    for kind in Kind::ALL {
        let Entry {
            personal,
            why,
            kept,
            ..
        } = entry(*kind);
        let personal = match personal {
            [] => "–".to_owned(),
            fields => fields
                .iter()
                .map(|field| format!("`{field}`"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let kept = match kept {
            Kept::By(rule) => {
                let rule = rule(&rules);
                format!("{}, from {}", rule.keep, rule.from)
            }
            Kept::With(other) => format!("as long as {}", begin_small(other.words())),
            Kept::WithRecord => "until it is released".to_owned(),
            Kept::InHistory(rule) => {
                let rule = rule(&rules);
                format!(
                    "as long as its record; of a membership, {}, from {}",
                    rule.keep, rule.from
                )
            }
            Kept::Lapses(after) => format!("goes by itself, {after}"),
            Kept::Stays(reason) => format!("stays: {}", begin_small(reason)),
        };
        let readers = readers(&given, *kind);
        let _ = writeln!(
            map,
            "| {} | {personal} | {} | {kept} | {readers} |",
            kind.words(),
            begin_small(why),
        );
    }
    map
}

/// A sentence as it goes on in another.
fn begin_small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The functions whose policies let them read items with the partition key of a
/// kind.
fn readers(given: &[Call], kind: Kind) -> String {
    let (partition, _) = kind.pattern();
    if partition.is_empty() {
        return "as its record".to_owned();
    }
    let key = match partition.ends_with('#') {
        true => format!("{partition}*"),
        false => partition.to_owned(),
    };
    let reads = |given: &&Call| {
        // Of the table itself: an index is named by lists, not by keys.
        given.on == "table"
            && (given.key == key || given.key == "*")
            && READING.contains(&given.action.as_str())
    };
    let readers = given.iter().filter(reads).map(|given| &given.function);
    let readers: BTreeSet<String> = readers.map(|name| format!("`{name}`")).collect();
    match readers.is_empty() {
        true => "nobody".to_owned(),
        false => Vec::from_iter(readers).join(", "),
    }
}
