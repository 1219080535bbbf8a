//! What a kind of content is defined with: its own fields, and those that all
//! kinds share.
//!
//! The words after `///` are the editor's guide. `example` is a value that can
//! stand in the field, and `x-hint` is what is said to whoever wrote it wrong
//! or left it out. See [`super::definition`] for what is made of them.

/// Defines a kind of content: its struct with its own fields and the shared
/// ones, and all that is told of them.
macro_rules! content {
    (
        $(#[$about:meta])*
        pub struct $Name:ident is $kind:path, $subject:literal {
            $($own:tt)*
        }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$about])*
        pub struct $Name {
            $($own)*
            /// What it is about; each tag has a page that lists what carries it.
            #[serde(default)]
            #[schemars(
                example = ["fees", "joining"],
                extend("x-hint" = "write a list, such as `tags: [phonics, reading]`")
            )]
            pub tags: Vec<crate::yaml::Placed<String>>,
            /// The same under other headings, which `taxonomies` in `site.yaml` names.
            #[serde(default)]
            #[schemars(
                example = crate::kind::content::topics(),
                extend("x-hint" = "write lists by name, such as `taxonomies: { topics: [reading] }`")
            )]
            pub taxonomies: std::collections::BTreeMap<String, Vec<crate::yaml::Placed<String>>>,
            /// Addresses that it had before, which then lead to it.
            #[serde(default)]
            #[schemars(
                with = "Vec<crate::kind::form::Address>",
                example = ["/old-fees/"],
                extend("x-hint" = "write a list of old addresses, such as `aliases: [/old/letter/]`")
            )]
            pub aliases: Vec<crate::yaml::Placed<String>>,
            /// Where it stands in its list: a whole number, small ones first; 100 if left out.
            #[serde(default = "crate::kind::content::usual_weight")]
            #[schemars(
                example = 20,
                extend("x-hint" = "write a whole number; smaller ones come first in lists")
            )]
            pub weight: i32,
            /// The day, or the day and time in London, from which it is on the site; at once if left
            /// out.
            #[schemars(
                with = "Option<crate::kind::form::DayOrTime>",
                example = &"2028-03-14 09:00",
                extend("x-hint" = "write a day, such as `2028-03-14`, or a day and a time in London, such as `2028-03-14 09:00`")
            )]
            pub publish_from: Option<crate::kind::moment::Moment>,
            /// The last day that it is on the site, or the day and time at which it goes; it stays if
            /// left out.
            #[schemars(
                with = "Option<crate::kind::form::DayOrTime>",
                example = &"2028-07-31",
                extend("x-hint" = "write a day, such as `2028-07-31`, or a day and a time in London, such as `2028-07-31 17:00`")
            )]
            pub publish_until: Option<crate::yaml::Placed<crate::kind::moment::Moment>>,
            /// The day by which somebody should read it again; the checks remind of it afterwards.
            #[schemars(
                with = "Option<crate::kind::form::Day>",
                example = &"2028-09-01",
                extend("x-hint" = "write the day as `2028-09-01`")
            )]
            pub review_by: Option<crate::yaml::Placed<jiff::civil::Date>>,
            /// `true` keeps it off the site.
            #[serde(default)]
            #[schemars(
                example = true,
                extend("x-hint" = "write `draft: true`, or leave the line out to publish the page")
            )]
            pub draft: bool,
        }

        impl $Name {
            /// Its fields as a table.
            #[must_use]
            pub fn definition() -> &'static crate::kind::definition::Definition {
                static DEFINITION: std::sync::LazyLock<crate::kind::definition::Definition> =
                    std::sync::LazyLock::new(|| {
                        crate::kind::definition::Definition::of::<$Name>($kind, $subject)
                    });
                &DEFINITION
            }

            /// What it has in common with all kinds.
            pub(crate) fn common(&self) -> crate::kind::Common<'_> {
                crate::kind::Common {
                    title: &self.title,
                    description: &self.description,
                    tags: &self.tags,
                    taxonomies: &self.taxonomies,
                    aliases: &self.aliases,
                    weight: self.weight,
                    draft: self.draft,
                    publish_from: self.publish_from,
                    publish_until: self.publish_until,
                    review_by: self.review_by,
                    source: None,
                    date: None,
                    changed: None,
                }
            }
        }

        impl crate::yaml::Described for $Name {
            const SUBJECT: &'static str = $subject;

            fn required() -> &'static [&'static str] {
                &$Name::definition().required
            }

            fn needed(written: &crate::yaml::Written<'_, '_>) -> Vec<&'static str> {
                crate::kind::content::needed($kind, written)
            }

            fn elsewhere(field: &str) -> Option<&'static str> {
                crate::kind::content::elsewhere($kind, field)
            }

            fn hint(field: &str) -> Option<&'static str> {
                $Name::definition().hint(field)
            }
        }
    };
}

pub(crate) use content;

use super::{KindName, event};
use crate::yaml::Written;

/// The fields that a kind needs as well, given what is written.
pub(crate) fn needed(kind: KindName, written: &Written<'_, '_>) -> Vec<&'static str> {
    match kind {
        KindName::Event => event::needed(written),
        _ => Vec::new(),
    }
}

/// What to do with a field that a kind does not have on purpose.
pub(crate) fn elsewhere(kind: KindName, field: &str) -> Option<&'static str> {
    match kind {
        KindName::Event => event::elsewhere(field),
        _ => None,
    }
}

/// The weight of what has none.
pub(crate) fn usual_weight() -> i32 {
    100
}

/// What `taxonomies` may be.
pub(crate) fn topics() -> serde_json::Value {
    serde_json::json!({ "topics": ["phonics"] })
}
