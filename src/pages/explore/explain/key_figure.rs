//! A number with its name.

use leptos::prelude::*;

use super::dialog::ExplainableNumber;
use crate::queueing::explain::ExplainedValue;

/// A named number that can be explained, as an entry of a `<dl>`.
#[component]
pub(crate) fn KeyFigure(
    #[prop(into)] name: String,
    #[prop(into)] text: Signal<String>,
    value: ExplainedValue,
) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd><ExplainableNumber text value=move || Some(value) /></dd>
        </div>
    }
}
