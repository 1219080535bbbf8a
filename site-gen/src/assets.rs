//! Assets: each has its fingerprint in its address, so that a browser may keep
//! it for ever and still never shows an old one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::address;
use crate::problem::Problem;
use crate::script;
use crate::source::{self, Area, Found};
use crate::style::{self, Sheets};

/// The assets of a theme.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assets {
    /// The address of each, by its name.
    pub(crate) addresses: BTreeMap<String, String>,
    /// What is at each address.
    pub(crate) files: BTreeMap<String, Arc<[u8]>>,
}

impl Assets {
    /// Reads those of a theme.
    pub(crate) fn read(found: &[Found], problems: &mut Vec<Problem>) -> Assets {
        let mut sheets = Sheets::new();
        let mut others = Vec::new();
        for found in found.iter().filter(|found| found.area == Area::Asset) {
            let name = found.inside.clone();
            let read = if name.ends_with(".js") {
                source::text(&found.path)
                    .map(|text| others.push((name, script::lean(&text.text).into_bytes())))
            } else if name.ends_with(".css") {
                source::text(&found.path).map(|text| {
                    sheets.insert(name, text);
                })
            } else {
                source::bytes(&found.path).map(|bytes| others.push((name, bytes)))
            };
            problems.extend(read.err());
        }
        Assets::new(others, &sheets, problems)
    }

    /// Fingerprints them. A style sheet names other assets by their addresses,
    /// so it comes last.
    fn new(others: Vec<(String, Vec<u8>)>, sheets: &Sheets, problems: &mut Vec<Problem>) -> Assets {
        let mut assets = Assets::default();
        for (name, bytes) in others {
            assets.add(&name, bytes);
        }
        for (name, text) in style::finished(sheets, &assets.addresses, problems) {
            assets.add(&name, text.into_bytes());
        }
        assets
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let (folder, file) = address::divide(name);
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let print = fingerprint(&bytes);
        let address = match file.rsplit_once('.') {
            Some((stem, extension)) => format!("/assets/{folder}{stem}.{print}.{extension}"),
            None => format!("/assets/{folder}{file}.{print}"),
        };
        self.addresses.insert(name.to_owned(), address.clone());
        self.files.insert(address, bytes.into());
    }
}

/// The first eight hexadecimal digits of the SHA-256 of some bytes.
fn fingerprint(bytes: &[u8]) -> String {
    let mut print = String::new();
    for byte in Sha256::digest(bytes).iter().take(4) {
        // Writing to a String cannot fail.
        let _ = write!(print, "{byte:02x}");
    }
    print
}
