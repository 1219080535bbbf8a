//! The part of an address behind the `?`, safe for whatever was typed.

/// The fields of a query, as a form would send them; those without a value
/// are left out.
#[must_use]
pub fn query(fields: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()));
    query.finish()
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn what_was_typed_stays_one_value() {
        assert_eq!(
            query(&[("q", "Zoë & co/1?"), ("state", "")]),
            "q=Zo%C3%AB+%26+co%2F1%3F"
        );
    }
}
