//! The page Library: glossary, checked claims, how the numbers are computed, credits.

use leptos::prelude::*;

use crate::components::DefinitionList;
use crate::strings::library;

#[component]
pub(crate) fn Library() -> impl IntoView {
    view! {
        <article class="prose">
            <h1>{library::TITLE}</h1>
            <h2>{library::TERMS}</h2>
            <DefinitionList class="terms" entries=library::GLOSSARY />
            <h2>{library::CLAIMS}</h2>
            <DefinitionList class="terms" entries=library::CLAIM_LIST />
            <h2>{library::METHODS}</h2>
            <p>{library::METHODS_INTRO}</p>
            <DefinitionList class="terms" entries=library::METHOD_LIST />
            <h3>{library::CHECKS}</h3>
            <BulletList items=library::CHECK_LIST />
            <h2>{library::CREDITS}</h2>
            <p>{library::CREDITS_INTRO}</p>
            <BulletList items=library::SOURCES />
            <h2>{library::THEORY}</h2>
            <BulletList items=library::THEORY_LIST />
            <h2>{library::SOFTWARE}</h2>
            <p>{library::SOFTWARE_LIST}</p>
        </article>
    }
}

#[component]
fn BulletList(items: &'static [&'static str]) -> impl IntoView {
    view! { <ul>{items.iter().map(|item| view! { <li>{*item}</li> }).collect_view()}</ul> }
}
