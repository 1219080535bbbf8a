//! What is kept of an answer, and what is shown of several.

use serde_json::json;

use super::{Feedback, FeedbackForm, Heard, Score};
use crate::booking::RegistrationId;
use crate::reference::BookingReference;

/// An answer, with a name or without.
fn answer(score: u8, recommends: bool, named: bool) -> Feedback {
    let registration = RegistrationId {
        booking: BookingReference::from_entropy(Default::default()),
        number: 1,
    };
    let from = json!({ "registration": registration, "name": "Ada", "school": "Sample" });
    let value = json!({
        "event": "network", "event_title": "Network", "starts": "2028-03-22T16:00",
        "score": score, "recommends": recommends, "words": null,
        "from": Some(from).filter(|_| named),
    });
    serde_json::from_value(value).unwrap()
}

fn heard(answers: &[(u8, bool, bool)]) -> (Heard, usize) {
    let answers: Vec<Feedback> = answers
        .iter()
        .map(|(score, recommends, named)| answer(*score, *recommends, *named))
        .collect();
    let (heard, shown) = Heard::of(&answers);
    (heard, shown.len())
}

#[test]
fn the_mean_has_one_decimal_and_the_share_is_whole() {
    let (heard, _) = heard(&[(5, true, true), (4, true, true), (4, false, true)]);
    assert_eq!(heard.mean().unwrap().to_string(), "4.3");
    assert_eq!(heard.recommending(), Some(67));
    assert_eq!(heard.of_score(Score(4)), 2);
    assert_eq!(Heard::NOTHING.mean(), None);
    assert_eq!(Heard::NOTHING.recommending(), None);
}

#[test]
fn an_answer_without_a_name_is_neither_shown_nor_counted_before_there_are_three() {
    let (two, shown) = heard(&[(1, false, false), (5, true, true), (2, false, false)]);
    assert_eq!((two.count(), two.kept_back, shown), (1, 2, 1));
    assert_eq!(two.mean().unwrap().to_string(), "5.0");
    let unnamed = [(1, false, false), (2, false, false), (3, true, false)];
    let (three, shown) = heard(&unnamed);
    assert_eq!((three.count(), three.kept_back, shown), (3, 0, 3));
    // Over several events nothing is counted that one of them keeps back.
    let both = two.with(three);
    assert_eq!((both.count(), both.kept_back), (4, 2));
    assert_eq!(both.mean().unwrap().to_string(), "2.8");
}

#[test]
fn a_form_says_which_answers_are_missing_and_keeps_the_rest() {
    let form = FeedbackForm {
        words: "Good".to_owned(),
        ..FeedbackForm::default()
    };
    let errors = form.parse().unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["score", "recommend"]);
    for wrong in ["0", "6", "-1", "4.5", ""] {
        assert_eq!(Score::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Score::parse(" 4 "), Some(Score(4)));
}
