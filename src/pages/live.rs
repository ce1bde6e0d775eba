//! The view Live: a run of the simulation, watched. The simulation lays everything out; this paints it and asks.

mod controls;
mod panels;
mod reader;
mod scene;
mod stage;
mod theatre;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::charts::Size;
use crate::components::palette::use_palette;
use crate::dom::{Html, NodeRef, effect, fixed, flag, press, text, when};
use crate::live::Viewport;
use crate::platform::{Whereabouts, prefers_reduced_motion, use_size};
use crate::session::{Motion, Session};
use crate::strings::live as words;
use controls::Controls;
use panels::{OrderPanel, chart, sent, table_view};
use scene::Chart;
use stage::StageView;
use theatre::Theatre;

/// The most strip charts that a run has.
const STRIPS: usize = 4;

/// The view.
#[component]
pub(crate) fn Run(
    /// The state to look at.
    session: RwSignal<Session>,
) -> Html {
    let theatre = Theatre::new();
    let preferences = Memo::new(move |_| session.with(Session::preferences));
    let palette = use_palette(preferences);
    let scenario = Memo::new(move |_| session.with(|session| session.scenario().clone()));
    effect(move || theatre.open(scenario.get()));
    let (stage, strip) = (NodeRef::<HtmlElement>::new(), NodeRef::<HtmlElement>::new());
    let (stage_size, strip_size) = (use_size(stage), use_size(strip));
    effect(move || {
        let ((width, _), (strip_width, strip_height)) = (stage_size.get(), strip_size.get());
        let preferences = preferences.get();
        if width > 0.0 {
            theatre.look(Viewport {
                flow_width: width,
                strip_size: Size::new(strip_width, strip_height),
                trace_width: width,
                text_size: if preferences.projector { 18.0 } else { 12.0 },
                reduced_motion: preferences.motion == Motion::Reduced || prefers_reduced_motion(),
            });
        }
    });
    let strips = (0..STRIPS).map(|index| {
        let node = if index == 0 { strip } else { NodeRef::new() };
        let is_there = flag(move || index < theatre.now().strips.len());
        Html::of(when(is_there, move || {
            view! { <section class="panel">{chart(theatre, Chart::Strip(index), palette, node, fixed(""))}</section> }
        }))
    });
    view! {
        <section class="run" aria-label=words::TITLE>
            <h1 class="headline">{text(move || theatre.now().headline.clone())}</h1>
            <p class="lead">{text(move || theatre.now().lead.clone())}</p>
            <Notices theatre />
            <Controls theatre session />
            <StageView theatre palette node=stage />
            <div class="run-strips">{strips.collect::<Html>()}</div>
            <OrderPanel theatre palette />
            <section class="panel run-places">
                {table_view("", words::STATIONS, sent(move || theatre.now().places.clone()))}
            </section>
        </section>
    }
}

/// Where the simulation runs, if not where it should; why there is none.
#[component]
fn Notices(theatre: Theatre) -> Html {
    let is = move |whereabouts| flag(move || theatre.now().whereabouts == whereabouts);
    let broken = move || {
        let again = press(move || theatre.connect());
        view! {
            <div class="notice" role="alert">
                <p>{words::SIMULATION_FAILED}</p>
                <button type="button" class="action" data-weight="primary" on:click=again>{words::TRY_AGAIN}</button>
            </div>
        }
    };
    let note =
        move |words: &'static str| move || view! { <div class="notice" role="status"><p>{words}</p></div> };
    let is_refused = flag(move || !theatre.now().refusal.is_empty());
    let refusal = move || {
        let reason = text(move || theatre.now().refusal.clone());
        view! { <div class="notice" role="alert"><p>{reason}</p></div> }
    };
    view! {
        {when(is(Whereabouts::Coming), note(words::SIMULATION_STARTING))}
        {when(is(Whereabouts::Page), note(words::SIMULATION_ON_MAIN_THREAD))}
        {when(is(Whereabouts::Broken), broken)}
        {when(is_refused, refusal)}
    }
}
