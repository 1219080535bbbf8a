//! What an editor is told about front matter that is not YAML, or is more than it.

use crate::little_site::SiteTest;

/// What is told of the one page `a.md` of this text.
fn told(text: &str) -> String {
    SiteTest::new().page("a.md", text).problems()
}

/// Nine lists, each of ten times the one before it: a thousand million words.
fn bomb() -> String {
    let mut text = "---\ntitle: A\ndescription: B.\na: &a [x]\n".to_owned();
    for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        let ten = vec![format!("*{before}"); 10].join(", ");
        text.push_str(&format!("{name}: &{name} [{ten}]\n"));
    }
    text + "---\n"
}

#[test]
fn a_line_that_begins_too_far_in_is_told() {
    assert_eq!(
        told("---\ntitle: A\n  description: B.\n---\n"),
        "content/a.md:3:3: the line begins further in than the field above it\n  \
         3 |   description: B.\n  \
         hint: begin it where the other fields begin\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: A\ndescription: B.\n  weight: 3\n---\n"),
        "content/a.md:4:3: the line begins further in than the field above it\n  \
         4 |   weight: 3\n  \
         hint: begin it where the other fields begin\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_line_that_does_not_begin_where_the_others_do_is_told() {
    assert_eq!(
        told("---\n  title: A\ndescription: B.\n---\n"),
        "content/a.md:3:1: the line does not begin where the fields above it begin\n  \
         3 | description: B.\n  \
         hint: give all fields the same number of spaces at the start, best none\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: A\ndescription:\n  - B\n - C\n---\n"),
        "content/a.md:5:2: the line begins where no line above it begins\n  \
         5 |  - C\n  \
         hint: begin it under the line that it belongs to: the signs `-` of one list stand under each other\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_tab_in_the_indentation_is_told() {
    assert_eq!(
        told("---\ntitle: A\n\tdescription: B.\n---\n"),
        "content/a.md:3:1: the line begins with a tab\n  \
         3 |  description: B.\n  \
         hint: begin it with spaces\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_text_that_begins_with_a_sign_is_told() {
    assert_eq!(
        told("---\ntitle: *Important*\ndescription: B.\n---\n"),
        "content/a.md:2:8: a text cannot begin with `*`\n  \
         2 | title: *Important*\n  \
         hint: put the text in quotes\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: @home\ndescription: B.\n---\n"),
        "content/a.md:2:8: a text cannot begin with `@`\n  \
         2 | title: @home\n  \
         hint: put the text in quotes\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: !!int A\ndescription: B.\n---\n"),
        "content/a.md:2:8: a text cannot begin with `!`\n  \
         2 | title: !!int A\n  \
         hint: put the text in quotes\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: - A\ndescription: B.\n---\n"),
        "content/a.md:2:8: a text cannot begin with `- `\n  \
         2 | title: - A\n  \
         hint: put the text in quotes, or begin the list on a line of its own\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: {{ x }}\ndescription: B.\n---\n"),
        "content/a.md:2:9: here begins something that is not text\n  \
         2 | title: {{ x }}\n  \
         hint: put a text with `{` or `[` in quotes\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: #1 school\ndescription: B.\n---\n"),
        "content/a.md:2:1: `title` must be text, not empty\n  \
         2 | title: #1 school\n  \
         hint: put the text in quotes: with `#` before it, it is not read as one\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn quotation_marks_that_do_not_fit_are_told() {
    assert_eq!(
        told("---\ntitle: \"A\ndescription: B.\n---\n"),
        "content/a.md:2:8: the quotation mark that opens here is not closed\n  \
         2 | title: \"A\n  \
         hint: put one at the end of the text\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: 'It's'\ndescription: B.\n---\n"),
        "content/a.md:2:12: the text goes on after its closing quotation mark\n  \
         2 | title: 'It's'\n  \
         hint: put the whole text in quotation marks of the other kind, and write an apostrophe as `’`\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_line_without_a_field_is_told() {
    assert_eq!(
        told("---\ntitle:A\ndescription: B.\n---\n"),
        "content/a.md:2:1: the line has no `: ` after the name of its field\n  \
         2 | title:A\n  \
         hint: write the name, a colon, a space, and the text, such as `title: Fees`\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\njust text\n---\n"),
        "content/a.md:2:1: a page must be a group of fields, not `just text`\n  \
         2 | just text\n  \
         hint: write one field a line, such as `title: How to join`\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\n- title: A\n---\n"),
        "content/a.md:2:1: a page must be a group of fields, not a list\n  \
         2 | - title: A\n  \
         hint: write one field a line, such as `title: How to join`\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: A\n...\ndescription: B.\n---\n"),
        "content/a.md:4:1: the fields end above, and something follows\n  \
         4 | description: B.\n  \
         hint: take the line `...` or `---` out\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_field_that_is_written_twice_is_told_with_the_line_of_the_other() {
    assert_eq!(
        told("---\ntitle: A\ndescription: B.\ntitle: C\n---\n"),
        "content/a.md:4:1: `title` is written twice\n  \
         4 | title: C\n  \
         hint: keep one of the two; the other is on line 2\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_fence_that_is_not_closed_or_not_one_is_told() {
    assert_eq!(
        told("---\ntitle: A\ndescription: B.\n\nText\n"),
        "content/a.md:1:1: the front matter that begins here does not end\n  \
         1 | ---\n  \
         hint: put a line `---` after the last field\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: A\ndescription: B.\n-----\nText\n"),
        "content/a.md:1:1: the front matter that begins here does not end\n  \
         1 | ---\n  \
         hint: write `---` on line 4, three hyphens and no more\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("\n --- \ntitle: A\n---\n"),
        "content/a.md:2:1: the front matter does not begin with a line `---` at the start of the file\n  \
         2 |  ---\n  \
         hint: write three hyphens and nothing else on the first line\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("+++\ntitle = 'A'\n+++\n"),
        "content/a.md:1:1: the front matter is not YAML\n  \
         1 | +++\n  \
         hint: write lines such as `title: How to join` between two lines of `---`\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn brackets_and_dashes_without_end_are_told_and_take_no_stack() {
    assert_eq!(
        told(&format!("---\ntitle: {}\n---\n", "[".repeat(100_000))),
        "content/a.md:2:263: lists or groups of fields stand too deep inside each other\n  \
         2 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…\n  \
         hint: put a text with `[` or `{` in quotes, and take out signs `-` that are too many\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(&format!("---\ntitle:\n  {}x\n---\n", "- ".repeat(5_000))),
        "content/a.md:3:33: lists or groups of fields stand too deep inside each other\n  \
         3 |   - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - …\n  \
         hint: put a text with `[` or `{` in quotes, and take out signs `-` that are too many\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(&format!(
            "---\n{}---\n",
            (0..3_000)
                .map(|deep| format!("{}a:\n", " ".repeat(deep)))
                .collect::<String>()
        )),
        "content/a.md:18:17: lists or groups of fields stand too deep inside each other\n  \
         18 |                 a:\n  \
         hint: put a text with `[` or `{` in quotes, and take out signs `-` that are too many\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_text_that_repeats_itself_without_end_is_told_and_takes_no_memory() {
    assert_eq!(
        told(&bomb()),
        "content/a.md:10:8: there are more values here than a file may hold\n  \
         10 | g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]\n  \
         hint: divide the file; what is repeated with `*` counts each time\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_number_that_is_too_large_is_told() {
    assert_eq!(
        told("---\ntitle: A\ndescription: B.\nweight: 99999999999999999999999999\n---\n"),
        "content/a.md:4:9: `weight` must be a whole number, not `99999999999999999999999999`\n  \
         4 | weight: 99999999999999999999999999\n  \
         hint: write a whole number; smaller ones come first in lists\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told("---\ntitle: 1e999999\ndescription: B.\n---\n"),
        "content/a.md:2:8: the number is too large\n  \
         2 | title: 1e999999\n  \
         hint: put it in quotes if it is a text\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_character_that_cannot_be_shown_is_told_though_it_is_only_written_as_signs() {
    assert_eq!(
        told("---\ntitle: \"A \\e[31m\"\ndescription: B.\n---\n"),
        "content/a.md:2:8: the text has a character that cannot be shown\n  \
         2 | title: \"A \\e[31m\"\n  \
         hint: take out what follows `\\`, or write the text without quotes\n\n\
         1 problem in 1 file"
    );
}
