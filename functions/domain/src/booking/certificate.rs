//! The code of a certificate of attendance: whoever reads it on a paper can see
//! whether the paper is true.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a certificate is known by: whoever has it can see that it is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateCode(String);

impl CertificateCode {
    /// Of eighty random bits, the caller's.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 10]) -> CertificateCode {
        let digits = entropy.iter().map(|byte| format!("{byte:02x}"));
        CertificateCode(digits.collect())
    }

    /// Reads a code as people copy it: any case, with hyphens and spaces.
    #[must_use]
    pub fn parse(text: &str) -> Option<CertificateCode> {
        let digits = text.chars().filter(|one| !matches!(one, '-' | ' '));
        let digits: String = digits.collect::<String>().to_ascii_lowercase();
        let is_code = digits.len() == 20 && digits.bytes().all(|one| one.is_ascii_hexdigit());
        is_code.then_some(CertificateCode(digits))
    }

    /// The code, as addresses and keys have it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<CertificateCode> for String {
    fn from(code: CertificateCode) -> String {
        code.0
    }
}

impl TryFrom<String> for CertificateCode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<CertificateCode, &'static str> {
        CertificateCode::parse(&text).ok_or("that is no code of a certificate")
    }
}

/// As people read it, in fives.
impl fmt::Display for CertificateCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in self.0.chars().enumerate() {
            if index > 0 && index % 5 == 0 {
                formatter.write_str("-")?;
            }
            write!(formatter, "{digit}")?;
        }
        Ok(())
    }
}
