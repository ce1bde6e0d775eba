//! The load panel: the workload, the API workers, and the client's timeout.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::components::{ChipGroup, Choice, NumberField, SegmentedControl};
use crate::dispatch::use_dispatch;
use crate::pages::explore::load_action::set_load;
use crate::pages::explore::prediction::PredictionCard;
use crate::pages::explore::quantity_field::{
    EntryCallback, ResetButton, rate_entry, servers_entry, time_entry, users_entry,
};
use crate::pages::explore::slider_drag::SliderDrag;
use crate::pages::explore::state::{EvaluatedScenario, ExploreState};
use crate::pages::explore::variability_field::CommonVariability;
use crate::scenario::{Workload, limits};
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::parse::{DefaultUnit, parse_number};
use crate::units::{Rate, format};

#[component]
pub(crate) fn LoadPanel(state: ExploreState) -> impl IntoView {
    let evaluated = state.evaluated;
    let workload = Memo::new(move |_| evaluated.read().scenario.workload);
    let is_closed = Memo::new(move |_| workload.read().users().is_some());
    let settled_scenario = Memo::new(move |_| state.settled.read().scenario.clone());
    view! {
        <section class="panel load" aria-label=explore::LOAD>
            <WorkloadChoice evaluated is_closed />
            <Show when=move || is_closed.get()><UsersControl state workload /></Show>
            <Show when=move || !is_closed.get()><RateControl state workload /></Show>
            <div class="load-grid">
                <Show when=move || is_closed.get()><ThinkTime state /></Show>
                <Workers state />
                <Timeout state />
                <CommonVariability state />
            </div>
            <PredictionCard scenario=settled_scenario.into() />
        </section>
    }
}

/// Chooses between users who wait for their answer, and orders that arrive at a rate.
#[component]
fn WorkloadChoice(evaluated: Memo<Arc<EvaluatedScenario>>, is_closed: Memo<bool>) -> impl IntoView {
    const CHOICES: [Choice; 2] = [("users", explore::WORKLOAD_CLOSED), ("rate", explore::WORKLOAD_OPEN)];
    let dispatch = use_dispatch();
    let selected = Signal::derive(move || if is_closed.get() { "users" } else { "rate" }.to_owned());
    let choose = move |chosen: &'static str| {
        if chosen == selected.get_untracked() {
            return;
        }
        let evaluated = evaluated.read_untracked();
        let throughput =
            evaluated.evaluation.as_ref().map_or(0.0, |evaluation| evaluation.outcome.throughput().value());
        let rounded = (throughput * 10.0).round().max(1.0) / 10.0;
        drop(evaluated);
        dispatch.send(Action::SwitchWorkload(Rate::per_second(rounded)));
    };
    view! {
        <div class="load-top">
            <h2 class="panel-title">{explore::LOAD}</h2>
            <SegmentedControl
                label=explore::WORKLOAD
                choices=&CHOICES
                selected
                on_choose=Callback::new(choose)
            />
        </div>
        <p class="panel-sub">
            {move || if is_closed.get() { explore::CLOSED_NOTE } else { explore::OPEN_NOTE }}
        </p>
    }
}

/// The texts of a load control.
#[derive(Clone, Copy)]
struct LoadLabels {
    name: &'static str,
    slider: &'static str,
    stops: &'static str,
    unit: &'static str,
}

/// A load: its number, a logarithmic slider, and stops to jump to.
#[component]
fn LoadControl(
    state: ExploreState,
    workload: Memo<Workload>,
    labels: LoadLabels,
    control: Control,
    /// The exponents of ten at the slider's ends.
    exponents: (i32, i32),
    stops: &'static [Choice],
    /// The load for screen readers.
    spoken: fn(f64) -> String,
    on_enter: EntryCallback,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let LoadLabels { name, slider, stops: stops_label, unit } = labels;
    let load = move || workload.read().load();
    let drag = SliderDrag::new(state.is_dragging);
    let set = move |load: f64| dispatch.send(set_load(workload.get_untracked(), load));
    let on_input = move |event| {
        let input = event_target::<HtmlInputElement>(&event);
        if drag.accepts_input() {
            set(round_to_slider_step(10_f64.powf(input.value_as_number() / STEPS_PER_DECADE)));
        } else {
            input.set_value(&slider_position(untrack(load)));
        }
    };
    // With few users one step of the slider is less than one user, so keys go to the next load that differs.
    let on_key = move |event: ev::KeyboardEvent| {
        let direction = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => 1.0,
            "ArrowLeft" | "ArrowDown" => -1.0,
            "Escape" => return drag.cancel(),
            _ => return,
        };
        event.prevent_default();
        set(next_load(workload.get_untracked(), direction, exponents));
    };
    let jump = move |key: &'static str| {
        if let Ok(load) = parse_number(key) {
            set(load);
        }
    };
    view! {
        <div class="load-amount">
            <span class="field-label">{name}<ResetButton state control name /></span>
            <NumberField
                label=name
                value=Signal::derive(move || format::decimal(load()))
                unit
                on_enter
            />
        </div>
        <input
            type="range"
            class="range"
            min=(f64::from(exponents.0) * STEPS_PER_DECADE).to_string()
            max=(f64::from(exponents.1) * STEPS_PER_DECADE).to_string()
            step="1"
            aria-label=slider
            aria-valuetext=move || spoken(load())
            prop:value=move || slider_position(load())
            on:pointerdown=move |event| drag.begin(&event)
            on:pointerup=move |_| drag.end()
            on:pointercancel=move |_| drag.abort()
            on:change=move |_| drag.end()
            on:input=on_input
            on:keydown=on_key
        />
        <ChipGroup
            label=stops_label
            choices=stops
            selected=Signal::derive(move || format::compact(load()))
            on_choose=Callback::new(jump)
        />
    }
}

/// Steps of the slider between a number and ten times that.
const STEPS_PER_DECADE: f64 = 100.0;

/// The slider's value for a load.
fn slider_position(load: f64) -> String {
    format!("{:.0}", load.max(1e-9).log10() * STEPS_PER_DECADE)
}

/// The nearest load in a direction that a step of the slider leads to and that differs from the present one.
fn next_load(workload: Workload, direction: f64, exponents: (i32, i32)) -> f64 {
    let load = workload.load();
    let [min, max] = [exponents.0, exponents.1].map(|exponent| f64::from(exponent) * STEPS_PER_DECADE);
    let position = load.max(1e-9).log10() * STEPS_PER_DECADE;
    let load_after = |steps: u32| {
        let target = (position + direction * f64::from(steps)).clamp(min, max);
        let load = round_to_slider_step(10_f64.powf(target / STEPS_PER_DECADE));
        if workload.users().is_some() { load.round() } else { load }
    };
    (1..100).map(load_after).find(|next| (next - load) * direction > 1e-9 * load).unwrap_or(load)
}

/// Rounds to two or three significant digits, so that the slider stops at numbers that can be said.
fn round_to_slider_step(value: f64) -> f64 {
    let unit = 10_f64.powi(value.log10().floor() as i32 - 1);
    let step = if value / unit < 20.0 { unit / 2.0 } else { unit };
    (value / step).round() * step
}

#[component]
fn UsersControl(state: ExploreState, workload: Memo<Workload>) -> impl IntoView {
    const STOPS: [Choice; 7] = [
        ("10", "10"),
        ("100", "100"),
        ("500", "500"),
        ("2,000", "2 k"),
        ("10 k", "10 k"),
        ("1 M", "1 M"),
        ("100 M", "100 M"),
    ];
    const LABELS: LoadLabels = LoadLabels {
        name: explore::USERS,
        slider: explore::USERS_SLIDER,
        stops: explore::USERS_STOPS,
        unit: "",
    };
    view! {
        <LoadControl
            state
            workload
            labels=LABELS
            control=Control::Users
            exponents=(0, 8)
            stops=&STOPS
            spoken=explore::user_count
            on_enter=users_entry(Action::SetUsers)
        />
    }
}

#[component]
fn RateControl(state: ExploreState, workload: Memo<Workload>) -> impl IntoView {
    const STOPS: [Choice; 7] =
        [("1", "1"), ("5", "5"), ("10", "10"), ("20", "20"), ("50", "50"), ("1,000", "1 k"), ("1 M", "1 M")];
    const LABELS: LoadLabels = LoadLabels {
        name: explore::RATE,
        slider: explore::RATE_SLIDER,
        stops: explore::RATE_STOPS,
        unit: "/s",
    };
    view! {
        <LoadControl
            state
            workload
            labels=LABELS
            control=Control::ArrivalRate
            exponents=(-2, 9)
            stops=&STOPS
            spoken=explore::order_rate
            on_enter=rate_entry(Action::SetArrivalRate)
        />
    }
}

/// A labelled number field that can be reset.
#[component]
fn ResettableField(
    state: ExploreState,
    name: &'static str,
    control: Control,
    unit: &'static str,
    value: Signal<String>,
    on_enter: EntryCallback,
) -> impl IntoView {
    view! {
        <div class="field">
            <span class="field-label">{name}<ResetButton state control name /></span>
            <NumberField label=name value unit on_enter />
        </div>
    }
}

/// The time from an answer to the user's next order.
#[component]
fn ThinkTime(state: ExploreState) -> impl IntoView {
    let value = Signal::derive(move || match state.evaluated.read().scenario.workload {
        Workload::Closed { think_time, .. } => format::decimal(think_time.seconds()),
        Workload::Open { .. } => String::new(),
    });
    view! {
        <ResettableField
            state
            name=explore::THINK_TIME
            control=Control::ThinkTime
            unit=explore::SECONDS_UNIT
            value
            on_enter=time_entry(DefaultUnit::Seconds, limits::THINK_TIME, Action::SetThinkTime)
        />
    }
}

#[component]
fn Workers(state: ExploreState) -> impl IntoView {
    let value = Signal::derive(move || format::count(state.evaluated.read().scenario.workers.count()));
    view! {
        <ResettableField
            state
            name=explore::WORKERS
            control=Control::Workers
            unit=""
            value
            on_enter=servers_entry(Action::SetWorkers)
        />
    }
}

#[component]
fn Timeout(state: ExploreState) -> impl IntoView {
    let value =
        Signal::derive(move || format::decimal(state.evaluated.read().scenario.client.timeout.seconds()));
    view! {
        <ResettableField
            state
            name=explore::TIMEOUT
            control=Control::Timeout
            unit=explore::SECONDS_UNIT
            value
            on_enter=time_entry(DefaultUnit::Seconds, limits::TIMEOUT, Action::SetTimeout)
        />
    }
}
