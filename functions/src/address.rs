//! Addresses safe for whatever was typed: the part behind the `?`, and the page
//! that a sign-in goes on to.

/// The fields of a query, as a form would send them; those without a value
/// are left out.
#[must_use]
pub fn query(fields: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()));
    query.finish()
}

/// The page to go on to after a sign-in: `to` if it is inside an `area` such as
/// `/staff/` and no part of signing in or out, else the area itself. An address
/// from outside could lead anywhere.
#[must_use]
pub fn inside(to: &str, area: &str) -> String {
    let is_proper = to
        .strip_prefix(area)
        .is_some_and(|page| !page.starts_with("sign"))
        && to.len() < 1_000
        && to
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_proper { to } else { area }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{inside, query};

    #[test]
    fn nobody_is_led_out_of_an_area() {
        let register = "/staff/register/?on=2017-04-01";
        for (to, goes_to) in [
            (register, register),
            ("/staff/sign-out/", "/staff/"),
            ("/staff/signed-in/", "/staff/"),
            ("https://evil.example/staff/", "/staff/"),
            ("//evil.example/staff/", "/staff/"),
            ("/staff/\\evil", "/staff/"),
            ("/staff/\r\nSet-Cookie: x", "/staff/"),
            ("/staffed/", "/staff/"),
            ("/account/", "/staff/"),
            ("", "/staff/"),
        ] {
            assert_eq!(inside(to, "/staff/"), goes_to, "{to}");
        }
    }

    #[test]
    fn what_was_typed_stays_one_value() {
        assert_eq!(
            query(&[("q", "Zoë & co/1?"), ("state", "")]),
            "q=Zo%C3%AB+%26+co%2F1%3F"
        );
    }
}
