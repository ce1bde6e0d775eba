//! One step of the flow: its switch, its bar, its number.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::{Button, Input, Span};
use leptos::prelude::*;

use crate::charts::timeline::Lane;
use crate::model::Residence;
use crate::scenario::{Placement, Scenario, StepId, limits};
use crate::session::Action;
use crate::text::explore;
use crate::units::parse::BareUnit;
use crate::units::{Time, format};
use crate::views::dispatch::{Dispatch, use_dispatch};
use crate::views::explore::details::StepDetails;
use crate::views::explore::lens::Lens;
use crate::views::explore::number::TimeField;
use crate::views::explore::timeline::percent;
use crate::views::parts::Switch;

/// What a lane shows of its step.
#[derive(Clone, PartialEq)]
struct Shown {
    name: String,
    service_time: Time,
    lane: Lane,
}

impl Shown {
    /// The step as it is; an empty lane in the moment in which a step goes.
    fn of(id: StepId, lens: Lens) -> Self {
        let lane = lens.timeline.with(|timeline| timeline.lanes.iter().find(|lane| lane.id == id).copied());
        lens.scenario.with(|scenario| match (scenario.step(id), lane) {
            (Some(step), Some(lane)) => {
                Self { name: step.name.as_str().to_owned(), service_time: step.service_time, lane }
            }
            _ => Self {
                name: String::new(),
                service_time: Time::ZERO,
                lane: Lane {
                    id,
                    placement: Placement::Sync,
                    from: Time::ZERO,
                    residence: Residence::default(),
                    growth: None,
                },
            },
        })
    }
}

/// One step.
#[component]
pub(crate) fn StepLane(
    /// Which.
    id: StepId,
    /// What to show.
    lens: Lens,
    /// The step whose settings are open.
    opened: RwSignal<Option<StepId>>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let shown = Memo::new(move |_| Shown::of(id, lens));
    let name = Signal::derive(move || shown.with(|shown| shown.name.clone()));
    let placement = Memo::new(move |_| shown.with(|shown| shown.lane.placement));
    let word = Signal::derive(move || match placement.get() {
        Placement::Sync => explore::SYNC,
        Placement::Parallel => explore::PARALLEL,
        Placement::Async => explore::ASYNC,
        Placement::PublishAndWait => explore::WAITED,
    });
    let is_open = Memo::new(move |_| opened.get() == Some(id));
    let toggle = Callback::new(move |on: bool| {
        dispatch.apply(Action::SetPlacement(id, if on { Placement::Async } else { Placement::Sync }));
    });
    let more = NodeRef::<Button>::new();
    view! {
        <li class="lane" data-kind=move || side(placement.get())>
            <span class="lane-name" title=name>{name}</span>
            <Switch
                name=Signal::derive(move || explore::asynchronous(&name.get()))
                on=Signal::derive(move || placement.get() == Placement::Async)
                word
                on_toggle=toggle
            />
            <Track id lens shown />
            <span class="lane-number">
                <TimeField
                    name=Signal::derive(move || explore::latency_field(&name.get()))
                    time=Signal::derive(move || shown.with(|shown| shown.service_time))
                    range=limits::SERVICE_TIME
                    unit=BareUnit::Millis
                    set=Callback::new(move |time| Action::SetServiceTime(id, time))
                />
            </span>
            <span class="lane-more">
                <button
                    node_ref=more
                    type="button"
                    class="icon-button"
                    aria-label=move || explore::settings_of(&name.get())
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| opened.set((!is_open.get_untracked()).then_some(id))
                >
                    "⋮"
                </button>
            </span>
        </li>
        <Show when=move || is_open.get()>
            <StepDetails id lens opened />
        </Show>
    }
}

/// On which side of the line a step runs.
fn side(placement: Placement) -> &'static str {
    if placement == Placement::Async { "async" } else { "sync" }
}

/// The bar on the axis, with its wait before it and its end to drag.
#[component]
fn Track(id: StepId, lens: Lens, shown: Memo<Shown>) -> impl IntoView {
    let place = move |moment: fn(&Lane) -> Time| {
        percent(lens.axis.get().place(shown.with(|shown| moment(&shown.lane))))
    };
    let long = move |span: fn(&Lane) -> Time| place(span);
    let has_wait = move || shown.with(|shown| shown.lane.residence.waiting.millis() >= 0.5);
    let falls_behind = move || shown.with(|shown| shown.lane.growth.is_some());
    let line = move || percent(lens.axis.get().place(lens.timeline.with(|timeline| timeline.answer)));
    view! {
        <span class="track">
            <span class="track-clip"><span class="track-scale">
                <Show when=has_wait>
                    <span class="block" data-kind="wait" style:left=move || place(|lane| lane.from) style:width=move || long(|lane| lane.residence.waiting)></span>
                </Show>
                <Bar id lens shown />
                <Show when=falls_behind>
                    <span class="tail" style:left=move || place(Lane::done)></span>
                </Show>
                <span class="track-line" style:left=line></span>
                <Grip id lens shown />
            </span></span>
        </span>
    }
}

/// The work itself; dragged across the line it changes its side.
#[component]
fn Bar(id: StepId, lens: Lens, shown: Memo<Shown>) -> impl IntoView {
    let dispatch = use_dispatch();
    let bar = NodeRef::<Span>::new();
    let grabbed_at = RwSignal::new(None::<i32>);
    let shift = RwSignal::new(0);
    let release = move || {
        grabbed_at.set(None);
        shift.set(0);
    };
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(bar) = bar.get_untracked() {
            // Without capture the drag ends at the bar's edge, and nothing else is lost.
            let _ = bar.set_pointer_capture(event.pointer_id());
        }
        grabbed_at.set(Some(event.client_x()));
    };
    let on_move = move |event: PointerEvent| {
        if let Some(start) = grabbed_at.get_untracked() {
            shift.set(event.client_x() - start);
        }
    };
    let on_up = move |_: PointerEvent| {
        if grabbed_at.get_untracked().is_none() {
            return;
        }
        let track =
            bar.get_untracked().and_then(|bar| bar.parent_element()).map_or(0, |track| track.client_width());
        let moved = f64::from(shift.get_untracked()) / f64::from(track.max(1));
        release();
        if let Some(placement) = crossed(lens, &shown.get_untracked().lane, moved) {
            dispatch.apply(Action::SetPlacement(id, placement));
        }
    };
    let left = move || percent(lens.axis.get().place(shown.with(|shown| shown.lane.served_from())));
    let width = move || percent(lens.axis.get().place(shown.with(|shown| shown.lane.residence.service)));
    view! {
        <span
            node_ref=bar
            class="block"
            data-kind=move || side(shown.with(|shown| shown.lane.placement))
            data-grab=""
            data-grabbed=move || grabbed_at.get().map(|_| "")
            title=explore::DRAG_ACROSS
            style:left=left
            style:width=width
            style:transform=move || format!("translateX({}px)", shift.get())
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=move |_| release()
        >
            <b>{move || format::plain(shown.with(|shown| shown.lane.residence.service.millis().round()))}</b>
        </span>
    }
}

/// The placement after a bar was moved by a share of the axis: another one if its middle is now across the line.
fn crossed(lens: Lens, lane: &Lane, moved: f64) -> Option<Placement> {
    const LEAST: f64 = 0.01;
    let axis = lens.axis.get_untracked();
    let middle = axis.place(lane.served_from() + lane.residence.service / 2.0) + moved;
    let line = axis.place(lens.timeline.with_untracked(|timeline| timeline.answer));
    match lane.placement {
        Placement::Async => (moved < -LEAST && middle < line).then_some(Placement::Sync),
        _ => (moved > LEAST && middle > line).then_some(Placement::Async),
    }
}

/// The bar's end: a slider over the whole range of latencies, of which only the thumb takes the pointer.
#[component]
fn Grip(id: StepId, lens: Lens, shown: Memo<Shown>) -> impl IntoView {
    let dispatch = use_dispatch();
    let input = NodeRef::<Input>::new();
    let fine = RwSignal::new(false);
    let name = move || shown.with(|shown| explore::latency_of(&shown.name));
    let millis = move || shown.with(|shown| shown.service_time.millis());
    let left = move || {
        format!(
            "calc({} - 12px)",
            percent(lens.axis.get().place(shown.with(|shown| zero_of(&shown.lane, shown.service_time))))
        )
    };
    let width =
        move || format!("calc({} + 24px)", percent(lens.axis.get().place(Scenario::MAX_SERVICE_TIME)));
    let on_input = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let typed = input.value_as_number();
        let snapped = if fine.get_untracked() { typed.round() } else { (typed / SNAP).round() * SNAP };
        dispatch.apply(Action::SetServiceTime(id, Time::from_millis(snapped)));
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            dispatch.apply(Action::CancelDrag);
        } else if let Some(action) = key_action(&event, id, lens, millis()) {
            event.prevent_default();
            dispatch.apply(action);
        }
    };
    // A drag ends when the pointer lets go, also where the value did not change.
    let end = move || dispatch.apply(Action::EndDrag);
    view! {
        <input
            node_ref=input
            type="range"
            class="grip"
            min="0"
            max=Scenario::MAX_SERVICE_TIME.millis().to_string()
            step="1"
            aria-label=name
            aria-valuetext=move || format!("{} milliseconds", format::plain(millis()))
            prop:value=move || millis().to_string()
            style:left=left
            style:width=width
            on:pointerdown=move |event: PointerEvent| begin(dispatch, &event)
            on:pointermove=move |event: PointerEvent| fine.set(event.alt_key())
            on:pointerup=move |_| end()
            on:pointercancel=move |_| dispatch.apply(Action::CancelDrag)
            on:change=move |_| end()
            on:input=on_input
            on:keydown=on_key
        />
    }
}

/// Milliseconds between the stops of a drag.
const SNAP: f64 = 10.0;
/// Milliseconds of a long stride.
const STRIDE: f64 = 100.0;

/// One drag is one entry of the history.
fn begin(dispatch: Dispatch, event: &PointerEvent) {
    if event.button() == 0 {
        dispatch.apply(Action::BeginDrag);
    }
}

/// Where a latency of nothing would end the bar: what the step costs beyond its latency lies before that.
fn zero_of(lane: &Lane, service_time: Time) -> Time {
    lane.done() - service_time
}

/// What a key does on a bar's end.
fn key_action(event: &KeyboardEvent, id: StepId, lens: Lens, millis: f64) -> Option<Action> {
    let key = event.key();
    if event.alt_key() {
        let index =
            lens.scenario.with_untracked(|scenario| scenario.steps.iter().position(|step| step.id == id))?;
        return match key.as_str() {
            "ArrowUp" => Some(Action::MoveStep(id, index.saturating_sub(1))),
            "ArrowDown" => Some(Action::MoveStep(id, index + 1)),
            _ => None,
        };
    }
    let stride = if event.shift_key() { STRIDE } else { SNAP };
    let to = match key.as_str() {
        "ArrowRight" | "ArrowUp" => millis + stride,
        "ArrowLeft" | "ArrowDown" => millis - stride,
        "PageUp" => millis + STRIDE,
        "PageDown" => millis - STRIDE,
        "Home" => 0.0,
        "End" => Scenario::MAX_SERVICE_TIME.millis(),
        _ => return None,
    };
    Some(Action::SetServiceTime(id, Time::from_millis(to.clamp(0.0, Scenario::MAX_SERVICE_TIME.millis()))))
}
