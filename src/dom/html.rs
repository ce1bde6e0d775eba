//! Pieces of the page, and the tags that they are made of.

use std::borrow::Cow;

use leptos::prelude::{IsDisposed, RenderEffect, Set, StoredValue, document, on_cleanup};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node};

use super::NodeRef;
use super::live::{Act, Part, Text};
use super::value::{Slot, Value, follow};

/// A piece of the page: one element, or several in a row.
pub(crate) struct Html(Node);

/// What `<Name field=value />` shows.
pub(crate) trait Component {
    /// Makes the piece of the page.
    fn show(self) -> Html;
}

/// Puts a piece into the page, for as long as the page is there.
pub(crate) fn mount(place: HtmlElement, build: impl FnOnce() -> Html + 'static) {
    let parent = place.clone();
    leptos::mount::mount_to(place, move || build().put(&parent)).forget();
}

impl Html {
    /// An element of HTML with the attributes that never change: `name=value`, one a line.
    #[inline(never)]
    pub(crate) fn tag(name: &str, fixed: &str) -> Self {
        Self::with(document().create_element(name), fixed)
    }

    /// The same of SVG.
    #[inline(never)]
    pub(crate) fn drawn(name: &str, fixed: &str) -> Self {
        Self::with(document().create_element_ns(Some("http://www.w3.org/2000/svg"), name), fixed)
    }

    /// A place for pieces in a row.
    pub(crate) fn several() -> Self {
        Self(document().create_document_fragment().into())
    }

    /// A child without a tag around it.
    pub(crate) fn of(child: impl Child) -> Self {
        Self::several().child(child)
    }

    fn with(element: Result<Element, JsValue>, fixed: &str) -> Self {
        let element = element.unwrap_or_else(|error| stop(&error));
        for (name, value) in fixed.lines().filter_map(|line| line.split_once('=')) {
            // Fails only where the name is none.
            let _ = element.set_attribute(name, value);
        }
        Self(element.into())
    }

    fn element(&self) -> &Element {
        self.0.unchecked_ref()
    }

    /// Gives the element an attribute.
    pub(crate) fn attribute(self, name: &'static str, value: impl Value) -> Self {
        value.give(Slot::attribute(self.element(), name));
        self
    }

    /// Gives the element a property.
    pub(crate) fn property(self, name: &'static str, value: impl Value) -> Self {
        value.give(Slot::property(self.element(), name));
        self
    }

    /// Gives the element's style a property.
    pub(crate) fn style(self, name: &'static str, value: impl Value) -> Self {
        value.give(Slot::style(self.element(), name));
        self
    }

    /// Listens to an event. An element that is taken out may still lose the focus; then what belongs to it is gone, and nobody listens.
    #[inline(never)]
    pub(crate) fn on(self, name: &str, mut act: Act) -> Self {
        let is_here = StoredValue::new(());
        let act: Act = Box::new(move |event| {
            if !is_here.is_disposed() {
                act(event);
            }
        });
        let listener = Closure::wrap(act).into_js_value();
        // Fails only where the listener is no function.
        let _ = self.0.add_event_listener_with_callback(name, listener.unchecked_ref());
        self
    }

    /// Tells where the element is.
    pub(crate) fn found<T>(self, by: NodeRef<T>) -> Self {
        by.found().set(Some(self.element().clone()));
        self
    }

    /// Puts a child behind those that are there.
    pub(crate) fn child(self, child: impl Child) -> Self {
        child.put(&self.0);
        self
    }

    /// The node itself.
    pub(super) fn node(&self) -> &Node {
        &self.0
    }
}

/// A browser that makes no elements leaves nothing to go on with; the card of public/crash.js says what it said.
#[expect(clippy::panic, reason = "the panic hook is the way to that card")]
fn stop(error: &JsValue) -> ! {
    let told = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    panic!("the browser makes no element: {}", told.unwrap_or_default())
}

impl FromIterator<Html> for Html {
    fn from_iter<T: IntoIterator<Item = Html>>(pieces: T) -> Self {
        pieces.into_iter().fold(Self::several(), Self::child)
    }
}

/// What can stand between two tags.
pub(crate) trait Child {
    /// Puts it behind what the parent has.
    fn put(self, parent: &Node);
}

impl Child for Html {
    #[inline(never)]
    fn put(self, parent: &Node) {
        // Fails only where the piece holds its parent.
        let _ = parent.append_child(&self.0);
    }
}

impl Child for &str {
    #[inline(never)]
    fn put(self, parent: &Node) {
        Html(document().create_text_node(self).into()).put(parent);
    }
}

impl Child for Vec<Html> {
    fn put(self, parent: &Node) {
        for piece in self {
            piece.put(parent);
        }
    }
}

impl Child for String {
    fn put(self, parent: &Node) {
        self.as_str().put(parent);
    }
}

impl Child for Text {
    #[inline(never)]
    fn put(self, parent: &Node) {
        let words: Node = document().create_text_node("").into();
        Html(words.clone()).put(parent);
        follow(self, Box::new(move |now| words.set_node_value(Some(now))));
    }
}

impl Child for Cow<'_, str> {
    fn put(self, parent: &Node) {
        self.as_ref().put(parent);
    }
}

impl<T: Child> Child for Option<T> {
    fn put(self, parent: &Node) {
        if let Some(child) = self {
            child.put(parent);
        }
    }
}

impl Child for Part {
    #[inline(never)]
    fn put(mut self, parent: &Node) {
        let place = Place::end_of(parent);
        let effect = RenderEffect::new(move |_: Option<()>| {
            let piece = self();
            place.empty();
            place.insert(&piece.0, None);
        });
        on_cleanup(move || drop(effect));
    }
}

/// A place in the page whose content changes, between two marks.
pub(super) struct Place {
    from: Node,
    to: Node,
}

impl Place {
    /// A place behind what the parent has.
    pub(super) fn end_of(parent: &Node) -> Self {
        let mark = || -> Node { document().create_comment("").into() };
        let place = Self { from: mark(), to: mark() };
        Html(place.from.clone()).put(parent);
        Html(place.to.clone()).put(parent);
        place
    }

    /// The first node in it, or the mark at its end.
    pub(super) fn first(&self) -> Option<Node> {
        self.from.next_sibling()
    }

    /// Puts a node before another one of this place, or at the end.
    pub(super) fn insert(&self, node: &Node, before: Option<&Node>) {
        if let Some(parent) = self.to.parent_node() {
            // Fails only where the place is not in the parent any more.
            let _ = parent.insert_before(node, Some(before.unwrap_or(&self.to)));
        }
    }

    /// Takes everything out.
    fn empty(&self) {
        let Some(parent) = self.to.parent_node() else { return };
        while let Some(node) = self.first().filter(|node| *node != self.to) {
            if parent.remove_child(&node).is_err() {
                return;
            }
        }
    }
}
