//! How the list arrives: pasted into the form, or as a file beside it. Either
//! is text from here on, which the page keeps, so that nothing is sent twice.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use domain::form::FieldErrors;

use super::Form;
use crate::answer::ApiError;
use crate::typed::Typed;

/// The longest list, in bytes: some three thousand members with all that is
/// known of them. Sent on as a field, it is three times as long at most, and a
/// form holds two million.
const LONGEST: usize = 500_000;

/// How much is looked at, so that a file which is too long is told so on the
/// form: what a Lambda can be handed.
const LOOKED_AT: usize = 6_000_000;

/// The list, and what is wrong with how it came.
pub(in crate::staff) struct Sent {
    pub(super) form: Form,
    pub(super) errors: FieldErrors,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = ApiError;

    async fn from_request(mut request: Request, state: &S) -> Result<Sent, ApiError> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let typed = Typed::<Form>::from_request(request, state).await?;
            return Ok(Sent::of(typed.form.list, None));
        }
        DefaultBodyLimit::max(LOOKED_AT).apply(&mut request);
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| not_whole())?;
        let (mut pasted, mut file) = (String::new(), None);
        while let Some(part) = parts.next_field().await.map_err(unread)? {
            match part.name() {
                Some("list") => {
                    let bytes = part.bytes().await.map_err(unread)?;
                    pasted = String::from_utf8_lossy(&bytes).into_owned();
                }
                Some("file") => file = File::read(part).await?,
                _ => {}
            }
        }
        Ok(Sent::of(pasted, file))
    }
}

impl Sent {
    /// The file's list if there is a file, or else the one that was pasted.
    fn of(pasted: String, file: Option<File>) -> Sent {
        let mut errors = FieldErrors::default();
        let list = match file.map(File::text) {
            Some(Ok(list)) => list,
            Some(Err(sentence)) => {
                errors.note("file", sentence);
                pasted
            }
            None if pasted.trim().is_empty() => {
                errors.note("list", "Choose a file, or paste the list");
                pasted
            }
            None => {
                if pasted.len() > LONGEST {
                    errors.note("list", too_long("a list"));
                }
                pasted
            }
        };
        let form = Form { list };
        Sent { form, errors }
    }
}

/// A file that was chosen.
enum File {
    Read(Vec<u8>),
    TooLong,
}

impl File {
    /// Reads a file to its end, and keeps it if it is no longer than a list;
    /// none if none was chosen, for which a browser sends an empty one.
    async fn read(mut part: Field<'_>) -> Result<Option<File>, ApiError> {
        let named = part.file_name().is_some_and(|name| !name.is_empty());
        let mut bytes = Vec::new();
        let mut length = 0;
        while let Some(chunk) = part.chunk().await.map_err(unread)? {
            length += chunk.len();
            if length <= LONGEST {
                bytes.extend_from_slice(&chunk);
            }
        }
        Ok(match length {
            0 if !named => None,
            0..=LONGEST => Some(File::Read(bytes)),
            _ => Some(File::TooLong),
        })
    }

    /// Its text, whatever program saved it: what is not Unicode is taken for
    /// Windows-1252.
    fn text(self) -> Result<String, String> {
        let File::Read(bytes) = self else {
            return Err(too_long("a file"));
        };
        let text = decoded(&bytes);
        // A workbook is an archive, which no list begins like; other files that
        // are no text have a zero somewhere.
        if text.starts_with("PK\u{3}\u{4}") || text.contains('\0') {
            return Err("Choose a CSV file: in the spreadsheet, save the list as CSV".to_owned());
        }
        match text.trim().is_empty() {
            true => Err("Choose the file with the list: this one is empty".to_owned()),
            false if text.len() > LONGEST => Err(too_long("a file")),
            false => Ok(text),
        }
    }
}

/// Unicode if it is that, or else Windows-1252, in which every file is some text.
fn decoded(bytes: &[u8]) -> String {
    let units = |unit: fn([u8; 2]) -> u16| {
        let pairs = bytes[2..].chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, ..] => return units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => return units(u16::from_be_bytes),
        _ => {}
    }
    match str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

/// A character of Windows-1252, as the Encoding Standard has it.
fn windows_1252(byte: u8) -> char {
    /// From 0x80 on; after these it is Latin-1, and so the first of Unicode.
    const FIRST: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let place = usize::from(byte).checked_sub(0x80);
    let special = place.and_then(|place| FIRST.chars().nth(place));
    special.unwrap_or(char::from(byte))
}

fn too_long(what: &str) -> String {
    let thousands = LONGEST / 1000;
    format!("Choose {what} of at most {thousands} KB, with the columns below and no others")
}

fn not_whole() -> ApiError {
    let sentence = "Go back and send the form again: it did not arrive whole.";
    ApiError::BadRequest(sentence.to_owned())
}

fn unread(error: MultipartError) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLong,
        _ => not_whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::{File, LONGEST, Sent};

    fn read(bytes: &[u8]) -> Result<String, String> {
        File::Read(bytes.to_vec()).text()
    }

    #[test]
    fn a_file_is_read_in_the_encoding_that_it_was_saved_in() {
        let utf_16: Vec<u8> = "\u{feff}Zoë"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            "Zoë".as_bytes(),
            "\u{feff}Zoë".as_bytes(),
            b"Zo\xeb",
            &utf_16,
        ] {
            assert_eq!(read(bytes).as_deref(), Ok("Zoë"));
        }
        // An apostrophe and a pound sign as Windows has them.
        assert_eq!(read(b"St John\x92s \xa35").as_deref(), Ok("St John’s £5"));
        assert_eq!(read(b"\x80\x9fz\xff").as_deref(), Ok("€Ÿzÿ"));
        assert_eq!(read(b"\xfe\xff\0Z\0o\0\xeb").as_deref(), Ok("Zoë"));
    }

    #[test]
    fn what_is_no_list_is_refused_in_a_sentence() {
        for (bytes, begins) in [
            (b"PK\x03\x04 a workbook".to_vec(), "Choose a CSV file"),
            (b"\xd0\xcf\x11\xe0\0\0".to_vec(), "Choose a CSV file"),
            (b" \r\n".to_vec(), "Choose the file with the list"),
            (Vec::new(), "Choose the file with the list"),
            (vec![0xe9; LONGEST], "Choose a file of at most 500 KB"),
        ] {
            let sentence = read(&bytes).unwrap_err();
            assert!(sentence.starts_with(begins), "{sentence}");
        }
        assert!(File::TooLong.text().is_err());
        assert!(read(&vec![b'a'; LONGEST]).is_ok());
    }

    #[test]
    fn a_file_goes_before_what_was_pasted_and_a_bad_one_leaves_it() {
        let file = |text: &str| Some(File::Read(text.as_bytes().to_vec()));
        let both = Sent::of("pasted".to_owned(), file("filed"));
        assert_eq!(both.form.list, "filed");
        let bad = Sent::of("pasted".to_owned(), file("\0"));
        assert_eq!(bad.form.list, "pasted");
        assert!(!bad.errors.is_empty());
    }
}
