//! The view Library: words, checked claims, credits.

use leptos::prelude::*;

use crate::text::library;

/// Short pages in our own words.
#[component]
pub(crate) fn Library() -> impl IntoView {
    let pairs = |pairs: &'static [(&'static str, &'static str)]| {
        let rows = pairs.iter().map(|(term, meaning)| view! { <dt>{*term}</dt><dd>{*meaning}</dd> });
        view! { <dl>{rows.collect_view()}</dl> }
    };
    let list = |lines: &'static [&'static str]| {
        view! { <ul>{lines.iter().map(|line| view! { <li>{*line}</li> }).collect_view()}</ul> }
    };
    view! {
        <article class="prose">
            <h1>{library::TITLE}</h1>
            <h2>{library::TERMS}</h2>
            {pairs(library::GLOSSARY)}
            <h2>{library::CLAIMS}</h2>
            {pairs(library::CLAIM_LIST)}
            <h2>{library::CREDITS}</h2>
            <p>{library::CREDITS_INTRO}</p>
            {list(library::SOURCES)}
            <h2>{library::THEORY}</h2>
            {list(library::THEORY_LIST)}
            <h2>{library::SOFTWARE}</h2>
            <p>{library::SOFTWARE_LIST}</p>
        </article>
    }
}
