//! What an editor is told where two things would be at one address: each at
//! the file that can be renamed, and by a check as well as by a build.

use site_gen::{Rule, report};

use crate::little_site::{SiteTest, text};

/// What a build and a check tell alike, all of it of one rule.
fn told(site: &SiteTest) -> String {
    let found = site_gen::check(&site.options()).unwrap_err();
    let built = site_gen::build(&site.options()).unwrap_err();
    assert_eq!(report(&found), report(&built));
    assert!(found.iter().all(|one| one.rule == Rule::AddressTaken));
    site.problems()
}

#[test]
fn two_files_at_one_address_are_told() {
    let site = SiteTest::new()
        .file("content/robots.txt", "a")
        .file("theme/static/robots.txt", "b");
    assert_eq!(
        told(&site),
        "theme/static/robots.txt: two things are at `/robots.txt`: `content/robots.txt`, and this file\n  \
         hint: rename one of them\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn a_file_where_the_site_makes_one_is_told() {
    let schools = std::fs::read(tests::root().join("content/data/schools.csv")).unwrap();
    let site = SiteTest::new()
        .file("content/data/schools.csv", schools)
        .file("content/schools.json", "a")
        .file("content/sitemap.xml", "a");
    assert_eq!(
        told(&site),
        "content/schools.json: two things are at `/schools.json`: the look-up of schools, which the site makes, and this file\n  \
         hint: rename one of them\n\n\
         content/sitemap.xml: two things are at `/sitemap.xml`: the sitemap, which the site makes, and this file\n  \
         hint: rename one of them\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn a_file_in_the_place_of_a_page_is_told() {
    let page = "---\ntitle: T\ndescription: D.\naliases: [/was/]\n---\n";
    let site = SiteTest::new()
        .page("growth.md", page)
        .reading("plan.md", "")
        .file("content/index.html", "a")
        .file("content/growth/index.html", "a")
        .file("content/was/index.html", "a")
        .file("content/plan", "a");
    assert_eq!(
        told(&site),
        "content/growth/index.html: two things are at `/growth/`: `growth.md`, and this file\n  \
         hint: rename one of them\n\n\
         content/index.html: two things are at `/`: `_index.md`, and this file\n  \
         hint: rename one of them\n\n\
         content/plan: two things are at `/plan/`: `plan.md`, and this file\n  \
         hint: rename one of them\n\n\
         content/was/index.html: two things are at `/was/`: a redirect, which the site makes, and this file\n  \
         hint: rename one of them\n\n\
         4 problems in 4 files"
    );
}

#[test]
fn an_alias_that_names_the_file_of_a_page_is_told() {
    let page = "---\ntitle: T\ndescription: D.\naliases: [/growth/index.html]\n---\n";
    let site = SiteTest::new()
        .reading("growth.md", "")
        .page("plan.md", page);
    assert_eq!(
        told(&site),
        "content/plan.md:4:11: the alias `/growth/index.html` cannot lead here: `growth.md` is there\n  \
         4 | aliases: [/growth/index.html]\n  \
         hint: write an address that the page had before, such as `/old/letter/`\n\n\
         1 problem in 1 file"
    );
}

#[test]
fn what_differs_by_capitals_alone_is_one_address_since_it_is_one_file_on_many_disks() {
    let page = "---\ntitle: T\ndescription: D.\naliases: [/Growth/, /Old/, /old/]\n---\n";
    let site = SiteTest::new()
        .page("growth.md", page)
        .file("content/Sitemap.xml", "a");
    assert_eq!(
        told(&site),
        "content/Sitemap.xml: two things are at `/sitemap.xml`: the sitemap, which the site makes, and this file\n  \
         hint: rename one of them\n\n\
         content/growth.md:4:11: the alias `/Growth/` cannot lead here: `growth.md` is there\n  \
         4 | aliases: [/Growth/, /Old/, /old/]\n  \
         hint: write an address that the page had before, such as `/old/letter/`\n\n\
         content/growth.md:4:28: the alias `/old/` cannot lead here: `growth.md` had it too\n  \
         4 | aliases: [/Growth/, /Old/, /old/]\n  \
         hint: write an address that the page had before, such as `/old/letter/`\n\n\
         3 problems in 2 files"
    );
}

#[test]
fn tags_that_would_share_a_page_though_they_are_different_are_told() {
    let page = |tags: &str| format!("---\ntitle: T\ndescription: D.\ntags: [{tags}]\n---\n");
    let site = SiteTest::new()
        .template("term.html", "{{ page.title }}")
        .template("taxonomy.html", "")
        .page("a.md", &page("C++, Reading, reading"))
        .page("b.md", &page("READING, \"C#\""))
        .page("c.md", &page("C, c, \"c++\""));
    assert_eq!(
        told(&site),
        "content/b.md:4:17: `C#` and `C++` in `a.md` would be at one address, `/tags/c/`\n  \
         4 | tags: [READING, \"C#\"]\n  \
         hint: write one of the two so that they differ in a letter or a digit\n\n\
         content/c.md:4:8: `C` and `C++` in `a.md` would be at one address, `/tags/c/`\n  \
         4 | tags: [C, c, \"c++\"]\n  \
         hint: write one of the two so that they differ in a letter or a digit\n\n\
         content/c.md:4:14: `c++` and `C` in `c.md` would be at one address, `/tags/c/`\n  \
         4 | tags: [C, c, \"c++\"]\n  \
         hint: write one of the two so that they differ in a letter or a digit\n\n\
         3 problems in 2 files"
    );
    let site = SiteTest::new()
        .template("term.html", "{{ page.title }}")
        .template("taxonomy.html", "")
        .page("a.md", &page("Reading"))
        .page("b.md", &page("reading"));
    let built = site.build();
    assert_eq!(text(&built, "tags/reading/index.html"), "Reading");
}
