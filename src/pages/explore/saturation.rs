//! The panel with the utilization of every resource.

mod bars;
mod resource_line;
mod resource_row;
mod resource_table;

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::Palette;
use crate::components::{ChartIds, ChartPanel, ChartTools, Disclosure, ExportData};
use crate::lessons::narrative;
use crate::pages::explore::explain::ScenarioSentence;
use crate::pages::explore::state::EvaluatedScenario;
use crate::strings::explore;
use crate::units::round_to_decimals;
use bars::Bars;
use resource_line::ResourceLine;
use resource_row::{ResourceRow, resource_rows};
use resource_table::ResourceTable;

/// The panel. Its bars follow a drag; its table waits for the end of the drag.
#[component]
pub(crate) fn SaturationPanel(
    /// The evaluated scenario; in a drag it may follow a few frames later.
    evaluated: Memo<Arc<EvaluatedScenario>>,
    /// `true` if something is dragged, as of the same moment as `evaluated`.
    is_dragging: Memo<bool>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let rows = Memo::new(move |previous: Option<&Arc<Vec<ResourceRow>>>| {
        // The order of the rows must not change while something is dragged.
        let fixed_order = previous.filter(|_| is_dragging.get()).map(|rows| rows.as_slice());
        Arc::new(resource_rows(&evaluated.read(), fixed_order))
    });
    let data = ExportData {
        name: Signal::stored("saturation".to_owned()),
        rows: Callback::new(move |()| export_rows(&rows.read_untracked())),
        values: Callback::new(move |()| rows.read_untracked().iter().map(|row| row.bar.share).collect()),
    };
    let title = move || {
        view! {
            <ScenarioSentence evaluated write=narrative::saturation_title fallback=explore::NO_FIGURES />
        }
    };
    let count = Memo::new(move |_| rows.read().len());
    let footer = move || {
        view! {
            <ChartTools data />
            <Disclosure class="chart-more" summary=explore::TABLE>
                <ResourceTable rows is_dragging />
            </Disclosure>
        }
    };
    view! {
        <ChartPanel
            ids=ChartIds::new()
            panel_class="panel saturation-panel"
            figure_class="saturation"
            summary_class="sat-advice"
            title
            subtitle=explore::SATURATION_SUBTITLE
            summary=move || view! { <ScenarioSentence evaluated write=narrative::bottleneck /> }
            footer
        >
            <div class="sat" data-picture="">
                <Bars rows is_dragging palette />
                {move || (0..count.get()).map(|index| view! { <ResourceLine rows index /> }).collect_view()}
            </div>
        </ChartPanel>
    }
}

fn export_rows(rows: &[ResourceRow]) -> Vec<Vec<String>> {
    let heads =
        ["resource", "servers", "utilization", "in_flight", "waiting", "state"].map(str::to_owned).to_vec();
    let row = |row: &ResourceRow| {
        vec![
            row.name.clone(),
            row.servers.clone(),
            round_to_decimals(row.bar.share, 6).to_string(),
            row.in_flight.clone(),
            row.waiting.clone(),
            row.state.clone(),
        ]
    };
    std::iter::once(heads).chain(rows.iter().map(row)).collect()
}
