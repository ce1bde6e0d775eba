//! The sheet of keys.

use leptos::prelude::*;
use markup::{component, view};

use crate::components::Sheet;
use crate::dom::Html;
use crate::pages::library::pairs;
use crate::strings::shell;

/// Every key, and how to read the picture.
#[component]
pub(crate) fn HelpSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> Html {
    let content = || {
        view! {
            {pairs("keys", shell::SHORTCUTS)}
            <h3>{shell::SIGNS_TITLE}</h3>
            {pairs("keys", shell::SIGNS)}
        }
    };
    view! { <Sheet title=shell::HELP open content=Box::new(content) /> }
}
