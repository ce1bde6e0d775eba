//! The size of an element as a signal.

use leptos::prelude::*;
use leptos_use_element_size::{UseElementSizeReturn, use_element_size};
use web_sys::Element;

/// The inner (width, height) of an element in whole CSS pixels; (0, 0) until it is in the page.
pub(crate) fn use_size<N, E>(node: N) -> Memo<(f64, f64)>
where
    N: Get<Value = Option<E>> + Send + Sync + 'static,
    Element: From<E>,
{
    let UseElementSizeReturn { width, height } = use_element_size(node);
    Memo::new(move |_| (width.get().round(), height.get().round()))
}
