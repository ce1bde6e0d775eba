//! The texts of one resource beside its bar.

use std::sync::Arc;

use leptos::prelude::*;

use super::resource_row::ResourceRow;
use crate::pages::explore::explain::ExplainableNumber;
use crate::strings::explore;

#[component]
pub(super) fn ResourceLine(rows: Memo<Arc<Vec<ResourceRow>>>, index: usize) -> impl IntoView {
    let text = move |read: fn(&ResourceRow) -> String| {
        Signal::derive(move || rows.read().get(index).map(read).unwrap_or_default())
    };
    let value = move |column: usize| move || *rows.read_untracked().get(index)?.values.get(column)?;
    let is_explainable =
        move |column: usize| move || rows.read().get(index).is_some_and(|row| row.values[column].is_some());
    // The number of servers is set, but how long a worker is held is computed. Most states are words, but the
    // growth of a queue is a number.
    let number_or_text = move |column: usize, text: Signal<String>| {
        view! {
            <Show when=is_explainable(column) fallback=move || view! { <span>{text}</span> }>
                <ExplainableNumber text value=value(column) tab_stop=false />
            </Show>
        }
    };
    view! {
        <div class="sat-row" style:grid-row=(index + 1).to_string()>
            <span class="sat-name">
                <span class="sat-title">{text(|row| row.name.clone())}</span>
                <small>
                    {number_or_text(0, text(|row| row.servers.clone()))}
                    " · "
                    <ExplainableNumber
                        text=text(|row| explore::in_flight_label(&row.in_flight))
                        value=value(2)
                    />
                </small>
            </span>
            <span></span>
            <span class="sat-value">
                <ExplainableNumber text=text(|row| row.utilization.clone()) value=value(1) />
            </span>
            <span class="sat-state">
                <i aria-hidden="true">{text(|row| row.bar.state.glyph().to_string())}</i>
                {number_or_text(4, text(|row| row.state.clone()))}
            </span>
        </div>
    }
}
