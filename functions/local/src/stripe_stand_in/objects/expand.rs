//! `expand`: an object in the place of its identifier.

use serde_json::Value;

use super::super::refusal::Refusal;
use super::super::state::State;
use super::{charge, dispute, line, payment_intent, payout, refund};

/// Puts the objects that `paths` name in the place of their identifiers. In a
/// list, a path begins with `data`.
pub(in super::super) fn expand(
    state: &State,
    object: &mut Value,
    paths: &[&str],
    now: i64,
) -> Result<(), Refusal> {
    for path in paths {
        walk(state, object, path, now).map_err(|()| {
            Refusal::wrong(
                "expand",
                format!("This property cannot be expanded ({path})."),
            )
        })?;
    }
    Ok(())
}

fn walk(state: &State, object: &mut Value, path: &str, now: i64) -> Result<(), ()> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let field = object.get_mut(name).ok_or(())?;
    if let Value::Array(items) = field {
        return match rest {
            "" => Err(()),
            rest => items
                .iter_mut()
                .try_for_each(|item| walk(state, item, rest, now)),
        };
    }
    if let Value::String(id) = field {
        *field = read(state, id, now).ok_or(())?;
    }
    match (&field, rest) {
        (Value::Null, _) => Ok(()),
        (Value::Object(_), "") => Ok(()),
        (Value::Object(_), rest) => walk(state, field, rest, now),
        _ => Err(()),
    }
}

/// The object with this identifier, if one of its kind can be expanded.
fn read(state: &State, id: &str, now: i64) -> Option<Value> {
    let (kind, _) = id.split_once('_')?;
    match kind {
        "pi" => {
            let (session, payment) = state.session_of_money("payment_intent", id).ok()?;
            Some(payment_intent(session, payment))
        }
        "ch" | "py" => {
            let (session, payment) = state.session_of_money("charge", id).ok()?;
            Some(charge(state, session, payment))
        }
        "re" | "pyr" => Some(refund(state, state.refund_by_id(id).ok()?)),
        "du" => Some(dispute(state, state.dispute_by_id(id).ok()?, now)),
        "po" => Some(payout(state, state.payout_by_id(id).ok()?)),
        "txn" => Some(line(state.line_by_id(id).ok()?, now)),
        _ => None,
    }
}
