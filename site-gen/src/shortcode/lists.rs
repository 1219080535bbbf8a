//! The lists that a component is given, held against what can be drawn and
//! against each other. A template would leave out what is too much without a
//! word, or fail and not say which argument it was.

use theme::{Component, Key, Length, Parameter, Value};

use super::arguments::listed;
use super::{Call, Fault, Written};
use crate::nearest::nearest;
use crate::problem::many;

/// What is wrong with the lists among the values of a call.
pub(super) fn faults(
    call: &Call<'_>,
    component: &Component,
    values: &[(String, Value)],
) -> Vec<Fault> {
    let given = |name: &str| {
        let (_, value) = values.iter().find(|(known, _)| known == name)?;
        value.as_array()
    };
    let mut faults = Vec::new();
    for parameter in &component.parameters {
        let mut arguments = call.arguments.iter();
        let argument = arguments.find(|argument| argument.name == parameter.name);
        let (Some(argument), Some(list)) = (argument, given(&parameter.name)) else {
            continue;
        };
        let mut found = Vec::new();
        found.extend(too_long_or_short(call, parameter, list.len(), given));
        let of = parameter.fields_of.as_deref();
        if let Some((of, entries)) = of.and_then(|of| Some((of, given(of)?))) {
            found.extend(absent_fields(call, parameter, list, (of, entries)));
        }
        faults.extend(found.into_iter().map(|(what, hint)| Fault {
            at: argument.value_at,
            what,
            hint,
        }));
    }
    faults
}

/// What is wrong with the length of a list, and what to do.
fn too_long_or_short<'v>(
    call: &Call<'_>,
    parameter: &Parameter,
    length: usize,
    given: impl Fn(&str) -> Option<&'v [Value]>,
) -> Option<(String, String)> {
    let has = format!(
        "`{}` of `{}` has {}",
        parameter.name,
        call.name,
        many(length, "item")
    );
    let bound = |bound: &Length| match bound {
        Length::Fixed(number) => Some((*number, None)),
        Length::Of(name) => Some((given(name)?.len(), Some(name.clone()))),
    };
    let against = |other: String, number: usize| {
        let what = format!("{has}, and `{other}` has {number}");
        let hint = format!("write one for each of `{other}`, and no more");
        (what, hint)
    };
    let most = parameter.most.as_ref().and_then(bound);
    if let Some((most, other)) = most.filter(|(most, _)| length > *most) {
        return Some(match other {
            Some(other) => against(other, most),
            None => {
                let what = format!("{has}, and there is room for {most}");
                (what, format!("write {most} at most"))
            }
        });
    }
    let least = parameter.least.as_ref().and_then(bound);
    let (least, other) = least.filter(|(least, _)| length < *least)?;
    Some(match other {
        Some(other) => against(other, least),
        None => {
            let what = format!("{has}, and must have {least}");
            (what, format!("write {least} at least"))
        }
    })
}

/// The texts of a list that are no field of each entry of another.
fn absent_fields(
    call: &Call<'_>,
    parameter: &Parameter,
    texts: &[Value],
    (of, entries): (&str, &[Value]),
) -> Vec<(String, String)> {
    let mut arguments = call.arguments.iter();
    let written = arguments.find(|argument| argument.name == of);
    let of = match written.map(|argument| &argument.value) {
        Some(Written::Data(path)) => format!("data.{path}"),
        _ => of.to_owned(),
    };
    let mut known: Vec<&str> = Vec::new();
    for map in entries.iter().filter_map(Value::as_map) {
        for name in map.keys().filter_map(Key::as_str) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }
    let named = |name: &str| format!("`{}` of `{}` names `{name}`", parameter.name, call.name);
    let told = |name: &str| {
        let has = |entry: &Value| {
            let fields = entry.as_map();
            fields.is_some_and(|fields| fields.contains_key(&Key::Str(name)))
        };
        let lacking = entries.iter().position(|entry| !has(entry))?;
        if known.contains(&name) {
            let number = lacking + 1;
            let what = format!(
                "{}, which number {number} of `{of}` does not have",
                named(name)
            );
            let hint = format!("write it there too: `{name}: \"\"` if there is nothing to say");
            return Some((what, hint));
        }
        let what = format!("{}, and `{of}` has no such field", named(name));
        let names = listed(known.iter().copied());
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? There are {names}"),
            None if known.is_empty() => "give it a list whose entries have fields".to_owned(),
            None => format!("there are {names}"),
        };
        Some((what, hint))
    };
    texts
        .iter()
        .filter_map(Value::as_str)
        .filter_map(told)
        .collect()
}
