//! The charts of a run with their texts and tables, as the simulation sends them.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::charts::Palette;
use crate::components::{ChartTools, Disclosure, ExportData, FigureCanvas, NumberField};
use crate::live::{Request, Table};
use crate::pages::live::controller::LiveController;
use crate::pages::live::data_point_cursor::DataPointCursor;
use crate::pages::live::state::ChartData;
use crate::platform::{pixels, unique_id};
use crate::strings::live as strings;
use crate::units::parse::parse_number;

/// The waterfall of one order, and the choice of the order.
#[component]
pub(crate) fn OrderPanel(controller: LiveController, palette: Signal<Palette>) -> impl IntoView {
    let state = controller.state;
    let chart = Memo::new_with_compare(move |_| state.waterfall.get(), |_, _| true);
    let enter = move |entry: String| match parse_number(&entry) {
        Ok(number) if number >= 1.0 => {
            controller.request(Request::Follow { order: number as u32 });
            None
        }
        _ => Some(strings::NO_NUMBER.to_owned()),
    };
    view! {
        <section class="panel run-course">
            <div class="run-order">
                <span>{strings::ORDER}</span>
                <NumberField
                    label=strings::ORDER
                    value=Signal::derive(move || state.followed.get().to_string())
                    unit=""
                    on_enter=Callback::new(enter)
                />
                <button
                    type="button"
                    class="action"
                    on:click=move |_| controller.request(Request::Follow { order: 0 })
                >
                    {strings::LATEST}
                </button>
            </div>
            <RunChart chart palette height=Signal::derive(move || pixels(chart.read().figure.size.height)) />
        </section>
    }
}

/// A chart with its texts, its values to read, its export tools and its table.
#[component]
pub(crate) fn RunChart(
    chart: Memo<Arc<ChartData>>,
    palette: Signal<Palette>,
    /// The height of the plot; empty leaves it to the style sheet.
    #[prop(optional, into)]
    height: Signal<String>,
    /// The plot, to be measured.
    #[prop(optional)]
    node_ref: NodeRef<html::Div>,
) -> impl IntoView {
    let text = move |read: fn(&ChartData) -> &String| move || read(&chart.read()).clone();
    let data = ExportData {
        name: Signal::derive(text(|chart| &chart.file_name)),
        rows: Callback::new(move |()| chart.read_untracked().rows.clone()),
        values: Callback::new(move |()| chart.read_untracked().values.clone()),
    };
    let (title_id, summary_id) = (unique_id("title"), unique_id("summary"));
    view! {
        <figure
            class="chart"
            role="group"
            aria-labelledby=title_id.clone()
            aria-describedby=summary_id.clone()
        >
            <h2 class="panel-title" id=title_id.clone()>{text(|chart| &chart.title)}</h2>
            <p class="panel-sub">{text(|chart| &chart.subtitle)}</p>
            <div class="chart-plot" data-picture="" node_ref=node_ref style:height=height>
                <FigureCanvas figure=Signal::derive(move || chart.read().figure.clone()) palette />
                <DataPointCursor chart described_by=summary_id.clone() />
            </div>
            <p class="chart-summary" id=summary_id.clone()>{text(|chart| &chart.summary)}</p>
            <ChartTools data />
            <TableDisclosure
                class="chart-more"
                summary=strings::TABLE
                table=Signal::derive(move || chart.read().table.clone())
            />
        </figure>
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
            <thead><tr>{table.heads.iter().map(head).collect_view()}</tr></thead>
            <tbody>{table.rows.iter().map(row).collect_view()}</tbody>
        }
    }
}
