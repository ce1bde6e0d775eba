//! Values of attributes, properties and styles, and how the page follows them.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Element, HtmlElement};

use super::live::{Flag, Text};

/// One thing of an element that can be written.
pub(crate) struct Slot {
    name: &'static str,
    of: Owning,
}

/// What the thing belongs to.
enum Owning {
    Attribute(Element),
    Property(Element),
    Style(CssStyleDeclaration),
}

impl Slot {
    pub(super) fn attribute(element: &Element, name: &'static str) -> Self {
        Self { name, of: Owning::Attribute(element.clone()) }
    }

    pub(super) fn property(element: &Element, name: &'static str) -> Self {
        Self { name, of: Owning::Property(element.clone()) }
    }

    pub(super) fn style(element: &Element, name: &'static str) -> Self {
        Self { name, of: Owning::Style(element.unchecked_ref::<HtmlElement>().style()) }
    }

    /// Writes text. Nothing of this fails but for a name that is none.
    #[inline(never)]
    fn write(&self, value: &str) {
        match &self.of {
            Owning::Attribute(element) => {
                let _ = element.set_attribute(self.name, value);
            }
            Owning::Property(element) => self.set(element, &JsValue::from_str(value)),
            Owning::Style(style) => {
                let _ = style.set_property(self.name, value);
            }
        }
    }

    /// Writes a yes or no: an attribute is there or not.
    #[inline(never)]
    fn state(&self, holds: bool) {
        match &self.of {
            Owning::Attribute(element) if holds => {
                let _ = element.set_attribute(self.name, "");
            }
            Owning::Attribute(element) => {
                let _ = element.remove_attribute(self.name);
            }
            Owning::Property(element) => self.set(element, &JsValue::from_bool(holds)),
            Owning::Style(_) => {}
        }
    }

    fn set(&self, element: &Element, value: &JsValue) {
        let _ = js_sys::Reflect::set(element, &JsValue::from_str(self.name), value);
    }
}

/// What can be written there.
pub(crate) trait Value {
    /// Writes it, now and whenever it changes.
    fn give(self, to: Slot);
}

impl Value for &str {
    #[inline(never)]
    fn give(self, to: Slot) {
        to.write(self);
    }
}

impl Value for String {
    fn give(self, to: Slot) {
        self.as_str().give(to);
    }
}

impl Value for bool {
    fn give(self, to: Slot) {
        to.state(self);
    }
}

impl<T: Value> Value for Option<T> {
    fn give(self, to: Slot) {
        if let Some(value) = self {
            value.give(to);
        }
    }
}

impl Value for Text {
    #[inline(never)]
    fn give(self, to: Slot) {
        follow(self, Box::new(move |now| to.write(now)));
    }
}

impl Value for Flag {
    #[inline(never)]
    fn give(self, to: Slot) {
        let effect = RenderEffect::new(move |before| {
            let now = self.get();
            if before != Some(now) {
                to.state(now);
            }
            now
        });
        on_cleanup(move || drop(effect));
    }
}

/// Writes text, and again whenever it is another.
pub(super) fn follow(text: Text, write: Box<dyn Fn(&str)>) {
    let effect = RenderEffect::new(move |before: Option<String>| {
        let now = text.get();
        if before.as_ref() != Some(&now) {
            write(&now);
        }
        now
    });
    on_cleanup(move || drop(effect));
}
