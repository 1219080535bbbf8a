//! The questions to whoever wishes to be an associate: an institution or a
//! person. No pupils, no guarantee, no fee.

use super::super::commitments::CommitmentId;
use super::{Field, FieldKind as Kind, Needed, Page, Task};
use crate::application::Answers;

pub(super) const PAGES: &[Page] = &[
    Page {
        slug: "about",
        task: Task::About,
        title: "Who would like to be an associate?",
        lead: "",
        fields: &[
            Field::new(
                "associate_kind",
                "I apply for",
                "for whom you apply",
                Kind::Choice(&[
                    ("school-outside", "a school outside Tower Hamlets"),
                    ("independent-school", "an independent school"),
                    ("institution", "another institution"),
                    ("individual", "myself"),
                ]),
            ),
            Field::new(
                "school_name",
                "Name of the school or institution",
                "the name of the school or institution",
                Kind::Line,
            )
            .hint("Leave it empty if you apply for yourself.")
            .filled("organization")
            .needed(Needed::If(for_others)),
            Field::new("urn", "URN, if it is a school", "the school’s URN", Kind::Urn)
                .hint("The school’s unique reference number: six digits.")
                .needed(Needed::Optional),
        ],
    },
    Page {
        slug: "contact",
        task: Task::About,
        title: "Who should we write to?",
        lead: "",
        fields: &[
            Field::new("contact_name", "Full name", "your name", Kind::Line).filled("name"),
            Field::new("contact_email", "Email address", "your email address", Kind::Email)
                .hint("We send a letter here with a link that confirms the application, and later the decision.")
                .filled("email"),
            Field::new(
                "contact_telephone",
                "Telephone number",
                "your telephone number",
                Kind::Telephone,
            )
            .filled("tel")
            .needed(Needed::Optional),
            Field::new("address", "Address", "your address", Kind::Passage)
                .filled("street-address")
                .needed(Needed::Optional),
        ],
    },
    Page {
        slug: "reason",
        task: Task::Reason,
        title: "Why would you like to be an associate?",
        lead: "",
        fields: &[
            Field::new("reason", "Your reasons", "your reasons", Kind::Passage),
            Field::new(
                "interests",
                "Services that interest you",
                "what interests you",
                Kind::Passage,
            )
            .needed(Needed::Optional),
        ],
    },
    Page {
        slug: "commitments",
        task: Task::Commitments,
        title: "What do you commit to?",
        lead: "The wording is kept with your application.",
        fields: &[
            Field::new(
                "aims_and_values",
                "Aims and values",
                "",
                Kind::Commitment(CommitmentId::AimsAndValues),
            ),
            Field::new(
                "authority",
                "I apply for myself, or have the authority to apply for the institution.",
                "that you may apply",
                Kind::Tick,
            ),
        ],
    },
];

fn for_others(answers: &Answers) -> bool {
    answers.text("associate_kind") != "individual"
}
