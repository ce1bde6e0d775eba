//! The order flow: an axis, a lane for each step, and the line.

use leptos::prelude::*;
use markup::{component, view};

use crate::charts::timeline::{Queue, Timeline};
use crate::components::NumberField;
use crate::dispatch::use_dispatch;
use crate::dom::{Html, Text, each, fixed, flag, part, press, text};
use crate::pages::explore::field::{ResetOne, time_entry};
use crate::pages::explore::lane::StepLane;
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::why::{number, number_in_sentence};
use crate::queueing::explain::ExplainedValue;
use crate::queueing::{ResourceKind, ResourceState};
use crate::scenario::{Placement, Scenario, StepId, limits};
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::parse::DefaultUnit;
use crate::units::{Rate, Time, format};

/// The key of the broker's lane; those of the others are their steps'.
const BROKER: usize = usize::MAX;

fn key_of(step: StepId) -> usize {
    usize::from(step.0)
}

/// The step of a key that [`key_of`] gave.
fn step_of(key: usize) -> StepId {
    StepId(key as u16)
}

/// A place on the axis, for a style.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// A place on the axis that follows the picture.
pub(crate) fn place(lens: Lens, moment: impl Fn(&Picture) -> Time + Send + Sync + 'static) -> Text {
    text(move || {
        let now = lens.now();
        percent(now.axis.place(moment(&now)))
    })
}

/// The line in one lane, for screens on which it cannot cross all: where it is not shown, its place is not computed anew.
pub(crate) fn track_line(lens: Lens) -> Html {
    view! { <span class="track-narrow"><span class="track-line" style:left=line(lens)></span></span> }
}

/// Where the line stands.
fn line(lens: Lens) -> Text {
    place(lens, |now| now.timeline.answer)
}

/// The order flow.
#[component]
pub(crate) fn TimelineView(
    /// What to show.
    lens: Lens,
) -> Html {
    let rows = move || {
        let now = lens.now();
        let mut rows: Vec<usize> = now.timeline.lanes.iter().map(|lane| key_of(lane.id)).collect();
        rows.insert(now.timeline.broker_before.min(rows.len()), BROKER);
        rows
    };
    let opened = RwSignal::new(None::<StepId>);
    let lane = move |key: usize| match key {
        BROKER => view! { <BrokerLane lens /> },
        key => view! { <StepLane id=step_of(key) lens opened /> },
    };
    view! {
        <section class="timeline" aria-label=explore::ORDER_FLOW>
            <TimeAxis lens />
            <div class="lanes-area">
                <TheLine lens />
                <ol class="lanes">
                    <PoolLane lens />
                    {each(rows, lane)}
                </ol>
            </div>
            <Foot lens opened />
        </section>
    }
}

/// The ticks of the axis.
#[component]
fn TimeAxis(lens: Lens) -> Html {
    let axis = Memo::new(move |_| lens.now().axis);
    let ticks = part(move || {
        let axis = axis.get();
        let tick = |moment: Time| {
            view! { <span class="axis-tick" style:left=percent(axis.place(moment))>{axis.unit.number(moment)}</span> }
        };
        axis.ticks().into_iter().map(tick).collect::<Html>()
    });
    view! {
        <div class="axis" aria-hidden="true">
            <span class="axis-ticks">{ticks}</span>
            <span class="axis-unit">{text(move || axis.get().unit.symbol().to_owned())}</span>
        </div>
    }
}

/// The line: when the user has the answer. Near the ends its flag stays inside; its rule does not.
#[component]
fn TheLine(lens: Lens) -> Html {
    let at = line(lens);
    let flag_at = text(move || ["clamp(6.25rem, ", &at.get(), ", 100% - 6.25rem)"].concat());
    let flag = text(move || {
        let is_growing = matches!(lens.now().timeline.queue, Queue::Growing(_));
        if is_growing { explore::ANSWER_FLAG_UNBOUNDED } else { explore::ANSWER_FLAG }.to_owned()
    });
    view! {
        <div class="the-line" aria-hidden="true">
            <div class="the-line-track">
                <span class="the-line-rule" style:left=at></span>
                <span class="the-line-flag" style:left=flag_at>{flag}</span>
            </div>
        </div>
    }
}

/// The wait for an API worker.
#[component]
fn PoolLane(lens: Lens) -> Html {
    let note = text(move || workers_word(&lens.now()).to_owned());
    let width = text(move || {
        let now = lens.now();
        match now.timeline.queue {
            Queue::Wait(wait) => percent(now.axis.place(wait)),
            Queue::Growing(_) => percent(0.3),
        }
    });
    let total = text(move || match lens.now().timeline.queue {
        Queue::Wait(wait) => format::time(wait),
        Queue::Growing(growth) => ["+", &format::rate(growth), "/s"].concat(),
    });
    let inside = text(move || {
        let now = lens.now();
        match now.timeline.queue {
            Queue::Wait(wait) => now.axis.unit.number(wait),
            Queue::Growing(_) => explore::UNBOUNDED.to_owned(),
        }
    });
    let is_growing = text(move || matches!(lens.now().timeline.queue, Queue::Growing(_)).to_string());
    let is_empty =
        flag(move || matches!(lens.now().timeline.queue, Queue::Wait(wait) if wait.millis() < LEAST_SHOWN));
    view! {
        <li class="lane" data-kind="pool">
            <span class="lane-name">{explore::WORKER_QUEUE}</span>
            <span class="lane-note">{note}</span>
            <span class="track">
                <span class="track-clip"><span class="track-scale">
                    <span class="block" data-kind="wait" data-open=is_growing hidden=is_empty style:left="0" style:width=width>
                        <i></i>
                        <b>{number_in_sentence(inside, || Some(ExplainedValue::PoolWait))}</b>
                    </span>
                    {track_line(lens)}
                </span></span>
            </span>
            <span class="lane-number lane-total">{number(total, || Some(ExplainedValue::PoolWait))}</span>
        </li>
    }
}

/// The shortest wait that is drawn, in milliseconds.
pub(crate) const LEAST_SHOWN: f64 = 0.5;

/// How often a worker is free, in a word.
fn workers_word(now: &Picture) -> &'static str {
    let pool = now.evaluation.as_ref().ok().and_then(|evaluation| {
        evaluation.resources.iter().find(|resource| resource.kind == ResourceKind::ApiPool)
    });
    match pool.map(|pool| pool.state) {
        Some(ResourceState::Growing { .. }) => explore::WORKERS_ALL_BUSY,
        Some(ResourceState::Steady { utilization, .. }) if utilization.share() > 0.995 => {
            explore::WORKERS_ALL_BUSY
        }
        Some(ResourceState::Steady { utilization, .. }) if utilization.share() > 0.8 => {
            explore::WORKERS_SELDOM_FREE
        }
        Some(ResourceState::Steady { utilization, .. }) if utilization.share() > 0.5 => {
            explore::WORKERS_OFTEN_FREE
        }
        _ => explore::WORKERS_ALL_FREE,
    }
}

/// The broker: what publishing takes, and whose events pile up.
#[component]
fn BrokerLane(lens: Lens) -> Html {
    let is_unused = flag(move || !lens.now().timeline.publishes);
    let note = text(move || {
        if lens.now().timeline.uses_broker { explore::BROKER } else { explore::BROKER_UNUSED }.to_owned()
    });
    let pile = text(move || {
        let now = lens.now();
        let name = |step: usize| now.scenario.steps.get(step).map(|step| step.name.subject());
        let pile = largest_pile(&now.timeline);
        pile.map(|(step, growth)| explore::lag_label(&name(step).unwrap_or_default(), growth))
            .unwrap_or_default()
    });
    let asked = move || {
        let now = lens.peek();
        let (step, _) = largest_pile(&now.timeline)?;
        let effects = &now.evaluation.as_ref().ok()?.effects;
        effects.iter().position(|effect| effect.step == step).map(ExplainedValue::Lag)
    };
    // What is waited for goes through the broker before it starts.
    let waited_for = move || {
        let now = lens.now();
        let lanes = now.timeline.lanes.iter().filter(|lane| lane.placement == Placement::PublishAndWait);
        lanes.map(|lane| key_of(lane.id)).collect()
    };
    let published = move |key: usize| {
        let id = step_of(key);
        let from = move |now: &Picture| {
            let lane = now.timeline.lanes.iter().find(|lane| lane.id == id);
            lane.map_or(Time::ZERO, |lane| lane.from - now.scenario.broker.publish_latency)
        };
        let width = place(lens, |now| now.scenario.broker.publish_latency);
        view! { <span class="block" data-kind="publish" style:left=place(lens, from) style:width=width></span> }
    };
    let has_no_pile = flag(move || pile.with(String::is_empty));
    // What is not seen stays where it is.
    let answered = place(lens, |now| if now.timeline.publishes { now.timeline.answer } else { Time::ZERO });
    let from = place(lens, |now| {
        let (from, answer) = (now.timeline.publish_from, now.timeline.answer);
        if from < answer { from } else { Time::ZERO }
    });
    // At the line, or as far left of it as it takes to be read.
    let pill_from = text(move || {
        if has_no_pile.get() {
            return String::from("0");
        }
        ["min(", &answered.get(), ", 100% - var(--pill))"].concat()
    });
    view! {
        <li class="lane" data-kind="broker">
            <span class="lane-name">{explore::PUBLISH} " " <em>{explore::EVENT}</em></span>
            <span class="lane-note">{note}</span>
            <span class="track">
                <span class="track-clip"><span class="track-scale">
                    <span
                        class="block"
                        data-kind="publish"
                        hidden=is_unused
                        style:left=from
                        style:width=place(lens, |now| now.timeline.answer - now.timeline.publish_from)
                    ></span>
                    {each(waited_for, published)}
                    <span class="rail" hidden=is_unused style:left=answered></span>
                    <span class="pill" hidden=has_no_pile style:left=pill_from>{number_in_sentence(pile, asked)}</span>
                    {track_line(lens)}
                </span></span>
            </span>
            <span class="lane-number">
                <NumberField
                    name=fixed(explore::PUBLISH_LATENCY)
                    value=text(move || format::decimal(lens.now().scenario.broker.publish_latency.millis()))
                    unit=explore::MILLISECONDS_UNIT
                    on_enter=time_entry(DefaultUnit::Millis, limits::PUBLISH_LATENCY, Action::SetPublishLatency)
                />
            </span>
            <span class="lane-more"><ResetOne lens control=Control::PublishLatency name=explore::PUBLISH_LATENCY /></span>
        </li>
    }
}

/// The index of the step whose events pile up fastest, and how fast.
fn largest_pile(timeline: &Timeline) -> Option<(usize, Rate)> {
    let lanes = timeline.lanes.iter().enumerate();
    let growing = lanes.filter_map(|(step, lane)| lane.growth.map(|growth| (step, growth)));
    growing.max_by(|a, b| a.1.value().total_cmp(&b.1.value()))
}

/// How to use it, one more step, and the work that does not shrink.
#[component]
fn Foot(lens: Lens, opened: RwSignal<Option<StepId>>) -> Html {
    let dispatch = use_dispatch();
    let is_full = flag(move || lens.now().scenario.steps.len() >= Scenario::MAX_STEPS);
    let add = press(move || {
        dispatch.apply(Action::AddStep);
        opened.set(lens.peek().scenario.steps.last().map(|step| step.id));
    });
    let share = move |waited_for: bool| {
        text(move || {
            let now = lens.now();
            let (before, after) = (now.scenario.blocking_work(), now.scenario.asynchronous_work());
            let all = before + after;
            let own = if waited_for { before } else { after };
            percent(if all.is_zero() { 0.0 } else { own / all })
        })
    };
    let total = text(move || {
        let now = lens.now();
        let total = now.evaluation.as_ref().map(|it| format::time(it.work.total()));
        total.unwrap_or_else(|_| explore::NO_NUMBER.to_owned())
    });
    let add_text =
        text(move || if is_full.get() { explore::STEP_LIMIT } else { explore::ADD_STEP }.to_owned());
    view! {
        <div class="hint">
            <span>{explore::TIMELINE_HINT}</span>
            <button type="button" class="link" disabled=is_full on:click=add>{add_text}</button>
            <span class="work">
                <span class="work-bar" aria-hidden="true">
                    <i class="work-part" data-kind="sync" style:width=share(true)></i>
                    <i class="work-part" data-kind="async" style:width=share(false)></i>
                </span>
                <span>{number(total, || Some(ExplainedValue::Work))} " " {explore::TOTAL_WORK}</span>
            </span>
        </div>
    }
}
