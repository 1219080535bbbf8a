//! What an editor is told about a file that is not the text it should be, and
//! how a long line is shown.

use crate::little_site::SiteTest;

/// What is told of the one page `a.md` of this text.
fn told(text: impl AsRef<[u8]>) -> String {
    SiteTest::new().file("content/a.md", text).problems()
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_move_no_place() {
    assert_eq!(
        told("\u{feff}---\r\ntitle: A\r\ndescripton: B.\r\n---\r\n\r\nSee [x](y.md)\r\n"),
        "content/a.md:1:1: a page needs the field `description`\n  \
         1 | ---\n  \
         hint: write one sentence that says what the page is, such as `description: How a school joins.`\n\n\
         content/a.md:3:1: a page has no field `descripton`\n  \
         3 | descripton: B.\n  \
         hint: did you mean `description`?\n\n\
         content/a.md:6:9: the link `y.md` leads nowhere: there is no `y.md`\n  \
         6 | See [x](y.md)\n  \
         hint: check the path: it begins at the folder of this file\n\n\
         3 problems in 1 file"
    );
}

#[test]
fn old_line_ends_are_told() {
    assert_eq!(
        told("---\rtitle: A\rdescription: B.\r---\rText\r"),
        "content/a.md:1:4: here a line ends in a way that nothing reads today\n  \
         1 | ---␍title: A␍description: B.␍---␍Text\n  \
         hint: save the file with the line ends of Unix or of Windows\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn what_is_not_utf_8_is_told_at_its_first_byte() {
    assert_eq!(
        told(b"---\ntitle: Caf\xe9\n---\n"),
        "content/a.md:2:11: here is a character that is not UTF-8\n  \
         2 | title: Caf�\n  \
         hint: save the file as UTF-8 in your editor, and look at this character\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(
            "---\ntitle: A\ndescription: B.\n---\nCafé, "
                .as_bytes()
                .iter()
                .chain(b"caf\xe9")
                .copied()
                .collect::<Vec<u8>>()
        ),
        "content/a.md:5:10: here is a character that is not UTF-8\n  \
         5 | Café, caf�\n  \
         hint: save the file as UTF-8 in your editor, and look at this character\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(b"\xff\xfe-\0-\0-\0"),
        "content/a.md: the file is UTF-16, not UTF-8\n  \
         hint: save the file as UTF-8 in your editor\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_character_that_cannot_be_shown_is_told() {
    assert_eq!(
        told("---\ntitle: A\ndescription: B.\n---\nOne\u{b}two\n"),
        "content/a.md:5:4: here is a character that cannot be shown, U+000B\n  \
         5 | One␋two\n  \
         hint: delete it; such characters come along when text is pasted\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_line_that_is_too_long_is_cut_around_the_place() {
    assert_eq!(
        told(format!(
            "---\ntitle: A\ndescription: B.\nsource: C\n---\n{}[x](nowhere.md) {}\n",
            "word ".repeat(400),
            "more ".repeat(500)
        )),
        "content/a.md:6:2005: the link `nowhere.md` leads nowhere: there is no `nowhere.md`\n  \
         6 | …word word word word word word word word word word word [x](nowhere.md) more more more more more more more more more more…\n  \
         hint: check the path: it begins at the folder of this file\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(format!(
            "---\ntitle: A\ndescription: B.\nsource: C\n---\n[x](nowhere.md) {}\n",
            "more ".repeat(500)
        )),
        "content/a.md:6:5: the link `nowhere.md` leads nowhere: there is no `nowhere.md`\n  \
         6 | [x](nowhere.md) more more more more more more more more more more more more more more more more more more more more more…\n  \
         hint: check the path: it begins at the folder of this file\n\n\
         1 problem in 1 file"
    );
    assert_eq!(
        told(format!(
            "---\ntitle: A\ndescription: {}: x\n---\n",
            "é".repeat(500)
        )),
        "content/a.md:3:514: `description` has `: ` in its text\n  \
         3 | …ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé: x\n  \
         hint: put the text in quotes: `description: \"…\"`\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_file_of_50_megabytes_is_told_before_it_is_read() {
    assert_eq!(
        told(format!(
            "---\ntitle: A\ndescription: B.\n---\n{}",
            "word ".repeat(10_000_000)
        )),
        "content/a.md: the file is 50 MB long, and a text may have 8 MB\n  \
         hint: no page that people read is so long: divide it, or keep what is not text elsewhere\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_file_of_more_than_any_memory_is_told_without_reading_it() {
    let site = SiteTest::new().file("content/vast.md", "");
    let file = std::fs::File::create(site.path("content/vast.md")).unwrap();
    // A hole takes no room on the disk.
    file.set_len(6_000_000_000_000).unwrap();
    assert_eq!(
        site.problems(),
        "content/vast.md: the file is 6000000 MB long, and a text may have 8 MB\n  \
         hint: no page that people read is so long: divide it, or keep what is not text elsewhere\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_block_of_code_that_does_not_end_is_told_where_it_begins() {
    let text = "---\ntitle: A\ndescription: B.\n---\n~~~\ndone\n~~~\n\n- x\n\n  ```rust\n  fn main\n  ```\n\n> ````\n> quoted\n\n```\nthe rest\n";
    assert_eq!(
        told(text),
        "content/a.md:15:3: the block of code that begins here does not end\n  \
         15 | > ````\n  \
         hint: put a line of the same signs after its last line\n\n\
         content/a.md:18:1: the block of code that begins here does not end\n  \
         18 | ```\n  \
         hint: put a line of the same signs after its last line\n\n\
         2 problems in 1 file"
    );
}
