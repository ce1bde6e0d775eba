//! The view Library: words, checked claims, credits.

use leptos::prelude::*;

use crate::text::library;

/// Short pages in our own words.
#[component]
pub(crate) fn Library() -> impl IntoView {
    view! {
        <article class="prose">
            <h1>{library::TITLE}</h1>
            <h2>{library::TERMS}</h2>
            {pairs("terms", library::GLOSSARY)}
            <h2>{library::CLAIMS}</h2>
            {pairs("terms", library::CLAIM_LIST)}
            <h2>{library::HOW}</h2>
            <p>{library::HOW_INTRO}</p>
            {pairs("terms", library::ENGINES)}
            <h3>{library::CHECKS}</h3>
            {list(library::CHECK_LIST)}
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

/// Terms and their meaning.
pub(crate) fn pairs(class: &'static str, pairs: &'static [(&'static str, &'static str)]) -> AnyView {
    let pair = |(term, meaning): &(&'static str, &'static str)| {
        view! { <dt>{*term}</dt><dd>{*meaning}</dd> }.into_any()
    };
    view! { <dl class=class>{pairs.iter().map(pair).collect_view()}</dl> }.into_any()
}

/// Lines with dots.
fn list(lines: &'static [&'static str]) -> AnyView {
    let line = |line: &&'static str| view! { <li>{*line}</li> }.into_any();
    view! { <ul>{lines.iter().map(line).collect_view()}</ul> }.into_any()
}
