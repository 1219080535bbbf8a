//! Assets: each has its fingerprint in its address, so that a browser may keep
//! it for ever and still never shows an old one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::address;
use crate::problem::Problem;
use crate::source::{self, Area, Found};

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
        let mut read = Vec::new();
        for found in found.iter().filter(|found| found.area == Area::Asset) {
            match source::bytes(&found.path) {
                Ok(bytes) => read.push((found.inside.clone(), bytes)),
                Err(problem) => problems.push(problem),
            }
        }
        Assets::new(&read)
    }

    /// Fingerprints them. A stylesheet names other assets by their names
    /// (`url(plait.svg)`), so it comes last and gets their addresses.
    pub(crate) fn new(read: &[(String, Vec<u8>)]) -> Assets {
        let mut assets = Assets::default();
        let is_style = |name: &str| name.ends_with(".css");
        for (name, bytes) in read.iter().filter(|(name, _)| !is_style(name)) {
            assets.add(name, bytes.clone());
        }
        for (name, bytes) in read.iter().filter(|(name, _)| is_style(name)) {
            let bytes = match std::str::from_utf8(bytes) {
                Ok(style) => assets
                    .with_addresses(style, address::divide(name).0)
                    .into_bytes(),
                Err(_) => bytes.clone(),
            };
            assets.add(name, bytes);
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

    /// A stylesheet in which `url(…)` of an asset is its address.
    fn with_addresses(&self, style: &str, folder: &str) -> String {
        let mut rewritten = String::with_capacity(style.len());
        let mut rest = style;
        while let Some(at) = rest.find("url(") {
            let (before, inside) = rest.split_at(at + "url(".len());
            rewritten.push_str(before);
            let Some(end) = inside.find(')') else {
                rest = inside;
                break;
            };
            let written = inside[..end].trim();
            let name = written.trim_matches(['"', '\'']);
            let (name, anchor) = name.split_at(name.find(['#', '?']).unwrap_or(name.len()));
            let in_folder = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            match self.addresses.get(&in_folder) {
                Some(address) => {
                    rewritten.push_str(address);
                    rewritten.push_str(anchor);
                }
                None => rewritten.push_str(written),
            }
            rest = &inside[end..];
        }
        rewritten.push_str(rest);
        rewritten
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

#[cfg(test)]
mod tests {
    use super::Assets;

    #[test]
    fn a_stylesheet_names_the_fingerprinted_picture() {
        let style =
            "a{background:url(\"plait.svg#a\")}b{background:url(data:,x)}c{src:url(absent.woff2)";
        let assets = Assets::new(&[
            ("style.css".to_owned(), style.as_bytes().to_vec()),
            ("plait.svg".to_owned(), b"<svg/>".to_vec()),
        ]);
        let plait = &assets.addresses["plait.svg"];
        let rewritten = format!(
            "a{{background:url({plait}#a)}}b{{background:url(data:,x)}}c{{src:url(absent.woff2)"
        );
        assert_eq!(
            assets.files[&assets.addresses["style.css"]].as_ref(),
            rewritten.as_bytes()
        );
        assert_eq!(plait.len(), "/assets/plait.01234567.svg".len());
    }
}
