//! Forms as schools fill them in: complete ones, to be changed where a test
//! wants something else.

/// A complete application of the school with this URN.
pub fn application(urn: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("school_name", "Sample Primary School"),
        ("urn", urn),
        ("pupils", "420"),
        ("head_name", "Zoë O’Brien-Núñez"),
        ("head_email", "head@sample.example"),
        ("contact_name", "আজিজ চৌধুরী"),
        ("contact_role", "School business manager"),
        ("contact_email", "office@sample.example"),
        ("contact_telephone", "020 7946 0000"),
        ("finance_name", "Robin Sample"),
        ("finance_email", "finance@sample.example"),
        ("aims_and_values", "agreed"),
        ("guarantee", "agreed"),
        ("annual_fee", "agreed"),
    ]
}

/// A complete booking.
pub fn booking() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Sam Delegate"),
        ("email", "sam@sample.example"),
        ("school_name", "Sample Primary School"),
        ("urn", "900001"),
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
