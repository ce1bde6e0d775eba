//! A list whose items change places without losing the keyboard focus.

use std::collections::HashMap;
use std::hash::Hash;

use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, HtmlLiElement};

/// A keyed list like `<For>`. A browser takes the focus from an element that is moved in the page, so `<For>`
/// keeps the items in the order in which they were added, and an effect puts the elements into their order
/// around the focused one.
#[component]
pub(crate) fn ReorderableList<K>(
    keys: Memo<Vec<K>>,
    /// Renders an item, whose root must be a list item with the given node reference.
    item: impl Fn(K, NodeRef<html::Li>) -> AnyView + Clone + Send + 'static,
) -> impl IntoView
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
{
    let insertion_order = Memo::new(move |previous: Option<&Vec<K>>| {
        let keys = keys.read();
        let previous = previous.map_or(&[][..], Vec::as_slice);
        let kept = previous.iter().filter(|key| keys.contains(key));
        let added = keys.iter().filter(|key| !previous.contains(key));
        kept.chain(added).copied().collect::<Vec<K>>()
    });
    let elements = RwSignal::new(HashMap::<K, NodeRef<html::Li>>::new());
    let item_view = move |key: K| {
        let element = NodeRef::new();
        elements.update(|elements| {
            elements.insert(key, element);
        });
        on_cleanup(move || {
            // The list itself may have been removed.
            let _ = elements.try_update(|elements| elements.remove(&key));
        });
        item(key, element)
    };
    Effect::new(move || {
        let elements = elements.read();
        let in_order = keys.read().iter().filter_map(|key| elements.get(key)?.get()).collect::<Vec<_>>();
        // Fails only if an element is not in the page any more.
        let _ = reorder(&in_order, document().active_element().as_ref());
    });
    view! { <For each=move || insertion_order.get() key=|key| *key let:key>{item_view(key)}</For> }
}

/// Moves siblings into the given order. The one that contains the focus stays where it is, and the others
/// pass it.
fn reorder(elements: &[HtmlLiElement], focused: Option<&Element>) -> Result<(), wasm_bindgen::JsValue> {
    let contains_focus = |element: &HtmlLiElement| element.contains(focused.map(AsRef::as_ref));
    let fixed = elements.iter().position(|element| focused.is_some() && contains_focus(element)).unwrap_or(0);
    let (before, after) = elements.split_at(fixed.min(elements.len()));
    let Some(mut next) = after.first() else { return Ok(()) };
    for element in before.iter().rev() {
        if element.next_element_sibling().as_ref() != Some(next.as_ref()) {
            next.before_with_node_1(element)?;
        }
        next = element;
    }
    for pair in after.windows(2) {
        let [previous, element] = pair else { continue };
        if element.previous_element_sibling().as_ref() != Some(previous.as_ref()) {
            previous.after_with_node_1(element)?;
        }
    }
    Ok(())
}
