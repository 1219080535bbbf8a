//! What is wrong with a template, and where, as far as Tera knows it.

use tera::{Error, ErrorKind};

/// A template that cannot be parsed, or cannot be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", self.place())]
pub struct ThemeError {
    /// The template's name, such as `forms/apply.html`.
    pub template: String,
    /// Its line, counted from 1.
    pub line: Option<usize>,
    /// Its column, counted from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl ThemeError {
    /// What Tera says; `asked` is the template that was being rendered, in
    /// case Tera names none.
    pub(crate) fn from_tera(asked: &str, error: &Error) -> ThemeError {
        let whole = |template: &str, message: String| ThemeError {
            template: template.to_owned(),
            line: None,
            column: None,
            message,
        };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => ThemeError {
                template: report.filename().to_owned(),
                line: Some(report.span().start_line),
                column: Some(report.span().start_col + 1),
                message: report.message().to_owned(),
            },
            ErrorKind::MissingParent { current, parent } => whole(
                current,
                format!("it extends `{parent}`, and there is no such template"),
            ),
            ErrorKind::CircularExtend {
                tpl,
                inheritance_chain,
            } => whole(
                tpl,
                format!("it extends itself: {}", inheritance_chain.join(", then ")),
            ),
            ErrorKind::CircularInclude { tpl, include_chain } => whole(
                tpl,
                format!("it includes itself: {}", include_chain.join(", then ")),
            ),
            ErrorKind::TemplateNotFound(name) => {
                whole(name, "there is no such template".to_owned())
            }
            other => {
                let message = other.to_string();
                placed(&message).unwrap_or_else(|| whole(asked, message))
            }
        }
    }

    /// `forms/apply.html:3:9`, or the name alone.
    fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.template),
            _ => self.template.clone(),
        }
    }
}

/// The first of Tera’s reports that come as one text, such as those of filters
/// which are not there.
fn placed(message: &str) -> Option<ThemeError> {
    let (what, rest) = message.strip_prefix("error: ")?.split_once("\n --> ")?;
    let place = rest.lines().next()?;
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(ThemeError {
        template: parts.next()?.to_owned(),
        line: Some(line),
        column: Some(column),
        message: what.to_owned(),
    })
}
