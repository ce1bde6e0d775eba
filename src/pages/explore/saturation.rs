//! How full every resource is, and which one is the limit.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::app::rest::later;
use crate::charts::{Palette, SaturationBar, SaturationState, Size, saturation};
use crate::components::{ChartTools, Plot, Takings, folded};
use crate::dom::{Html, NodeRef, Text, fixed, flag, part, text, when};
use crate::lessons::narrative;
use crate::lessons::tables::ResourceColumn;
use crate::pages::explore::cells::{AskedTable, cell};
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::story::{told, told_or};
use crate::pages::explore::why::{Asking, number, number_in_sentence};
use crate::platform::{unique_id, use_size};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Resource, ResourceKind, ResourceState};
use crate::scenario::Scenario;
use crate::strings::explore;
use crate::units::format;
use crate::units::round_to_decimals;

/// One resource as it is shown.
#[derive(Clone, PartialEq)]
struct Row {
    /// Which of the resources it is.
    resource: usize,
    name: String,
    servers: String,
    in_flight: String,
    waiting: String,
    value: String,
    word: String,
    bar: SaturationBar,
    /// Which figures servers, value, orders in flight, waiting ones, and word are.
    figures: [Option<ExplainedValue>; 5],
}

impl Row {
    fn new(scenario: &Scenario, evaluation: &Evaluation, index: usize) -> Self {
        let resource = &evaluation.resources[index];
        let is_async = matches!(resource.kind, ResourceKind::Consumers(_));
        let share = resource.offered.erlangs() / resource.servers.max(1) as f64;
        let (share, in_flight, waiting, word) = match resource.state {
            ResourceState::Steady { utilization, in_service, waiting, .. } => {
                let share = utilization.share();
                let state = SaturationState::of(share);
                // What is full and waited for is what the answers wait for.
                let is_wall = state == SaturationState::Saturated && !is_async;
                let word = if is_wall { explore::BOTTLENECK } else { word_of(state) };
                (share, in_service, format::mean_count(waiting), word.to_owned())
            }
            ResourceState::Growing { growth, .. } => (
                share.max(1.0),
                resource.servers as f64,
                explore::GROWING.to_owned(),
                explore::growth_label(growth),
            ),
        };
        Self {
            resource: index,
            name: resource_name(scenario, resource.kind),
            servers: servers_of(resource),
            in_flight: format::mean_count(in_flight),
            waiting,
            value: format::percent(share),
            word,
            bar: SaturationBar { share, state: SaturationState::of(share), is_async },
            figures: ResourceColumn::ALL.map(|column| column.explained_value(evaluation, index)),
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
        ResourceKind::Consumers(index) => explore::consumers_label(&subject(index)),
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
        ResourceKind::ApiPool => explore::workers_label(resource.servers, resource.demand),
        ResourceKind::Step(_) | ResourceKind::Consumers(_) => explore::connection_count(resource.servers),
    }
}

/// The panel.
#[component]
pub(crate) fn SaturationPanel(
    /// What to show.
    lens: Lens,
    /// With which colours.
    palette: Memo<Palette>,
) -> Html {
    let rows = Memo::new(move |before: Option<&Arc<Vec<Row>>>| {
        Arc::new(rows_of(&lens.now(), before.map_or(&[], |rows| rows)))
    });
    let takings = Takings {
        name: fixed("saturation"),
        rows: Box::new(move || numbers(&rows.get_untracked())),
        values: Box::new(move || rows.get_untracked().iter().map(|row| row.bar.share).collect()),
    };
    let (title_id, advice_id) = (unique_id("title"), unique_id("advice"));
    let (labelled, described) = (title_id.clone(), advice_id.clone());
    let count = Memo::new(move |_| rows.get().len());
    let lines = part(move || (0..count.get()).map(|index| line(rows, index)).collect::<Html>());
    let table = move || Html::of(later(move || view! { <ResourceTable lens rows /> }));
    view! {
        <section class="panel saturation-panel">
            <figure class="saturation" role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title_id>{told_or(lens, narrative::saturation_title, explore::NO_FIGURES)}</h2>
                <p class="panel-sub">{explore::SATURATION_SUBTITLE}</p>
                <div class="sat" data-picture="">
                    <Bars lens rows palette />
                    {lines}
                </div>
                <p class="sat-advice" id=advice_id>{told(lens, narrative::bottleneck)}</p>
                <ChartTools takings />
                {folded("chart-more", explore::TABLE, table)}
            </figure>
        </section>
    }
}

/// Every resource: its utilization as a share, and the rest as it is shown.
fn numbers(rows: &[Row]) -> Vec<Vec<String>> {
    let heads =
        ["resource", "servers", "utilization", "in_flight", "waiting", "state"].map(str::to_owned).to_vec();
    let row = |row: &Row| {
        let cells = [
            &row.name,
            &row.servers,
            &round_to_decimals(row.bar.share, 6).to_string(),
            &row.in_flight,
            &row.waiting,
            &row.word,
        ];
        cells.map(String::clone).to_vec()
    };
    std::iter::once(heads).chain(rows.iter().map(row)).collect()
}

/// The resources of a picture, fullest first; the order of the rows before keeps still while something is dragged.
fn rows_of(now: &Picture, before: &[Row]) -> Vec<Row> {
    let Ok(evaluation) = &now.evaluation else { return Vec::new() };
    let order = if now.dragging && !before.is_empty() {
        before.iter().map(|row| row.resource).collect()
    } else {
        by_fullness(evaluation)
    };
    let known = order.into_iter().filter(|index| *index < evaluation.resources.len());
    known.map(|index| Row::new(&now.scenario, evaluation, index)).collect()
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
fn Bars(lens: Lens, rows: Memo<Arc<Vec<Row>>>, palette: Memo<Palette>) -> Html {
    let place = NodeRef::<HtmlElement>::new();
    let measured = use_size(place);
    // The words beside the bars change their width in a drag; to make the canvas anew for every pixel takes too long.
    let size = Memo::new(move |before: Option<&(f64, f64)>| {
        let now = measured.get();
        before.filter(|before| lens.now().dragging && (before.1 - now.1).abs() < 0.5).copied().unwrap_or(now)
    });
    let figure = Memo::new(move |_| {
        let (width, height) = size.get();
        let bars: Vec<SaturationBar> = rows.get().iter().map(|row| row.bar).collect();
        Arc::new(saturation(Size::new(width.max(40.0), height.max(20.0)), &bars))
    });
    let span = text(move || ["1 / span ", &rows.get().len().max(1).to_string()].concat());
    view! { <div class="sat-bars" node_ref=place style:grid-row=span><Plot figure palette /></div> }
}

/// One resource in words.
fn line(rows: Memo<Arc<Vec<Row>>>, index: usize) -> Html {
    let read = move |read: fn(&Row) -> String| {
        text(move || rows.with(|rows| rows.get(index).map(read)).unwrap_or_default())
    };
    let asked =
        move |column: usize| move || rows.with_untracked(|rows| *rows.get(index)?.figures.get(column)?);
    // How many servers there are is set, but how long a worker is held is computed; most states are words, but how fast a line grows is not.
    let said = move |column: usize, words: Text| {
        let asks =
            flag(move || rows.with(|rows| rows.get(index).is_some_and(|row| row.figures[column].is_some())));
        let rests = flag(move || !asks.get());
        let number = when(asks, move || number_in_sentence(words, asked(column)));
        view! { {number}{when(rests, move || view! { <span>{words}</span> })} }
    };
    let (servers, word) = (said(0, read(|row| row.servers.clone())), said(4, read(|row| row.word.clone())));
    let in_flight = number(read(|row| explore::in_flight_label(&row.in_flight)), asked(2));
    view! {
        <div class="sat-row" style:grid-row=(index + 1).to_string()>
            <span class="sat-name">
                <span class="sat-title">{read(|row| row.name.clone())}</span>
                <small>{servers} " · " {in_flight}</small>
            </span>
            <span></span>
            <span class="sat-value">{number(read(|row| row.value.clone()), asked(1))}</span>
            <span class="sat-state"><i aria-hidden="true">{read(|row| row.bar.state.glyph().to_string())}</i>{word}</span>
        </div>
    }
}

/// The same numbers as a table.
#[component]
fn ResourceTable(lens: Lens, rows: Memo<Arc<Vec<Row>>>) -> Html {
    const HEADS: [&str; 6] = [
        explore::TABLE_RESOURCE,
        explore::TABLE_SERVERS,
        explore::TABLE_UTILIZATION,
        explore::TABLE_IN_FLIGHT,
        explore::TABLE_WAITING,
        explore::TABLE_STATE,
    ];
    let rested = Memo::new(move |before: Option<&Arc<Vec<Row>>>| {
        let rows = rows.get();
        before.filter(|_| lens.now().dragging).map_or(rows, Arc::clone)
    });
    let body = part(move || {
        let row = |row: &Row| {
            let texts = [&row.servers, &row.value, &row.in_flight, &row.waiting, &row.word];
            let cells = texts
                .into_iter()
                .zip(&row.figures)
                .map(|(text, figure)| cell(text.clone(), figure.is_some()))
                .collect::<Html>();
            view! { <tr><th scope="row">{row.name.clone()}</th>{cells}</tr> }
        };
        let head = |head| view! { <th scope="col">{head}</th> };
        let heads = HEADS.into_iter().map(head).collect::<Html>();
        let rows = rested.get().iter().map(row).collect::<Html>();
        view! { <thead><tr>{heads}</tr></thead><tbody>{rows}</tbody> }
    });
    let asking = use_context::<Asking>();
    let ask = move |(row, column): (usize, usize)| {
        let figure = *rested.get_untracked().get(row)?.figures.get(column)?;
        Some(asking?.of_now(figure?))
    };
    view! { <AskedTable name=explore::SATURATION_TABLE rows=body ask=Box::new(ask) /> }
}
