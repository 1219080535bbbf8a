//! `asset(path="style.css")`: the address of an asset, its fingerprint included;
//! `has_asset(path="minisearch.js")`: whether there is one, for those that come
//! from packages and may not have been fetched.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Error, Kwargs, State, Tera, TeraResult};

/// Gives templates the functions `asset` and `has_asset`.
pub(crate) fn register(tera: &mut Tera, assets: BTreeMap<String, String>) {
    let names: BTreeSet<String> = assets.keys().cloned().collect();
    tera.register_function(
        "has_asset",
        move |arguments: Kwargs, _: &State| -> TeraResult<bool> {
            Ok(names.contains(arguments.must_get::<&str>("path")?))
        },
    );
    tera.register_function(
        "asset",
        move |arguments: Kwargs, _: &State| -> TeraResult<String> {
            let path = arguments.must_get::<&str>("path")?;
            assets.get(path).cloned().ok_or_else(|| {
                let known: Vec<_> = assets.keys().map(|name| format!("`{name}`")).collect();
                Error::message(format!(
                    "there is no asset `{path}`; there are {}",
                    known.join(", ")
                ))
            })
        },
    );
}
