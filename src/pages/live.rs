//! The page Live: a run of the simulation to watch. The simulation lays everything out; the page draws it and
//! sends requests.

mod controller;
mod controls;
mod data_point_cursor;
mod panels;
mod stage;
mod state;

use leptos::html;
use leptos::prelude::*;
use leptos_use_media_query::use_media_query;

use crate::charts::Size;
use crate::components::use_palette;
use crate::live::Viewport;
use crate::platform::{SimulationHost, reload_page, use_size};
use crate::session::{Motion, Preferences, Session};
use crate::strings::live as strings;
use controller::LiveController;
use controls::Controls;
use panels::{OrderPanel, RunChart, TableDisclosure};
use stage::Stage;

/// The number of strip charts that a run can have.
const STRIPS: usize = 4;

#[component]
pub(crate) fn Live(session: RwSignal<Session>) -> impl IntoView {
    let controller = LiveController::new();
    let state = controller.state;
    let preferences = Memo::new(move |_| session.with(Session::preferences));
    let palette = use_palette(move || preferences.track());
    let scenario = Memo::new(move |_| session.with(|session| session.scenario().clone()));
    Effect::new(move || controller.open(scenario.get()));
    let (stage, first_strip) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    send_viewport(controller, preferences, stage, first_strip);
    let strip = move |index: usize| {
        let node_ref = if index == 0 { first_strip } else { NodeRef::new() };
        view! {
            <Show when=move || index < state.strips.read().len()>
                <RunChart panel=state.strip(index) palette node_ref />
            </Show>
        }
    };
    view! {
        <section class="run" aria-label=strings::TITLE>
            <h1 class="headline">{state.headline}</h1>
            <p class="lead">{state.lead}</p>
            <HostNotices controller />
            <Controls controller seed=Memo::new(move |_| session.with(|session| session.scenario().seed)) />
            <Stage controller palette node_ref=stage />
            <div class="run-strips">{(0..STRIPS).map(strip).collect_view()}</div>
            <OrderPanel controller palette />
            <section class="panel run-places">
                <TableDisclosure class="" summary=strings::STATIONS table=state.stations />
            </section>
        </section>
    }
}

/// Tells the simulation the sizes to lay the run out for, whenever they change.
fn send_viewport(
    controller: LiveController,
    preferences: Memo<Preferences>,
    stage: NodeRef<html::Div>,
    first_strip: NodeRef<html::Div>,
) {
    let (stage_size, strip_size) = (use_size(stage), use_size(first_strip));
    let prefers_reduced_motion = use_media_query("(prefers-reduced-motion: reduce)");
    Effect::new(move || {
        let ((width, _), (strip_width, strip_height)) = (stage_size.get(), strip_size.get());
        let preferences = preferences.get();
        if width > 0.0 {
            controller.set_viewport(Viewport {
                flow_width: width,
                strip_size: Size::new(strip_width, strip_height),
                trace_width: width,
                text_size: if preferences.projector { 18.0 } else { 12.0 },
                reduced_motion: preferences.motion == Motion::Reduced || prefers_reduced_motion.get(),
            });
        }
    });
}

/// Notices about the place where the simulation runs, and about a scenario that it refuses.
#[component]
fn HostNotices(controller: LiveController) -> impl IntoView {
    let host = move || controller.state.host.get();
    let refusal = controller.state.refusal;
    view! {
        <Show when=move || host() == SimulationHost::Starting>
            <StatusNotice text=strings::SIMULATION_STARTING />
        </Show>
        <Show when=move || host() == SimulationHost::MainThread>
            <StatusNotice text=strings::SIMULATION_ON_MAIN_THREAD />
        </Show>
        <Show when=move || host() == SimulationHost::Failed>
            <div class="notice" role="alert">
                <p>{strings::SIMULATION_FAILED}</p>
                <button
                    type="button"
                    class="action"
                    data-weight="primary"
                    on:click=move |_| controller.connect()
                >
                    {strings::TRY_AGAIN}
                </button>
            </div>
        </Show>
        <Show when=move || host() == SimulationHost::Outdated>
            <div class="notice" role="alert">
                <p>{strings::OUTDATED}</p>
                <button
                    type="button"
                    class="action"
                    data-weight="primary"
                    on:click=move |_| reload_page()
                >
                    {strings::RELOAD}
                </button>
            </div>
        </Show>
        <Show when=move || !refusal.read().is_empty()>
            <div class="notice" role="alert"><p>{refusal}</p></div>
        </Show>
    }
}

#[component]
fn StatusNotice(text: &'static str) -> impl IntoView {
    view! { <div class="notice" role="status"><p>{text}</p></div> }
}
