//! What reaches a function is what the gateway sends.

use tests::lambda::Request;

#[test]
fn a_form_is_sent_as_the_gateway_sends_it() {
    for (value, sent) in [
        ("b", "YT1i"),
        ("b&", "YT1iJTI2"),
        ("bc", "YT1iYw=="),
        ("bcd", "YT1iY2Q="),
    ] {
        let event = Request::form("/apply/", &[("a", value)]).event("ANY /apply/");
        assert_eq!(event["body"], sent);
        assert_eq!(event["isBase64Encoded"], true);
    }
    let request = Request::form("/apply/", &[("name", "Åse O'Hara & co")]);
    assert_eq!(request.body, "name=%C3%85se+O%27Hara+%26+co");
}
