//! The view Library: words, checked claims, credits.

use markup::{component, view};

use crate::dom::Html;
use crate::strings::library;

/// Short pages in our own words.
#[component]
pub(crate) fn Library() -> Html {
    view! {
        <article class="prose">
            <h1>{library::TITLE}</h1>
            <h2>{library::TERMS}</h2>
            {pairs("terms", library::GLOSSARY)}
            <h2>{library::CLAIMS}</h2>
            {pairs("terms", library::CLAIM_LIST)}
            <h2>{library::METHODS}</h2>
            <p>{library::METHODS_INTRO}</p>
            {pairs("terms", library::METHOD_LIST)}
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
pub(crate) fn pairs(class: &'static str, pairs: &'static [(&'static str, &'static str)]) -> Html {
    let pair = |(term, meaning): &(&'static str, &'static str)| {
        view! { <dt>{*term}</dt><dd>{*meaning}</dd> }
    };
    view! { <dl class=class>{pairs.iter().map(pair).collect::<Html>()}</dl> }
}

/// Lines with dots.
fn list(lines: &'static [&'static str]) -> Html {
    let line = |line: &&'static str| view! { <li>{*line}</li> };
    view! { <ul>{lines.iter().map(line).collect::<Html>()}</ul> }
}
