//! The catalogue: fifty-six services, each with a page, and no price made up.

use super::reading::{found, main_of, text};

/// The last part of each service's address, and its title, in the order of their ids.
const SERVICES: [(&str, &str); 56] = [
    (
        "commissioned-school-improvement-service",
        "Commissioned school improvement service",
    ),
    ("monitoring-and-analysis", "Monitoring and analysis"),
    (
        "critical-friend-discussion",
        "Critical friend discussion of analysis",
    ),
    ("brokerage-of-interventions", "Brokerage of interventions"),
    (
        "annual-report-to-the-council",
        "Annual report to the Council",
    ),
    ("schools-causing-concern", "Schools causing concern"),
    (
        "sharing-good-practice",
        "Identifying and sharing good practice",
    ),
    ("named-link-member-of-staff", "Named link member of staff"),
    (
        "discussion-and-advice",
        "Discussion and advice on programmes",
    ),
    ("networking-opportunities", "Networking opportunities"),
    ("peer-review", "Peer review"),
    ("support-for-research", "Support for research"),
    (
        "commissioned-innovation-projects",
        "Commissioned innovation projects",
    ),
    (
        "support-for-school-to-school-working",
        "Support for school-to-school working",
    ),
    (
        "training-for-school-to-school-work",
        "Training for school-to-school work",
    ),
    ("collaborative-project-work", "Collaborative project work"),
    (
        "leadership-and-management-development",
        "Leadership and management development",
    ),
    (
        "new-headteacher-mentoring-and-support",
        "New headteacher mentoring and support",
    ),
    (
        "nqt-training-support-and-accreditation",
        "NQT training, support and accreditation",
    ),
    ("cpd-and-staff-development", "CPD and staff development"),
    ("managing-and-using-data", "Managing and using data"),
    (
        "support-for-ofsted-inspections",
        "Support for Ofsted inspections",
    ),
    (
        "behaviour-and-attendance",
        "Improving behaviour and attendance",
    ),
    ("safeguarding-practice", "Improving safeguarding practice"),
    (
        "practice-around-prevent",
        "Improving practice around Prevent",
    ),
    (
        "better-teaching-and-learning",
        "Better teaching and learning",
    ),
    ("pupil-premium-review", "Pupil premium review"),
    (
        "headteacher-and-senior-appointments",
        "Headteacher and senior appointments",
    ),
    (
        "governor-and-trustee-appointment-panels",
        "Governor and trustee appointment panels",
    ),
    (
        "governor-and-trustee-development",
        "Governor and trustee development",
    ),
    ("monitoring-of-impact", "Monitoring of impact"),
    ("bespoke-packages", "Bespoke packages"),
    ("current-traded-services", "Current traded services"),
    ("workshops-for-leaders", "Workshops for leaders"),
    ("aspect-and-subject-networks", "Aspect and subject networks"),
    ("teachmeets-and-forums", "Teachmeets and forums"),
    ("excellence-visits", "Excellence visits"),
    ("best-practice-initiatives", "Best practice initiatives"),
    ("research-studies", "Involvement in research studies"),
    ("academy-conversion", "Advice on academy conversion"),
    ("initial-teacher-training", "Initial teacher training"),
    ("school-to-school-support", "School-to-school support"),
    (
        "evidence-based-professional-development",
        "Evidence-based professional development",
    ),
    ("teaching-unions", "Teaching unions"),
    ("london-leadership-strategy", "London Leadership Strategy"),
    ("mayors-education-programme", "Mayor’s Education Programme"),
    (
        "education-endowment-foundation",
        "Education Endowment Foundation",
    ),
    ("local-universities", "Local universities"),
    ("admissions-and-appeals", "Admissions and appeals"),
    ("attendance-and-welfare", "Attendance and welfare"),
    ("careers-service", "Careers Service"),
    ("educational-psychology", "Educational psychology"),
    ("energy-services", "Energy services"),
    ("governor-services", "Governor Services"),
    (
        "professional-development-centre",
        "Professional Development Centre",
    ),
    (
        "schools-library-service-and-hec",
        "Schools Library Service and HEC",
    ),
];

#[test]
fn each_of_the_fifty_six_services_has_a_page_and_is_listed() {
    let list = main_of("/services/");
    for (slug, title) in SERVICES {
        let address = format!("/services/{slug}/");
        assert!(
            list.contains(&format!("\"{address}\"")),
            "`{title}` is not listed"
        );
        found(&address, &[title]);
    }
}

#[test]
fn a_service_whose_charge_is_not_settled_says_so() {
    let unsettled = SERVICES
        .iter()
        .map(|(slug, _)| (slug, text(&main_of(&format!("/services/{slug}/")))))
        .filter(|(_, words)| words.contains("To be confirmed"));
    let mut seen = 0;
    for (slug, words) in unsettled {
        assert!(words.contains("not decided"), "{slug}");
        seen += 1;
    }
    assert_eq!(seen, 23, "twenty-three services are to be confirmed");
}

#[test]
fn peer_review_is_told_in_full_on_its_own_page() {
    found(
        "/services/peer-review/",
        &[
            "It is a powerful way of raising aspirations and driving professional accountability.",
            "drive continuous improvement and avoid coasting and complacency.",
            "one of several self-defining groups to which a school belongs",
            "a joint commitment to both challenging and supporting one another.",
            "quality-assured to ensure consistency, fairness, challenge and continuous improvement.",
        ],
    );
}

#[test]
fn bespoke_packages_are_bought_separately_and_have_no_price() {
    found(
        "/services/bespoke-packages/",
        &["“priced and charged separately”"],
    );
    assert!(!main_of("/services/bespoke-packages/").contains('£'));
}

#[test]
fn what_the_council_may_offer_one_day_cannot_be_had_now() {
    for (slug, title) in &SERVICES[48..] {
        let words = text(&main_of(&format!("/services/{slug}/")));
        assert!(
            words.contains("cannot be had from THE Partnership"),
            "{title}"
        );
    }
}

#[test]
fn each_sample_event_says_that_it_is_one() {
    for slug in ["workshop-for-leaders", "network", "teachmeet"] {
        found(
            &format!("/events/{slug}/"),
            &[
                "This is a sample.",
                "Nothing will take place on",
                "Placeholder venue",
            ],
        );
    }
}
