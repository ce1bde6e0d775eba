//! The trace of one order: its stays at places as bars over time.

use crate::charts::{Bar, Point, Waterfall};
use crate::live::protocol::{DataPoint, Panel, Table, Viewport};
use crate::scenario::{Placement, Scenario};
use crate::simulation::{Instant, Span, Trace, TraceEvent, TraceRecord};
use crate::strings::live::EffectsAfterAnswer;
use crate::strings::{self, live};
use crate::units::round_to_decimals;
use crate::units::{Time, format};

/// Draws the trace of an order, including what happens after the present moment. `held` is the time for which
/// each order is held back in the queue before it is simulated.
pub(in crate::live) fn panel(
    scenario: &Scenario,
    trace: &Trace,
    now: Instant,
    (order, held): (u32, Span),
    viewport: &Viewport,
) -> Panel {
    let (width, text_size, records) = (viewport.trace_width, viewport.text_size, &trace.records);
    let Some(start) = records.first().map(|record| record.at) else {
        let empty = Waterfall { width, text_size, bars: &[], answer: None, now: None, length: 0.0 };
        return Panel { title: live::NO_ORDER.to_owned(), figure: empty.figure().0, ..Panel::default() };
    };
    let since = |at: Instant| (at - start).time();
    let first =
        |event: TraceEvent| records.iter().find(|record| record.event == event).map(|record| record.at);
    let answered = first(TraceEvent::Answered);
    let last = trace.end().unwrap_or(trace.until);
    let bars = bars(scenario, trace);
    let waterfall = Waterfall {
        width,
        text_size,
        bars: &bars,
        answer: answered.map(|at| (since(at).seconds(), live::ANSWERED)),
        now: (now < last).then(|| (since(now).seconds(), live::NOW)),
        length: since(last).seconds(),
    };
    let (figure, places) = waterfall.figure();
    let ended = answered.or_else(|| first(TraceEvent::GivenUp));
    let title = match ended {
        Some(end) => live::trace_title(order, answered.map(since), held.time(), end <= now),
        None => live::trace_title_pending(order),
    };
    let present = since(ended.unwrap_or(now));
    let work = Time::from_seconds(seconds_of_work(&bars, present.seconds()));
    let waiting = present - work;
    let summary = match answered {
        Some(answered) if last == answered => live::trace_summary(work, waiting, EffectsAfterAnswer::None),
        Some(answered) => {
            let effects =
                trace.end().map(|end| EffectsAfterAnswer::Last((end - answered).time(), end <= now));
            live::trace_summary(work, waiting, effects.unwrap_or(EffectsAfterAnswer::Unknown))
        }
        None if ended.is_some() => live::trace_summary_unanswered(work, waiting),
        None => live::trace_summary_pending(work, waiting),
    };
    let data_point =
        |(bar, at): (&Bar, &Point)| DataPoint { at: *at, text: live::reading(&bar.name, &bar.text) };
    Panel {
        title,
        subtitle: live::TRACE_SUBTITLE.to_owned(),
        summary,
        figure,
        table: table(scenario, records),
        data_points: bars.iter().zip(&places).take(DataPoint::MAX_PER_CHART).map(data_point).collect(),
        export_rows: export_rows(scenario, records),
        values: bars.iter().map(|bar| bar.until - bar.from).collect(),
        file_stem: format!("order-{order}"),
    }
}

/// Returns all records, for export.
fn export_rows(scenario: &Scenario, records: &[TraceRecord]) -> Vec<Vec<String>> {
    let start = records.first().map_or(Instant::START, |record| record.at);
    let cells = |record: &TraceRecord| {
        vec![
            round_to_decimals((record.at - start).time().seconds(), 6).to_string(),
            live::event_name(record.event).to_owned(),
            step_name(scenario, record),
            record.attempt.to_string(),
        ]
    };
    let headers = ["after_s", "what", "step", "attempt"].map(str::to_owned).to_vec();
    std::iter::once(headers).chain(records.iter().map(cells)).collect()
}

fn step_name(scenario: &Scenario, record: &TraceRecord) -> String {
    let step = record.step.and_then(|step| scenario.steps.get(usize::from(step)));
    step.map(|step| step.name.to_string()).unwrap_or_default()
}

fn table(scenario: &Scenario, records: &[TraceRecord]) -> Table {
    let start = records.first().map_or(Instant::START, |record| record.at);
    let row = |record: &TraceRecord| {
        vec![
            format::time((record.at - start).time()),
            live::event_name(record.event).to_owned(),
            step_name(scenario, record),
            record.attempt.to_string(),
        ]
    };
    Table {
        caption: live::TRACE_TABLE.to_owned(),
        headers: live::TRACE_HEADERS.map(str::to_owned).to_vec(),
        rows: records.iter().map(row).collect(),
    }
}

/// Returns in how many of the first `seconds` there was work that the user waited for, including publishing.
/// Parallel work counts once, so that the rest of the time is waiting.
fn seconds_of_work(bars: &[Bar], seconds: f64) -> f64 {
    let awaited = bars.iter().filter(|bar| bar.awaited);
    let mut spans: Vec<(f64, f64)> = awaited.map(|bar| (bar.started, bar.until.min(seconds))).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut work, mut reached) = (0.0, 0.0_f64);
    for (from, until) in spans {
        work += (until - from.max(reached)).max(0.0);
        reached = reached.max(until);
    }
    work
}

/// A row of the chart, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    /// The queue for a worker.
    WorkerQueue,
    /// A step that the user waits for.
    BeforeAnswer(usize),
    /// Publishing while the user waits.
    Publishing,
    /// A step after the answer.
    AfterAnswer(usize),
}

impl Row {
    fn new(scenario: &Scenario, step: Option<u8>) -> Self {
        let Some(step) = step.map(usize::from) else { return Self::WorkerQueue };
        let is_after = scenario.steps.get(step).is_some_and(|step| step.placement == Placement::Async);
        if is_after { Self::AfterAnswer(step) } else { Self::BeforeAnswer(step) }
    }

    fn name(self, scenario: &Scenario) -> String {
        match self {
            Self::WorkerQueue => strings::explore::WORKER_QUEUE.to_owned(),
            Self::Publishing => live::PUBLISHING.to_owned(),
            Self::BeforeAnswer(step) | Self::AfterAnswer(step) => {
                scenario.steps.get(step).map(|step| step.name.to_string()).unwrap_or_default()
            }
        }
    }
}

/// A stay of an order at a place, in seconds since its start.
struct Stay {
    row: Row,
    from: f64,
    started: Option<f64>,
    ended: Option<f64>,
    failed: bool,
}

/// Returns the stays of an order at its places, by row.
fn bars(scenario: &Scenario, trace: &Trace) -> Vec<Bar> {
    let Some(start) = trace.records.first().map(|record| record.at) else { return Vec::new() };
    let since = |at: Instant| (at - start).time().seconds();
    let publishing = scenario.broker.publish_latency.seconds();
    let mut stays: Vec<Stay> = Vec::new();
    for record in &trace.records {
        let at = since(record.at);
        let row = Row::new(scenario, record.step);
        let is_at = |stay: &Stay| stay.row == row && stay.ended.is_none();
        let arrives = !stays.iter().any(is_at);
        if publishing > 0.0 && was_published(scenario, record, arrives) {
            let (row, from) = (Row::Publishing, at - publishing);
            stays.push(Stay { row, from, started: Some(from), ended: Some(at), failed: false });
        }
        let stay = stays.iter_mut().rfind(|stay| is_at(stay));
        match (record.event, stay) {
            (TraceEvent::QueuedForWorker | TraceEvent::Enqueued, None) => {
                stays.push(Stay { row, from: at, started: None, ended: None, failed: false });
            }
            (TraceEvent::WorkerAssigned, Some(stay)) => (stay.started, stay.ended) = (Some(at), Some(at)),
            (TraceEvent::Started, Some(stay)) => stay.started = Some(at),
            (TraceEvent::Started, None) => {
                stays.push(Stay { row, from: at, started: Some(at), ended: None, failed: false });
            }
            (TraceEvent::Ended, Some(stay)) => stay.ended = Some(at),
            (
                TraceEvent::Failed | TraceEvent::Rejected | TraceEvent::TimedOut | TraceEvent::ClientTimedOut,
                Some(stay),
            ) => {
                stay.failed = true;
                stay.ended = Some(at);
            }
            _ => {}
        }
    }
    stays.sort_by_key(|stay| stay.row);
    let last = since(trace.end().unwrap_or(trace.until));
    stays.iter().map(|stay| stay.bar(scenario, last)).collect()
}

/// Returns `true` if a record ends a publication: the one before the answer, or that of a step whose caller
/// waits, when the order arrives there for the first time.
fn was_published(scenario: &Scenario, record: &TraceRecord, arrives: bool) -> bool {
    match record.event {
        TraceEvent::Published => true,
        TraceEvent::Enqueued | TraceEvent::Started => {
            let step = record.step.and_then(|step| scenario.steps.get(usize::from(step)));
            let waits = step.is_some_and(|step| step.placement == Placement::PublishAndWait);
            waits && arrives && record.attempt == 1
        }
        _ => false,
    }
}

impl Stay {
    /// Returns the bar of the stay; one that has not ended is drawn up to the end of the trace.
    fn bar(&self, scenario: &Scenario, last: f64) -> Bar {
        let until = self.ended.unwrap_or(last);
        let started = self.started.unwrap_or(until);
        let seconds = Time::from_seconds;
        Bar {
            name: self.row.name(scenario),
            from: self.from,
            started,
            until,
            awaited: !matches!(self.row, Row::AfterAnswer(_)),
            failed: self.failed,
            text: live::stay_label(seconds(started - self.from), seconds(until - started)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;
    use crate::simulation::{EndCondition, Experiment, Playback, Simulation};

    fn record(millis: u64, event: TraceEvent, step: Option<u8>) -> TraceRecord {
        TraceRecord { at: Instant::from_nanos(millis * 1_000_000), order: 7, event, step, attempt: 1 }
    }

    fn trace() -> Trace {
        let records = vec![
            record(1_000, TraceEvent::Submitted, None),
            record(1_000, TraceEvent::QueuedForWorker, None),
            record(1_400, TraceEvent::WorkerAssigned, None),
            record(1_400, TraceEvent::Started, Some(0)),
            record(1_700, TraceEvent::Ended, Some(0)),
            record(1_700, TraceEvent::Enqueued, Some(1)),
            record(1_800, TraceEvent::Started, Some(1)),
            record(1_950, TraceEvent::Failed, Some(1)),
            record(1_950, TraceEvent::Started, Some(1)),
            record(2_000, TraceEvent::Ended, Some(1)),
            record(2_000, TraceEvent::Answered, None),
        ];
        Trace { records, until: Instant::NEVER }
    }

    /// Returns the panel at a moment in milliseconds since the start of the run.
    fn panel_at(millis: u64, trace: &Trace) -> Panel {
        let now = Instant::from_nanos(millis * 1_000_000);
        panel(&Scenario::online_shop(), trace, now, (7, Span::ZERO), &Viewport::default())
    }

    #[test]
    fn waiting_and_work_are_told_apart() {
        let bars = bars(&Scenario::online_shop(), &trace());
        let rows: Vec<(&str, [i64; 3], bool)> = bars
            .iter()
            .map(|bar| {
                let millis = [bar.from, bar.started, bar.until].map(|seconds| (seconds * 1e3).round() as i64);
                (bar.name.as_str(), millis, bar.failed)
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("In line for a worker", [0, 400, 400], false),
                ("Validate payment", [400, 400, 700], false),
                ("Check inventory", [700, 800, 950], true),
                ("Check inventory", [950, 950, 1_000], false),
            ]
        );
    }

    /// The first order never waits: all of its time is work, with publishing and parallel steps.
    #[test]
    fn work_and_waiting_are_the_whole_time_to_the_answer() {
        for preset in PresetId::ALL {
            let scenario = preset.scenario();
            let experiment = Experiment::new(&scenario).with_end(EndCondition::Orders(u64::MAX));
            let mut playback = Playback::new(Simulation::new(&experiment).unwrap());
            assert!(playback.advance_to(Instant::at(Time::from_whole_seconds(60)), u64::MAX));
            let trace = playback.trace(1, 200_000);
            let bars = bars(&scenario, &trace);
            let time_of = |event| trace.records.iter().find(|record| record.event == event).unwrap().at;
            let time = (time_of(TraceEvent::Answered) - time_of(TraceEvent::Submitted)).time();
            let work = Time::from_seconds(seconds_of_work(&bars, time.seconds()));
            assert_eq!(work.micros(), time.micros(), "{preset:?}: {bars:?}");
            let published = bars.iter().filter(|bar| bar.name == live::PUBLISHING).count();
            let expected = match preset {
                PresetId::PublishAndWait => 2,
                PresetId::EverythingAsync => 1,
                _ => 0,
            };
            assert_eq!(published, expected, "{preset:?}");
        }
    }

    #[test]
    fn the_panel_says_what_it_shows() {
        let panel = panel_at(2_000, &trace());
        assert_eq!(panel.title, "Order 7 was answered after 1,000 ms");
        assert_eq!(panel.summary, "500 ms of work and 500 ms of waiting before the answer.");
        assert_eq!(panel.table.rows.len(), trace().records.len());
        assert_eq!(panel_at(2_000, &Trace::default()).title, live::NO_ORDER);
    }

    fn has_now(panel: &Panel) -> bool {
        panel.figure.labels.iter().any(|label| label.text == live::NOW)
    }

    #[test]
    fn what_lies_ahead_of_the_clock_is_told_as_what_will_be() {
        let mut trace = trace();
        let early = panel_at(1_999, &trace);
        assert_eq!(early.title, "Order 7 will be answered after 1,000 ms");
        assert!(has_now(&early) && !has_now(&panel_at(2_000, &trace)));
        trace.records.extend([
            record(2_000, TraceEvent::Enqueued, Some(2)),
            record(5_000, TraceEvent::Started, Some(2)),
            record(5_500, TraceEvent::Ended, Some(2)),
        ]);
        let sentences = |millis, trace: &Trace| {
            let Panel { title, summary, .. } = panel_at(millis, trace);
            title + ". " + summary.split_once(';').map_or(summary.as_str(), |(_, effects)| effects.trim())
        };
        let answered = "Order 7 was answered after 1,000 ms. the last effect";
        assert_eq!(sentences(3_000, &trace), format!("{answered} will be 3.50 s after it."));
        assert_eq!(sentences(5_500, &trace), format!("{answered} was 3.50 s after it."));
        trace.until = Instant::from_nanos(6_000_000_000);
        assert_eq!(sentences(5_600, &trace), format!("{answered} is too far ahead to be seen."));
        let given_up = Trace {
            records: vec![record(0, TraceEvent::Submitted, None), record(900, TraceEvent::GivenUp, None)],
            ..Trace::default()
        };
        assert_eq!(panel_at(899, &given_up).title, "Order 7 will get no answer");
        let late = panel_at(900, &given_up);
        assert_eq!(late.title, "Order 7 got no answer");
        assert_eq!(late.summary, "0 ms of work and 900 ms of waiting, in vain.");
    }

    #[test]
    fn an_order_without_an_answer_in_sight_is_under_way() {
        let mut trace = trace();
        trace.records.truncate(8);
        trace.until = Instant::from_nanos(9_000_000_000);
        let panel = panel_at(1_900, &trace);
        assert_eq!(panel.title, "Order 7 is still under way");
        assert_eq!(panel.summary, "400 ms of work and 500 ms of waiting so far.");
    }
}
