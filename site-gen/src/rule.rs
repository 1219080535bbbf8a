//! The rules that content is held to: one table, of which the messages, the
//! editor's guide and the machine-readable report are made.

/// Whether what is found keeps the site from being built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site stays as it was until it is mended.
    Error,
    /// It is told, and the site is built (unless warnings are denied).
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! rules {
    ($($Name:ident $name:literal $severity:ident $about:literal;)*) => {
        /// What a file can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {$(
            #[doc = $about]
            $Name,
        )*}

        impl Rule {
            /// All of them, in the order in which the guide tells of them.
            pub const ALL: &[Rule] = &[$(Rule::$Name,)*];

            /// Its name, for a machine and for whoever asks about it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {$(Rule::$Name => $name,)*}
            }

            /// Whether breaking it keeps the site from being built.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {$(Rule::$Name => Severity::$severity,)*}
            }

            /// What breaks it, in a sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {$(Rule::$Name => $about,)*}
            }
        }
    };
}

rules! {
    Unreadable "unreadable" Error "A file or a folder that cannot be read or written, is missing, or cannot be named so.";
    Syntax "syntax" Error "A text that does not follow the rules of its form: front matter, Markdown, a component, a table of data.";
    UnknownField "unknown-field" Error "A field that the kind of content does not have.";
    MissingField "missing-field" Error "A field that must be there and is not.";
    WrongType "wrong-type" Error "A value that is not what its field takes, such as a word where a number is wanted.";
    DateOrder "date-order" Error "An end before its beginning: of an event, of booking, of publishing, of a page’s dates.";
    FieldsDisagree "fields-disagree" Error "Two fields that cannot both be true.";
    NumberTaken "number-taken" Error "Two services of one number.";
    UnknownReference "unknown-reference" Error "A service or a person named in front matter that is not there.";
    BrokenLink "broken-link" Error "A link, or a line of a menu, that leads to no page and no address.";
    BrokenAnchor "broken-anchor" Error "A link to a heading that is not on its page.";
    MissingFile "missing-file" Error "A picture or a document that is not beside the pages.";
    UnpublishedLink "unpublished-link" Error "A link to a page, or to the file of a document, that is a draft or is not on the site as long as the link is.";
    AlternativeText "alternative-text" Error "A picture without words for those who cannot see it.";
    HeadingSkipped "heading-skipped" Error "A heading more than one level below the one before it.";
    AddressTaken "address-taken" Error "Two things at one address, or an alias that is something else’s address.";
    MovedWithoutRedirect "moved-without-redirect" Error "An address at which a page was published and where nothing is now.";
    PriceWithoutCharge "price-without-charge" Error "An event with a price whose service is not one that is charged for.";
    JoiningLink "joining-link" Error "A link into an online meeting, in a file that everybody can read.";
    Template "template" Error "A fault of the theme, met while a page was made.";
    PastEventOpen "past-event-open" Warning "An event that is over and still on the site.";
    BankHolidays "bank-holidays" Warning "An event with a deadline in working days, in a year whose bank holidays are not in `booking.yaml`.";
    ReviewPassed "review-passed" Warning "A page that should have been read again by now.";
    LongSentence "long-sentence" Warning "A sentence of more than 40 words; words in quotation marks, quotations and pages whose text comes from a source are left alone.";
}
