//! Pieces in a row that come, go and change places, each kept for as long as its key is there.

use leptos::prelude::*;
use web_sys::Node;

use super::html::{Child, Html, Place};

/// A piece for each key, in their order.
pub(crate) fn each(
    keys: impl Fn() -> Vec<usize> + 'static,
    build: impl Fn(usize) -> Html + 'static,
) -> impl Child {
    List { keys: Box::new(keys), build: Box::new(build) }
}

struct List {
    keys: Box<dyn Fn() -> Vec<usize>>,
    build: Box<dyn Fn(usize) -> Html>,
}

/// One piece that is there.
struct Item {
    key: usize,
    node: Node,
    owner: Owner,
}

impl Child for List {
    fn put(self, parent: &Node) {
        let place = Place::end_of(parent);
        // What belongs to a piece outlives one run of the effect.
        let outer = Owner::current().unwrap_or_default();
        let mut items: Vec<Item> = Vec::new();
        let effect = RenderEffect::new(move |_: Option<()>| {
            let keys = (self.keys)();
            let mut before = std::mem::take(&mut items);
            for gone in before.extract_if(.., |item| !keys.contains(&item.key)) {
                gone.owner.cleanup();
                if let Some(parent) = gone.node.parent_node() {
                    // Fails only where it is not there any more.
                    let _ = parent.remove_child(&gone.node);
                }
            }
            let mut next = place.first();
            for key in keys {
                let known = before.iter().position(|item| item.key == key).map(|at| before.swap_remove(at));
                let is_known = known.is_some();
                let item = known.unwrap_or_else(|| {
                    let owner = outer.child();
                    let piece = owner.with(|| untrack(|| (self.build)(key)));
                    Item { key, node: piece.node().clone(), owner }
                });
                if next.as_ref() != Some(&item.node) {
                    if is_known && item.node.contains(document().active_element().as_deref()) {
                        give_way(&place, &item.node, next.as_ref());
                    } else {
                        place.insert(&item.node, next.as_ref());
                    }
                }
                next = item.node.next_sibling();
                items.push(item);
            }
        });
        on_cleanup(move || drop(effect));
    }
}

/// Lets others go behind a node in which the focus is: that stays where it is, for what is moved loses the focus.
#[inline(never)]
fn give_way(place: &Place, node: &Node, first: Option<&Node>) {
    let behind = node.next_sibling();
    let mut next = first.cloned();
    while let Some(moved) = next.filter(|next| next != node) {
        next = moved.next_sibling();
        place.insert(&moved, behind.as_ref());
    }
}
