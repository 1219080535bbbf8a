//! Each policy of `infra/template.yaml` beside what its function was seen to ask
//! of the table while all the other tests ran: every permission that it used is
//! given, and none is given that it did not use.
//!
//! It looks at the folder that `CALLS` names, so it comes after the other tests,
//! and is left out when they run by themselves:
//!
//! ```sh
//! CALLS=$PWD/target/calls cargo nextest run --workspace
//! CALLS=$PWD/target/calls cargo nextest run --workspace --test policies --run-ignored only
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use tests::calls::Call;
use tests::policies::given;

/// What the site is shown and ruled by. The functions of one process share it, so
/// that it is not seen which of them reads it; every one of them needs it.
const READ_BY_ALL: &str = "PUBLICATION";

/// The functions that ask the table for something.
const FUNCTIONS: usize = 8;

#[test]
#[ignore = "it looks at what the other tests have called: see above"]
fn a_function_may_do_what_it_was_seen_to_do_and_nothing_else() {
    let folder = PathBuf::from(std::env::var_os("CALLS").expect("`CALLS` names a folder"));
    let seen = Call::read(&folder);
    let given = given();
    let functions: BTreeSet<&String> = seen.iter().map(|call| &call.function).collect();
    assert_eq!(
        functions.len(),
        FUNCTIONS,
        "{functions:?}: did all tests run?"
    );

    let mut wrong = String::new();
    for call in &seen {
        if !given.iter().any(|given| covers(given, call)) {
            let _ = writeln!(wrong, "not given: {}", words(call));
        }
    }
    for given in &given {
        let is_used = seen.iter().any(|call| covers(given, call));
        if !is_used && given.key != READ_BY_ALL {
            let _ = writeln!(wrong, "not used:  {}", words(given));
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nWhat was seen, as statements:\n{}",
        statements(&seen)
    );
}

fn words(call: &Call) -> String {
    format!(
        "{} {} on {} {}",
        call.function, call.action, call.on, call.key
    )
}

/// Whether a permission that is given is the one that was used.
fn covers(given: &Call, call: &Call) -> bool {
    let same =
        (&given.function, &given.action, &given.on) == (&call.function, &call.action, &call.on);
    same && (given.key == "*" || given.key == call.key)
}

/// The shortest statements that give just what was seen.
fn statements(seen: &BTreeSet<Call>) -> String {
    let mut actions: BTreeMap<(&str, &str, &str), BTreeSet<&str>> = BTreeMap::new();
    for call in seen {
        let of = (call.function.as_str(), call.on.as_str(), call.key.as_str());
        actions.entry(of).or_default().insert(&call.action);
    }
    let mut keys: BTreeMap<(&str, &str, BTreeSet<&str>), Vec<&str>> = BTreeMap::new();
    for ((function, on, key), actions) in actions {
        keys.entry((function, on, actions)).or_default().push(key);
    }
    let mut all = String::new();
    for ((function, on, actions), keys) in keys {
        let actions: Vec<&str> = actions.into_iter().collect();
        let _ = writeln!(
            all,
            "{function} on {on}: [{}] [{}]",
            actions.join(", "),
            keys.join(", ")
        );
    }
    all
}
