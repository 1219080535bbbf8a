//! How texts of front matter are formed, as JSON Schema says it: the day, the
//! time, the sum, the name of a file.
//!
//! The types that hold such values parse them themselves, some in a crate that
//! knows no schemas. These stand for them in a definition, so that completion,
//! the guide and the browser editor know which form is meant.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::yaml::Placed;

macro_rules! form {
    ($($(#[$about:meta])* $Name:ident is $format:literal like $pattern:literal;)*) => {$(
        $(#[$about])*
        pub(crate) struct $Name;

        impl JsonSchema for $Name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format, "pattern": $pattern })
            }
        }
    )*};
}

form! {
    /// One sentence, or a few.
    Sentence is "sentence" like "\\S";
    /// A day, `2017-04-01`.
    Day is "date" like r"^\d{4}-\d{2}-\d{2}$";
    /// A day and a time in London, `2028-03-14 16:00`.
    Time is "london-time" like r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$";
    /// A day, or a day and a time.
    DayOrTime is "london-moment" like r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$";
    /// A month, `2016-05`, or a day.
    MonthOrDay is "month" like r"^\d{4}-\d{2}(-\d{2})?$";
    /// Pounds and pence, `£45.00`.
    Money is "pounds" like r"^£?[\d,]+(\.\d{2})?$";
    /// A share of a price, a sum, or nothing: `50%`.
    ChargeText is "charge" like r"^(nothing|\d{1,3} ?%|£[\d,]+(\.\d{2})?)$";
    /// So many days before something: `10 working days`.
    DeadlineText is "deadline" like r"^\d{1,3} (working )?days?$";
    /// An address of the site, `/old/letter/`.
    Address is "address" like "^/";
    /// A page, by the path of its file inside the content.
    PagePath is "page" like r"\.md(#.+)?$";
    /// A service, by the name of its file without `.md`.
    ServiceName is "service" like "^[a-z0-9-]+$";
    /// A person, by the name of the file without `.md`.
    PersonName is "person" like "^[a-z0-9-]+$";
    /// A file beside the page.
    FileName is "file" like r"\.[A-Za-z0-9]+$";
    /// A template of the theme, without `.html`.
    TemplateName is "template" like "^[a-z0-9/-]+$";
    /// The number of a service.
    ServiceNumber is "service-number" like r"^S\d{2}$";
}

/// A value is written alike, whether its place is remembered or not.
impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
