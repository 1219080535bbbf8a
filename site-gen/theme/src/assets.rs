//! `asset(path="style.css")`: the address of an asset, its fingerprint included.

use std::collections::BTreeMap;

use tera::{Error, Kwargs, State, Tera, TeraResult};

/// Gives templates the function `asset`.
pub(crate) fn register(tera: &mut Tera, assets: BTreeMap<String, String>) {
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
