//! What an editor is told to write instead of a link that leads nowhere: the
//! page that moved, or whatever is named most alike.

use crate::little_site::SiteTest;

/// The hints of all links that lead nowhere, in order.
fn hints(site: &SiteTest) -> Vec<String> {
    let told = site.problems();
    let hints = told
        .lines()
        .filter_map(|line| line.strip_prefix("  hint: "));
    hints.map(str::to_owned).collect()
}

#[test]
fn a_page_that_is_in_another_folder_now_is_found_by_its_name() {
    let site = SiteTest::new()
        .reading("practice/phonics.md", "")
        .reading("practice/more/phonetics.md", "")
        .reading(
            "news/today.md",
            "[x](../guides/phonics.md) [y](phonics.md#first)",
        );
    // One is nearer by its letters, and is not the one that moved.
    assert_eq!(hints(&site), ["did you mean `../practice/phonics.md`?"; 2]);
}

#[test]
fn of_several_pages_of_one_name_the_first_path_is_meant() {
    let site = SiteTest::new()
        .reading("c/terms.md", "")
        .reading("b/terms.md", "")
        .reading("b/a/terms.md", "")
        .reading("here.md", "[x](old/terms.md)");
    assert_eq!(hints(&site), ["did you mean `b/a/terms.md`?"]);
}

#[test]
fn every_list_has_the_same_name_so_it_tells_nothing_of_a_list_that_moved() {
    let site = SiteTest::new().reading("practice/_index.md", "").reading(
        "here.md",
        "[x](practise/_index.md) [y](somewhere-else/_index.md)",
    );
    assert_eq!(
        hints(&site),
        [
            "did you mean `practice/_index.md`?",
            "check the path: it begins at the folder of this file"
        ]
    );
}

#[test]
fn a_draft_is_not_the_page_that_moved() {
    let site = SiteTest::new()
        .page(
            "new/plan.md",
            "---\ntitle: A\ndescription: B.\ndraft: true\n---\n",
        )
        .reading("here.md", "[x](old-folder/plan.md)");
    assert_eq!(
        hints(&site),
        ["check the path: it begins at the folder of this file"]
    );
}

#[test]
fn a_file_that_is_in_another_folder_now_is_found_by_its_name() {
    let site = SiteTest::new()
        .file("content/maps/b/map.svg", "x")
        .file("content/maps/a/map.svg", "x")
        .file("content/chart.svg", "x")
        .reading(
            "here.md",
            "![x](pictures/map.svg) ![y](chrat.svg) ![z](nothing-like-it.pdf)",
        );
    assert_eq!(
        hints(&site),
        [
            "did you mean `maps/a/map.svg`?",
            "did you mean `chart.svg`?",
            "link to a page’s file, which ends in `.md`, or to an address, which begins with `/`"
        ]
    );
}

#[test]
fn a_wrong_link_that_stands_in_many_places_has_the_same_hint_in_each() {
    let text = "[x](/practise/) [y](/aply/) [z](practise.md)";
    let site = SiteTest::new()
        .reading("practice.md", "")
        .reading("one.md", text)
        .reading("two.md", text)
        .reading("far/three.md", text);
    let same = ["did you mean `/practice/`?", "did you mean `/apply/`?"];
    let below = [&same[..], &["did you mean `../practice.md`?"]].concat();
    let beside = [&same[..], &["did you mean `practice.md`?"]].concat();
    assert_eq!(
        hints(&site),
        [&below[..], &beside[..], &beside[..]].concat()
    );
}

#[test]
fn an_address_of_a_file_that_is_not_there_is_told_with_the_one_that_is() {
    let site = SiteTest::new().file("content/a/map.svg", "<svg/>").reading(
        "here.md",
        "<img src=\"/a/mapp.svg\" alt=\"A map\">\n\n[x](/a/plan.pdf)",
    );
    assert_eq!(
        site.problems(),
        "content/here.md:5:11: the link `/a/mapp.svg` leads nowhere: there is no such file\n  \
         5 | <img src=\"/a/mapp.svg\" alt=\"A map\">\n  \
         hint: did you mean `/a/map.svg`?\n\n\
         content/here.md:7:5: the link `/a/plan.pdf` leads nowhere: there is no such file\n  \
         7 | [x](/a/plan.pdf)\n  \
         hint: put the file there, or write the path of another\n\n\
         2 problems in 1 file"
    );
}
