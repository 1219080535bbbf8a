//! Forms as schools fill them in: complete ones, to be changed where a test
//! wants something else.

/// A form of several pages: the name of each, and its fields.
pub type Pages = Vec<(&'static str, Vec<(&'static str, &'static str)>)>;

/// The pages of a complete application for full membership, but for the one
/// with the URN. The register knows the rest of the school.
pub fn application() -> Pages {
    vec![
        ("school-details", vec![]),
        ("pupils", vec![]),
        (
            "head",
            vec![
                ("head_name", "Zoë O’Brien-Núñez"),
                ("head_email", "head@sample.example"),
                ("head_telephone", "020 7946 0001"),
            ],
        ),
        (
            "chair",
            vec![
                ("chair_name", "李 小龍"),
                ("chair_email", "chair@sample.example"),
            ],
        ),
        (
            "contact",
            vec![
                ("contact_name", "আজিজ চৌধুরী"),
                ("contact_role", "School business manager"),
                ("contact_email", "office@sample.example"),
                ("contact_telephone", "020 7946 0000"),
            ],
        ),
        (
            "finance",
            vec![
                ("finance_name", "Robin Sample"),
                ("finance_email", "finance@sample.example"),
                ("purchase_order", "PO-77"),
            ],
        ),
        (
            "approval",
            vec![
                ("approved_by", "The governing body"),
                ("approved_on", "14 March 2017"),
                ("approval_minute", "7.2"),
                ("permission", "no"),
            ],
        ),
        (
            "commitments",
            vec![
                ("aims_and_values", "agreed"),
                ("guarantee", "agreed"),
                ("annual_fee", "agreed"),
                ("authority", "agreed"),
            ],
        ),
    ]
}

/// The pages of a complete application of a person for associate membership.
pub fn associate() -> Pages {
    vec![
        ("about", vec![("associate_kind", "individual")]),
        (
            "contact",
            vec![
                ("contact_name", "Sam Friend"),
                ("contact_email", "sam@friend.example"),
            ],
        ),
        ("reason", vec![("reason", "To help with reading.")]),
        (
            "commitments",
            vec![("aims_and_values", "agreed"), ("authority", "agreed")],
        ),
    ]
}

/// A complete booking.
/// A complete booking, from an address of its own.
pub fn booking_from(email: &str) -> Vec<(&str, &str)> {
    with(booking(), "email", email)
}

/// A complete booking for one.
pub fn booking() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Sam Delegate"),
        ("email", "sam@sample.example"),
        ("school_name", "Sample Primary School"),
        ("urn", "900001"),
        // Those who fill it in have checked their answers.
        ("step", "book"),
    ]
}

/// `fields` with one of them changed.
pub fn with<'a>(
    mut fields: Vec<(&'a str, &'a str)>,
    name: &'a str,
    value: &'a str,
) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(field, _)| *field != name);
    fields.push((name, value));
    fields
}
