//! What an editor is told about the names of files and the links of folders.

use crate::little_site::SiteTest;

#[test]
fn a_name_that_cannot_be_an_address_is_told_with_a_better_one() {
    let site = SiteTest::new()
        .reading("a b.md", "")
        .reading("50%.md", "")
        .reading("বাংলা.md", "")
        .file("content/my pic.svg", "x")
        .file("content/ছবি.svg", "x")
        .file("content/100%.pdf", "x");
    assert_eq!(
        site.problems(),
        "content/100%.pdf: the file’s name is its address: use letters, digits and hyphens\n  \
         hint: rename it to `100.pdf`\n\n\
         content/50%.md:1:1: the file’s name is its address: use lower-case letters, digits and hyphens\n  \
         1 | ---\n  \
         hint: rename it to `50.md`\n\n\
         content/a b.md:1:1: the file’s name is its address: use lower-case letters, digits and hyphens\n  \
         1 | ---\n  \
         hint: rename it to `a-b.md`\n\n\
         content/my pic.svg: the file’s name is its address: use letters, digits and hyphens\n  \
         hint: rename it to `my-pic.svg`\n\n\
         content/ছবি.svg: the file’s name is its address: use letters, digits and hyphens\n  \
         hint: rename it with the letters a to z, such as `mother-tongues.svg`; its title can have any letters\n\n\
         content/বাংলা.md:1:1: the file’s name is its address: use lower-case letters, digits and hyphens\n  \
         1 | ---\n  \
         hint: rename it with the letters a to z, such as `mother-tongues.md`; its title can have any letters\n\n\
         6 problems in 6 files"
    );
}

#[test]
fn a_name_that_differs_by_capital_letters_alone_is_told() {
    let site = SiteTest::new()
        .reading("fees.md", "")
        .reading("Fees.md", "")
        .file("content/map.svg", "a")
        .file("content/Map.svg", "b");
    assert_eq!(
        site.problems(),
        "content/Fees.md:1:1: the file’s name is its address: use lower-case letters, digits and hyphens\n  \
         1 | ---\n  \
         hint: rename it to `fees.md`\n\n\
         content/fees.md: the name differs from `Fees.md` by capital letters alone\n  \
         hint: rename one of the two: many disks take them for one\n\n\
         content/map.svg: the name differs from `Map.svg` by capital letters alone\n  \
         hint: rename one of the two: many disks take them for one\n\n\
         3 problems in 3 files"
    );
}

#[test]
fn a_link_to_a_name_with_spaces_or_of_another_script_is_told_as_it_is_written() {
    let site = SiteTest::new().reading("a.md", "[x](বাংলা.md) ![y](my%20pic.png) ![z](<my pic.png>)");
    assert_eq!(
        site.problems(),
        "content/a.md:5:5: the link `বাংলা.md` leads nowhere: there is no `বাংলা.md`\n  \
         5 | [x](বাংলা.md) ![y](my%20pic.png) ![z](<my pic.png>)\n  \
         hint: check the path: it begins at the folder of this file\n\n\
         content/a.md:5:20: the link `my%20pic.png` leads nowhere: there is no `my pic.png`\n  \
         5 | [x](বাংলা.md) ![y](my%20pic.png) ![z](<my pic.png>)\n  \
         hint: link to a page’s file, which ends in `.md`, or to an address, which begins with `/`\n\n\
         content/a.md:5:40: the link `my pic.png` leads nowhere: there is no `my pic.png`\n  \
         5 | [x](বাংলা.md) ![y](my%20pic.png) ![z](<my pic.png>)\n  \
         hint: link to a page’s file, which ends in `.md`, or to an address, which begins with `/`\n\n\
         3 problems in 1 file"
    );
}

#[test]
#[cfg(unix)]
fn a_folder_that_links_to_one_that_holds_it_is_told() {
    let site = SiteTest::new()
        .reading("loop/_index.md", "")
        .link("content/loop/again", "..");
    assert_eq!(
        site.problems(),
        "content/loop/again: the folder is a link to one that holds it\n  \
         hint: remove the link\n\n\
         1 problem in 1 file"
    );
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_to_nothing_is_told() {
    let site = SiteTest::new().link("content/x.md", "nowhere.md");
    assert_eq!(
        site.problems(),
        "content/x.md: the link leads to nothing\n  \
         hint: remove the link, or put back what it leads to\n\n\
         1 problem in 1 file"
    );
}

#[test]
#[cfg(unix)]
fn a_file_that_is_none_is_told() {
    let site = SiteTest::new().socket("content/x.md");
    assert_eq!(
        site.problems(),
        "content/x.md: it is neither a file nor a folder\n  \
         hint: take it out of this folder\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn what_editors_and_systems_leave_behind_is_no_part_of_the_site() {
    let left = [
        "#a.md#",
        ".#a.md",
        "~$plan.docx",
        "a.md~",
        "a.md.bak",
        "a.md.orig",
        "a.md.rej",
        "a.md.swp",
        "a.md.swo",
        "plan.pdf.tmp",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "4913",
    ];
    let left = |site: SiteTest, folder: &str| {
        left.iter().fold(site, |site, name| {
            site.file(&format!("{folder}/{name}"), "x")
        })
    };
    let site = SiteTest::new().reading("growth/a.md", "");
    let paths = |site: &SiteTest| site.build().files.into_keys().collect::<Vec<_>>();
    let before = paths(&site);
    let site = left(left(site, "content/growth"), "theme/static");
    assert_eq!(paths(&site), before);
}

#[test]
fn a_file_that_was_meant_as_a_page_as_settings_or_as_data_is_told_with_its_right_name() {
    let told = |path: &str| {
        let told = SiteTest::new().file(path, "x").problems();
        let told = told.strip_prefix(&format!("{path}: ")).map(str::to_owned);
        told.unwrap().replace("\n\n1 problem in 1 file", "")
    };
    assert_eq!(
        told("content/growth/plan.markdown"),
        "the name of a page ends in `.md`, and this one in `.markdown`\n  \
         hint: rename it to `growth/plan.md`"
    );
    assert_eq!(
        told("content/PLAN.MD"),
        "the name of a page ends in `.md`, and this one in `.MD`\n  \
         hint: rename it to `plan.md`"
    );
    assert_eq!(
        told("content/fees.yml"),
        "the name of settings ends in `.yaml`, and this one in `.yml`\n  \
         hint: rename it to `fees.yaml`"
    );
    assert_eq!(
        told("content/data/terms.yml"),
        "the name of data ends in `.yaml`, `.json` or `.csv`, and this one in `.yml`\n  \
         hint: rename it to `data/terms.yaml`"
    );
    assert_eq!(
        told("content/data/2028/terms.CSV"),
        "the name of data ends in `.yaml`, `.json` or `.csv`, and this one in `.CSV`\n  \
         hint: rename it to `data/2028/terms.csv`"
    );
    assert_eq!(
        told("content/data/terms.toml"),
        "`.toml` is not a format of data\n  \
         hint: write it as `.yaml`, `.json` or `.csv`, such as `data/terms.yaml`"
    );
    // What is only there to be read by people may have any ending.
    SiteTest::new()
        .file("content/growth/terms.yml", "x")
        .file("content/data/terms.pdf", "x")
        .build();
}

#[test]
fn an_index_that_would_be_a_page_below_its_folder_is_told() {
    let site = SiteTest::new()
        .reading("bundle/index.md", "")
        .reading("index.md", "");
    assert_eq!(
        site.problems(),
        "content/bundle/index.md:1:1: the page would be at `/bundle/index/`, and not at `/bundle/`\n  \
         1 | ---\n  \
         hint: rename it to `bundle/_index.md`, the page of the folder, or move it to `bundle.md`\n\n\
         content/index.md:1:1: the page would be at `/index/`, and not at `/`\n  \
         1 | ---\n  \
         hint: rename it to `_index.md`, the page of the folder\n\n\
         2 problems in 2 files"
    );
}
