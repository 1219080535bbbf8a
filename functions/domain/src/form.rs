//! What is wrong with a form, field by field, in the words that a person reads.

use std::fmt::Display;

use serde::Serialize;

/// One field that has to be put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The name of the field in the form.
    pub field: &'static str,
    /// A plain sentence that says what to do.
    pub message: String,
}

/// All the fields that have to be put right, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Keeps a value, or notes what is wrong with its field.
    pub fn keep<T, E: Display>(&mut self, field: &'static str, value: Result<T, E>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(field, error);
                None
            }
        }
    }

    /// Notes what is wrong with a field.
    pub fn note(&mut self, field: &'static str, message: impl Display) {
        self.0.push(FieldError {
            field,
            message: message.to_string(),
        });
    }

    /// Notes all that is wrong elsewhere too.
    pub fn append(&mut self, others: FieldErrors) {
        self.0.extend(others.0);
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
}

/// A single field that is wrong.
impl From<FieldError> for FieldErrors {
    fn from(error: FieldError) -> FieldErrors {
        FieldErrors(vec![error])
    }
}
