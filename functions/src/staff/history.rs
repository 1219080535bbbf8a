//! The audit trail of a record, in words.

use std::collections::BTreeMap;

use domain::calendar::london_minute;
use domain::staff::StaffId;
use domain::trail::{Entry, Who};
use serde_json::{Value, json};

use crate::app::App;
use crate::store::StoreError;

/// The entries of a trail, as a page shows them.
pub(super) async fn history(app: &App, entries: Vec<Entry>) -> Result<Vec<Value>, StoreError> {
    let mut names: BTreeMap<StaffId, String> = BTreeMap::new();
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let by = match &entry.by {
            Who::Visitor => "Somebody at the public pages".to_owned(),
            Who::Contact(_) => "A contact of the member".to_owned(),
            Who::Clock => "Nobody: its time had come".to_owned(),
            Who::Staff(id) => match names.get(id) {
                Some(name) => name.clone(),
                None => {
                    let member = app.store.staff_member(id).await?;
                    let name = member.map_or_else(
                        || "A former member of staff".to_owned(),
                        |member| member.name,
                    );
                    names.insert(id.clone(), name.clone());
                    name
                }
            },
        };
        let fields: Vec<Value> = entry
            .fields
            .iter()
            .map(|field| {
                let values = field.values.as_ref();
                json!({
                    "name": in_words(&field.name),
                    "erased": values.is_none(),
                    "before": values.and_then(|values| values.before.as_ref()),
                    "after": values.and_then(|values| values.after.as_ref()),
                })
            })
            .collect();
        rows.push(json!({
            "what": in_words(&entry.what),
            "at": london_minute(entry.at),
            "by": by,
            "fields": fields,
        }));
    }
    Ok(rows)
}

/// `enquiry-answered` as `Enquiry answered`.
fn in_words(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ").replace('.', ", ");
    let mut letters = spaced.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
