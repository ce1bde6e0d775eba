//! The load panel: who comes, and with how much the system meets them.

use leptos::html::Input;
use leptos::prelude::*;

use crate::scenario::{Scenario, Workload, limits};
use crate::session::{Action, Control};
use crate::text::explore;
use crate::units::parse::BareUnit;
use crate::units::{Rate, Time, Users, Variability, format};
use crate::views::dispatch::use_dispatch;
use crate::views::explore::details::VariabilityField;
use crate::views::explore::lens::Lens;
use crate::views::explore::number::{RateField, ServersField, TimeField, UsersField};
use crate::views::explore::predict::Predict;
use crate::views::parts::{Chips, Choice, Segments};

/// The load panel.
#[component]
pub(crate) fn LoadPanel(
    /// What to show.
    lens: Lens,
) -> impl IntoView {
    let is_closed = Memo::new(move |_| lens.scenario.with(|scenario| scenario.workload.users().is_some()));
    view! {
        <section class="panel load" aria-label=explore::LOAD>
            <WorkloadSwitch lens is_closed />
            <Show when=move || is_closed.get() fallback=move || view! { <RateAmount lens /> }>
                <UsersAmount lens />
            </Show>
            <div class="load-grid">
                <Show when=move || is_closed.get()>
                    <ThinkTime lens />
                </Show>
                <Workers lens />
                <Timeout lens />
                <AllVariability lens />
            </div>
            <Predict lens />
        </section>
    }
}

/// Users who wait, or orders that come.
#[component]
fn WorkloadSwitch(lens: Lens, is_closed: Memo<bool>) -> impl IntoView {
    let dispatch = use_dispatch();
    let taken = Signal::derive(move || if is_closed.get() { "users" } else { "rate" }.to_owned());
    let switch = Callback::new(move |_| {
        let throughput = lens.evaluation.with_untracked(|evaluation| {
            evaluation.as_ref().map_or(Rate::per_second(1.0), |evaluation| evaluation.outcome.throughput())
        });
        let round = (throughput.value() * 10.0).round().max(1.0) / 10.0;
        dispatch.apply(Action::SwitchWorkload(Rate::per_second(round)));
    });
    view! {
        <div class="load-top">
            <h2 class="panel-title">{explore::LOAD}</h2>
            <Segments
                name=explore::WORKLOAD
                choices=vec![Choice::new("users", explore::BY_USERS), Choice::new("rate", explore::BY_RATE)]
                taken
                on_choose=switch
            />
        </div>
        <p class="panel-sub">{move || if is_closed.get() { explore::CLOSED_NOTE } else { explore::OPEN_NOTE }}</p>
    }
}

/// A slider over powers of ten.
#[component]
fn LogSlider(
    /// Its accessible name.
    name: &'static str,
    /// Its ends, as powers of ten.
    powers: (i32, i32),
    /// The value.
    #[prop(into)]
    value: Signal<f64>,
    /// The value for the ear.
    #[prop(into)]
    spoken: Signal<String>,
    /// The action that sets a value.
    set: Callback<f64, Action>,
) -> impl IntoView {
    const STOPS_PER_DECADE: f64 = 100.0;
    let dispatch = use_dispatch();
    let input = NodeRef::<Input>::new();
    let stop = move || (value.get().max(1e-9).log10() * STOPS_PER_DECADE).round();
    let on_input = move |_| {
        if let Some(input) = input.get_untracked() {
            let exact = 10_f64.powf(input.value_as_number() / STOPS_PER_DECADE);
            dispatch.apply(set.run(rounded(exact)));
        }
    };
    let end = move || dispatch.apply(Action::EndDrag);
    view! {
        <input
            node_ref=input
            type="range"
            class="range"
            min=(f64::from(powers.0) * STOPS_PER_DECADE).to_string()
            max=(f64::from(powers.1) * STOPS_PER_DECADE).to_string()
            step="1"
            aria-label=name
            aria-valuetext=spoken
            prop:value=move || stop().to_string()
            on:pointerdown=move |event| if event.button() == 0 { dispatch.apply(Action::BeginDrag) }
            on:pointerup=move |_| end()
            on:pointercancel=move |_| dispatch.apply(Action::CancelDrag)
            on:change=move |_| end()
            on:input=on_input
            on:keydown=move |event| if event.key() == "Escape" { dispatch.apply(Action::CancelDrag) }
        />
    }
}

/// To two or three significant digits, so that the slider stops at numbers that one can say.
fn rounded(value: f64) -> f64 {
    let unit = 10_f64.powf(value.log10().floor() - 1.0);
    let fine = if value / unit < 20.0 { unit / 2.0 } else { unit };
    (value / fine).round() * fine
}

/// How many users.
#[component]
fn UsersAmount(lens: Lens) -> impl IntoView {
    const STOPS: [(u64, &str); 7] = [
        (10, "10"),
        (100, "100"),
        (500, "500"),
        (2_000, "2,000"),
        (10_000, "10 k"),
        (1_000_000, "1 M"),
        (100_000_000, "100 M"),
    ];
    let dispatch = use_dispatch();
    let users =
        Memo::new(move |_| lens.scenario.with(|scenario| scenario.workload.users()).unwrap_or_default());
    let set = move |count: f64| Action::SetUsers(Users::new((count.round() as u64).max(1)));
    view! {
        <div class="load-amount">
            <span class="field-label">
                {explore::USERS}
                <ResetOne lens control=Control::Users name=explore::USERS differs=|now, then| now.workload.users() != then.workload.users() && then.workload.users().is_some() />
            </span>
            <UsersField name=explore::USERS users />
        </div>
        <LogSlider
            name=explore::USERS_SLIDER
            powers=(0, 8)
            value=Signal::derive(move || users.get().as_f64())
            spoken=Signal::derive(move || format!("{} users", format::count(users.get().count())))
            set=Callback::new(set)
        />
        <Chips
            name=explore::USERS_STOPS
            choices=STOPS.map(|(count, label)| Choice::new(count.to_string(), label)).to_vec()
            taken=Signal::derive(move || users.get().count().to_string())
            on_choose=Callback::new(move |key: String| dispatch.apply(set(key.parse().unwrap_or(1.0))))
        />
    }
}

/// How many orders per second.
#[component]
fn RateAmount(lens: Lens) -> impl IntoView {
    const STOPS: [f64; 7] = [1.0, 5.0, 10.0, 20.0, 50.0, 1_000.0, 1_000_000.0];
    let dispatch = use_dispatch();
    let rate = Memo::new(move |_| lens.scenario.with(|scenario| rate_of(scenario.workload)));
    let set = move |rate: f64| Action::SetArrivalRate(Rate::per_second(rate));
    view! {
        <div class="load-amount">
            <span class="field-label">
                {explore::RATE}
                <ResetOne lens control=Control::ArrivalRate name=explore::RATE differs=|now, then| rate_of(now.workload) != rate_of(then.workload) && then.workload.users().is_none() />
            </span>
            <RateField name=explore::RATE rate range=limits::ARRIVAL_RATE />
        </div>
        <LogSlider
            name=explore::RATE_SLIDER
            powers=(-2, 8)
            value=Signal::derive(move || rate.get().value())
            spoken=Signal::derive(move || format!("{} orders per second", format::plain(rate.get().value())))
            set=Callback::new(set)
        />
        <Chips
            name=explore::RATE_STOPS
            choices=STOPS.map(|rate| Choice::new(rate.to_string(), format::compact(rate))).to_vec()
            taken=Signal::derive(move || rate.get().value().to_string())
            on_choose=Callback::new(move |key: String| dispatch.apply(set(key.parse().unwrap_or(1.0))))
        />
    }
}

/// The rate of an open workload.
fn rate_of(workload: Workload) -> Rate {
    match workload {
        Workload::Open { arrival_rate } => arrival_rate,
        Workload::Closed { .. } => Rate::ZERO,
    }
}

/// From an answer to the next order.
#[component]
fn ThinkTime(lens: Lens) -> impl IntoView {
    let think_time = |scenario: &Scenario| match scenario.workload {
        Workload::Closed { think_time, .. } => think_time,
        Workload::Open { .. } => Time::ZERO,
    };
    view! {
        <Field lens name=explore::THINK_TIME control=Control::ThinkTime differs=move |now, then| think_time(now) != think_time(then) && then.workload.users().is_some()>
            <TimeField
                name=explore::THINK_TIME.to_owned()
                time=Signal::derive(move || lens.scenario.with(think_time))
                range=limits::THINK_TIME
                unit=BareUnit::Seconds
                set=Callback::new(Action::SetThinkTime)
            />
        </Field>
    }
}

/// API workers.
#[component]
fn Workers(lens: Lens) -> impl IntoView {
    view! {
        <Field lens name=explore::WORKERS control=Control::Workers differs=|now, then| now.workers != then.workers>
            <ServersField
                name=explore::WORKERS.to_owned()
                servers=Signal::derive(move || lens.scenario.with(|scenario| scenario.workers))
                set=Callback::new(Action::SetWorkers)
            />
        </Field>
    }
}

/// When the client gives up.
#[component]
fn Timeout(lens: Lens) -> impl IntoView {
    view! {
        <Field lens name=explore::TIMEOUT control=Control::Timeout differs=|now, then| now.client.timeout != then.client.timeout>
            <TimeField
                name=explore::TIMEOUT.to_owned()
                time=Signal::derive(move || lens.scenario.with(|scenario| scenario.client.timeout))
                range=limits::TIMEOUT
                unit=BareUnit::Seconds
                set=Callback::new(Action::SetTimeout)
            />
        </Field>
    }
}

/// The variability of all steps at once.
#[component]
fn AllVariability(lens: Lens) -> impl IntoView {
    let common = Signal::derive(move || {
        lens.scenario.with(|scenario| {
            let first = scenario.steps.first()?.variability;
            scenario.steps.iter().all(|step| step.variability == first).then_some(first)
        })
    });
    let set = Callback::new(move |law: Variability| {
        lens.scenario.with_untracked(|scenario| {
            scenario.steps.iter().map(|step| Action::SetVariability(step.id, law)).collect::<Vec<_>>()
        })
    });
    view! { <VariabilityField variability=common set /> }
}

/// A labelled field that can be reset.
#[component]
fn Field(
    lens: Lens,
    name: &'static str,
    control: Control,
    differs: impl Fn(&Scenario, &Scenario) -> bool + Send + Sync + 'static,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <span class="field-label">{name} <ResetOne lens control name differs /></span>
            {children()}
        </div>
    }
}

/// Takes one control back to where the scenario came from; shown only where it differs.
#[component]
pub(crate) fn ResetOne(
    /// What to look at.
    lens: Lens,
    /// What it resets.
    control: Control,
    /// What that is called.
    #[prop(into)]
    name: String,
    /// Whether there is anything to reset.
    differs: impl Fn(&Scenario, &Scenario) -> bool + Send + Sync + 'static,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_shown = Memo::new(move |_| lens.scenario.with(|now| lens.origin.with(|then| differs(now, then))));
    let title = explore::reset(&name.to_lowercase());
    view! {
        <button
            type="button"
            class="undo-one"
            aria-label=title.clone()
            title=title
            hidden=move || !is_shown.get()
            on:click=move |_| dispatch.apply(Action::Reset(control))
        >
            "↺"
        </button>
    }
}
