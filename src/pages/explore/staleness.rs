//! The panel with the staleness of the effects over time, also when something goes wrong.

mod effects_chart;
mod staleness_table;
mod state;

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::Palette;
use crate::components::{ChartIds, ChartPanel, Disclosure};
use crate::dispatch::use_dispatch;
use crate::lessons::PresetId;
use crate::lessons::narrative::{self, Sentence};
use crate::pages::explore::explain::SentenceView;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::transients::disturbance::{Disturbance, Transient};
use crate::scenario::Scenario;
use crate::session::Action;
use crate::strings::explore;
use effects_chart::EffectsChart;
use staleness_table::StalenessTable;
use state::StalenessState;

/// The panel. It does not change during a drag.
#[component]
pub(crate) fn StalenessPanel(
    /// The evaluated scenario, unchanged during a drag.
    settled: Memo<Arc<EvaluatedScenario>>,
    text_size: Memo<f64>,
    palette: Signal<Palette>,
) -> impl IntoView {
    let state = StalenessState::new(settled);
    let has_effects =
        move || state.transient.read().as_ref().is_some_and(|transient| !transient.effects.is_empty());
    let footer = move || {
        view! {
            <Show when=move || !has_effects()><HybridLink /></Show>
            <div hidden=move || !has_effects()>
                <Disclosure class="chart-more" summary=explore::TABLE><StalenessTable state /></Disclosure>
            </div>
        }
    };
    view! {
        <ChartPanel
            ids=ChartIds::new()
            title=move || view! { <TransientSentence state write=narrative::staleness_title /> }
            subtitle=explore::STALENESS_SUBTITLE
            summary=move || view! { <TransientSentence state write=narrative::staleness_summary /> }
            footer
        >
            <Show when=has_effects><EffectsChart state text_size palette /></Show>
        </ChartPanel>
    }
}

/// A sentence about the transient.
#[component]
fn TransientSentence(
    state: StalenessState,
    write: fn(&Scenario, Option<&Transient>, Disturbance) -> Sentence,
) -> impl IntoView {
    let sentence = Memo::new(move |_| {
        let transient = state.transient.read();
        write(&state.settled.read().scenario, transient.as_deref(), state.disturbance())
    });
    view! { <SentenceView sentence explain=move |origin| state.explain(origin) /> }
}

/// Loads the hybrid preset, for a scenario without effects after the answer.
#[component]
fn HybridLink() -> impl IntoView {
    let dispatch = use_dispatch();
    let load = move |_| dispatch.send(Action::LoadPreset(PresetId::Hybrid));
    view! {
        <p class="chart-tools">
            <button type="button" class="link" on:click=load>{explore::LOAD_HYBRID}</button>
        </p>
    }
}
