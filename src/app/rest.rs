//! What the first picture and the main job do without is built when the rest of the program is here.

use leptos::prelude::*;

use crate::dom::{Flag, Html, Part, when};
use crate::platform::when_rest_is_here;

/// Whether the rest of the program is here.
#[derive(Clone, Copy)]
struct Rest(Flag);

/// Tells the views below when the rest of the program comes.
pub(crate) fn expect_rest() {
    let is_here = RwSignal::new(false);
    when_rest_is_here(move || is_here.set(true));
    provide_context(Rest(is_here.into()));
}

/// Whether the rest of the program is here.
pub(crate) fn use_rest() -> Flag {
    expect_context::<Rest>().0
}

/// A part that is built when the rest of the program is here.
pub(crate) fn later(build: impl Fn() -> Html + Send + 'static) -> Part {
    when(use_rest(), build)
}
