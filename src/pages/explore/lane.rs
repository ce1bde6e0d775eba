//! One step of the flow: its switch, its bar, its number.

use leptos::ev::{self, KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use markup::{component, view};
use web_sys::{HtmlElement, HtmlInputElement};

use crate::charts::timeline::Lane;
use crate::components::{NumberField, Switch};
use crate::dispatch::use_dispatch;
use crate::dom::{Html, Text, event, flag, key, pointer, press, stated, text, when};
use crate::pages::explore::details::StepDetails;
use crate::pages::explore::field::time_entry;
use crate::pages::explore::hold::Hold;
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::timeline::{LEAST_SHOWN, percent, place, track_line};
use crate::pages::explore::why::Asking;
use crate::platform::pixels;
use crate::queueing::explain::ExplainedValue;
use crate::scenario::{Placement, Scenario, StepId, limits};
use crate::session::Action;
use crate::strings::{explanation, explore};
use crate::units::parse::DefaultUnit;
use crate::units::round_to_decimals;
use crate::units::{Time, format};

/// One step of the picture, for as long as it is there.
#[derive(Clone, Copy)]
struct Here {
    id: StepId,
    lens: Lens,
}

impl Here {
    /// Where the step stands on the axis.
    fn lane(self) -> Option<Lane> {
        let now = self.lens.now();
        now.step(self.id).and_then(|(index, _)| now.timeline.lanes.get(index)).copied()
    }

    /// Its name.
    fn name(self) -> String {
        self.lens.now().step(self.id).map_or_else(String::new, |(_, step)| step.name.as_str().to_owned())
    }

    /// Its latency in milliseconds.
    fn millis(self) -> f64 {
        self.lens.now().step(self.id).map_or(0.0, |(_, step)| step.service_time.millis())
    }

    /// How its caller waits.
    fn placement(self) -> Placement {
        self.lane().map_or(Placement::Sync, |lane| lane.placement)
    }

    /// A moment of the step on the axis.
    fn place(self, moment: fn(&Lane) -> Time) -> Text {
        place(self.lens, move |now| lane_of(now, self.id).map_or(Time::ZERO, |lane| moment(&lane)))
    }

    /// On which side of the line it runs.
    fn side(self) -> Text {
        text(move || if self.placement() == Placement::Async { "async" } else { "sync" }.to_owned())
    }
}

/// Where a step stands in a picture.
fn lane_of(now: &Picture, id: StepId) -> Option<Lane> {
    now.timeline.lanes.iter().find(|lane| lane.id == id).copied()
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
) -> Html {
    let dispatch = use_dispatch();
    let here = Here { id, lens };
    let word = text(move || {
        let word = match here.placement() {
            Placement::Sync => explore::SYNC,
            Placement::Parallel => explore::PARALLEL,
            Placement::Async => explore::ASYNC,
            Placement::PublishAndWait => explore::PUBLISH_AND_WAIT,
        };
        word.to_owned()
    });
    let toggle = move |on: bool| {
        dispatch.apply(Action::SetPlacement(id, if on { Placement::Async } else { Placement::Sync }));
    };
    let is_open = flag(move || opened.get() == Some(id));
    let open = press(move || opened.set(if is_open.get_untracked() { None } else { Some(id) }));
    let details = when(is_open, move || view! { <StepDetails id lens opened /> });
    view! {
        <li class="lane" data-kind=here.side()>
            <span class="lane-name" title=text(move || here.name())>{text(move || here.name())}</span>
            <Switch
                name=text(move || explore::async_switch_label(&here.name()))
                on=flag(move || here.placement() == Placement::Async)
                word
                on_toggle=Box::new(toggle)
            />
            <Track here />
            <span class="lane-number">
                <NumberField
                    name=text(move || explore::latency_field_label(&here.name()))
                    value=text(move || format::decimal(here.millis()))
                    unit=explore::MILLISECONDS_UNIT
                    on_enter=time_entry(DefaultUnit::Millis, limits::SERVICE_TIME, move |time| Action::SetServiceTime(id, time))
                />
            </span>
            <span class="lane-more">
                <button
                    type="button"
                    class="icon-button"
                    aria-label=text(move || explore::settings_label(&here.name()))
                    aria-expanded=stated(move || is_open.get())
                    on:click=open
                >
                    "⋮"
                </button>
            </span>
            {details}
        </li>
    }
}

fn is_wait_shown(lane: &Lane) -> bool {
    lane.residence.waiting.millis() >= LEAST_SHOWN
}

/// How a pointer holds a bar.
#[derive(Clone, Copy)]
struct Grab {
    /// Where it took it,
    at: f64,
    /// and how far it has moved it, in pixels.
    shift: f64,
}

/// The bar on the axis, with its wait before it and its end to drag. What is hidden stays where it is: to move it in a drag takes
/// the browser as long as what is seen.
#[component]
fn Track(here: Here) -> Html {
    let no_wait = flag(move || here.lane().is_none_or(|lane| !is_wait_shown(&lane)));
    let keeps_up = flag(move || here.lane().is_none_or(|lane| lane.growth.is_none()));
    let grab = RwSignal::new(None::<Grab>);
    view! {
        <span class="track">
            <span class="track-clip" data-grabbed=stated(move || grab.get().is_some())><span class="track-scale">
                <span
                    class="block"
                    data-kind="wait"
                    hidden=no_wait
                    style:left=here.place(|lane| if is_wait_shown(lane) { lane.from } else { Time::ZERO })
                    style:width=here.place(|lane| lane.residence.waiting)
                ></span>
                <Bar here grab />
                <span class="tail" hidden=keeps_up style:left=here.place(|lane| lane.growth.map_or(Time::ZERO, |_| lane.done()))></span>
                {track_line(here.lens)}
                <Grip here />
            </span></span>
        </span>
    }
}

/// Which figure the number of a step's bar is where attempts or deliveries make it another than the latency that is set.
fn computed(now: &Picture, id: StepId) -> Option<ExplainedValue> {
    let (index, step) = now.step(id)?;
    let shown = |time: Time| format::count(time.millis().round() as u64);
    let lane = lane_of(now, id)?;
    if shown(lane.residence.service) == shown(step.service_time) {
        return None;
    }
    let effects = &now.evaluation.as_ref().ok()?.effects;
    let effect = effects.iter().position(|effect| effect.step == index);
    Some(effect.map_or(ExplainedValue::Demand(index + 1), ExplainedValue::Staleness))
}

/// The work itself; dragged across the line it changes its side.
#[component]
fn Bar(
    here: Here,
    /// How the pointer holds it, while it does.
    grab: RwSignal<Option<Grab>>,
) -> Html {
    let dispatch = use_dispatch();
    let dragged = StoredValue::new(false);
    let shift = move || grab.get().map_or(0.0, |grab| grab.shift);
    let on_down = pointer(move |event: PointerEvent| {
        if event.button() == 0 {
            // Without capture the drag ends at the bar's edge, and nothing else is lost.
            let _ = event_current_target(&event).set_pointer_capture(event.pointer_id());
            grab.set(Some(Grab { at: f64::from(event.client_x()), shift: 0.0 }));
            dragged.set_value(false);
        }
    });
    let call_off = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && grab.get_untracked().is_some() {
            grab.set(None);
        }
    });
    on_cleanup(move || call_off.remove());
    let on_move = pointer(move |event: PointerEvent| {
        if let Some(Grab { at, .. }) = grab.get_untracked() {
            let shift = f64::from(event.client_x()) - at;
            grab.set(Some(Grab { at, shift }));
            dragged.update_value(|dragged| *dragged |= shift.abs() > SLACK);
        }
    });
    let on_up = pointer(move |event: PointerEvent| {
        let Some(Grab { shift, .. }) = grab.get_untracked() else { return };
        let track = event_current_target(&event).parent_element().map_or(0, |track| track.client_width());
        let moved = shift / f64::from(track.max(1));
        grab.set(None);
        if let Some(placement) = crossed(here, moved) {
            dispatch.apply(Action::SetPlacement(here.id, placement));
        }
    });
    let length = text(move || {
        let now = here.lens.now();
        lane_of(&now, here.id).map_or_else(String::new, |lane| now.axis.unit.number(lane.residence.service))
    });
    let can_ask = flag(move || computed(&here.lens.now(), here.id).is_some());
    let is_set = flag(move || !can_ask.get());
    let asking = use_context::<Asking>();
    // The bar holds the pointer, so that a press on its number is one on the bar; that of a key comes up from the number.
    let ask = press(move || {
        let was_dragged = dragged.get_value();
        dragged.set_value(false);
        if let (Some(asking), Some(figure), false) =
            (asking, computed(&here.lens.peek(), here.id), was_dragged)
        {
            asking.tell(asking.of_now(figure));
        }
    });
    view! {
        <span
            class="block"
            data-kind=here.side()
            title=explore::DRAG_ACROSS
            style:left=here.place(Lane::served_from)
            style:width=here.place(|lane| lane.residence.service)
            style:transform=text(move || ["translateX(", &pixels(shift()), ")"].concat())
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=pointer(move |_| grab.set(None))
            on:click=ask
        >
            <i></i>
            {when(is_set, move || view! { <b>{length}</b> })}
            {when(can_ask, move || view! { <b><button type="button" class="why" title=explanation::TITLE>{length}</button></b> })}
        </span>
    }
}

/// How far a press may stray and still be one, in pixels.
const SLACK: f64 = 4.0;

/// The element that listens to an event.
fn event_current_target(event: &PointerEvent) -> HtmlElement {
    use wasm_bindgen::JsCast;
    event.current_target().map_or_else(|| event_target(event), JsCast::unchecked_into)
}

/// The placement after a bar was moved by a share of the axis: another one if its middle is now across the line.
fn crossed(here: Here, moved: f64) -> Option<Placement> {
    const LEAST: f64 = 0.01;
    let now = here.lens.peek();
    let lane = lane_of(&now, here.id)?;
    let middle = now.axis.place(lane.served_from() + lane.residence.service / 2.0) + moved;
    let line = now.axis.place(now.timeline.answer);
    match lane.placement {
        Placement::Async => (moved < -LEAST && middle < line).then_some(Placement::Sync),
        _ => (moved > LEAST && middle > line).then_some(Placement::Async),
    }
}

/// Milliseconds between the stops of a drag.
const SNAP: f64 = 10.0;
/// Milliseconds of a long stride.
const STRIDE: f64 = 100.0;

/// The bar's end: a slider over the whole range of latencies, of which only the thumb takes the pointer.
#[component]
fn Grip(here: Here) -> Html {
    let dispatch = use_dispatch();
    let hold = Hold::new(here.lens);
    let fine = RwSignal::new(false);
    // Where a latency of nothing would end the bar: what the step costs beyond its latency lies before that.
    let zero = place(here.lens, move |now| {
        let service_time = now.step(here.id).map_or(Time::ZERO, |(_, step)| step.service_time);
        lane_of(now, here.id).map_or(Time::ZERO, |lane| lane.done() - service_time)
    });
    let left = text(move || ["calc(", &zero.get(), " - 12px)"].concat());
    let width = text(move || {
        ["calc(", &percent(here.lens.now().axis.place(Scenario::MAX_SERVICE_TIME)), " + 24px)"].concat()
    });
    let on_input = event(move |event| {
        let input = event_target::<HtmlInputElement>(&event);
        if hold.counts() {
            let typed = input.value_as_number();
            let snapped = if fine.get_untracked() { typed.round() } else { (typed / SNAP).round() * SNAP };
            dispatch.apply(Action::SetServiceTime(here.id, Time::from_millis(snapped)));
        }
        // Where the value is the one from before, nothing else would take the slider back to it.
        let is_set = here.lens.scenario().step(here.id).map(|step| step.service_time.millis());
        input.set_value(&round_to_decimals(is_set.unwrap_or_default(), 3).to_string());
    });
    let on_key = key(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            hold.call_off();
        } else if let Some(action) = key_action(&event, here) {
            event.prevent_default();
            dispatch.apply(action);
        }
    });
    view! {
        <span class="reach" style:left=left style:width=width>
            <input
                type="range"
                class="grip"
                min="0"
                max=Scenario::MAX_SERVICE_TIME.millis().to_string()
                step="1"
                aria-label=text(move || explore::latency_label(&here.name()))
                aria-valuetext=text(move || explore::spoken_milliseconds(here.millis()))
                prop:value=text(move || round_to_decimals(here.millis(), 3).to_string())
                on:pointerdown=pointer(move |event| hold.begin(&event))
                on:pointermove=pointer(move |event| fine.set(event.alt_key()))
                on:pointerup=pointer(move |_| hold.end())
                on:pointercancel=pointer(move |_| hold.cancel())
                on:change=event(move |_| hold.end())
                on:input=on_input
                on:keydown=on_key
            />
        </span>
    }
}

/// What a key does on a bar's end.
fn key_action(event: &KeyboardEvent, here: Here) -> Option<Action> {
    let key = event.key();
    let now = here.lens.peek();
    let (index, step) = now.step(here.id)?;
    if event.alt_key() {
        return match key.as_str() {
            "ArrowUp" => Some(Action::MoveStep(here.id, index.saturating_sub(1))),
            "ArrowDown" => Some(Action::MoveStep(here.id, index + 1)),
            _ => None,
        };
    }
    let (millis, most) = (step.service_time.millis(), Scenario::MAX_SERVICE_TIME.millis());
    let stride = if event.shift_key() { STRIDE } else { SNAP };
    let to = match key.as_str() {
        "ArrowRight" | "ArrowUp" => millis + stride,
        "ArrowLeft" | "ArrowDown" => millis - stride,
        "PageUp" => millis + STRIDE,
        "PageDown" => millis - STRIDE,
        "Home" => 0.0,
        "End" => most,
        _ => return None,
    };
    Some(Action::SetServiceTime(here.id, Time::from_millis(to.clamp(0.0, most))))
}
