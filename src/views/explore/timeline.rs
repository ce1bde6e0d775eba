//! The order flow: an axis, a lane for each step, and the line.

use leptos::prelude::*;

use crate::charts::timeline::{Queue, Timeline};
use crate::model::{ResourceKind, ResourceState};
use crate::scenario::{Scenario, StepId, limits};
use crate::session::{Action, Control};
use crate::text::explore;
use crate::units::parse::BareUnit;
use crate::units::{Time, format};
use crate::views::dispatch::use_dispatch;
use crate::views::explore::lane::StepLane;
use crate::views::explore::lens::Lens;
use crate::views::explore::load::ResetOne;
use crate::views::explore::number::TimeField;

/// A lane of the order flow.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Row {
    Step(StepId),
    Broker,
}

/// A place on the axis, for a style.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// The order flow.
#[component]
pub(crate) fn TimelineView(
    /// What to show.
    lens: Lens,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        lens.timeline.with(|timeline| {
            let mut rows: Vec<Row> = timeline.lanes.iter().map(|lane| Row::Step(lane.id)).collect();
            rows.insert(timeline.broker_before.min(rows.len()), Row::Broker);
            rows
        })
    });
    let opened = RwSignal::new(None::<StepId>);
    view! {
        <section class="timeline" aria-label=explore::FLOW>
            <TimeAxis lens />
            <div class="lanes-area">
                <TheLine lens />
                <ol class="lanes">
                    <PoolLane lens />
                    <For each=move || rows.get() key=|row| *row let:row>
                        {match row {
                            Row::Step(id) => view! { <StepLane id lens opened /> }.into_any(),
                            Row::Broker => view! { <BrokerLane lens /> }.into_any(),
                        }}
                    </For>
                </ol>
            </div>
            <Foot lens opened />
        </section>
    }
}

/// The ticks of the axis.
#[component]
fn TimeAxis(lens: Lens) -> impl IntoView {
    let ticks = move || {
        let axis = lens.axis.get();
        let text = |tick: Time| format::count(tick.millis().round() as u64);
        axis.ticks()
            .into_iter()
            .map(|tick| view! { <span class="axis-tick" style:left=percent(axis.place(tick))>{text(tick)}</span> })
            .collect_view()
    };
    view! {
        <div class="axis" aria-hidden="true">
            <span class="axis-ticks">{ticks}</span>
            <span class="axis-unit">{explore::MS}</span>
        </div>
    }
}

/// The line: when the user has the answer.
#[component]
fn TheLine(lens: Lens) -> impl IntoView {
    let place =
        Memo::new(move |_| lens.axis.get().place(lens.timeline.with(|timeline| timeline.answer)).min(1.0));
    view! {
        <div class="the-line" aria-hidden="true">
            <div class="the-line-track">
                <span class="the-line-rule" style:left=move || percent(place.get())></span>
                // Near the ends the flag stays inside; its rule does not.
                <span class="the-line-flag" style:left=move || format!("clamp(5.5rem, {}, 100% - 5.5rem)", percent(place.get()))>
                    {explore::ANSWER_FLAG}
                </span>
            </div>
        </div>
    }
}

/// The wait for an API worker.
#[component]
fn PoolLane(lens: Lens) -> impl IntoView {
    let queue = Memo::new(move |_| lens.timeline.with(|timeline| timeline.queue));
    let note = move || {
        let busy = lens.evaluation.with(|evaluation| {
            let evaluation = evaluation.as_ref().ok()?;
            let pool = evaluation.resources.iter().find(|resource| resource.kind == ResourceKind::ApiPool)?;
            Some(match pool.state {
                ResourceState::Steady { utilization, .. } => utilization.share(),
                ResourceState::Growing { .. } => 1.0,
            })
        });
        match busy {
            Some(busy) if busy > 0.995 => explore::WORKERS_BUSY,
            Some(busy) if busy > 0.5 => explore::WORKERS_SOME,
            _ => explore::WORKERS_FREE,
        }
    };
    let width = move || match queue.get() {
        Queue::Wait(wait) => percent(lens.axis.get().place(wait).min(1.2)),
        Queue::Growing(_) => percent(0.3),
    };
    let text = move || match queue.get() {
        Queue::Wait(wait) => format::time(wait),
        Queue::Growing(growth) => format!("+{}/s", format::rate(growth)),
    };
    let inside = move || match queue.get() {
        Queue::Wait(wait) => format::count(wait.millis().round() as u64),
        Queue::Growing(_) => explore::NO_END.to_owned(),
    };
    let is_empty = move || matches!(queue.get(), Queue::Wait(wait) if wait.millis() < 0.5);
    let line = move || percent(lens.axis.get().place(lens.timeline.with(|timeline| timeline.answer)));
    view! {
        <li class="lane" data-kind="pool">
            <span class="lane-name">{explore::IN_LINE}</span>
            <span class="lane-note">{note}</span>
            <span class="track">
                <span class="track-clip"><span class="track-scale">
                    <span
                        class="block"
                        data-kind="wait"
                        data-open=move || matches!(queue.get(), Queue::Growing(_)).then_some("")
                        hidden=is_empty
                        style:left="0"
                        style:width=width
                    >
                        <b>{inside}</b>
                    </span>
                    <span class="track-line" style:left=line></span>
                </span></span>
            </span>
            <span class="lane-number lane-total">{text}</span>
        </li>
    }
}

/// The broker: what publishing takes, and whose events pile up.
#[component]
fn BrokerLane(lens: Lens) -> impl IntoView {
    let timeline = lens.timeline;
    let place = move |moment: Time| lens.axis.get().place(moment);
    let publishes = Memo::new(move |_| timeline.with(|timeline| timeline.publishes));
    let answer = move || percent(place(timeline.with(|timeline| timeline.answer)));
    let publish_from = move || percent(place(timeline.with(|timeline| timeline.publish_from)));
    let publish_width =
        move || percent(place(timeline.with(|timeline| timeline.answer - timeline.publish_from)));
    let pile = Memo::new(move |_| {
        timeline.with(|timeline| lens.scenario.with(|scenario| largest_pile(timeline, scenario)))
    });
    view! {
        <li class="lane" data-kind="broker">
            <span class="lane-name">{explore::PUBLISH} " " <em>{explore::EVENT}</em></span>
            <span class="lane-note">{move || if publishes.get() { explore::BROKER } else { explore::NOTHING_PUBLISHED }}</span>
            <span class="track">
                <span class="track-clip"><span class="track-scale">
                    <Show when=move || publishes.get()>
                        <span class="block" data-kind="publish" style:left=publish_from style:width=publish_width></span>
                        <span class="rail" style:left=answer></span>
                        {move || pile.get().map(|pile| view! { <span class="pill" style:left=answer>{pile}</span> })}
                    </Show>
                    <span class="track-line" style:left=answer></span>
                </span></span>
            </span>
            <span class="lane-number">
                <TimeField
                    name=explore::PUBLISH_LATENCY.to_owned()
                    time=Signal::derive(move || lens.scenario.with(|scenario| scenario.broker.publish_latency))
                    range=limits::PUBLISH_LATENCY
                    unit=BareUnit::Millis
                    set=Callback::new(Action::SetPublishLatency)
                />
            </span>
            <span class="lane-more">
                <ResetOne
                    lens
                    control=Control::PublishLatency
                    name=explore::PUBLISH_LATENCY
                    differs=|scenario, origin| scenario.broker.publish_latency != origin.broker.publish_latency
                />
            </span>
        </li>
    }
}

/// Whose events pile up fastest, in words.
fn largest_pile(timeline: &Timeline, scenario: &Scenario) -> Option<String> {
    let growing = timeline.lanes.iter().filter_map(|lane| lane.growth.map(|growth| (lane.id, growth)));
    let (id, growth) = growing.max_by(|a, b| a.1.value().total_cmp(&b.1.value()))?;
    let name = scenario.step(id)?.name.subject().to_lowercase();
    Some(format!("{name} lag +{}/s", format::rate(growth)))
}

/// How to use it, one more step, and the work that does not shrink.
#[component]
fn Foot(lens: Lens, opened: RwSignal<Option<StepId>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_full = move || lens.scenario.with(|scenario| scenario.steps.len() >= Scenario::MAX_STEPS);
    let add = move |_| {
        dispatch.apply(Action::AddStep);
        opened.set(lens.scenario.with_untracked(|scenario| scenario.steps.last().map(|step| step.id)));
    };
    let work = Memo::new(move |_| {
        lens.scenario.with(|scenario| (scenario.waited_for_work(), scenario.asynchronous_work()))
    });
    let share = move |part: fn((Time, Time)) -> Time| {
        let (before, after) = work.get();
        let all = before + after;
        if all.is_zero() { percent(0.0) } else { percent(part(work.get()) / all) }
    };
    let total = move || {
        let (before, after) = work.get();
        format::time(before + after)
    };
    view! {
        <div class="hint">
            <span>{explore::HINT}</span>
            <button type="button" class="link" disabled=is_full on:click=add>
                {move || if is_full() { explore::STEPS_FULL } else { explore::ADD_STEP }}
            </button>
            <span class="work">
                <span class="work-bar" aria-hidden="true">
                    <i class="work-part" data-kind="sync" style:width=move || share(|(before, _)| before)></i>
                    <i class="work-part" data-kind="async" style:width=move || share(|(_, after)| after)></i>
                </span>
                <span>{total} " " {explore::WORK_IN_ALL}</span>
            </span>
        </div>
    }
}
