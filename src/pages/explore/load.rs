//! The load panel: who comes, and with how much the system meets them.

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlInputElement;

use crate::app::rest::later;
use crate::components::{Buttons, Choice, Entry, Kind, NumberField};
use crate::dispatch::use_dispatch;
use crate::dom::{Flag, Html, Text, event, fixed, flag, key, pointer, text, when};
use crate::pages::explore::details::VariabilityField;
use crate::pages::explore::field::{ResetOne, rate_entry, servers_entry, time_entry, users_entry};
use crate::pages::explore::hold::Hold;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::predict::Predict;
use crate::scenario::{Workload, limits};
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::parse::DefaultUnit;
use crate::units::round_to_decimals;
use crate::units::{Rate, Users, format};

/// The load panel.
#[component]
pub(crate) fn LoadPanel(
    /// What to show.
    lens: Lens,
) -> Html {
    let is_closed = flag(move || lens.now().scenario.workload.users().is_some());
    let is_open = flag(move || !is_closed.get());
    view! {
        <section class="panel load" aria-label=explore::LOAD>
            <WorkloadSwitch lens is_closed />
            {when(is_closed, move || view! { <UsersAmount lens /> })}
            {when(is_open, move || view! { <RateAmount lens /> })}
            <div class="load-grid">
                {when(is_closed, move || view! { <ThinkTime lens /> })}
                <Workers lens />
                <Timeout lens />
                <VariabilityField lens of=None />
            </div>
            {later(move || view! { <Predict lens /> })}
        </section>
    }
}

/// Users who wait, or orders that come.
#[component]
fn WorkloadSwitch(lens: Lens, is_closed: Flag) -> Html {
    const CHOICES: [Choice; 2] = [("users", explore::WORKLOAD_CLOSED), ("rate", explore::WORKLOAD_OPEN)];
    let dispatch = use_dispatch();
    let taken = text(move || if is_closed.get() { "users" } else { "rate" }.to_owned());
    let switch = move |chosen: &'static str| {
        if chosen == taken.get_untracked() {
            return;
        }
        let now = lens.peek();
        let throughput =
            now.evaluation.as_ref().map_or(0.0, |evaluation| evaluation.outcome.throughput().value());
        let round = (throughput * 10.0).round().max(1.0) / 10.0;
        dispatch.apply(Action::SwitchWorkload(Rate::per_second(round)));
    };
    let note =
        text(move || if is_closed.get() { explore::CLOSED_NOTE } else { explore::OPEN_NOTE }.to_owned());
    view! {
        <div class="load-top">
            <h2 class="panel-title">{explore::LOAD}</h2>
            <Buttons kind=Kind::Segments name=explore::WORKLOAD choices=&CHOICES taken on_choose=Box::new(switch) />
        </div>
        <p class="panel-sub">{note}</p>
    }
}

/// The action that sets the load of a workload: users, or orders per second.
pub(crate) fn set_load(workload: Workload, load: f64) -> Action {
    match workload {
        Workload::Closed { .. } => Action::SetUsers(Users::new((load.round() as u64).max(1))),
        Workload::Open { .. } => Action::SetArrivalRate(Rate::per_second(load)),
    }
}

/// A load of a workload in words.
pub(crate) fn load_text(workload: Workload, load: f64) -> String {
    if workload.users().is_some() { explore::user_count(load) } else { explore::order_rate(load) }
}

/// A load: its number, a slider over powers of ten, and stops to jump to.
#[component]
fn Amount(
    lens: Lens,
    names: [&'static str; 3],
    control: Control,
    powers: (i32, i32),
    stops: &'static [Choice],
    unit: &'static str,
    spoken: fn(f64) -> String,
    on_enter: Entry,
) -> Html {
    let dispatch = use_dispatch();
    let hold = Hold::new(lens);
    let [name, slider, jumps] = names;
    let load = move || lens.now().scenario.workload.load();
    let is_set = move || lens.scenario().workload;
    let set = move |load: f64| dispatch.apply(set_load(is_set(), load));
    let on_input = event(move |event| {
        let input = event_target::<HtmlInputElement>(&event);
        if hold.counts() {
            set(rounded(10_f64.powf(input.value_as_number() / STOPS_PER_DECADE)));
        } else {
            input.set_value(&stop_of(is_set().load()));
        }
    });
    // Among few users a stop of the slider is less than one: a key goes to the next load that differs.
    let on_key = key(move |event| {
        let direction = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => 1.0,
            "ArrowLeft" | "ArrowDown" => -1.0,
            "Escape" => return hold.call_off(),
            _ => return,
        };
        event.prevent_default();
        set(next_load(is_set(), direction, powers));
    });
    let taken = text(move || format::compact(load()));
    let jump = move |key: &'static str| {
        if let Ok(load) = crate::units::parse::parse_number(key) {
            set(load);
        }
    };
    view! {
        <div class="load-amount">
            <span class="field-label">{name} <ResetOne lens control name /></span>
            <NumberField name=fixed(name) value=text(move || format::decimal(load())) unit on_enter />
        </div>
        <input
            type="range"
            class="range"
            min=(f64::from(powers.0) * STOPS_PER_DECADE).to_string()
            max=(f64::from(powers.1) * STOPS_PER_DECADE).to_string()
            step="1"
            aria-label=slider
            aria-valuetext=text(move || spoken(load()))
            prop:value=text(move || stop_of(load()))
            on:pointerdown=pointer(move |event| hold.begin(&event))
            on:pointerup=pointer(move |_| hold.end())
            on:pointercancel=pointer(move |_| hold.cancel())
            on:change=event(move |_| hold.end())
            on:input=on_input
            on:keydown=on_key
        />
        <Buttons kind=Kind::Chips name=jumps choices=stops taken on_choose=Box::new(jump) />
    }
}

/// How many stops the slider has from a number to ten times that.
const STOPS_PER_DECADE: f64 = 100.0;

/// The slider's stop at a load.
fn stop_of(load: f64) -> String {
    round_to_decimals(load.max(1e-9).log10() * STOPS_PER_DECADE, 0).to_string()
}

/// The nearest load in a direction that the slider's stops lead to and that is another than now.
fn next_load(now: Workload, direction: f64, powers: (i32, i32)) -> f64 {
    let load = now.load();
    let [least, most] = [powers.0, powers.1].map(|power| f64::from(power) * STOPS_PER_DECADE);
    let place = load.max(1e-9).log10() * STOPS_PER_DECADE;
    let at = |stops: u32| {
        let to = (place + direction * f64::from(stops)).clamp(least, most);
        let load = rounded(10_f64.powf(to / STOPS_PER_DECADE));
        if now.users().is_some() { load.round() } else { load }
    };
    (1..100).map(at).find(|next| (next - load) * direction > 1e-9 * load).unwrap_or(load)
}

/// To two or three significant digits, so that the slider stops at numbers that one can say.
fn rounded(value: f64) -> f64 {
    let unit = 10_f64.powi(value.log10().floor() as i32 - 1);
    let fine = if value / unit < 20.0 { unit / 2.0 } else { unit };
    (value / fine).round() * fine
}

/// How many users.
#[component]
fn UsersAmount(lens: Lens) -> Html {
    const STOPS: [Choice; 7] = [
        ("10", "10"),
        ("100", "100"),
        ("500", "500"),
        ("2,000", "2 k"),
        ("10 k", "10 k"),
        ("1 M", "1 M"),
        ("100 M", "100 M"),
    ];
    view! {
        <Amount
            lens
            names=[explore::USERS, explore::USERS_SLIDER, explore::USERS_STOPS]
            control=Control::Users
            powers=(0, 8)
            stops=&STOPS
            unit=""
            spoken=explore::user_count
            on_enter=users_entry(Action::SetUsers)
        />
    }
}

/// How many orders per second.
#[component]
fn RateAmount(lens: Lens) -> Html {
    const STOPS: [Choice; 7] =
        [("1", "1"), ("5", "5"), ("10", "10"), ("20", "20"), ("50", "50"), ("1,000", "1 k"), ("1 M", "1 M")];
    view! {
        <Amount
            lens
            names=[explore::RATE, explore::RATE_SLIDER, explore::RATE_STOPS]
            control=Control::ArrivalRate
            powers=(-2, 9)
            stops=&STOPS
            unit="/s"
            spoken=explore::order_rate
            on_enter=rate_entry(Action::SetArrivalRate)
        />
    }
}

/// A labelled field that can be reset.
fn field(
    lens: Lens,
    name: &'static str,
    control: Control,
    unit: &'static str,
    value: Text,
    on_enter: Entry,
) -> Html {
    view! {
        <div class="field">
            <span class="field-label">{name} <ResetOne lens control name /></span>
            <NumberField name=fixed(name) value unit on_enter />
        </div>
    }
}

/// From an answer to the next order.
#[component]
fn ThinkTime(lens: Lens) -> Html {
    let value = text(move || match lens.now().scenario.workload {
        Workload::Closed { think_time, .. } => format::decimal(think_time.seconds()),
        Workload::Open { .. } => String::new(),
    });
    let entry = time_entry(DefaultUnit::Seconds, limits::THINK_TIME, Action::SetThinkTime);
    field(lens, explore::THINK_TIME, Control::ThinkTime, explore::SECONDS_UNIT, value, entry)
}

/// API workers.
#[component]
fn Workers(lens: Lens) -> Html {
    let value = text(move || format::count(lens.now().scenario.workers.count()));
    field(lens, explore::WORKERS, Control::Workers, "", value, servers_entry(Action::SetWorkers))
}

/// When the client gives up.
#[component]
fn Timeout(lens: Lens) -> Html {
    let value = text(move || format::decimal(lens.now().scenario.client.timeout.seconds()));
    let entry = time_entry(DefaultUnit::Seconds, limits::TIMEOUT, Action::SetTimeout);
    field(lens, explore::TIMEOUT, Control::Timeout, explore::SECONDS_UNIT, value, entry)
}
