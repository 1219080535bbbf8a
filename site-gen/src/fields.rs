//! Which fields of a page the theme shows anywhere. What no template names is
//! neither gathered nor made: a theme without related pages does not pay for
//! them, and a title that nobody else shows is nobody else's edit.
//!
//! A field is named if its name is a word of any template's text, be it in
//! another sense. So nothing that a template could show is ever missing.

use std::collections::HashSet;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Whether each field is named.
        #[derive(Debug, Clone, Copy)]
        #[allow(clippy::struct_excessive_bools)]
        pub(crate) struct Fields {
            $($(#[$doc])* pub(crate) $name: bool,)*
        }

        impl Fields {
            /// All of them: what a template may be told that it can have.
            pub(crate) const ALL: Fields = Fields { $($name: true,)* };

            fn of_words(words: &HashSet<&str>) -> Fields {
                Fields { $($name: words.contains(stringify!($name)),)* }
            }
        }
    };
}

fields! {
    /// As search engines read the model.
    json_ld,
    breadcrumbs,
    previous,
    next,
    related,
    terms,
    feed,
    headings,
    summary,
    date,
    updated,
    source,
    as_at,
    section,
    words,
    reading_time,
    description,
    kind,
    taxonomy,
}

impl Fields {
    /// The fields that these templates name.
    pub(crate) fn named_in<'t>(templates: impl IntoIterator<Item = &'t str>) -> Fields {
        let is_sign = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_';
        let words = templates.into_iter().flat_map(|text| text.split(is_sign));
        Fields::of_words(&words.collect())
    }

    /// Whether the way from the home page is shown.
    pub(crate) fn way(self) -> bool {
        self.breadcrumbs || self.json_ld
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn a_field_is_named_as_a_word_and_not_within_one() {
        let fields = Fields::named_in([
            "{{ page.related }}{% if page[\"next\"] %}",
            "{{ unrelated.words_ }}",
        ]);
        assert!(fields.related && fields.next);
        assert!(!fields.words && !fields.way());
    }
}
