//! The charts of a run with their texts and tables, as the simulation sends them.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::Palette;
use crate::components::{
    ChartIds, ChartPanel, ChartTools, Disclosure, ExportData, FigureCanvas, NumberField, memo_by_pointer,
};
use crate::live::{Panel, Request, Table};
use crate::pages::live::controller::LiveController;
use crate::pages::live::data_point_cursor::DataPointCursor;
use crate::platform::pixels;
use crate::strings::live as strings;
use crate::units::parse::parse_number;

/// The waterfall of one order, and the choice of the order.
#[component]
pub(crate) fn OrderPanel(controller: LiveController, palette: Signal<Palette>) -> impl IntoView {
    let chart = controller.state.order_trace;
    let panel = memo_by_pointer(move |_| chart.get());
    view! {
        <RunChart
            panel
            palette
            panel_class="panel run-course"
            header=move || view! { <OrderChoice controller /> }
            height=Signal::derive(move || pixels(panel.read().figure.size.height))
        />
    }
}

#[component]
fn OrderChoice(controller: LiveController) -> impl IntoView {
    let followed_order = controller.state.followed_order;
    let enter = move |entry: String| match parse_number(&entry) {
        Ok(number) if number >= 1.0 => {
            controller.request(Request::FollowOrder { order: number as u32 });
            None
        }
        _ => Some(strings::INVALID_ORDER_NUMBER.to_owned()),
    };
    view! {
        <div class="run-order">
            <span>{strings::ORDER}</span>
            <NumberField
                label=strings::ORDER
                value=Signal::derive(move || followed_order.get().to_string())
                unit=""
                on_enter=Callback::new(enter)
            />
            <button
                type="button"
                class="action"
                on:click=move |_| controller.request(Request::FollowOrder { order: 0 })
            >
                {strings::LATEST_ORDER}
            </button>
        </div>
    }
}

/// A chart with its texts, a cursor to read its values, its export tools and its table.
#[component]
pub(crate) fn RunChart(
    panel: Memo<Arc<Panel>>,
    palette: Signal<Palette>,
    #[prop(default = "panel")] panel_class: &'static str,
    #[prop(optional, into)] header: ViewFn,
    /// The height of the plot; empty leaves it to the style sheet.
    #[prop(optional, into)]
    height: Signal<String>,
    /// The plot, to be measured.
    #[prop(optional)]
    node_ref: NodeRef<html::Div>,
) -> impl IntoView {
    let text = move |read: fn(&Panel) -> &String| move || read(&panel.read()).clone();
    let data = ExportData {
        name: Signal::derive(text(|panel| &panel.file_stem)),
        rows: Callback::new(move |()| panel.read_untracked().export_rows.clone()),
        values: Callback::new(move |()| panel.read_untracked().values.clone()),
    };
    let footer = move || {
        view! {
            <ChartTools data />
            <TableDisclosure
                class="chart-more"
                summary=strings::TABLE
                table=Signal::derive(move || Arc::new(panel.read().table.clone()))
            />
        }
    };
    let ids = ChartIds::new();
    let described_by = ids.summary();
    view! {
        <ChartPanel
            ids
            panel_class
            header
            title=move || text(|panel| &panel.title)
            subtitle=Signal::derive(text(|panel| &panel.subtitle))
            summary=move || text(|panel| &panel.summary)
            footer
        >
            <div class="chart-plot" data-picture="" node_ref=node_ref style:height=height>
                <FigureCanvas
                    figure=Signal::derive(move || Arc::new(panel.read().figure.clone()))
                    palette
                />
                <DataPointCursor panel described_by />
            </div>
        </ChartPanel>
    }
}

/// A table that is opened by its summary, and scrolls by itself.
#[component]
pub(crate) fn TableDisclosure(
    class: &'static str,
    summary: &'static str,
    #[prop(into)] table: Signal<Arc<Table>>,
) -> impl IntoView {
    view! {
        <Disclosure class summary>
            <div
                class="chart-table"
                tabindex="0"
                role="region"
                aria-label=move || table.read().caption.clone()
            >
                <table>
                    <caption>{move || table.read().caption.clone()}</caption>
                    <TableContent table />
                </table>
            </div>
        </Disclosure>
    }
}

#[component]
fn TableContent(table: Signal<Arc<Table>>) -> impl IntoView {
    let head = |text: &String| view! { <th scope="col">{text.clone()}</th> };
    let cell = |text: &String| view! { <td>{text.clone()}</td> };
    let row = move |cells: &Vec<String>| {
        let values = cells.iter().skip(1).map(cell).collect_view();
        view! { <tr><th scope="row">{cells.first().cloned()}</th>{values}</tr> }
    };
    move || {
        let table = table.read();
        view! {
            <thead><tr>{table.headers.iter().map(head).collect_view()}</tr></thead>
            <tbody>{table.rows.iter().map(row).collect_view()}</tbody>
        }
    }
}
