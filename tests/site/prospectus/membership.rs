//! What members commit to, pay and can expect; where the money comes from and
//! where THE Partnership is to grow.

use super::reading::{found, items};

#[test]
fn the_two_kinds_of_member_and_the_legal_form_are_there() {
    found(
        "/membership/",
        &[
            "THE Partnership is made up of its member schools.",
            "a company limited by guarantee with charitable status – 100% owned by schools and other educational settings in the borough.",
            "There will be two categories of membership: ‘full’ and ‘associate’.",
            "Initially, all publicly-funded schools within Tower Hamlets (including those within MATs) are eligible for full membership.",
            "can become ‘associate members’, and access certain services.",
            "“Arrangements for Membership & Governance”",
            "THE Partnership will not itself be a MAT.",
            "a Multi-Academy Trust that could act as a ‘sponsor’ for local schools.",
        ],
    );
    found(
        "/documents/",
        &["Arrangements for Membership & Governance", "Placeholder"],
    );
}

#[test]
fn the_fees_are_there_with_their_dates_and_the_notice() {
    found(
        "/membership/fees/",
        &[
            "set initially at £5 per pupil for a full academic year, payable in advance.",
            "No member school will have to pay any fees for the period from 1 September 2016 to 31 March 2017.",
            "Fees will then be charged from 1 April 2017 (for the period from 1 April to 31 August 2017).",
            "Full annual fees will be charged from 1 September 2017.",
            "a member school will have to give one year’s notice, in order to withdraw from THE Partnership.",
            "for an initial period up to 31 December 2016, a school will be able to withdraw from membership at any time",
            "bespoke packages of additional services to member schools will be priced and charged separately.",
            "This is our default.",
        ],
    );
}

#[test]
fn all_members_have_six_entitlements_and_full_members_three_more() {
    let page = "/membership/entitlements/";
    assert_eq!(
        items(page, "all-members"),
        [
            "Access to and support from a named link member of THE Partnership staff",
            "Critical friend discussion of analysis of results and performance",
            "Discussion and advice on available THE Partnership improvement and development programmes",
            "Networking opportunities for improvement – for staff in schools and for governors to share good practice",
            "Brokerage of interventions where a significant issue for concern is identified",
            "Opportunity to purchase bespoke support and services from THE Partnership (such as the current school improvement SLAs offered by the Local Authority)",
        ]
    );
    assert_eq!(
        items(page, "full-members"),
        [
            "Access to the full suite of improvement and development support shown in the future box in the chart on page 6 – many of which will be included in the membership fee and some of which will be available to purchase separately",
            "The opportunity to shape a bespoke school-led system of improvement for Tower Hamlets",
            "A say in the direction and governance of THE Partnership (including electing the Board, and electing and participating in the Advisory Council)",
        ]
    );
}

#[test]
fn a_school_that_joins_commits_to_three_things() {
    assert_eq!(
        items("/membership/join/", "commitments"),
        [
            "Commit to support the aims and values of THE Partnership",
            "Commit to pay up to £25.00 in the event that THE Partnership is wound up owing debts",
            "Commit to pay the annual membership fee from April 2017",
        ]
    );
}

#[test]
fn the_seven_sources_of_income_and_the_costs_are_there() {
    let page = "/finance/";
    assert_eq!(
        items(page, "streams"),
        [
            "Membership subscriptions from schools",
            "Contracts with the Local Authority or central government for specific purposes",
            "Income from traded services",
            "Income from bespoke assignments",
            "Income from grants or awards",
            "Payment in kind, such as the use of the Professional Development Centre (PDC)",
            "Hopefully, Local Authority seed funding and in-kind support for three years",
        ]
    );
    found(
        page,
        &[
            "Over the past decade schools have increasingly had greater delegation of their budgets",
            "the Mayor, John Biggs, has made clear his commitment to THE Partnership.",
            "The Cabinet meeting on 10 May 2016 will consider a report",
            "Full costings will be included in the final business plan",
            "Other than the Executive Director, Board Members will not be paid.",
        ],
    );
}

#[test]
fn the_seven_aims_of_growth_are_there() {
    let page = "/growth/";
    assert_eq!(
        items(page, "aims"),
        [
            "Retaining founding schools",
            "Attracting new member schools",
            "Developing a school-led model of improvement for Tower Hamlets",
            "Improving current support services",
            "Developing and introducing new services and support",
            "Marketing our services",
            "Managing and mitigating the key risks to our success and sustainability",
        ]
    );
    found(
        page,
        &[
            "THE Partnership will need to be flexible, adaptable and proactive",
            "the Education and Adoption Act 2016, Educational Excellence Everywhere and the National Funding Formula proposals.",
            "We also need to build a modest reserve to enable us to mitigate risks.",
            "any surplus is reinvested to that end.",
            "But we must not lose sight of our underpinning vision and values.",
        ],
    );
}
