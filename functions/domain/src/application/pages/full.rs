//! The questions to a school that wishes to be a full member.

use super::super::commitments::CommitmentId;
use super::{Field, FieldKind as Kind, Needed, Page, Task};
use crate::application::Answers;

pub(super) const PAGES: &[Page] = &[
    Page {
        slug: "school",
        task: Task::School,
        title: "What is your school’s URN?",
        lead: "We look it up in the national register, so that you need not type what is known.",
        fields: &[Field::new("urn", "URN", "your school’s URN", Kind::Urn)
            .hint("The school’s unique reference number: six digits.")],
    },
    Page {
        slug: "school-details",
        task: Task::School,
        title: "Are these your school’s details?",
        lead: "Correct what is out of date. The register of members shows the name and the address.",
        fields: &[
            Field::new("school_name", "Name of the school", "your school’s name", Kind::Line)
                .filled("organization"),
            Field::new("address", "Address", "your school’s address", Kind::Passage)
                .filled("street-address"),
            Field::new("postcode", "Postcode", "your school’s postcode", Kind::Line)
                .filled("postal-code"),
            Field::new("kind", "Type of school", "the type of your school", Kind::Line)
                .hint("As in the national register, such as community school or academy."),
            Field::new("phase", "Phase", "the phase", Kind::Line)
                .hint("Such as nursery, primary, secondary or 16 plus.")
                .needed(Needed::Optional),
            Field::new("department_number", "DfE number", "the DfE number", Kind::Line)
                .hint("Such as 211/2001.")
                .needed(Needed::Optional),
            Field::new("trust", "Trust", "the trust’s name", Kind::Line)
                .needed(Needed::Optional),
            Field::new("federation", "Federation", "the federation’s name", Kind::Line)
                .needed(Needed::Optional),
            Field::new("diocese", "Diocese", "the diocese’s name", Kind::Line)
                .needed(Needed::Optional),
            Field::new("website", "Website", "the website’s address", Kind::Line)
                .filled("url")
                .needed(Needed::Optional),
        ],
    },
    Page {
        slug: "head",
        task: Task::Contacts,
        title: "Who is the headteacher?",
        lead: "",
        fields: &[
            Field::new("head_name", "Full name", "the headteacher’s name", Kind::Line),
            Field::new(
                "head_email",
                "Email address",
                "the headteacher’s email address",
                Kind::Email,
            ),
            Field::new(
                "head_telephone",
                "Telephone number",
                "the headteacher’s telephone number",
                Kind::Telephone,
            ),
        ],
    },
    Page {
        slug: "chair",
        task: Task::Contacts,
        title: "Who chairs the governing body, or signs for the trust?",
        lead: "",
        fields: &[
            Field::new("chair_name", "Full name", "the chair’s name", Kind::Line),
            Field::new("chair_email", "Email address", "the chair’s email address", Kind::Email),
        ],
    },
    Page {
        slug: "contact",
        task: Task::Contacts,
        title: "Who should we write to about this application?",
        lead: "",
        fields: &[
            Field::new("contact_name", "Full name", "the main contact’s name", Kind::Line)
                .filled("name"),
            Field::new(
                "contact_role",
                "Role at the school",
                "the main contact’s role",
                Kind::Line,
            )
            .filled("organization-title"),
            Field::new(
                "contact_email",
                "Email address",
                "the main contact’s email address",
                Kind::Email,
            )
            .hint("We send a letter here with a link that confirms the application, and later the decision.")
            .filled("email"),
            Field::new(
                "contact_telephone",
                "Telephone number",
                "the main contact’s telephone number",
                Kind::Telephone,
            )
            .filled("tel"),
        ],
    },
    Page {
        slug: "finance",
        task: Task::Contacts,
        title: "Who receives invoices?",
        lead: "",
        fields: &[
            Field::new("finance_name", "Full name", "the finance contact’s name", Kind::Line),
            Field::new(
                "finance_email",
                "Email address",
                "the finance contact’s email address",
                Kind::Email,
            ),
            Field::new(
                "billing_address",
                "Billing address, if it is not the school’s",
                "the billing address",
                Kind::Passage,
            )
            .needed(Needed::Optional),
            Field::new(
                "purchase_order",
                "Purchase order number",
                "the purchase order number",
                Kind::Line,
            )
            .hint("If your school has one ready. It is put on the invoice.")
            .needed(Needed::Optional),
            Field::new(
                "payment_method",
                "How do you expect to pay?",
                "how you expect to pay",
                Kind::Choice(&[
                    ("bacs", "By bank transfer (BACS)"),
                    ("card", "By card"),
                    ("unknown", "I do not know yet"),
                ]),
            )
            .needed(Needed::Optional),
        ],
    },
    Page {
        slug: "pupils",
        task: Task::Pupils,
        title: "How many pupils are on the roll?",
        lead: "The annual fee goes by this number.",
        fields: &[
            Field::new(
                "pupils",
                "Pupils on roll",
                "the number of pupils on your school’s roll",
                Kind::Pupils,
            )
            .hint("A whole number, as in your latest school census."),
            Field::new("census_on", "Date of that census", "the date of the census", Kind::PastDay)
                .hint("For example, 19 January 2017."),
            Field::new(
                "pupils_reason",
                "Why the number is not the one in the national register",
                "why the number is not the one in the national register",
                Kind::Passage,
            )
            .hint("Only if it differs.")
            .needed(Needed::If(differs)),
        ],
    },
    Page {
        slug: "approval",
        task: Task::Approval,
        title: "Has your governing body approved?",
        lead: "The decision to join is the governing body’s, or the trust’s.",
        fields: &[
            Field::new(
                "approved_by",
                "Which body approved it?",
                "which body approved it",
                Kind::Line,
            )
            .hint("Such as the governing body, or the board of the trust."),
            Field::new("approved_on", "Date of the decision", "the date of the decision", Kind::PastDay)
                .hint("For example, 14 March 2017."),
            Field::new(
                "approval_minute",
                "Minute reference",
                "the minute reference",
                Kind::Line,
            )
            .hint("The number or the heading in the minutes."),
            Field::new(
                "permission",
                "Has the local authority given permission?",
                "whether the local authority has given permission",
                Kind::Choice(&[
                    ("yes", "Yes"),
                    ("no", "Not yet"),
                    ("unknown", "I do not know"),
                ]),
            )
            .hint("A maintained school needs it to join a school company (Education Act 2002, section 12).")
            .needed(Needed::OnlyIf(maintained)),
            Field::new(
                "permission_on",
                "Date of that permission, if it has been given",
                "the date of the permission",
                Kind::PastDay,
            )
            .needed(Needed::Within(maintained, permitted)),
        ],
    },
    Page {
        slug: "commitments",
        task: Task::Commitments,
        title: "What does your school commit to?",
        lead: "Tick each. The wording is kept with your application.",
        fields: &[
            Field::new(
                "aims_and_values",
                "Aims and values",
                "",
                Kind::Commitment(CommitmentId::AimsAndValues),
            ),
            Field::new(
                "guarantee",
                "Guarantee",
                "",
                Kind::Commitment(CommitmentId::Guarantee),
            ),
            Field::new(
                "annual_fee",
                "Annual fee",
                "",
                Kind::Commitment(CommitmentId::AnnualFee),
            ),
            Field::new(
                "authority",
                "I have the authority to apply for the school.",
                "that you have the authority to apply for the school",
                Kind::Tick,
            ),
        ],
    },
    Page {
        slug: "more",
        task: Task::More,
        title: "Is there anything else?",
        lead: "You need not answer.",
        fields: &[
            Field::new(
                "interests",
                "Services or networks that interest you",
                "what interests you",
                Kind::Passage,
            )
            .needed(Needed::Optional),
            Field::new(
                "link_member",
                "What we should know before we name a link member of staff for you",
                "what we should know",
                Kind::Passage,
            )
            .needed(Needed::Optional),
            Field::new(
                "news",
                "Send the main contact news of events. This is not needed to apply, and can be stopped at any time.",
                "news",
                Kind::Tick,
            )
            .needed(Needed::Optional),
        ],
    },
];

/// Whether the number is another one than the national register's.
fn differs(answers: &Answers) -> bool {
    let plain = |name: &str| answers.text(name).replace([',', ' '], "");
    let known = plain("register_pupils");
    !known.is_empty() && !plain("pupils").is_empty() && plain("pupils") != known
}

/// Whether the school is one that the council maintains.
fn maintained(answers: &Answers) -> bool {
    answers.text("maintained") == "yes"
}

fn permitted(answers: &Answers) -> bool {
    maintained(answers) && answers.text("permission") == "yes"
}
