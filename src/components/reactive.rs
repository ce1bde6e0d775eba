//! Memos that Leptos does not have.

use std::sync::Arc;

use leptos::prelude::*;

/// A memo that compares by pointer: for large values that `compute` returns again if they are unchanged.
pub(crate) fn memo_by_pointer<T: Send + Sync + 'static>(
    compute: impl Fn(Option<&Arc<T>>) -> Arc<T> + Send + Sync + 'static,
) -> Memo<Arc<T>> {
    Memo::new_with_compare(compute, |before, now| before.map(Arc::as_ptr) != now.map(Arc::as_ptr))
}

/// A memo that keeps its value while `condition` holds.
pub(crate) fn unchanged_while<T>(
    condition: Memo<bool>,
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |previous: Option<&T>| match previous {
        Some(previous) if condition.get() => previous.clone(),
        _ => compute(),
    })
}
