//! The sheet of keys.

use leptos::prelude::*;

use crate::text::shell;
use crate::views::parts::Sheet;

/// Every key, and how to read the picture.
#[component]
pub(crate) fn HelpSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let list = |pairs: &'static [(&'static str, &'static str)], is_keys: bool| {
        let rows = pairs.iter().map(|(term, meaning)| {
            view! {
                <dt>{if is_keys { view! { <kbd>{*term}</kbd> }.into_any() } else { view! { <b>{*term}</b> }.into_any() }}</dt>
                <dd>{*meaning}</dd>
            }
        });
        view! { <dl class="keys">{rows.collect_view()}</dl> }
    };
    view! {
        <Sheet title=shell::HELP open>
            {list(shell::KEYS, true)}
            <h3>{shell::HELP_SIGNS}</h3>
            {list(shell::SIGNS, false)}
        </Sheet>
    }
}
