//! Randomness from the operating system: references, keys, back-off.

use std::fmt::Write as _;

/// So many random bytes.
///
/// # Panics
///
/// If the operating system has no randomness to give: then nothing here is
/// safe to do.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// 256 random bits as 64 hexadecimal digits: what a browser holds.
#[must_use]
pub fn secret() -> String {
    format!("{}{}", key(), key())
}

/// 128 random bits as 32 hexadecimal digits.
#[must_use]
pub fn key() -> String {
    bytes::<16>()
        .iter()
        .fold(String::with_capacity(32), |mut key, byte| {
            // Writing into a text cannot fail.
            let _ = write!(key, "{byte:02x}");
            key
        })
}
