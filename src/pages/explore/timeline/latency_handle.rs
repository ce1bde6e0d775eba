//! The end of a bar: a slider over the whole range of latencies, of which only the thumb takes the pointer.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::placed_step::PlacedStep;
use super::position::percent;
use crate::dispatch::use_dispatch;
use crate::pages::explore::slider_drag::SliderDrag;
use crate::pages::explore::state::ExploreState;
use crate::scenario::{Scenario, StepId};
use crate::session::Action;
use crate::strings::explore;
use crate::units::Time;

/// Dragging snaps to multiples of this, in milliseconds; so do the arrow keys.
const SNAP: f64 = 10.0;
/// The step of Page Up and Page Down, and of arrows with Shift, in milliseconds.
const LARGE_STEP: f64 = 100.0;
/// Half the width of the thumb, in pixels.
const HALF_THUMB: u32 = 12;

#[component]
pub(super) fn LatencyHandle(
    id: StepId,
    state: ExploreState,
    placed: Memo<Option<PlacedStep>>,
    name: Memo<String>,
    millis: Memo<f64>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let drag = SliderDrag::new(state.is_dragging);
    // Alt switches snapping off.
    let is_fine = StoredValue::new(false);
    // The bar's end at zero latency; costs beyond the latency come before it.
    let zero = move || {
        let zero =
            placed.read().as_ref().map_or(Time::ZERO, |placed| placed.lane.done() - placed.step.service_time);
        percent(state.axis.read().place(zero))
    };
    let full_width = move || percent(state.axis.read().place(Scenario::MAX_SERVICE_TIME));
    let on_input = move |event| {
        let input = event_target::<HtmlInputElement>(&event);
        if drag.accepts_input() {
            let value = input.value_as_number();
            let snapped = if is_fine.get_value() { value.round() } else { (value / SNAP).round() * SNAP };
            dispatch.send(Action::SetServiceTime(id, Time::from_millis(snapped)));
        }
        // Reset the slider if the snapped value did not change, because then nothing else does.
        if let Some(millis) = millis.try_get_untracked() {
            input.set_value(&millis.to_string());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            drag.cancel();
        } else if let Some(action) = placed.read_untracked().as_ref().and_then(|it| key_action(&event, it)) {
            event.prevent_default();
            dispatch.send(action);
        }
    };
    view! {
        <span
            class="reach"
            style:left=move || format!("calc({} - {HALF_THUMB}px)", zero())
            style:width=move || format!("calc({} + {}px)", full_width(), 2 * HALF_THUMB)
        >
            <input
                type="range"
                class="grip"
                min="0"
                max=Scenario::MAX_SERVICE_TIME.millis().to_string()
                step="1"
                aria-label=move || explore::latency_label(&name.read())
                aria-valuetext=move || explore::spoken_milliseconds(millis.get())
                prop:value=move || millis.get().to_string()
                on:pointerdown=move |event| drag.begin(&event)
                on:pointermove=move |event: PointerEvent| is_fine.set_value(event.alt_key())
                on:pointerup=move |_| drag.end()
                on:pointercancel=move |_| drag.abort()
                on:change=move |_| drag.end()
                on:input=on_input
                on:keydown=on_key
            />
        </span>
    }
}

/// The action of a key: it changes the latency, or moves the step with Alt.
fn key_action(event: &KeyboardEvent, PlacedStep { index, step, .. }: &PlacedStep) -> Option<Action> {
    let key = event.key();
    if event.alt_key() {
        return match key.as_str() {
            "ArrowUp" => Some(Action::MoveStep(step.id, index.saturating_sub(1))),
            "ArrowDown" => Some(Action::MoveStep(step.id, index + 1)),
            _ => None,
        };
    }
    let (millis, max) = (step.service_time.millis(), Scenario::MAX_SERVICE_TIME.millis());
    let small_step = if event.shift_key() { LARGE_STEP } else { SNAP };
    let target = match key.as_str() {
        "ArrowRight" | "ArrowUp" => millis + small_step,
        "ArrowLeft" | "ArrowDown" => millis - small_step,
        "PageUp" => millis + LARGE_STEP,
        "PageDown" => millis - LARGE_STEP,
        "Home" => 0.0,
        "End" => max,
        _ => return None,
    };
    Some(Action::SetServiceTime(step.id, Time::from_millis(target.clamp(0.0, max))))
}
