//! What a component is given, held against what it asks for.

use theme::{Component, Parameter, ParameterKind, Theme, Value};

use super::{Argument, Call, Fault, Role, Written, lists};
use crate::data::Data;
use crate::nearest::nearest;

/// What a component is given, and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The values by name.
    pub(crate) values: Vec<(String, Value)>,
    /// The texts among them that are links, by number, and where they stand.
    pub(crate) links: Vec<(usize, usize)>,
    /// Whether it reads the site's data.
    pub(crate) uses_data: bool,
    pub(crate) faults: Vec<Fault>,
}

/// Checks a call.
pub(crate) fn check(call: &Call<'_>, theme: &Theme, data: &Data) -> Given {
    let mut given = Given::default();
    let Some(component) = theme.component(call.name) else {
        given.faults.push(unknown(call, theme));
        return given;
    };
    given.uses_data = component.reads_data;
    if let Some(needed) = &component.needs_page {
        given.faults.push(Fault {
            at: call.name_at,
            what: format!("`{}` cannot stand in a text", call.name),
            hint: format!("it shows the page’s `{needed}`, so only a template can use it"),
        });
        return given;
    }
    given.faults.extend(form(call, component));
    for (index, argument) in call.arguments.iter().enumerate() {
        let before = &call.arguments[..index];
        if before.iter().any(|other| other.name == argument.name) {
            given.faults.push(Fault {
                at: argument.at,
                what: format!("`{}` is written twice", argument.name),
                hint: "keep one of the two".to_owned(),
            });
            continue;
        }
        let mut parameters = component.parameters.iter();
        let parameter = parameters.find(|parameter| parameter.name == argument.name);
        if parameter.is_none() && !component.takes_more {
            given
                .faults
                .push(no_such_argument(call, argument, component));
            continue;
        }
        match value(&argument.value, data, &mut given.uses_data) {
            Ok(value) => given.take(call, argument, parameter, value),
            Err((what, hint)) => given.faults.push(Fault {
                at: argument.value_at,
                what,
                hint,
            }),
        }
    }
    let is_written = |name: &str| call.arguments.iter().any(|argument| argument.name == name);
    for parameter in &component.parameters {
        if parameter.required && !is_written(&parameter.name) {
            let example = parameter.kind.map_or("\"…\"", ParameterKind::example);
            given.faults.push(Fault {
                at: call.name_at,
                what: format!("`{}` needs `{}`", call.name, parameter.name),
                hint: match &component.example {
                    Some(example) => format!("write it like `{example}`"),
                    None => format!("add `{}={example}`", parameter.name),
                },
            });
        }
    }
    let of_lists = lists::faults(call, component, &given.values);
    given.faults.extend(of_lists);
    given
}

impl Given {
    fn take(
        &mut self,
        call: &Call<'_>,
        argument: &Argument<'_>,
        parameter: Option<&Parameter>,
        value: Value,
    ) {
        let mut fault = |what: String, hint: String| {
            self.faults.push(Fault {
                at: argument.value_at,
                what,
                hint,
            });
        };
        let name = argument.name;
        if let Some(parameter) = parameter {
            let text = value.as_str();
            if let Some(kind) = parameter.kind.filter(|kind| !kind.admits(&value)) {
                fault(
                    format!(
                        "`{name}` of `{}` must be {}, not {}",
                        call.name,
                        kind.name(),
                        shown(&value)
                    ),
                    format!("write it like `{name}={}`", kind.example()),
                );
                return;
            }
            if parameter.required && text.is_some_and(|text| text.trim().is_empty()) {
                fault(
                    format!("`{name}` of `{}` must not be empty", call.name),
                    "write what is meant: nothing else says it".to_owned(),
                );
                return;
            }
            let choices = parameter.choices.iter().map(String::as_str);
            if let Some(text) = text.filter(|_| !parameter.choices.is_empty())
                && !parameter.choices.iter().any(|choice| choice == text)
            {
                let hint = match nearest(text, choices.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it can be {}", listed(choices)),
                };
                fault(
                    format!("`{name}` of `{}` cannot be `{text}`", call.name),
                    hint,
                );
                return;
            }
            if parameter.is_link && text.is_some_and(|text| !text.is_empty()) {
                self.links.push((self.values.len(), argument.value_at));
            }
        }
        self.values.push((name.to_owned(), value));
    }
}

/// A component that the theme does not have.
fn unknown(call: &Call<'_>, theme: &Theme) -> Fault {
    let usable = || {
        theme
            .components()
            .filter(|(_, component)| component.needs_page.is_none())
    };
    let hint = match nearest(call.name, usable().map(|(name, _)| name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let meant = usable().filter(|(_, component)| component.example.is_some());
            let names: Vec<&str> = meant.map(|(name, _)| name).collect();
            if names.is_empty() {
                "the theme has none that is meant for texts".to_owned()
            } else {
                format!("the components are {}", listed(names))
            }
        }
    };
    Fault {
        at: call.name_at,
        what: format!("there is no component `{}`", call.name),
        hint,
    }
}

/// A component around a text that stands alone, and the other way round.
fn form(call: &Call<'_>, component: &Component) -> Option<Fault> {
    let name = call.name;
    let (what, hint) = match (call.role, component.body?) {
        (Role::Stands, true) => (
            format!("`{name}` stands around a text"),
            format!("write `{{% {name}(…) %}}`, the text below it, and `{{% end %}}`"),
        ),
        (Role::Opens, false) => (
            format!("`{name}` does not stand around a text"),
            format!("write `{{{{ {name}(…) }}}}`, without `{{% end %}}`"),
        ),
        _ => return None,
    };
    let at = call.name_at;
    Some(Fault { at, what, hint })
}

fn no_such_argument(call: &Call<'_>, argument: &Argument<'_>, component: &Component) -> Fault {
    let names = || {
        component
            .parameters
            .iter()
            .map(|parameter| parameter.name.as_str())
    };
    let hint = match nearest(argument.name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if component.parameters.is_empty() => format!("write `{}()`", call.name),
        None => format!("it has {}", listed(names())),
    };
    Fault {
        at: argument.at,
        what: format!("`{}` has no argument `{}`", call.name, argument.name),
        hint,
    }
}

/// A value as templates know it.
fn value(written: &Written, data: &Data, uses_data: &mut bool) -> Result<Value, (String, String)> {
    Ok(match written {
        Written::Text(text) => Value::from(text.as_str()),
        Written::Whole(number) => Value::from(*number),
        Written::Fraction(number) => Value::from(*number),
        Written::Truth(truth) => Value::from(*truth),
        Written::List(items) => {
            let items = items.iter().map(|item| value(item, data, uses_data));
            Value::from(items.collect::<Result<Vec<Value>, _>>()?)
        }
        Written::Data(path) => {
            *uses_data = true;
            data.at(path)?
        }
    })
}

/// A value as it is said in a message.
fn shown(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("`{text}`"),
        None if value.is_array() => "a list".to_owned(),
        None if value.is_map() => "a group of fields".to_owned(),
        None => format!("`{value}`"),
    }
}

/// `` `one`, `other` ``.
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
