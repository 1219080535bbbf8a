//! Lists, which Stripe gives in pages, the newest first.

use jiff::Timestamp;
use stripe::StripeError;
use stripe_types::{AsCursorOpt as _, List, Object, RangeBoundsTs, RangeQueryTs};

use super::ProviderError;

/// How many items Stripe gives at once, at most.
pub(super) const PAGE: i64 = 100;

/// Every item of a list, the oldest first. `page` asks for those after an item.
pub(super) async fn all<T, F>(
    mut page: impl FnMut(Option<String>) -> F,
) -> Result<Vec<T>, ProviderError>
where
    T: Object,
    F: Future<Output = Result<List<T>, StripeError>>,
{
    let mut found: Vec<T> = Vec::new();
    let mut after = None;
    loop {
        let read = page(after).await?;
        found.extend(read.data);
        after = found
            .last()
            .and_then(|last| last.id().as_cursor_opt())
            .map(str::to_owned);
        if !read.has_more || after.is_none() {
            break;
        }
    }
    found.reverse();
    Ok(found)
}

/// What was made at `from` or later.
pub(super) fn since(from: Timestamp) -> RangeQueryTs {
    RangeQueryTs::gte(from.as_second())
}

/// What was made at `from` or later, and before `to`.
pub(super) fn between(from: Timestamp, to: Timestamp) -> RangeQueryTs {
    RangeQueryTs::Bounds(RangeBoundsTs {
        gte: Some(from.as_second()),
        lt: Some(to.as_second()),
        ..RangeBoundsTs::default()
    })
}

/// A time as Stripe gives it, in seconds since 1970.
pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}
