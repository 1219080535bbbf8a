//! What events come to, as a page and a file show it.

use domain::feedback::{Feedback, Heard, Score};
use domain::overview::Figures;
use serde_json::{Value, json};

/// The figures of an event or of several, for a page.
pub(super) fn shown(figures: &Figures) -> Value {
    json!({
        "events": figures.events, "places": figures.places, "booked": figures.booked,
        "attended": figures.attended, "absent": figures.absent, "waiting": figures.waiting,
        "income_pence": figures.income, "mean": figures.heard.mean(),
        "answers": figures.heard.count(),
    })
}

/// The columns of the figures in a file.
pub(super) const COLUMNS: [&str; 9] = [
    "places",
    "booked",
    "attended",
    "absent",
    "waiting",
    "income",
    "answers",
    "mean satisfaction",
    "would recommend in per cent",
];

/// The figures in a row of a file.
pub(super) fn cells(figures: &Figures) -> Vec<String> {
    let heard = heard_cells(&figures.heard);
    let [answers, mean, recommending, _] = heard;
    let income = figures.income.get();
    vec![
        figures.places.map(|places| places.to_string()),
        Some(figures.booked.to_string()),
        Some(figures.attended.to_string()),
        Some(figures.absent.to_string()),
        Some(figures.waiting.to_string()),
        Some(format!("{}.{:02}", income / 100, income % 100)),
        Some(answers),
        Some(mean),
        Some(recommending),
    ]
    .into_iter()
    .map(Option::unwrap_or_default)
    .collect()
}

/// What was answered: how many answers, their mean, who would recommend it in
/// per cent, and how many are kept back.
pub(super) fn heard_cells(heard: &Heard) -> [String; 4] {
    let mean = heard.mean().map(|mean| mean.to_string());
    let recommending = heard.recommending().map(|share| share.to_string());
    [
        heard.count().to_string(),
        mean.unwrap_or_default(),
        recommending.unwrap_or_default(),
        heard.kept_back.to_string(),
    ]
}

/// What was answered, for a page; with the answers that are shown, in no order
/// of time.
pub(super) fn heard(heard: &Heard, answers: &[&Feedback]) -> Value {
    let scores = Score::ALL.map(|score| {
        json!({ "score": score.get(), "words": score.words(), "count": heard.of_score(score) })
    });
    let said = answers.iter().filter_map(|one| {
        let words = one.words.as_ref()?;
        let from = one.from.as_ref();
        Some(json!({
            "score": one.score.get(), "words": words, "name": from.map(|from| &from.name),
            "school": from.map(|from| &from.school),
        }))
    });
    json!({
        "count": heard.count(), "mean": heard.mean(), "recommending": heard.recommending(),
        "kept_back": heard.kept_back, "fewest": Heard::FEWEST, "scores": scores,
        "said": said.collect::<Vec<_>>(),
    })
}
