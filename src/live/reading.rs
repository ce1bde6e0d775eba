//! What a run says so far: theory beside simulation, four strip charts, every place in numbers.

use super::frame::{Panel, Reading, Table};
use super::request::Look;
use crate::charts::{Strip, StripLine, time_tick};
use crate::model::{Outcome, evaluate};
use crate::scenario::Scenario;
use crate::sim::{Gauges, Simulation, Stretch};
use crate::text::live;
use crate::units::{Rate, Time, format};

/// The mean response time by the theory; none where there is no steady state, or the model rejects the scenario.
pub(super) fn theory(scenario: &Scenario) -> Option<Time> {
    match evaluate(scenario).ok()?.outcome {
        Outcome::Steady(steady) => Some(steady.response_time),
        Outcome::Idle | Outcome::Overloaded { .. } => None,
    }
}

/// The reading of a run.
pub(super) fn reading(
    scenario: &Scenario,
    run: &mut Simulation,
    theory: Option<Time>,
    look: &Look,
) -> Reading {
    let report = run.report();
    let simulated = report.response_time.map(|estimate| (estimate.value, estimate.margin));
    let mut lead = match simulated {
        Some(_) => live::lead(report.orders.answered, report.warm_up, report.settled),
        None => live::lead_of_few(report.orders.answered),
    };
    if !report.slice.is_whole() {
        lead += &live::slice(report.slice);
    }
    let history = run.history();
    let mut strips = vec![response(&history, theory, look)];
    let counts = |stretches: fn(&Stretch) -> f64, name, sub| {
        let rows: Vec<Row> =
            history.iter().map(|stretch| Row::of(stretch, Some(stretches(stretch)))).collect();
        chart(name, sub, &rows, format::mean_count, None, look)
    };
    strips.push(counts(
        |stretch| stretch.pool_waiting + stretch.steps.iter().map(|step| step.waiting).sum::<f64>(),
        live::QUEUE,
        live::QUEUE_SUB,
    ));
    if scenario.steps.iter().any(|step| !step.placement.is_waited_for()) {
        let lag = |stretch: &Stretch| stretch.steps.iter().map(|step| step.lag).sum();
        strips.push(counts(lag, live::LAG, live::LAG_SUB));
    }
    let errors: Vec<Row> = history.iter().map(|stretch| Row::of(stretch, Some(errors(stretch)))).collect();
    let text = |rate: f64| live::per_second(Rate::per_second(rate));
    strips.push(chart(live::ERRORS, live::ERRORS_SUB, &errors, text, None, look));
    let places = places(scenario, &run.gauges(), report.slice.servers(scenario.workers));
    Reading { headline: live::headline(theory, simulated), lead, strips, places }
}

/// Orders per second that failed or came too late.
fn errors(stretch: &Stretch) -> f64 {
    stretch.errors.value() + (stretch.throughput.value() - stretch.goodput.value()).max(0.0)
}

/// A stretch of time with a value, and one that accompanies it.
struct Row {
    from: Time,
    until: Time,
    value: Option<f64>,
    beside: Option<f64>,
}

impl Row {
    fn of(stretch: &Stretch, value: Option<f64>) -> Self {
        Self { from: stretch.from.time(), until: stretch.until.time(), value, beside: None }
    }

    fn middle(&self) -> f64 {
        f64::midpoint(self.from.seconds(), self.until.seconds())
    }
}

fn response(history: &[Stretch], theory: Option<Time>, look: &Look) -> Panel {
    let rows: Vec<Row> = history
        .iter()
        .map(|stretch| Row {
            beside: stretch.response_p95.map(Time::seconds),
            ..Row::of(stretch, stretch.response_time.map(Time::seconds))
        })
        .collect();
    let text = |seconds: f64| format::time(Time::from_seconds(seconds));
    chart(live::RESPONSE, live::RESPONSE_SUB, &rows, text, theory, look)
}

fn chart(
    name: &str,
    sub: &str,
    rows: &[Row],
    text: impl Fn(f64) -> String,
    theory: Option<Time>,
    look: &Look,
) -> Panel {
    let is_time = name == live::RESPONSE;
    let points: Vec<(f64, f64)> = rows.iter().filter_map(|row| Some((row.middle(), row.value?))).collect();
    let beside: Vec<(f64, f64)> = rows.iter().filter_map(|row| Some((row.middle(), row.beside?))).collect();
    let lines = [
        StripLine { points: &beside, name: live::P95, is_thin: true },
        StripLine { points: &points, name: if is_time { live::MEAN } else { "" }, is_thin: false },
    ];
    let figure = Strip {
        size: look.strip,
        text_size: look.text_size,
        until: rows.last().map_or(0.0, |row| row.until.seconds()),
        lines: if is_time { &lines } else { &lines[1..] },
        compared: theory.map(|theory| (theory.seconds(), live::THEORY)),
        text: if is_time { time_tick } else { format::compact },
    }
    .figure();
    let values = || points.iter().map(|(_, value)| *value);
    let latest = values().next_back();
    let summary = match latest {
        Some(latest) => {
            let (least, most) =
                values().fold((latest, latest), |(least, most), value| (least.min(value), most.max(value)));
            live::strip_summary(name, &text(least), &text(most), &text(latest))
        }
        None => live::strip_empty(name),
    };
    let mut heads = vec![live::TIME.to_owned(), if is_time { live::MEAN } else { name }.to_owned()];
    if is_time {
        heads.push(live::P95.to_owned());
    }
    let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), &text);
    let row = |row: &Row| {
        let span = format!("{} – {}", live::moment(row.from), live::moment(row.until));
        let mut cells = vec![span, cell(row.value)];
        if is_time {
            cells.push(cell(row.beside));
        }
        cells
    };
    // A dozen of the latest rows say enough.
    let rows = rows.iter().rev().take(12).rev().map(row).collect();
    Panel {
        title: live::titled(name, latest.map(&text)),
        sub: sub.to_owned(),
        summary,
        figure,
        table: Table { caption: name.to_owned(), heads, rows },
    }
}

/// Every place in numbers.
fn places(scenario: &Scenario, gauges: &Gauges, workers: u32) -> Table {
    let count = |number: u64| format::count(number);
    let nothing = || "–".to_owned();
    let pool = vec![
        live::WORKERS.to_owned(),
        count(gauges.workers_busy.into()),
        count(workers.into()),
        count(gauges.workers_waiting.into()),
        nothing(),
        nothing(),
    ];
    let steps = scenario.steps.iter().zip(&gauges.steps).map(|(step, gauge)| {
        let carried = !step.placement.is_waited_for();
        vec![
            step.name.to_string(),
            count(gauge.busy.into()),
            count(step.servers.count()),
            count(gauge.waiting.into()),
            if carried { count(gauge.lag.into()) } else { nothing() },
            if carried { count(gauge.dead) } else { nothing() },
        ]
    });
    Table {
        caption: live::PLACES.to_owned(),
        heads: live::PLACES_HEADS.map(str::to_owned).to_vec(),
        rows: std::iter::once(pool).chain(steps).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Placement, Workload};
    use crate::sim::{Experiment, Instant, Until};
    use crate::units::Users;

    fn read(scenario: &Scenario, seconds: u32) -> Reading {
        let mut run = Simulation::new(&Experiment::new(scenario).until(Until::Orders(u64::MAX))).unwrap();
        run.run_until(Instant::at(Time::from_whole_seconds(seconds)));
        reading(scenario, &mut run, theory(scenario), &Look::default())
    }

    fn crawling() -> Scenario {
        let workload = Workload::Closed { users: Users::new(100), think_time: Time::from_whole_seconds(1) };
        Scenario { workload, ..Scenario::online_shop() }
    }

    #[test]
    fn theory_stands_beside_the_simulation_with_its_margin() {
        let reading = read(&crawling(), 600);
        assert!(reading.headline.starts_with("Theory 4.27 s, simulated 4."), "{}", reading.headline);
        assert!(reading.headline.contains(" ± 0.0"), "{}", reading.headline);
        assert!(reading.lead.contains("95 of 100"), "{}", reading.lead);
    }

    #[test]
    fn a_run_that_has_only_begun_says_so() {
        let reading = read(&crawling(), 0);
        assert_eq!(reading.headline, "Theory 4.27 s, simulated: too few answers yet");
        assert_eq!(reading.strips[0].title, "Response time: nothing yet");
    }

    #[test]
    fn an_overloaded_stream_has_no_theory_to_compare_with() {
        let workload = Workload::Open { arrival_rate: Rate::per_second(40.0) };
        let reading = read(&Scenario { workload, ..Scenario::online_shop() }, 60);
        assert!(
            reading.headline.starts_with("Theory: no end to the waiting. Simulated so far "),
            "{}",
            reading.headline
        );
    }

    #[test]
    fn the_strips_are_those_that_the_flow_has() {
        let names = |scenario: &Scenario| -> Vec<String> {
            let strips = read(scenario, 20).strips;
            strips.into_iter().map(|strip| strip.table.caption).collect()
        };
        let mut shop = crawling();
        assert_eq!(names(&shop), ["Response time", "In line", "Failed or too late"]);
        shop.steps[2].placement = Placement::Async;
        assert_eq!(names(&shop), ["Response time", "In line", "Lag", "Failed or too late"]);
    }

    #[test]
    fn every_place_has_its_row() {
        let places = read(&crawling(), 20).places;
        let names: Vec<&str> = places.rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(
            names,
            ["API workers", "Validate payment", "Check inventory", "Send email", "Update analytics"]
        );
        assert!(places.rows.iter().all(|row| row.len() == places.heads.len()));
        assert_eq!(places.rows[0][1], "20");
    }
}
