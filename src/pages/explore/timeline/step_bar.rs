//! The bar of a step on the time axis. Dragging it across the answer line moves the step to the other side.

use leptos::ev::{self, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::latency_handle::LatencyHandle;
use super::placed_step::{PlacedStep, side};
use super::position::{MIN_VISIBLE_WAIT, RowAnswerLine, percent};
use crate::charts::timeline::Lane;
use crate::dispatch::use_dispatch;
use crate::pages::explore::explain::use_explainer;
use crate::pages::explore::state::{EvaluatedScenario, ExploreState};
use crate::platform::pixels;
use crate::queueing::explain::ExplainedValue;
use crate::scenario::{Placement, StepId};
use crate::session::Action;
use crate::strings::{explanation, explore};
use crate::units::{Time, format};

/// A pointer that moves less than this between press and release makes a click, in pixels.
const CLICK_SLACK: f64 = 4.0;

/// The drag of a bar.
#[derive(Clone, Copy, PartialEq)]
struct BarDrag {
    /// Pointer x at pointerdown, in pixels.
    start_x: f64,
    /// Movement since then, in pixels.
    offset: f64,
}

/// The bar with its queueing time before it and a handle at its end. Hidden elements keep their position:
/// updating them costs the browser as much as visible ones.
#[component]
pub(super) fn StepTrack(
    id: StepId,
    state: ExploreState,
    placed: Memo<Option<PlacedStep>>,
    name: Memo<String>,
    millis: Memo<f64>,
) -> impl IntoView {
    let drag = RwSignal::new(None::<BarDrag>);
    let is_dragged = move || drag.read().is_some();
    let lane = Memo::new(move |_| placed.read().as_ref().map(|placed| placed.lane));
    let position = lane_position(lane, state);
    let has_wait = move || lane.read().as_ref().is_some_and(is_wait_visible);
    let is_growing = move || lane.read().as_ref().is_some_and(|lane| lane.growth.is_some());
    view! {
        <span class="track">
            <span class="track-clip" data-grabbed=move || is_dragged().to_string()>
                <span class="track-scale">
                    <span
                        class="block"
                        data-kind="wait"
                        hidden=move || !has_wait()
                        style:left=position(|lane| if is_wait_visible(lane) { lane.from } else { Time::ZERO })
                        style:width=position(|lane| lane.residence.waiting)
                    ></span>
                    <StepBar id state lane drag />
                    <span
                        class="tail"
                        hidden=move || !is_growing()
                        style:left=position(|lane| lane.growth.map_or(Time::ZERO, |_| lane.done()))
                    ></span>
                    <RowAnswerLine timeline=state.timeline axis=state.axis />
                    <LatencyHandle id state placed name millis />
                </span>
            </span>
        </span>
    }
}

/// Positions of times that follow from the lane.
fn lane_position(
    lane: Memo<Option<Lane>>,
    state: ExploreState,
) -> impl Fn(fn(&Lane) -> Time) -> Signal<String> + Copy {
    move |time| {
        Signal::derive(move || {
            let time = lane.read().as_ref().map_or(Time::ZERO, time);
            percent(state.axis.read().place(time))
        })
    }
}

fn is_wait_visible(lane: &Lane) -> bool {
    lane.residence.waiting.millis() >= MIN_VISIBLE_WAIT
}

#[component]
fn StepBar(
    id: StepId,
    state: ExploreState,
    lane: Memo<Option<Lane>>,
    drag: RwSignal<Option<BarDrag>>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let explainer = use_explainer();
    let has_moved = StoredValue::new(false);
    let on_pointer_down = move |event: PointerEvent| {
        if event.button() == 0 {
            // Without pointer capture the drag ends at the bar's edge, and nothing else is lost.
            let _ = current_target(&event).set_pointer_capture(event.pointer_id());
            drag.set(Some(BarDrag { start_x: f64::from(event.client_x()), offset: 0.0 }));
            has_moved.set_value(false);
        }
    };
    let on_pointer_move = move |event: PointerEvent| {
        if let Some(BarDrag { start_x, .. }) = drag.get_untracked() {
            let offset = f64::from(event.client_x()) - start_x;
            drag.set(Some(BarDrag { start_x, offset }));
            has_moved.update_value(|has_moved| *has_moved |= offset.abs() > CLICK_SLACK);
        }
    };
    let on_pointer_up = move |event: PointerEvent| {
        let Some(BarDrag { offset, .. }) = drag.get_untracked() else { return };
        let track_width = current_target(&event).parent_element().map_or(0, |track| track.client_width());
        let moved = offset / f64::from(track_width.max(1));
        drag.set(None);
        if let Some(placement) = placement_after_drag(lane.get_untracked(), state, moved) {
            dispatch.send(Action::SetPlacement(id, placement));
        }
    };
    let cancel_on_escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && drag.get_untracked().is_some() {
            drag.set(None);
        }
    });
    on_cleanup(move || cancel_on_escape.remove());
    let explained = move || explained_value(&state.evaluated.read(), lane.get()?);
    let can_explain = move || explained().is_some();
    // The bar captures the pointer, so a press on its number is a click on the bar. A key press bubbles up
    // from the number.
    let on_click = move |_| {
        let was_drag = has_moved.get_value();
        has_moved.set_value(false);
        if let (Some(value), false) = (untrack(explained), was_drag) {
            explainer.open(explainer.explain_current(value));
        }
    };
    let position = lane_position(lane, state);
    let text = Signal::derive(move || {
        let unit = state.axis.read().unit;
        lane.read().as_ref().map_or_else(String::new, |lane| unit.number(lane.residence.service))
    });
    view! {
        <span
            class="block"
            data-kind=move || side(lane.read().as_ref().map_or(Placement::Sync, |lane| lane.placement))
            title=explore::DRAG_ACROSS
            style:left=position(Lane::served_from)
            style:width=position(|lane| lane.residence.service)
            style:transform=move || {
                format!("translateX({})", pixels(drag.read().map_or(0.0, |drag| drag.offset)))
            }
            on:pointerdown=on_pointer_down
            on:pointermove=on_pointer_move
            on:pointerup=on_pointer_up
            on:pointercancel=move |_| drag.set(None)
            on:click=on_click
        >
            <i></i>
            <b>
                <Show when=move || can_explain() fallback=move || text>
                    <button type="button" class="why" title=explanation::TITLE>{text}</button>
                </Show>
            </b>
        </span>
    }
}

/// The explained value for the bar's number, if retries or redeliveries make it differ from the latency that
/// is set.
fn explained_value(evaluated: &EvaluatedScenario, lane: Lane) -> Option<ExplainedValue> {
    let mut steps = evaluated.scenario.steps.iter().enumerate();
    let (index, step) = steps.find(|(_, step)| step.id == lane.id)?;
    let whole_millis = |time: Time| format::count(time.millis().round() as u64);
    if whole_millis(lane.residence.service) == whole_millis(step.service_time) {
        return None;
    }
    let effects = &evaluated.evaluation.as_ref().ok()?.effects;
    let effect = effects.iter().position(|effect| effect.step == index);
    Some(effect.map_or(ExplainedValue::Demand(index + 1), ExplainedValue::Staleness))
}

/// The element whose listener handles the event.
fn current_target(event: &PointerEvent) -> HtmlElement {
    event.current_target().map_or_else(|| event_target(event), JsCast::unchecked_into)
}

/// The new placement after a bar was moved by a share of the axis; `None` unless its middle has crossed the
/// answer line.
fn placement_after_drag(lane: Option<Lane>, state: ExploreState, moved: f64) -> Option<Placement> {
    const MIN_MOVE: f64 = 0.01;
    let lane = lane?;
    let axis = state.axis.read_untracked();
    let middle = axis.place(lane.served_from() + lane.residence.service / 2.0) + moved;
    let answer = axis.place(state.timeline.read_untracked().answer);
    match lane.placement {
        Placement::Async => (moved < -MIN_MOVE && middle < answer).then_some(Placement::Sync),
        _ => (moved > MIN_MOVE && middle > answer).then_some(Placement::Async),
    }
}
