//! News and documents: what becomes of a file of either kind.

use crate::little_site::{SiteTest, text};

const SECTIONS: &str = "name: THE Partnership\nbase_url: https://example.org\nlanguage: en-GB\n\
    sections:\n  news: news\n  documents: document\n  services: service\n  board: person\n";

fn site() -> SiteTest {
    SiteTest::new()
        .file("content/site.yaml", SECTIONS)
        .template(
            "article.html",
            "{{ page.date }} {{ news.author }}: {{ page.title }}{% for person in news.people %} {{ person.title }} {{ person.href }}{% endfor %}{% for term in page.terms %} #{{ term.name }}{% endfor %}",
        )
        .template("person.html", "{{ page.title }}")
        .template("taxonomy.html", "")
        .template("term.html", "{% for item in items %}{{ item.href }} {% endfor %}")
        .template(
            "news.html",
            "{% for item in items %}{{ item.date }} {{ item.href }}\n{% endfor %}",
        )
        .template(
            "document.html",
            "{{ document.form }} {{ document.file }} {{ document.placeholder }} {{ document.version }}",
        )
}

#[test]
fn news_is_listed_newest_first_fed_tagged_and_told_by_whom() {
    let news = |day: &str, more: &str| {
        format!("---\ntitle: Of {day}\ndescription: N.\ndate: {day}\n{more}---\nWords.\n")
    };
    let site = site()
        .page(
            "news/_index.md",
            "---\ntitle: News\ndescription: N.\nfeed: true\n---\n",
        )
        .page("news/old.md", &news("2027-01-02", ""))
        .page(
            "news/new.md",
            &news("2027-03-04", "author: The Board\ntags: [joining]\n"),
        )
        .build();
    assert_eq!(
        text(&site, "news/index.html"),
        "2027-03-04 /news/new/\n2027-01-02 /news/old/\n"
    );
    assert_eq!(
        text(&site, "news/new/index.html"),
        "2027-03-04 The Board: Of 2027-03-04 #joining"
    );
    assert_eq!(text(&site, "tags/joining/index.html"), "/news/new/ ");
    let feed = text(&site, "news/feed.xml");
    assert!(feed.contains("<published>2027-03-04T00:00:00Z</published>"));
    assert!(text(&site, "sitemap.xml").contains("/news/old/</loc><lastmod>2027-01-02</lastmod>"));
}

fn person(more: &str) -> String {
    format!(
        "---\ntitle: Ada Sample\ndescription: A.\npost: Member\nstanding: director\nstatus: interim-2016\n{more}---\n"
    )
}

fn about(people: &str) -> String {
    format!("---\ntitle: A\ndescription: B.\ndate: 2026-11-23\npeople: {people}\n---\n")
}

#[test]
fn the_people_of_a_piece_of_news_are_named_and_led_to() {
    let site = site()
        .page("board/ada-sample.md", &person(""))
        .page("news/one.md", &about("[ada-sample]"))
        .build();
    assert_eq!(
        text(&site, "news/one/index.html"),
        "2026-11-23 : A Ada Sample /board/ada-sample/"
    );
}

#[test]
fn a_person_who_is_not_there_or_still_a_draft_is_told_where_it_is_named() {
    let site = site()
        .page("board/ada-sample.md", &person(""))
        .page("board/bo-sample.md", &person("draft: true\n"))
        .page("news/one.md", &about("[ada-sampel, ada-sample]"))
        .page("news/two.md", &about("\n  - bo-sample"));
    assert_eq!(
        site.problems(),
        "content/news/one.md:5:10: there is no person `ada-sampel`\n  \
         5 | people: [ada-sampel, ada-sample]\n  \
         hint: did you mean `ada-sample`?\n\n\
         content/news/two.md:6:5: the link leads to `board/bo-sample.md`, which is a draft\n  \
         6 |   - bo-sample\n  \
         hint: take the link out, or `draft: true` out of that page\n\n\
         2 problems in 2 files"
    );
}

#[test]
fn a_document_leads_to_the_file_beside_it_or_says_that_there_is_none() {
    let document =
        |more: &str| format!("---\ntitle: Articles\ndescription: D.\nform: agreement\n{more}---\n");
    let site = site()
        .template("documents.html", "")
        .file("content/documents/articles.pdf", "%PDF")
        .page(
            "documents/articles.md",
            &document("file: articles.pdf\nversion: 1.0\n"),
        )
        .page("documents/plan.md", &document("placeholder: true\n"))
        .build();
    assert_eq!(
        text(&site, "documents/articles/index.html"),
        "agreement /documents/articles.pdf false 1.0"
    );
    assert_eq!(text(&site, "documents/plan/index.html"), "agreement  true ");
}

#[test]
fn what_is_wrong_with_news_and_documents_is_told() {
    let document =
        |more: &str| format!("---\ntitle: Articles\ndescription: D.\nform: agreement\n{more}---\n");
    let site = site()
        .file("content/documents/articles.pdf", "%PDF")
        .page("documents/a.md", &document("file: article.pdf\n"))
        .page("documents/b.md", &document(""))
        .page(
            "documents/c.md",
            &document("file: articles.pdf\nplaceholder: true\n"),
        )
        .page(
            "documents/d.md",
            &document("file: b.md\n").replace("agreement", "treaty"),
        )
        .page(
            "news/n.md",
            "---\ntitle: N\ndescription: D.\nauthor: A\ndate: tomorrow\n---\n",
        );
    assert_eq!(
        site.problems(),
        "content/documents/a.md:5:7: the link `article.pdf` leads nowhere: there is no `documents/article.pdf`\n  \
         5 | file: article.pdf\n  \
         hint: did you mean `articles.pdf`?\n\n\
         content/documents/b.md:1:1: a document needs the field `file`, or must say that it is a placeholder\n  \
         1 | ---\n  \
         hint: put the file beside this one and write its name, such as `file: arrangements.pdf`; write `placeholder: true` if nobody has supplied it\n\n\
         content/documents/c.md:5:7: the document is here, and is said to be a placeholder\n  \
         5 | file: articles.pdf\n  \
         hint: take the line `placeholder: true` out, or the line `file:`\n\n\
         content/documents/d.md:4:7: `form` must be one of `paper`, `plan`, `report`, `minutes`, `policy`, `form`, `agreement`, not `treaty`\n  \
         4 | form: treaty\n  \
         hint: write one word, such as `form: paper`\n\n\
         content/news/n.md:5:7: `date` must be a date, such as `2017-04-01`, not `tomorrow`\n  \
         5 | date: tomorrow\n  \
         hint: write the day as `2017-04-01`\n\n\
         5 problems in 5 files"
    );
}
