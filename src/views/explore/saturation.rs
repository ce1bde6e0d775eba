//! How full every resource is, and which one is the limit.

use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::{unique_id, use_size};
use crate::charts::{SaturationBar, SaturationState, Size, saturation};
use crate::lesson::story;
use crate::model::{Evaluation, Resource, ResourceKind, ResourceState};
use crate::scenario::Scenario;
use crate::text::explore;
use crate::units::format;
use crate::views::explore::lens::{Lens, still_while};
use crate::views::explore::story::sentence;
use crate::views::palette::use_palette;
use crate::views::parts::Plot;

/// One resource as it is shown.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    servers: String,
    in_flight: String,
    waiting: String,
    value: String,
    word: String,
    bar: SaturationBar,
}

impl Row {
    fn new(scenario: &Scenario, evaluation: &Evaluation, index: usize) -> Self {
        let resource = &evaluation.resources[index];
        let share = resource.offered.erlangs() / resource.servers.max(1) as f64;
        let (share, in_flight, waiting, word) = match resource.state {
            ResourceState::Steady { utilization, in_service, waiting, .. } => {
                let share = utilization.share();
                let state = SaturationState::of(share);
                let is_wall = index == evaluation.bounds.bottleneck && state == SaturationState::Saturated;
                let word = if is_wall { explore::THE_WALL } else { word_of(state) };
                (share, in_service, format::mean_count(waiting), word.to_owned())
            }
            ResourceState::Growing { growth, .. } => {
                (share.max(1.0), resource.servers as f64, explore::GROWING.to_owned(), explore::grows(growth))
            }
        };
        Self {
            name: resource_name(scenario, resource.kind),
            servers: servers_of(resource),
            in_flight: format::mean_count(in_flight),
            waiting,
            value: format::percent(share),
            word,
            bar: SaturationBar {
                share,
                state: SaturationState::of(share),
                is_async: matches!(resource.kind, ResourceKind::Consumers(_)),
            },
        }
    }
}

/// What a resource is called.
fn resource_name(scenario: &Scenario, kind: ResourceKind) -> String {
    let subject =
        |index: usize| scenario.steps.get(index).map(|step| step.name.subject()).unwrap_or_default();
    match kind {
        ResourceKind::ApiPool => explore::WORKERS.to_owned(),
        ResourceKind::Step(index) => subject(index),
        ResourceKind::Consumers(index) => explore::consumers(&subject(index)),
    }
}

/// A state in a word.
fn word_of(state: SaturationState) -> &'static str {
    match state {
        SaturationState::Calm => explore::CALM,
        SaturationState::Busy => explore::BUSY,
        SaturationState::Hot => explore::HOT,
        SaturationState::Saturated => explore::SATURATED,
    }
}

/// How many servers a resource has, and how long an order holds one.
fn servers_of(resource: &Resource) -> String {
    match resource.kind {
        ResourceKind::ApiPool => explore::workers_held(resource.servers, resource.demand),
        ResourceKind::Step(_) | ResourceKind::Consumers(_) => explore::connections(resource.servers),
    }
}

/// The panel.
#[component]
pub(crate) fn SaturationPanel(
    /// What to show.
    lens: Lens,
) -> impl IntoView {
    // Fullest first; the order keeps still while something is dragged.
    let order = still_while(lens.dragging, move || {
        lens.evaluation.with(|evaluation| evaluation.as_ref().map(by_fullness).unwrap_or_default())
    });
    let rows = Memo::new(move |_| {
        lens.scenario.with(|scenario| {
            lens.evaluation.with(|evaluation| match evaluation {
                Ok(evaluation) => order
                    .get()
                    .into_iter()
                    .filter(|index| *index < evaluation.resources.len())
                    .map(|index| Row::new(scenario, evaluation, index))
                    .collect::<Vec<_>>(),
                Err(_) => Vec::new(),
            })
        })
    });
    let title = move || {
        lens.scenario.with(|scenario| {
            lens.evaluation
                .with(|it| it.as_ref().map(|it| story::saturation_title(scenario, it)).unwrap_or_default())
        })
    };
    let advice = move || {
        lens.scenario.with(|scenario| {
            lens.evaluation.with(|it| it.as_ref().ok().map(|it| sentence(&story::bottleneck(scenario, it))))
        })
    };
    let (title_id, advice_id) = (unique_id("title"), unique_id("advice"));
    let (labelled, described) = (title_id.clone(), advice_id.clone());
    view! {
        <section class="panel saturation">
            <figure class="saturation" role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title_id>{title}</h2>
                <p class="panel-sub">{explore::SATURATION_SUB}</p>
                <div class="sat">
                    <Bars lens rows />
                    {move || rows.get().into_iter().enumerate().map(|(index, row)| line(index, row)).collect_view()}
                </div>
                <p class="sat-advice" id=advice_id>{advice}</p>
                <details class="chart-more">
                    <summary>{explore::TABLE}</summary>
                    <ResourceTable rows />
                </details>
            </figure>
        </section>
    }
}

/// The resources from the fullest to the emptiest.
fn by_fullness(evaluation: &Evaluation) -> Vec<usize> {
    let share = |index: &usize| {
        let resource = &evaluation.resources[*index];
        match resource.state {
            ResourceState::Steady { utilization, .. } => utilization.share(),
            ResourceState::Growing { .. } => {
                1.0 + resource.offered.erlangs() / resource.servers.max(1) as f64
            }
        }
    };
    let mut order: Vec<usize> = (0..evaluation.resources.len()).collect();
    order.sort_by(|a, b| share(b).total_cmp(&share(a)));
    order
}

/// The canvas with all bars, behind the rows' second column.
#[component]
fn Bars(lens: Lens, rows: Memo<Vec<Row>>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let size = use_size(place);
    let palette = use_palette(lens.preferences);
    let figure = Signal::derive(move || {
        let (width, height) = size.get();
        let bars: Vec<SaturationBar> = rows.with(|rows| rows.iter().map(|row| row.bar).collect());
        saturation(Size::new(width.max(40.0), height.max(20.0)), &bars)
    });
    view! {
        <div class="sat-bars" node_ref=place style:grid-row=move || format!("1 / span {}", rows.with(Vec::len).max(1))>
            <Plot figure palette />
        </div>
    }
}

/// One resource in words.
fn line(index: usize, row: Row) -> impl IntoView {
    view! {
        <div class="sat-row" style:grid-row=(index + 1).to_string()>
            <span class="sat-name">
                {row.name}
                <small>{row.servers} " · " {explore::in_flight(&row.in_flight)}</small>
            </span>
            <span></span>
            <span class="sat-value">{row.value}</span>
            <span class="sat-state"><i aria-hidden="true">{row.bar.state.glyph()}</i>{row.word}</span>
        </div>
    }
}

/// The same numbers as a table.
#[component]
fn ResourceTable(rows: Memo<Vec<Row>>) -> impl IntoView {
    let cells = |row: Row| {
        view! {
            <tr>
                <th scope="row">{row.name}</th>
                <td>{row.servers}</td>
                <td>{row.value}</td>
                <td>{row.in_flight}</td>
                <td>{row.waiting}</td>
                <td>{row.word}</td>
            </tr>
        }
    };
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label=explore::SATURATION_TABLE>
            <table>
                <caption>{explore::SATURATION_TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{explore::TABLE_RESOURCE}</th>
                        <th scope="col">{explore::TABLE_SERVERS}</th>
                        <th scope="col">{explore::TABLE_UTILIZATION}</th>
                        <th scope="col">{explore::TABLE_IN_FLIGHT}</th>
                        <th scope="col">{explore::TABLE_WAITING}</th>
                        <th scope="col">{explore::TABLE_STATE}</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(cells).collect_view()}</tbody>
            </table>
        </div>
    }
}
