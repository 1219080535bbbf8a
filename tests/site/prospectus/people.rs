//! Who governs: the bodies, the six directors, the two observers, the vacancy.

use super::reading::{found, main_of};

#[test]
fn each_body_of_the_governance_is_there_with_its_rule() {
    found(
        "/governance/",
        &[
            "“one school, one vote” principle.",
            "At the AGM, they will appoint (or re-appoint) the directors of THE Partnership.",
            "The directors of THE Partnership will collectively form the Board.",
            "hold the executive, operational management of THE Partnership to account.",
            "Board members will not be paid.",
            "The Executive Director of THE Partnership will lead the day-to-day operation of THE Partnership’s services and management of its staff.",
            "The Executive Director will be a paid employee of THE Partnership and will be expected to join the Board.",
            "The Advisory Council will be a representative body made up of current school leaders and governors elected by the members to reflect the diversity of schools in the borough by phase, character and geographical spread.",
            "will meet with the directors at least once per term, and more in the initial stages",
        ],
    );
    found(
        "/governance/transition/",
        &[
            "THE Partnership’s existing Steering Group has agreed transitional arrangements",
            "will perform the role of the Advisory Council until its final structure and composition are settled.",
            "This is expected to happen no later than March 2017.",
            "The Steering Group has appointed an Interim Board of Directors",
            "This is expected to take place in April 2017.",
            "The Interim Board will have a mandate to establish THE Partnership and bring it into full operation.",
        ],
    );
}

#[test]
fn the_six_directors_are_there_with_their_lives() {
    let directors: [(&str, &[&str]); 6] = [
        (
            "christine-gilbert",
            &[
                "Christine Gilbert, CBE",
                "Interim Chair",
                "Her Majesty’s Chief Inspector at Ofsted from 2006 to 2011",
                "Director of Education in the London Borough of Harrow",
                "Visiting Professor at the UCL Institute of Education",
                "Executive Chair of the charity, Future First.",
            ],
        ),
        (
            "aziz-choudhury",
            &[
                "Aziz Choudhury",
                "Chair of the Spitalfields Small Business Association, with whom he has worked for over 30 years.",
                "In the 1980s and 1990s he was Finance Director at Spitalfields Housing Association.",
                "He formed the Spitalfields Business Club",
                "East London Small Business Centre; ELBA; Bangla Housing Association and Consortium of Bengali Associations.",
                "Jalalpur Degree College in Sylhet",
                "General Secretary of the ROSAE Trust, which helps hospitals in Bangladesh.",
            ],
        ),
        (
            "kevan-collins",
            &[
                "Sir Kevan Collins",
                "the first Chief Executive of the Education Endowment Foundation in 2011",
                "National Director of the Primary Literacy Strategy",
                "Kevan also has international experience having worked in Mozambique",
            ],
        ),
        (
            "robert-crothers",
            &[
                "Robert Crothers",
                "a school governor in Tower Hamlets for over ten years",
                "Interim Executive Board of a school in special measures.",
                "a partner at Clifford Chance LLP and a member of THE Partnership Steering Group.",
            ],
        ),
        (
            "michael-keating",
            &[
                "Michael Keating",
                "first became a school governor in 1986",
                "From 1994 to 2002 he was a councillor and served as Chair of the Education Committee",
                "is chair of THE Partnership Steering Group.",
            ],
        ),
        (
            "alasdair-macdonald",
            &[
                "Sir Alasdair Macdonald",
                "Headteacher of Morpeth School for 21 years until 2013",
                "one of 12 schools nationally recognised by Ofsted as ‘Achieving against the odds’.",
                "Malawi and Papua New Guinea",
                "Advocate for their Pupil Premium initiative.",
            ],
        ),
    ];
    for (slug, facts) in directors {
        found(&format!("/board/{slug}/"), facts);
    }
}

#[test]
fn two_observers_have_no_vote() {
    found(
        "/board/kate-bingham/",
        &[
            "Kate Bingham",
            "Service Head, Resources, Children’s Services, London Borough of Tower Hamlets and an observer on the current Steering Group.",
            "non-voting observer",
        ],
    );
    found(
        "/board/cath-smith/",
        &[
            "Cath Smith",
            "Headteacher, Bow School and current Steering Group Vice Chair.",
            "non-voting observer",
        ],
    );
}

#[test]
fn the_post_that_is_vacant_names_nobody() {
    found(
        "/board/interim-executive-director/",
        &[
            "Nobody has been appointed yet.",
            "will be appointed on a temporary contract as soon as possible for an interim period, and will also sit on the Board.",
            "The substantive post will be filled through an open recruitment process as soon as possible.",
        ],
    );
}

#[test]
fn the_board_lists_all_nine_and_says_when_it_will_be_a_company() {
    let html = main_of("/board/");
    for slug in [
        "christine-gilbert",
        "aziz-choudhury",
        "kevan-collins",
        "robert-crothers",
        "michael-keating",
        "alasdair-macdonald",
        "kate-bingham",
        "cath-smith",
        "interim-executive-director",
    ] {
        assert!(
            html.contains(&format!("/board/{slug}/")),
            "{slug} is not listed"
        );
    }
    found(
        "/board/",
        &[
            "as a legal entity by 30 June 2016, although applications for membership will be accepted immediately.",
        ],
    );
}
