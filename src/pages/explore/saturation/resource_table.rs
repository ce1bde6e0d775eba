//! The resources as a table.

use std::sync::Arc;

use leptos::prelude::*;

use super::resource_row::ResourceRow;
use crate::components::unchanged_while;
use crate::pages::explore::explain::{CellIndex, ExplainableTable, NumberCell, use_explainer};
use crate::strings::explore;

#[component]
pub(super) fn ResourceTable(rows: Memo<Arc<Vec<ResourceRow>>>, is_dragging: Memo<bool>) -> impl IntoView {
    const HEADS: [&str; 6] = [
        explore::TABLE_RESOURCE,
        explore::TABLE_SERVERS,
        explore::TABLE_UTILIZATION,
        explore::TABLE_IN_FLIGHT,
        explore::TABLE_WAITING,
        explore::TABLE_STATE,
    ];
    let explainer = use_explainer();
    let settled = unchanged_while(is_dragging, move || rows.get());
    let row = |row: &ResourceRow| {
        let cells = row.table_cells().map(|(text, value)| {
            view! { <NumberCell text=text.to_owned() can_explain=value.is_some() /> }
        });
        view! { <tr><th scope="row">{row.name.clone()}</th>{cells.collect_view()}</tr> }
    };
    let explain = move |(row, column): CellIndex| {
        let value = *settled.read_untracked().get(row)?.values.get(column)?;
        Some(explainer.explain_current(value?))
    };
    view! {
        <ExplainableTable name=explore::SATURATION_TABLE explain>
            <thead>
                <tr>{HEADS.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{move || settled.read().iter().map(row).collect_view()}</tbody>
        </ExplainableTable>
    }
}
