//! The staleness as a table.

use leptos::prelude::*;

use super::state::{StalenessState, effect_name};
use crate::pages::explore::explain::{CellIndex, ExplainableTable, Explanation, NumberCell};
use crate::queueing::explain::explain_moment;
use crate::queueing::transients::disturbance::EffectTransient;
use crate::strings::{explanation, explore};
use crate::units::format;

/// The staleness of each effect in a dozen rows.
#[component]
pub(super) fn StalenessTable(state: StalenessState) -> impl IntoView {
    let head = |text: String| view! { <th scope="col">{text}</th> };
    let content = move || {
        let settled = state.settled.read();
        let transient = state.transient.get();
        let effects = transient.as_deref().map_or(&[][..], |transient| &transient.effects);
        let heads = effects
            .iter()
            .map(|effect| head(explore::lateness_header(&effect_name(&settled.scenario, effect.step))))
            .collect_view();
        let row = |moment: usize| {
            let points = effects.iter().filter_map(|effect| effect.points.get(moment));
            let time = points.clone().next().map(|point| format::time(point.time)).unwrap_or_default();
            let cells = points
                .map(|point| view! { <NumberCell text=format::time(point.staleness) can_explain=true /> })
                .collect_view();
            view! { <tr><th scope="row">{time}</th>{cells}</tr> }
        };
        view! {
            <thead><tr><th scope="col">{explore::TABLE_TIME}</th>{heads}</tr></thead>
            <tbody>{table_rows(effects).map(row).collect_view()}</tbody>
        }
    };
    let explain = move |(row, column): CellIndex| {
        let (settled, transient) = (state.settled.get_untracked(), state.transient.get_untracked()?);
        let effect = transient.effects.get(column)?;
        let point = effect.points.get(table_rows(&transient.effects).nth(row)?)?;
        let evaluation = settled.evaluation.as_ref().ok()?;
        Some(Explanation {
            name: explanation::staleness_name(&effect_name(&settled.scenario, effect.step), point.time),
            values: state.values_text(),
            derivation: explain_moment(&settled.scenario, evaluation, effect, point),
        })
    };
    view! { <ExplainableTable name=explore::STALENESS_TABLE explain>{content}</ExplainableTable> }
}

/// The indices of the moments that have a row: about a dozen.
fn table_rows(effects: &[EffectTransient]) -> impl Iterator<Item = usize> + use<> {
    const ROWS: usize = 12;
    let moments = effects.first().map_or(0, |effect| effect.points.len());
    (0..moments).step_by((moments / ROWS).max(1))
}
