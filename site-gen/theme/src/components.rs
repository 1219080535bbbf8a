//! The theme's components as a text may use them: which there are, what each
//! asks for, and one filled in without a template around it.
//!
//! What a component's declaration says by itself (names, types, defaults) is
//! Tera's. What it cannot say is in its metadata, the map after the brackets:
//!
//! | | means |
//! | --- | --- |
//! | `"links": ["file"]` | these arguments are links, and are checked like any |
//! | `"choices": {"kind": ["note", "tip"]}` | what an argument may be |
//! | `"most": {"strands": 4, "notes": "strands"}` | how long a list may be: a number, or another list that it is no longer than |
//! | `"least": {"headings": "columns"}` | how long it must be, if it is written |
//! | `"fields": {"columns": "rows"}` | the texts of a list are fields that each entry of another has |
//! | `"body": true` | it stands around a text; `false`: it never does |
//! | `"example": "…"` | how it is written, for whoever wrote it wrong |

use std::collections::BTreeMap;

use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Tera};

use crate::{Theme, ThemeError, Value};

/// What a component asks for.
#[derive(Debug, Clone, Default)]
pub struct Component {
    /// Its arguments, in order of their names.
    pub parameters: Vec<Parameter>,
    /// Whether it takes arguments that it does not name.
    pub takes_more: bool,
    /// Whether it stands around a text; nothing if it does not say.
    pub body: Option<bool>,
    /// How it is written.
    pub example: Option<String>,
    /// What it expects of the page around it, and a text cannot give.
    pub needs_page: Option<String>,
    /// Whether it reads the site's data without being given any.
    pub reads_data: bool,
}

/// An argument of a component.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it may be; nothing for anything.
    pub kind: Option<ParameterKind>,
    /// Whether it must be written.
    pub required: bool,
    /// Whether it is a link.
    pub is_link: bool,
    /// What it may be, if not anything of its kind.
    pub choices: Vec<String>,
    /// How long a list may be.
    pub most: Option<Length>,
    /// How long a list must be, if it is written.
    pub least: Option<Length>,
    /// The list whose entries have each of its texts as a field.
    pub fields_of: Option<String>,
}

/// How long a list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Length {
    /// So long.
    Fixed(usize),
    /// As long as another argument.
    Of(String),
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A number without a fraction.
    WholeNumber,
    /// A number.
    Number,
    /// Several values.
    List,
    /// Names and values.
    Map,
}

impl ParameterKind {
    /// As messages say it: `a whole number`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ParameterKind::Text => "a text",
            ParameterKind::Truth => "`true` or `false`",
            ParameterKind::WholeNumber => "a whole number",
            ParameterKind::Number => "a number",
            ParameterKind::List => "a list",
            ParameterKind::Map => "a group of fields",
        }
    }

    /// How one is written.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            ParameterKind::Text => "\"…\"",
            ParameterKind::Truth => "true",
            ParameterKind::WholeNumber => "3",
            ParameterKind::Number => "1.5",
            ParameterKind::List => "[\"…\", \"…\"]",
            ParameterKind::Map => "data.NAME",
        }
    }

    /// Whether a value is of this kind.
    #[must_use]
    pub fn admits(self, value: &Value) -> bool {
        let whole = value.as_i128().is_some();
        match self {
            ParameterKind::Text => value.is_string(),
            ParameterKind::Truth => value.is_bool(),
            ParameterKind::WholeNumber => whole,
            ParameterKind::Number => value.is_number(),
            ParameterKind::List => value.is_array(),
            ParameterKind::Map => value.is_map(),
        }
    }

    fn from_tera(kind: ComponentArgType) -> Option<ParameterKind> {
        Some(match kind {
            ComponentArgType::String => ParameterKind::Text,
            ComponentArgType::Bool => ParameterKind::Truth,
            ComponentArgType::Integer => ParameterKind::WholeNumber,
            ComponentArgType::Float | ComponentArgType::Number => ParameterKind::Number,
            ComponentArgType::Array => ParameterKind::List,
            ComponentArgType::Map => ParameterKind::Map,
            _ => return None,
        })
    }
}

/// The context that a component finds the site's data under.
const DATA: &str = "data";

/// All components, looked up once.
pub(crate) fn all(tera: &Tera) -> BTreeMap<String, Component> {
    let known = |name: &str| Some((name.to_owned(), read(&tera.get_component_definition(name)?)));
    tera.get_component_names().filter_map(known).collect()
}

fn read(info: &ComponentInfo) -> Component {
    let said = info.metadata();
    let listed = |value: &Value| -> Vec<String> {
        let texts = value.as_array().unwrap_or_default().iter();
        texts.map(ToString::to_string).collect()
    };
    let links = said.get("links").map(listed).unwrap_or_default();
    let shown = |argument: &&ComponentArg| !argument.is_implicit();
    let parameters = info.args().iter().filter(shown).map(|argument| Parameter {
        name: argument.name().to_owned(),
        kind: argument.arg_type().and_then(ParameterKind::from_tera),
        required: argument.is_required(),
        is_link: links.iter().any(|link| link == argument.name()),
        choices: said_of(info, argument, "choices")
            .map(listed)
            .unwrap_or_default(),
        most: said_of(info, argument, "most").and_then(length),
        least: said_of(info, argument, "least").and_then(length),
        fields_of: said_of(info, argument, "fields").map(ToString::to_string),
    });
    let implicit = |argument: &&ComponentArg| argument.is_implicit();
    let needs_page = info
        .args()
        .iter()
        .filter(implicit)
        .find(|argument| argument.default().is_none() && argument.name() != DATA);
    Component {
        parameters: parameters.collect(),
        takes_more: info.rest_param().is_some(),
        body: said.get("body").and_then(Value::as_bool),
        example: said.get("example").map(ToString::to_string),
        needs_page: needs_page.map(|argument| argument.name().to_owned()),
        reads_data: info
            .args()
            .iter()
            .any(|argument| argument.is_implicit() && argument.name() == DATA),
    }
}

/// What is said of one argument.
fn said_of<'i>(
    info: &'i ComponentInfo,
    argument: &'i ComponentArg,
    key: &str,
) -> Option<&'i Value> {
    let all = info.metadata().get(key)?;
    all.get_from_path(argument.name())
}

fn length(said: &Value) -> Option<Length> {
    let number = said.as_i128().map(usize::try_from);
    match number {
        Some(number) => number.ok().map(Length::Fixed),
        None => Some(Length::Of(said.as_str()?.to_owned())),
    }
}

impl Theme {
    /// The component `name`.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<&Component> {
        self.components.get(name)
    }

    /// The components by name, in order.
    pub fn components(&self) -> impl Iterator<Item = (&str, &Component)> {
        let all = self.components.iter();
        all.map(|(name, component)| (name.as_str(), component))
    }

    /// The component `name`, filled in with `arguments`, around `body` (HTML),
    /// with the site's `data` at hand.
    ///
    /// # Errors
    ///
    /// [`ThemeError`] says what the component asked for in vain, and where.
    pub fn fill_in(
        &self,
        name: &str,
        arguments: Vec<(String, Value)>,
        body: Option<&str>,
        data: Option<&Value>,
    ) -> Result<String, ThemeError> {
        let mut given = Context::new();
        for (name, value) in arguments {
            given.insert_value(name, value);
        }
        let mut around = Context::new();
        if let Some(data) = data {
            around.insert_value(DATA, data.clone());
        }
        self.tera
            .render_component_with_implicits(name, &given, &around, body, true)
            .map_err(|error| ThemeError::from_tera("", &error))
    }
}
