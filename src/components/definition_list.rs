//! Terms and their meanings.

use leptos::prelude::*;

#[component]
pub(crate) fn DefinitionList(
    class: &'static str,
    /// Pairs of a term and its meaning.
    entries: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let entry = |&(term, meaning): &(&'static str, &'static str)| {
        view! { <dt>{term}</dt><dd>{meaning}</dd> }
    };
    view! { <dl class=class>{entries.iter().map(entry).collect_view()}</dl> }
}
