//! Live values in few types: what changes is read through a handful of boxed kinds of closure.
//!
//! The code around a closure is compiled once for each type of closure, and every closure is a type of its own. Boxed at
//! the door, hundreds of them share it.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

use super::Html;

/// Text that follows its sources.
pub(crate) type Text = Signal<String>;
/// A yes or no that follows its sources.
pub(crate) type Flag = Signal<bool>;
/// A part of the page that is built anew when its sources change.
pub(crate) type Part = Box<dyn FnMut() -> Html + Send>;

/// Text that is read by a closure.
pub(crate) fn text(read: impl Fn() -> String + Send + Sync + 'static) -> Text {
    #[inline(never)]
    fn of(read: Box<dyn Fn() -> String + Send + Sync>) -> Text {
        Signal::derive(read)
    }
    of(Box::new(read))
}

/// Text that never changes, where live text is wanted.
pub(crate) fn fixed(words: &str) -> Text {
    let words = words.to_owned();
    text(move || words.clone())
}

/// A yes or no that is read by a closure.
pub(crate) fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Flag {
    #[inline(never)]
    fn of(read: Box<dyn Fn() -> bool + Send + Sync>) -> Flag {
        Signal::derive(read)
    }
    of(Box::new(read))
}

/// "true" or "false", as attributes have it.
pub(crate) fn stated(flag: impl Fn() -> bool + Send + Sync + 'static) -> Text {
    text(move || if flag() { "true".to_owned() } else { "false".to_owned() })
}

/// A large value that follows its sources: it is another one where it is made anew, and the same where it is handed on.
pub(crate) fn shared<T: Send + Sync + 'static>(
    make: impl Fn(Option<&Arc<T>>) -> Arc<T> + Send + Sync + 'static,
) -> Memo<Arc<T>> {
    Memo::new_with_compare(make, |before, now| before.map(Arc::as_ptr) != now.map(Arc::as_ptr))
}

/// A part that is built by a closure.
pub(crate) fn part(build: impl FnMut() -> Html + Send + 'static) -> Part {
    Box::new(build)
}

/// A part that is there only while a condition holds, and is built when it begins to.
pub(crate) fn when(condition: Flag, build: impl Fn() -> Html + Send + 'static) -> Part {
    #[inline(never)]
    fn of(condition: Flag, build: Box<dyn Fn() -> Html + Send>) -> Part {
        let holds = Memo::new(move |_| condition.get());
        part(move || if holds.get() { build() } else { Html::several() })
    }
    of(condition, Box::new(build))
}

/// What an event does.
pub(crate) type Act = Box<dyn FnMut(Event)>;

/// Does something when a button is pressed.
pub(crate) fn press(act: impl FnMut() + 'static) -> Act {
    let mut act = act;
    Box::new(move |_| act())
}

/// Does something with a pointer's event.
pub(crate) fn pointer(act: impl FnMut(PointerEvent) + 'static) -> Act {
    let mut act = act;
    Box::new(move |event| act(event.unchecked_into()))
}

/// Does something with a key's event.
pub(crate) fn key(act: impl FnMut(KeyboardEvent) + 'static) -> Act {
    let mut act = act;
    Box::new(move |event| act(event.unchecked_into()))
}

/// Does something with any other event.
pub(crate) fn event(act: impl FnMut(Event) + 'static) -> Act {
    Box::new(act)
}

/// Touches the outside world whenever its sources change.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    #[inline(never)]
    fn of(mut act: Box<dyn FnMut()>) {
        Effect::new(move |_: Option<()>| act());
    }
    of(Box::new(act));
}
