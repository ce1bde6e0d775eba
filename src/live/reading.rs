//! What a run says so far: theory beside simulation, up to four strip charts, every place in numbers.

#[cfg(test)]
mod tests;

use super::frame::{Panel, Reading, Stop, Table};
use super::request::Look;
use super::theory::{Fluid, Theory};
use crate::charts::{LineKind, Point, Strip, StripLine, time_tick};
use crate::scenario::{Placement, Scenario, Step};
use crate::simulation::{Gauges, Simulation, StepGauges, Stretch};
use crate::strings::live;
use crate::units::decimal::shortest;
use crate::units::{Rate, Time, format};

/// What a run says in words and numbers.
pub(super) fn reading(scenario: &Scenario, run: &mut Simulation, theory: &Theory) -> Reading {
    let report = run.report();
    let simulated = report.response_time.map(|estimate| (estimate.value, estimate.margin));
    let mut lead = match simulated {
        Some(_) => live::lead(report.orders.answered, report.warm_up, report.settled),
        None => live::lead_of_few(report.orders.answered),
    };
    lead += &live::slice(&report.slice, scenario, run.held_time().time());
    Reading {
        headline: live::headline(theory.response_time, simulated),
        lead,
        strips: Graph::all_of(scenario).len(),
        places: places(scenario, &run.gauges()),
    }
}

/// What a strip chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Graph {
    Response,
    Queue,
    Lag,
    Errors,
}

impl Graph {
    /// The strip charts of a scenario, in their order.
    pub(super) fn all_of(scenario: &Scenario) -> Vec<Self> {
        let publishes = scenario.steps.iter().any(|step| !step.placement.is_waited_for());
        let all = [Self::Response, Self::Queue, Self::Lag, Self::Errors];
        all.into_iter().filter(|graph| publishes || *graph != Self::Lag).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Response => live::RESPONSE,
            Self::Queue => live::QUEUE,
            Self::Lag => live::LAG,
            Self::Errors => live::ERRORS,
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Response => "run-response-time",
            Self::Queue => "run-in-line",
            Self::Lag => "run-lag",
            Self::Errors => "run-errors",
        }
    }

    fn sub(self, scenario: &Scenario) -> &'static str {
        let apart = |step: &Step| matches!(step.placement, Placement::Async | Placement::Parallel);
        match self {
            Self::Response => live::RESPONSE_SUB,
            Self::Queue if scenario.steps.iter().any(apart) => live::QUEUE_SUB_APART,
            Self::Queue => live::QUEUE_SUB,
            Self::Lag => live::LAG_SUB,
            Self::Errors => live::ERRORS_SUB,
        }
    }

    fn value(self, stretch: &Stretch) -> Option<f64> {
        match self {
            Self::Response => stretch.response_time.map(Time::seconds),
            Self::Queue => {
                Some(stretch.pool_waiting + stretch.steps.iter().map(|step| step.waiting).sum::<f64>())
            }
            Self::Lag => Some(stretch.steps.iter().map(|step| step.lag).sum()),
            Self::Errors => {
                let late = (stretch.throughput.value() - stretch.goodput.value()).max(0.0);
                Some(stretch.errors.value() + late)
            }
        }
    }

    /// How many there are at this moment; none for what only a span of time can have.
    fn present(self, gauges: &Gauges) -> Option<u64> {
        let steps =
            |read: fn(&StepGauges) -> u32| gauges.steps.iter().map(|step| u64::from(read(step))).sum::<u64>();
        match self {
            Self::Queue => Some(u64::from(gauges.workers_waiting) + steps(|step| step.waiting)),
            Self::Lag => Some(steps(|step| step.lag)),
            Self::Response | Self::Errors => None,
        }
    }

    /// The line of the fluid model; none for what it does not know.
    fn fluid(self) -> Option<Fluid> {
        match self {
            Self::Response => Some(|point| point.response_time.map(Time::seconds)),
            Self::Queue => Some(|point| Some(point.waiting)),
            Self::Lag => Some(|point| Some(point.lag)),
            Self::Errors => None,
        }
    }

    fn text(self, value: f64) -> String {
        match self {
            Self::Response => format::time(Time::from_seconds(value)),
            Self::Queue | Self::Lag => format::mean_count(value),
            Self::Errors => live::per_second(Rate::per_second(value)),
        }
    }

    /// The chart of a run.
    pub(super) fn panel(self, scenario: &Scenario, run: &Simulation, theory: &Theory, look: &Look) -> Panel {
        let rows: Vec<Row> = run.history().iter().map(|stretch| self.row(stretch, theory)).collect();
        let until = rows.last().map_or(0.0, |row| row.until.seconds());
        let points = |read: fn(&Row) -> Option<f64>| -> Vec<(f64, f64)> {
            rows.iter().filter_map(|row| Some((row.middle(), read(row)?))).collect()
        };
        let (values, beside) = (points(|row| row.value), points(|row| row.beside));
        let fluid = self.fluid().map(|read| theory.line(read, until)).unwrap_or_default();
        let is_time = self == Self::Response;
        let most = values.iter().chain(&beside).chain(&fluid).map(|(_, value)| *value).fold(0.0, f64::max);
        let lines = [
            StripLine { points: &fluid, name: live::FLUID, kind: LineKind::Fluid },
            StripLine { points: &beside, name: live::P95, kind: LineKind::Beside },
            StripLine {
                points: &values,
                name: if is_time { live::MEAN } else { "" },
                kind: LineKind::Measured,
            },
        ];
        let strip = Strip {
            size: look.strip,
            text_size: look.text_size,
            until,
            lines: &lines,
            compared: theory.response_time.filter(|_| is_time).map(|time| (time.seconds(), live::THEORY)),
            unit: if is_time { time_unit(most) } else { (1.0, format::compact) },
        };
        let (figure, places) = strip.figure(&values);
        let latest = || values.last().map(|(_, value)| self.text(*value));
        let present = self.present(&run.gauges()).map(format::count);
        Panel {
            title: live::titled(self.name(), present.or_else(latest)),
            sub: self.sub(scenario).to_owned(),
            summary: self.summary(&values, &fluid),
            figure,
            table: self.table(&rows),
            stops: self.stops(&rows, &places),
            numbers: self.numbers(&rows),
            values: values.iter().map(|(_, value)| *value).collect(),
            file: self.file().to_owned(),
        }
    }

    fn row(self, stretch: &Stretch, theory: &Theory) -> Row {
        let (from, until) = (stretch.from.time(), stretch.until.time());
        let middle = f64::midpoint(from.seconds(), until.seconds());
        Row {
            from,
            until,
            value: self.value(stretch),
            beside: stretch.response_p95.filter(|_| self == Self::Response).map(Time::seconds),
            fluid: self.fluid().and_then(|read| theory.at(read, middle)),
        }
    }

    fn summary(self, values: &[(f64, f64)], fluid: &[(f64, f64)]) -> String {
        let Some((_, latest)) = values.last() else { return live::strip_empty(self.name()) };
        let (least, most) = values
            .iter()
            .fold((*latest, *latest), |(least, most), (_, value)| (least.min(*value), most.max(*value)));
        let fluid = fluid.last().map(|(_, value)| self.text(*value));
        live::strip_summary(self.name(), [least, most, *latest].map(|value| self.text(value)), fluid)
    }

    /// What each column beyond the time is called, and what it holds.
    fn columns(self) -> Vec<Column> {
        let value: fn(&Row) -> Option<f64> = |row| row.value;
        let fluid: fn(&Row) -> Option<f64> = |row| row.fluid;
        match self {
            Self::Response => {
                vec![
                    (live::MEAN, "mean_s", value),
                    (live::P95, "p95_s", |row| row.beside),
                    (live::FLUID, "fluid_s", fluid),
                ]
            }
            Self::Queue => vec![(live::QUEUE, "in_line", value), (live::FLUID, "fluid", fluid)],
            Self::Lag => vec![(live::LAG, "lag", value), (live::FLUID, "fluid", fluid)],
            Self::Errors => vec![(live::ERRORS, "per_s", value)],
        }
    }

    /// A dozen of the latest rows say enough.
    fn table(self, rows: &[Row]) -> Table {
        let columns = self.columns();
        let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| self.text(value));
        let cells = |row: &Row| -> Vec<String> {
            let rest = columns.iter().map(|(_, _, read)| cell(read(row)));
            std::iter::once(row.span()).chain(rest).collect()
        };
        let heads = std::iter::once(live::TIME).chain(columns.iter().map(|(name, _, _)| *name));
        Table {
            caption: self.name().to_owned(),
            heads: heads.map(str::to_owned).collect(),
            rows: rows[rows.len().saturating_sub(12)..].iter().map(cells).collect(),
        }
    }

    /// Every row, for a file.
    fn numbers(self, rows: &[Row]) -> Vec<Vec<String>> {
        let columns = self.columns();
        let number = |value: f64| shortest(value, 6);
        let cells = |row: &Row| -> Vec<String> {
            let span = [row.from, row.until].map(|time| number(time.seconds()));
            let rest = columns.iter().map(|(_, _, read)| read(row).map(number).unwrap_or_default());
            span.into_iter().chain(rest).collect()
        };
        let heads = ["from_s", "until_s"].into_iter().chain(columns.iter().map(|(_, name, _)| *name));
        std::iter::once(heads.map(str::to_owned).collect()).chain(rows.iter().map(cells)).collect()
    }

    /// Where reading stops, at sixty places at most.
    fn stops(self, rows: &[Row], places: &[Point]) -> Vec<Stop> {
        let columns = self.columns();
        let told = |row: &Row| {
            let values = columns.iter().enumerate().filter_map(|(index, (name, _, read))| {
                let text = self.text(read(row)?);
                Some(if index == 0 { text } else { [name, " ", &text].concat() })
            });
            live::read_out(&row.span(), &values.collect::<Vec<_>>().join(", "))
        };
        let every = places.len().div_ceil(Stop::MOST).max(1);
        let read = rows.iter().filter(|row| row.value.is_some()).zip(places).step_by(every);
        read.map(|(row, at)| Stop { at: *at, told: told(row) }).collect()
    }
}

/// The unit in which an axis of times up to so many seconds has round values.
fn time_unit(most: f64) -> (f64, fn(f64) -> String) {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    const YEAR: f64 = 365.25 * DAY;
    match most {
        most if most < 20.0 * MINUTE => (1.0, time_tick),
        most if most < 2.0 * HOUR => (MINUTE, live::minutes),
        most if most < 2.0 * DAY => (HOUR, live::hours),
        most if most < 2.0 * YEAR => (DAY, live::days),
        _ => (YEAR, live::years),
    }
}

/// What a column is called on the page and in a file, and what it holds.
type Column = (&'static str, &'static str, fn(&Row) -> Option<f64>);

/// A stretch of time with a value, one that accompanies it, and what the fluid model says.
struct Row {
    from: Time,
    until: Time,
    value: Option<f64>,
    beside: Option<f64>,
    fluid: Option<f64>,
}

impl Row {
    fn middle(&self) -> f64 {
        f64::midpoint(self.from.seconds(), self.until.seconds())
    }

    fn span(&self) -> String {
        format!("{} – {}", live::moment(self.from), live::moment(self.until))
    }
}

/// Every place in numbers.
fn places(scenario: &Scenario, gauges: &Gauges) -> Table {
    let count = |number: u64| format::count(number);
    let nothing = || "–".to_owned();
    let pool = vec![
        live::WORKERS.to_owned(),
        count(gauges.workers_busy.into()),
        count(scenario.workers.count()),
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
