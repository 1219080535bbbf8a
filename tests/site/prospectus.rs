//! The prospectus is on the site: nothing lost, each fact on its page.
//!
//! These tests read the built pages as a visitor does. Of each page only what
//! stands in `<main>` counts, so that a word of the menu proves nothing. A list
//! is compared whole and in order, so that an item more is found as well as an
//! item less. The words here are typed from the prospectus, not read from
//! `content/`: an edit that loses one fails.

mod membership;
mod pages;
mod people;
mod pictures;
mod reading;
mod services;

use reading::{all_pages, found, items, rows, text};

#[test]
fn the_letter_is_there_from_its_first_sentence_to_its_last() {
    found(
        "/prospectus/letter/",
        &[
            "Letter from the Interim Chair, Christine Gilbert, CBE",
            "Dear Colleagues,",
            "Education has always been important to Tower Hamlets and remains a top priority for everyone who lives and works here.",
            "Just over 20 years ago, Tower Hamlets was one of the very worst-performing local authorities.",
            "united in moral purpose, to improve education and raise standards in Tower Hamlets’ schools.",
            "Tower Hamlets Education (THE) Partnership is being established to help continue this journey of transformation.",
            "Although the government intends to remove formal responsibility for education from local authorities",
            "we have seen a school-led approach to improvement go from strength to strength.",
            "as a schools-led vehicle for driving continued school improvement and innovation.",
            "where schools support, learn, and sometimes even argue with each other",
            "We have not yet pinned down every last detail about how THE Partnership will work.",
            "Please join THE Partnership and make a vigorous contribution to the next chapter of Tower Hamlets’ successful transformation story.",
            "Sincerely Christine Gilbert",
        ],
    );
}

#[test]
fn the_vision_and_the_four_values_with_their_seventeen_points_are_there() {
    let page = "/prospectus/vision-and-values/";
    found(
        page,
        &[
            "united in striving to deliver sustainable high-quality services with a shared moral purpose.",
            "initially focused on school improvement — to enable all the borough’s children and young people to experience the best possible educational opportunities, outcomes and life chances.",
        ],
    );
    let values: [(&str, &[&str]); 4] = [
        (
            "aspiration",
            &[
                "Promoting and striving for excellent outcomes for all children",
                "Continuous improvement in the quality of teaching and learning",
                "Developing best practice",
                "At the forefront of school improvement, both nationally and internationally",
            ],
        ),
        (
            "trust-and-support",
            &[
                "Collegiality and mutual support as part of a family of schools",
                "Investing in collaborative working within THE Partnership",
                "A voice for all members",
                "Supporting one another as critical friends to improve teaching and learning and outcomes for children and young people",
                "Innovation through working together",
            ],
        ),
        (
            "equality-and-inclusion",
            &[
                "Equal opportunities",
                "Fairness in operation and decision-making",
                "Fair admissions and fair access policies",
                "Promoting and supporting cohesion and integration",
                "A voice and involvement for parents, for children and young people, for school staff and for the wider community",
            ],
        ),
        (
            "transparency-and-accountability",
            &[
                "Open and transparent partnership governance and decision-making",
                "Welcoming challenge from each other, local people and elected representatives",
                "Working to agreed accountability measures",
            ],
        ),
    ];
    for (value, points) in values {
        assert_eq!(items(page, value), points, "the points of {value}");
    }
}

#[test]
fn the_twelve_outcomes_stand_in_a_table_with_their_nineteen_measures() {
    let page = "/prospectus/outcomes/";
    let outcomes: [(&str, &[&str]); 12] = [
        (
            "All schools in THE Partnership at least ‘good’, and proportion of ‘outstanding’ schools among the highest in the country",
            &["Ofsted"],
        ),
        (
            "Overall attainment and progress levels among member schools and other educational settings at all stages of education (from nursery through primary to secondary and including special schools and alternative provision) among the best in the country",
            &["Benchmarked attainment levels"],
        ),
        (
            "Improved outcomes and progress for different groups of children and young people, with evidence of attainment and opportunity gaps being identified and addressed (including for children and young people with special educational needs and disabilities; post-16; young people not in education, employment or training)",
            &["Benchmarked attainment levels"],
        ),
        (
            "Attendance figures in member schools among the best in the country",
            &["Benchmarked performance"],
        ),
        (
            "Exclusions figures in member schools among the lowest in the country",
            &["Benchmarked performance"],
        ),
        (
            "A reputation for excellence at national and international levels",
            &[
                "Examples of accreditation, feedback, press reports, conference invitations etc",
                "Recruitment and retention",
            ],
        ),
        (
            "A year-on-year increase in THE Partnership membership",
            &["Membership levels"],
        ),
        (
            "High levels of member participation and satisfaction",
            &[
                "Number of schools making use of THE Partnership additional services",
                "Satisfaction levels",
            ],
        ),
        (
            "Strong staff motivation and commitment in member schools",
            &["Recruitment and retention figures", "Staff surveys"],
        ),
        (
            "Strong leadership development in member schools at all levels, including governance",
            &[
                "Number of staff moving into leadership positions",
                "Examples of strength of leadership",
            ],
        ),
        (
            "Effective development of innovative practice",
            &["Examples of innovative partnership working"],
        ),
        (
            "High levels of satisfaction among local communities",
            &[
                "Feedback from parents and pupils",
                "Feedback from local councillors",
                "Feedback from partners",
                "Demand for places in member schools",
            ],
        ),
    ];
    assert_eq!(
        outcomes
            .iter()
            .map(|(_, measures)| measures.len())
            .sum::<usize>(),
        19
    );
    let table = rows(page);
    assert_eq!(table.len(), outcomes.len(), "one row an outcome");
    for (row, (outcome, measures)) in table.iter().zip(outcomes) {
        assert!(row.contains(&text(outcome)), "`{outcome}` is not in: {row}");
        for measure in measures {
            assert!(row.contains(&text(measure)), "`{measure}` is not in: {row}");
        }
    }
    found(
        page,
        &[
            "Baselines, targeted outcomes and means of measurement will be set after discussion with members of THE Partnership.",
        ],
    );
}

#[test]
fn the_five_statements_of_a_school_led_system_are_there() {
    let page = "/prospectus/school-improvement/";
    assert_eq!(
        items(page, "school-led"),
        [
            "Leaders, teachers and schools are in control of, and responsible for, their own improvement",
            "Leaders, teachers and schools learn from each other so that effective practice spreads more quickly",
            "The best schools and leaders extend their reach across other schools so that all schools improve",
            "Groups of schools (such as clusters, MATs and teaching school alliances) facilitate, commission and broker support and challenge to individual schools and other groups of schools",
            "Schools collaborate and access the support they need",
        ]
    );
    found(
        page,
        &[
            "By leaders we not only mean headteachers and staff in schools but also governors.",
            "which sets out the government’s intention to remove the Local Authority’s statutory responsibilities for school improvement from September 2017.",
            "In short order, however, we would expect to be able to broaden THE Partnership’s role.",
        ],
    );
}

#[test]
fn the_chart_is_there_in_words_with_its_four_lists() {
    let page = "/prospectus/school-improvement/model/";
    found(
        page,
        &[
            "What can full member schools expect from THE Partnership as it develops?",
            "Local Authority commissioning THE Partnership",
            "all services and functions",
            "Support and challenge for improvement and development",
            "Schools, leaders and staff",
            "Collaborative research and new directions",
            "Based on monitoring information",
            "School Improvement Services (statutory plus traded)",
            "This list is not exhaustive and will be developed with member schools",
            "Certain of the Local Authority’s current traded services",
            "THE Partnership may explore with the Local Authority the potential for commissioning some of these.",
        ],
    );
    assert_eq!(
        items(page, "commissioned"),
        [
            "Monitoring and analysis of academic results and performance",
            "Critical friend discussion of analysis",
            "Brokerage of interventions where a significant issue for concern is identified",
            "Annual report for the Council on the quality of education in Tower Hamlets",
        ]
    );
    assert_eq!(
        items(page, "future"),
        [
            "Support for research",
            "Commissioned innovation projects",
            "Support for school-to-school working",
            "Bespoke support for collaborative project work",
            "Support for identification and sharing of good practice",
            "Leadership development programmes, including for executive and system leadership, at all levels",
            "New headteacher mentoring and support",
            "NQT training, support and accreditation",
            "CPD and staff development",
            "Information tracking and management",
            "Support for Ofsted i.e. inspections",
            "Improving management of behaviour and attendance",
            "Improving safeguarding practice, including Prevent",
            "Peer review: critical friend support and challenge",
            "Support for headteacher appointment panels",
            "Support for governor / trustee appointment panels",
            "Support for governor / trustee development",
            "Monitoring of impact",
        ]
    );
    assert_eq!(
        items(page, "other-services"),
        [
            "Admissions & Appeals",
            "Attendance & Welfare",
            "Careers Service",
            "Educational Psychology",
            "Energy services",
            "Governor Services",
            "Professional Development Centre",
            "Schools Library Service & HEC",
        ]
    );
    assert_eq!(
        items(page, "retained-duties"),
        [
            "Ensuring every child has a school place",
            "Ensuring the needs of vulnerable pupils are identified and met",
            "Acting as champions for all parents and families",
        ]
    );
}

#[test]
fn each_section_from_c1_to_c7_is_there_with_its_list() {
    let page = "/prospectus/school-improvement/";
    found(
        page,
        &[
            "THE Partnership will therefore have a role with all Tower Hamlets schools, not just those that are its members.",
            "Over the next few months, we will contact each school to identify specific issues of concern",
            "centres of excellence which can be a resource for other schools.",
            "THE Partnership has been asked to provide an annual report to the Council about the quality of education in schools in Tower Hamlets.",
            "This may involve secondments to THE Partnership.",
            "four Teaching Schools and – more importantly – four Teaching School Alliances",
            "Peer review will be central to THE Partnership’s improvement and development work.",
            "geographical, MATs, phase, cross-phase, mainstream, special / alternative provision, nursery, diocese.",
            "THE Partnership intends to ‘grow’ and develop peer review and challenge as an improvement tool.",
            "THE Partnership will be able to arrange tailored support for individual member schools or groups of schools.",
            "the professional development opportunities provided by the teaching unions",
            "the London Leadership Strategy, the Mayor’s Education Programme, the Education Endowment Fund and local universities.",
            "teaching schools, MATs, the Regional Schools Commissioner and the Local Authority.",
        ],
    );
    assert_eq!(
        items(page, "teaching-schools"),
        [
            "Coordinating and delivering high-quality, school-based initial teacher training",
            "Providing high quality school-to-school support",
            "Providing evidence-based professional development for teachers and leaders",
        ]
    );
    assert_eq!(
        items(page, "c5"),
        [
            "Leadership and management development support, including executive leadership",
            "Support for governors as school leaders and trustees",
            "Training for staff in school and for governors on the skills necessary for school-to-school work",
            "Advisory support for headteacher interviews and for deputy-head and assistant head appointments",
            "Mentoring and support for newly appointed headteachers",
            "NQT training, support and accreditation",
            "CPD and staff development",
            "Support to develop better teaching and learning, including access to specialist programmes",
            "Innovative practice through the promotion of active research projects",
            "Managing and using data",
            "Support for Ofsted inspections",
            "Pupil premium review",
            "Improving management of behaviour and attendance",
            "Improving safeguarding practice",
            "Improving practice around Prevent",
        ]
    );
    assert_eq!(
        items(page, "c7"),
        [
            "Workshops for leaders on specific issues",
            "Aspect and subject networks",
            "Teachmeets and forums",
            "Excellence visits",
            "Best practice initiatives",
            "Involvement in research studies",
        ]
    );
}

#[test]
fn no_fault_of_the_scan_is_left_on_a_page() {
    let faults = [
        "OUTCOmES",
        "mEmBER",
        "REVIEw",
        "BESPOkE",
        "ExPECT",
        "AzIz",
        "kEVAN",
        "wHO",
        "GROwTH",
        "INTERIm",
        "HOw TO",
        "mACDONALD",
        "AspirAtion",
        "EquAlity",
        "school–led",
        "Spitalfelds",
        "has has",
        "Educational Endowment",
        "headteachers appointment",
        "also international",
    ];
    for (page, words) in all_pages() {
        // The page of corrections quotes them, and is printed with the rest.
        if page == "/prospectus/errata/" || page == "/prospectus/print/" {
            continue;
        }
        for fault in faults {
            assert!(!words.contains(fault), "`{fault}` is on {page}");
        }
    }
}
