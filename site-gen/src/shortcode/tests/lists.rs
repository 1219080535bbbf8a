//! The lists that the product's own components take.

use super::told_of;

const TEXTS: &str = include_str!("../../../../themes/partnership/templates/components/texts.html");
const FIGURES: &str =
    include_str!("../../../../themes/partnership/templates/components/figures.html");

#[test]
fn a_column_that_the_data_do_not_have_is_named_with_those_that_there_are() {
    let table = |columns: &str| {
        let call =
            format!("{{{{ data_table(rows=data.schools, columns={columns}, caption=\"A\") }}}}\n");
        told_of(TEXTS, &call)
    };
    assert_eq!(table("[\"name\", \"pupils\"]"), [""; 0]);
    assert_eq!(
        table("[\"pupil\", \"name\", \"ward\"]"),
        [
            "41: `columns` of `data_table` names `pupil`, and `data.schools` has no such field (did you mean `pupils`? There are `name`, `pupils`)",
            "41: `columns` of `data_table` names `ward`, and `data.schools` has no such field (there are `name`, `pupils`)",
        ]
    );
    assert_eq!(
        table("[]"),
        ["41: `columns` of `data_table` has 0 items, and must have 1 (write 1 at least)"]
    );
    assert_eq!(
        told_of(
            TEXTS,
            "{{ data_table(rows=[\"Bow\"], columns=[\"name\"], caption=\"A\") }}\n"
        ),
        [
            "36: `columns` of `data_table` names `name`, and `rows` has no such field (give it a list whose entries have fields)"
        ]
    );
}

#[test]
fn headings_that_are_not_one_for_each_column_are_told() {
    let table = |headings: &str| {
        let call = format!(
            "{{{{ data_table(rows=data.schools, columns=[\"name\", \"pupils\"], headings={headings}, caption=\"A\") }}}}\n"
        );
        told_of(TEXTS, &call)
    };
    assert_eq!(table("[\"School\", \"On roll\"]"), [""; 0]);
    for (headings, has) in [
        ("[\"School\"]", "1 item"),
        ("[\"A\", \"B\", \"C\"]", "3 items"),
    ] {
        assert_eq!(
            table(headings),
            [format!(
                "70: `headings` of `data_table` has {has}, and `columns` has 2 (write one for each of `columns`, and no more)"
            )]
        );
    }
}

#[test]
fn a_list_that_is_longer_than_can_be_drawn_is_named() {
    let told = |call: &str| told_of(FIGURES, call);
    let movement = |lists: &str| {
        told(&format!(
            "{{{{ movement({lists}, from=\"A\", through=\"B\", to=\"C\") }}}}\n"
        ))
    };
    assert_eq!(movement("strands=[1, 2], notes=[1]"), [""; 0]);
    assert_eq!(
        movement("strands=[1, 2, 3, 4, 5]"),
        ["20: `strands` of `movement` has 5 items, and there is room for 4 (write 4 at most)"]
    );
    assert_eq!(
        movement("strands=[1, 2], notes=[1, 2, 3]"),
        [
            "34: `notes` of `movement` has 3 items, and `strands` has 2 (write one for each of `strands`, and no more)"
        ]
    );
    assert_eq!(
        told("{{ journey(steps=[1], notes=[1, 2]) }}\n"),
        [
            "28: `notes` of `journey` has 2 items, and `steps` has 1 (write one for each of `steps`, and no more)"
        ]
    );
    assert_eq!(
        told("{{ journey(steps=[]) }}\n"),
        ["17: `steps` of `journey` has 0 items, and must have 1 (write 1 at least)"]
    );
}
