//! An applicant, from the first page to the button in the letter.

use crate::forms::{Pages, application};
use crate::visitor::{Answer, Visitor, owned};

/// Begins an application; the path of its list of tasks.
pub async fn begin(visitor: &Visitor, category: &str) -> String {
    let begun = visitor.fill("/apply/", &[("category", category)]).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    begun.at
}

/// Fills in pages, one after the other; each must be taken.
pub async fn fill_in(visitor: &Visitor, base: &str, pages: &Pages) {
    for (page, fields) in pages {
        let answer = visitor.fill(&format!("{base}{page}/"), fields).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.text());
    }
}

/// Begins an application of the school with this URN, and answers everything.
pub async fn complete(visitor: &Visitor, urn: &str) -> String {
    let base = begin(visitor, "full").await;
    let school = visitor
        .fill(&format!("{base}school/"), &[("urn", urn)])
        .await;
    assert_eq!(school.status, 200, "{}", school.text());
    fill_in(visitor, &base, &application()).await;
    base
}

/// Sends an application that is complete: the page that confirms it.
pub async fn send(visitor: &Visitor, base: &str) -> Answer {
    visitor.post(&format!("{base}check/"), &owned(&[])).await
}

/// Opens the link in the letter and presses the button; what comes of it.
pub async fn confirm(visitor: &Visitor, to: &str) -> Answer {
    let link = visitor.link_in_letter(to, "press the button").await;
    assert_eq!(visitor.get(&link).await.status, 200);
    visitor.post(&link, &owned(&[])).await
}

/// Applies and confirms; the path of the page that shows where it stands.
pub async fn apply(visitor: &Visitor, urn: &str) -> String {
    let base = complete(visitor, urn).await;
    let sent = send(visitor, &base).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let confirmed = confirm(visitor, "office@sample.example").await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    visitor
        .link_in_letter("office@sample.example", "Thank you for confirming")
        .await
}
