//! The panel with the utilization of every resource.

mod resource_row;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::{Palette, SaturationBar, Size, saturation};
use crate::components::{
    ChartIds, ChartPanel, ChartTools, Disclosure, ExportData, FigureCanvas, unchanged_while,
};
use crate::lessons::narrative;
use crate::pages::explore::explain::{
    CellIndex, ExplainableNumber, ExplainableTable, NumberCell, ScenarioSentence, use_explainer,
};
use crate::pages::explore::state::EvaluatedScenario;
use crate::platform::use_size;
use crate::strings::explore;
use crate::units::round_to_decimals;
use resource_row::{ResourceRow, resource_rows};

#[component]
pub(crate) fn SaturationPanel(
    evaluated: Memo<Arc<EvaluatedScenario>>,
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
            subtitle=explore::SATURATION_SUB
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

/// The canvas with all bars, behind the second column of the rows.
#[component]
fn Bars(
    rows: Memo<Arc<Vec<ResourceRow>>>,
    is_dragging: Memo<bool>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let canvas_area = NodeRef::<html::Div>::new();
    let measured = use_size(canvas_area);
    // In a drag the texts next to the bars change their width, but resizing the canvas for every pixel takes too long.
    let size = Memo::new(move |previous: Option<&(f64, f64)>| {
        let current = measured.get();
        let is_same_height = |previous: &&(f64, f64)| (previous.1 - current.1).abs() < 0.5;
        previous.filter(|_| is_dragging.get()).filter(is_same_height).copied().unwrap_or(current)
    });
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        let bars: Vec<SaturationBar> = rows.read().iter().map(|row| row.bar).collect();
        Arc::new(saturation(Size::new(width.max(40.0), height.max(20.0)), &bars))
    });
    view! {
        <div
            class="sat-bars"
            node_ref=canvas_area
            style:grid-row=move || format!("1 / span {}", rows.read().len().max(1))
        >
            <FigureCanvas figure palette />
        </div>
    }
}

/// The texts of one resource.
#[component]
fn ResourceLine(rows: Memo<Arc<Vec<ResourceRow>>>, index: usize) -> impl IntoView {
    let text = move |read: fn(&ResourceRow) -> String| {
        Memo::new(move |_| rows.read().get(index).map(read).unwrap_or_default())
    };
    let value = move |column: usize| move || *rows.read_untracked().get(index)?.values.get(column)?;
    let is_explainable = move |column: usize| {
        Memo::new(move |_| rows.read().get(index).is_some_and(|row| row.values[column].is_some()))
    };
    // The number of servers is set, but how long a worker is held is computed. Most states are words, but the growth of a queue is a number.
    let number_or_text = move |column: usize, text: Memo<String>| {
        let is_explainable = is_explainable(column);
        view! {
            <Show when=move || is_explainable.get() fallback=move || view! { <span>{text}</span> }>
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
                    <ExplainableNumber text=text(|row| explore::in_flight(&row.in_flight)) value=value(2) />
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

/// The same numbers as a table.
#[component]
fn ResourceTable(rows: Memo<Arc<Vec<ResourceRow>>>, is_dragging: Memo<bool>) -> impl IntoView {
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
