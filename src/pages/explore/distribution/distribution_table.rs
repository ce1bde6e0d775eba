//! The distribution as a table.

use std::sync::Arc;

use leptos::prelude::*;

use super::points;
use crate::pages::explore::explain::{CellIndex, ExplainableTable, NumberCell, use_explainer};
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::DistributionPoint;
use crate::queueing::explain::ExplainedValue;
use crate::strings::explore;
use crate::units::format;

/// The shares of orders answered within a time, in a dozen rows.
#[component]
pub(super) fn DistributionTable(settled: Memo<Arc<EvaluatedScenario>>) -> impl IntoView {
    let explainer = use_explainer();
    let rows = move || {
        let settled = settled.read();
        let points = points(&settled);
        let row = |index: usize| {
            let point = &points[index];
            view! {
                <tr>
                    <th scope="row">{format::time(point.time)}</th>
                    <NumberCell text=format::percent(point.cumulative.value()) can_explain=true />
                </tr>
            }
        };
        table_rows(points).map(row).collect_view()
    };
    let explain = move |(row, _): CellIndex| {
        let point = table_rows(points(&settled.read_untracked())).nth(row)?;
        Some(explainer.explain_current(ExplainedValue::ShareWithin(point)))
    };
    view! {
        <ExplainableTable name=explore::DISTRIBUTION_TABLE explain>
            <thead>
                <tr>
                    <th scope="col">{explore::TABLE_WITHIN}</th>
                    <th scope="col">{explore::TABLE_ANSWERED}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </ExplainableTable>
    }
}

/// The indices of the points that have a row: a dozen.
fn table_rows(points: &[DistributionPoint]) -> impl Iterator<Item = usize> + use<> {
    const ROWS: usize = 12;
    let step = points.len().div_ceil(ROWS).max(1);
    (step - 1..points.len()).step_by(step)
}
