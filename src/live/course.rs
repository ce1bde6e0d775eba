//! The course of one order: its records as bars over time.

use super::frame::{Panel, Stop, Table};
use super::request::Look;
use crate::charts::{Bar, Point, Waterfall};
use crate::scenario::{Placement, Scenario};
use crate::sim::{Instant, Mark, Record, Span};
use crate::text::{self, live};
use crate::units::decimal::shortest;
use crate::units::{Time, format};

/// The panel of an order's course; how long it had stood among those who are held before, if any are.
pub(super) fn panel(
    scenario: &Scenario,
    records: &[Record],
    (order, held): (u32, Span),
    look: &Look,
) -> Panel {
    let (width, text_size) = (look.course, look.text_size);
    let Some(start) = records.first().map(|record| record.at) else {
        let (figure, _) = Waterfall { width, text_size, bars: &[], answer: None, length: 0.0 }.figure();
        return Panel { title: live::NO_ORDER.to_owned(), figure, ..Panel::default() };
    };
    let since = |at: Instant| (at - start).time();
    let of = |marks: &[Mark]| {
        records.iter().find(|record| marks.contains(&record.mark)).map(|record| since(record.at))
    };
    let answered = of(&[Mark::Answered]);
    let ended = answered.or_else(|| of(&[Mark::GivenUp]));
    let last = records.last().map_or(Time::ZERO, |record| since(record.at));
    let bars = bars(scenario, records);
    let answer = answered.map(|time| (time.seconds(), live::ANSWERED));
    let (figure, places) =
        Waterfall { width, text_size, bars: &bars, answer, length: last.seconds() }.figure();
    let title = match ended {
        Some(_) => live::course_title(order, answered, held.time()),
        None => live::course_waits(order),
    };
    let sum =
        |time: fn(&Bar) -> f64| Time::from_seconds(bars.iter().filter(|bar| bar.awaited).map(time).sum());
    let summary = live::course_summary(
        sum(|bar| bar.until - bar.started),
        sum(|bar| bar.started - bar.from),
        answered.map_or(Time::ZERO, |answered| last - answered),
    );
    let stop = |(bar, at): (&Bar, &Point)| Stop { at: *at, told: live::read_out(&bar.name, &bar.text) };
    Panel {
        title,
        sub: live::COURSE_SUB.to_owned(),
        summary,
        figure,
        table: table(scenario, records),
        stops: bars.iter().zip(&places).take(Stop::MOST).map(stop).collect(),
        numbers: numbers(scenario, records),
        values: bars.iter().map(|bar| bar.until - bar.from).collect(),
        file: format!("order-{order}"),
    }
}

/// Every record, for a file.
fn numbers(scenario: &Scenario, records: &[Record]) -> Vec<Vec<String>> {
    let start = records.first().map_or(Instant::START, |record| record.at);
    let cells = |record: &Record| {
        vec![
            shortest((record.at - start).time().seconds(), 6),
            live::mark_name(record.mark).to_owned(),
            step_name(scenario, record),
            record.attempt.to_string(),
        ]
    };
    let heads = ["after_s", "what", "step", "attempt"].map(str::to_owned).to_vec();
    std::iter::once(heads).chain(records.iter().map(cells)).collect()
}

fn step_name(scenario: &Scenario, record: &Record) -> String {
    let step = record.step.and_then(|step| scenario.steps.get(usize::from(step)));
    step.map(|step| step.name.to_string()).unwrap_or_default()
}

fn table(scenario: &Scenario, records: &[Record]) -> Table {
    let start = records.first().map_or(Instant::START, |record| record.at);
    let row = |record: &Record| {
        vec![
            format::time((record.at - start).time()),
            live::mark_name(record.mark).to_owned(),
            step_name(scenario, record),
            record.attempt.to_string(),
        ]
    };
    Table {
        caption: live::COURSE_TABLE.to_owned(),
        heads: live::COURSE_HEADS.map(str::to_owned).to_vec(),
        rows: records.iter().map(row).collect(),
    }
}

/// A stay that has begun.
struct Open {
    row: usize,
    from: f64,
    started: Option<f64>,
    ended: Option<f64>,
    failed: bool,
}

/// The stays of an order at the places that it went through: rows of the line for a worker, then of the steps in the
/// scenario's order.
fn bars(scenario: &Scenario, records: &[Record]) -> Vec<Bar> {
    let Some(start) = records.first().map(|record| record.at) else { return Vec::new() };
    let mut stays: Vec<Open> = Vec::new();
    let mut latest = 0.0;
    for record in records {
        let at = (record.at - start).time().seconds();
        latest = at;
        let row = record.step.map_or(0, |step| usize::from(step) + 1);
        let open = stays.iter_mut().rfind(|stay| stay.row == row && stay.ended.is_none());
        match (record.mark, open) {
            (Mark::WaitsForWorker | Mark::Enqueued, None) => {
                stays.push(Open { row, from: at, started: None, ended: None, failed: false });
            }
            (Mark::WorkerTaken, Some(stay)) => (stay.started, stay.ended) = (Some(at), Some(at)),
            (Mark::Started, Some(stay)) => stay.started = Some(at),
            (Mark::Started, None) => {
                stays.push(Open { row, from: at, started: Some(at), ended: None, failed: false });
            }
            (Mark::Ended, Some(stay)) => stay.ended = Some(at),
            (Mark::Failed | Mark::Refused | Mark::TimedOut | Mark::ClientTimedOut, Some(stay)) => {
                stay.failed = true;
                stay.ended = Some(at);
            }
            _ => {}
        }
    }
    stays.sort_by_key(|stay| stay.row);
    stays.iter().map(|stay| stay.bar(scenario, latest)).collect()
}

impl Open {
    fn bar(&self, scenario: &Scenario, latest: f64) -> Bar {
        let step = self.row.checked_sub(1).and_then(|step| scenario.steps.get(step));
        let until = self.ended.unwrap_or(latest);
        let started = self.started.unwrap_or(until);
        let seconds = Time::from_seconds;
        Bar {
            name: step.map_or_else(|| text::explore::IN_LINE.to_owned(), |step| step.name.to_string()),
            from: self.from,
            started,
            until,
            awaited: step.is_none_or(|step| step.placement != Placement::Async),
            failed: self.failed,
            text: live::stay(seconds(started - self.from), seconds(until - started)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(millis: u64, mark: Mark, step: Option<u8>) -> Record {
        Record { at: Instant::from_nanos(millis * 1_000_000), order: 7, mark, step, attempt: 1 }
    }

    fn records() -> Vec<Record> {
        vec![
            record(1_000, Mark::Submitted, None),
            record(1_000, Mark::WaitsForWorker, None),
            record(1_400, Mark::WorkerTaken, None),
            record(1_400, Mark::Started, Some(0)),
            record(1_700, Mark::Ended, Some(0)),
            record(1_700, Mark::Enqueued, Some(1)),
            record(1_800, Mark::Started, Some(1)),
            record(1_950, Mark::Failed, Some(1)),
            record(1_950, Mark::Started, Some(1)),
            record(2_000, Mark::Ended, Some(1)),
            record(2_000, Mark::Answered, None),
        ]
    }

    #[test]
    fn waiting_and_work_are_told_apart() {
        let bars = bars(&Scenario::online_shop(), &records());
        let told: Vec<(&str, [i64; 3], bool)> = bars
            .iter()
            .map(|bar| {
                let millis = [bar.from, bar.started, bar.until].map(|seconds| (seconds * 1e3).round() as i64);
                (bar.name.as_str(), millis, bar.failed)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("In line for a worker", [0, 400, 400], false),
                ("Validate payment", [400, 400, 700], false),
                ("Check inventory", [700, 800, 950], true),
                ("Check inventory", [950, 950, 1_000], false),
            ]
        );
    }

    #[test]
    fn the_panel_says_what_it_shows() {
        let panel = panel(&Scenario::online_shop(), &records(), (7, Span::ZERO), &Look::default());
        assert_eq!(panel.title, "Order 7 was answered after 1,000 ms");
        assert_eq!(panel.summary, "500 ms of work and 500 ms of waiting before the answer.");
        assert_eq!(panel.table.rows.len(), records().len());
        let empty = super::panel(&Scenario::online_shop(), &[], (1, Span::ZERO), &Look::default());
        assert_eq!(empty.title, live::NO_ORDER);
    }
}
