//! Where an element of a view can be found.

use std::marker::PhantomData;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// An element, once it is there.
pub(crate) type Found = RwSignal<Option<Element>, LocalStorage>;

/// Where an element of a view can be found: `node_ref=place` tells it.
pub(crate) struct NodeRef<T>(Found, PhantomData<fn() -> T>);

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T> NodeRef<T> {
    /// Nothing is found yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new_local(None), PhantomData)
    }

    /// The element of whatever kind.
    pub(crate) fn found(self) -> Found {
        self.0
    }
}

impl<T: JsCast> NodeRef<T> {
    /// The element, once it is there; whoever asks is told when it comes.
    pub(crate) fn get(self) -> Option<T> {
        self.0.get().map(JsCast::unchecked_into)
    }

    /// The element, if it is there now.
    pub(crate) fn get_untracked(self) -> Option<T> {
        self.0.get_untracked().map(JsCast::unchecked_into)
    }
}
