//! Members: a school joins, and one of its people signs in to its page.

use domain::application::Decision;
use domain::contact::Line;
use domain::reference::{ApplicationReference, MembershipReference};
use domain::trail::Who;
use functions::decisions::record;
use functions::instruction::Instruction;
use functions::secretary;

use crate::Product;
use crate::applying::{begin, confirm, fill_in, send};
use crate::forms::{application, with};
use crate::staff::Staff;
use crate::visitor::{Answer, Visitor, owned};

/// The address of whoever leads for a school that has joined.
pub const LEAD: &str = "office@sample.example";
/// That of whoever receives its invoices.
pub const FINANCE: &str = "finance@sample.example";

/// Asks for a link, opens it and presses the button: where that leads.
pub async fn sign_in_by_letter(letters: &Visitor, browser: &Staff, email: &str) -> Answer {
    let asked = browser
        .post("/account/sign-in/", &owned(&[("email", email)]))
        .await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let link = letters.link_in_letter(email, "you are signed in").await;
    assert_eq!(browser.get(&link).await.status, 200);
    browser.post(&link, &owned(&[])).await
}

impl Product {
    /// The school with this URN applies, and the Board approves it today.
    pub async fn join(&self, urn: &str) -> MembershipReference {
        self.join_led_by(urn, LEAD).await
    }

    /// The same, with another lead.
    pub async fn join_led_by(&self, urn: &str, lead: &'static str) -> MembershipReference {
        let visitor = self.visitor();
        let base = begin(&visitor, "full").await;
        visitor
            .fill(&format!("{base}school/"), &[("urn", urn)])
            .await;
        let mut pages = application();
        for (page, fields) in &mut pages {
            if *page == "approval" {
                *fields = with(fields.clone(), "approved_on", "14 March 2016");
            }
            // The sample's census is later than some of the days tried.
            if *page == "pupils" {
                *fields = with(fields.clone(), "census_on", "21 January 2016");
            }
            if *page == "contact" {
                *fields = with(fields.clone(), "contact_email", lead);
            }
        }
        fill_in(&visitor, &base, &pages).await;
        let sent = send(&visitor, &base).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let confirmed = confirm(&visitor, lead).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text());
        let reference = base.split('/').nth(2).expect("a reference");
        self.approve(reference).await
    }

    /// The Board approves an application, today.
    pub async fn approve(&self, reference: &str) -> MembershipReference {
        let reference = ApplicationReference::parse(reference).expect("a reference");
        let by = Instruction::by(Who::default());
        secretary::pick_up(&self.app, &by, &reference)
            .await
            .expect("it waits");
        let line = |text| Line::parse(text, "").expect("a line");
        let now = self.app.clock.now();
        let decision = Decision {
            approved: true,
            on: domain::calendar::london_date(now),
            minute: line("12.3"),
            decider: line("The Board"),
            reason: None,
            recorded_by: line("The membership secretary"),
            recorded_at: now,
        };
        let site = self.app.site.published().await.expect("a site");
        let recorded = record(&self.app, &site, &by, &reference, &decision).await;
        let recorded = recorded.expect("it can be decided");
        recorded.membership.expect("it is approved")
    }

    /// Somebody with this address, signed in by the link that was mailed.
    pub async fn member(&self, email: &str) -> Staff {
        let browser = self.staff();
        let landed = self.sign_in(&browser, email).await;
        assert_eq!(landed.status, 200, "{}", landed.text());
        browser
    }

    /// Asks for a link, opens it and presses the button: where that leads.
    pub async fn sign_in(&self, browser: &Staff, email: &str) -> Answer {
        sign_in_by_letter(&self.visitor(), browser, email).await
    }

    /// Asks for a link; the one that was mailed.
    pub async fn mailed_link(&self, browser: &Staff, email: &str) -> String {
        let asked = browser
            .post("/account/sign-in/", &owned(&[("email", email)]))
            .await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let visitor = self.visitor();
        visitor.link_in_letter(email, "you are signed in").await
    }
}
