//! The strip charts of a run: their lines, captions, tables and data.

use super::theory::{FluidQuantity, Theory};
use crate::charts::{LineKind, Point, Strip, StripLine, time_tick};
use crate::live::protocol::{DataPoint, Panel, Table, Viewport};
use crate::scenario::{Placement, Scenario, Step};
use crate::simulation::{Gauges, IntervalStats, Simulation, StepGauges};
use crate::strings::live;
use crate::units::round_to_decimals;
use crate::units::{Rate, Time, format};

/// A chart of one quantity over the time of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::live) enum StripChart {
    ResponseTime,
    Queue,
    Lag,
    Errors,
}

impl StripChart {
    /// Returns the strip charts of a scenario in order.
    pub(in crate::live) fn all_of(scenario: &Scenario) -> Vec<Self> {
        let publishes = scenario.steps.iter().any(|step| !step.placement.blocks_caller());
        let all = [Self::ResponseTime, Self::Queue, Self::Lag, Self::Errors];
        all.into_iter().filter(|chart| publishes || *chart != Self::Lag).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Self::ResponseTime => live::RESPONSE,
            Self::Queue => live::QUEUE,
            Self::Lag => live::LAG,
            Self::Errors => live::ERRORS,
        }
    }

    fn file_stem(self) -> &'static str {
        match self {
            Self::ResponseTime => "run-response-time",
            Self::Queue => "run-in-line",
            Self::Lag => "run-lag",
            Self::Errors => "run-errors",
        }
    }

    fn subtitle(self, scenario: &Scenario) -> &'static str {
        let is_separate = |step: &Step| matches!(step.placement, Placement::Async | Placement::Parallel);
        match self {
            Self::ResponseTime => live::RESPONSE_SUBTITLE,
            Self::Queue if scenario.steps.iter().any(is_separate) => live::QUEUE_SUBTITLE_PARALLEL,
            Self::Queue => live::QUEUE_SUBTITLE,
            Self::Lag => live::LAG_SUBTITLE,
            Self::Errors => live::ERRORS_SUBTITLE,
        }
    }

    fn value(self, interval: &IntervalStats) -> Option<f64> {
        match self {
            Self::ResponseTime => interval.response_time.map(Time::seconds),
            Self::Queue => {
                Some(interval.pool_waiting + interval.steps.iter().map(|step| step.waiting).sum::<f64>())
            }
            Self::Lag => Some(interval.steps.iter().map(|step| step.lag).sum()),
            Self::Errors => {
                let late = (interval.throughput.value() - interval.goodput.value()).max(0.0);
                Some(interval.errors.value() + late)
            }
        }
    }

    /// Returns the count at this moment; `None` for a quantity that is an average over time.
    fn present_count(self, gauges: &Gauges) -> Option<u64> {
        let steps =
            |read: fn(&StepGauges) -> u32| gauges.steps.iter().map(|step| u64::from(read(step))).sum::<u64>();
        match self {
            Self::Queue => Some(u64::from(gauges.workers_waiting) + steps(|step| step.waiting)),
            Self::Lag => Some(steps(|step| step.lag)),
            Self::ResponseTime | Self::Errors => None,
        }
    }

    /// Returns the fluid model's quantity; `None` for what the model does not have.
    fn fluid(self) -> Option<FluidQuantity> {
        match self {
            Self::ResponseTime => Some(|point| point.response_time.map(Time::seconds)),
            Self::Queue => Some(|point| Some(point.waiting)),
            Self::Lag => Some(|point| Some(point.lag)),
            Self::Errors => None,
        }
    }

    fn text(self, value: f64) -> String {
        match self {
            Self::ResponseTime => format::time(Time::from_seconds(value)),
            Self::Queue | Self::Lag => format::mean_count(value),
            Self::Errors => live::short_rate(Rate::per_second(value)),
        }
    }

    /// Draws the chart of a run so far.
    pub(in crate::live) fn panel(
        self,
        scenario: &Scenario,
        run: &Simulation,
        theory: &Theory,
        viewport: &Viewport,
    ) -> Panel {
        let rows: Vec<Row> = run.history().iter().map(|interval| self.row(interval, theory)).collect();
        let until = rows.last().map_or(0.0, |row| row.until.seconds());
        let points = |read: fn(&Row) -> Option<f64>| -> Vec<(f64, f64)> {
            rows.iter().filter_map(|row| Some((row.middle(), read(row)?))).collect()
        };
        let (values, percentiles) = (points(|row| row.value), points(|row| row.p95));
        let fluid = self.fluid().map(|read| theory.line(read, until)).unwrap_or_default();
        let is_time = self == Self::ResponseTime;
        let max =
            values.iter().chain(&percentiles).chain(&fluid).map(|(_, value)| *value).fold(0.0, f64::max);
        let lines = [
            StripLine { points: &fluid, name: live::FLUID, kind: LineKind::Fluid },
            StripLine { points: &percentiles, name: live::P95, kind: LineKind::Beside },
            StripLine {
                points: &values,
                name: if is_time { live::MEAN } else { "" },
                kind: LineKind::Measured,
            },
        ];
        let strip = Strip {
            size: viewport.strip_size,
            text_size: viewport.text_size,
            until,
            lines: &lines,
            compared: theory.response_time.filter(|_| is_time).map(|time| (time.seconds(), live::THEORY)),
            unit: if is_time { time_unit(max) } else { (1.0, format::compact) },
        };
        let (figure, positions) = strip.figure(&values);
        let latest = || values.last().map(|(_, value)| self.text(*value));
        let present = self.present_count(&run.gauges()).map(format::count);
        Panel {
            title: live::chart_title(self.name(), present.or_else(latest)),
            subtitle: self.subtitle(scenario).to_owned(),
            summary: self.summary(&values, &fluid),
            figure,
            table: self.table(&rows),
            data_points: self.data_points(&rows, &positions),
            export_rows: self.export_rows(&rows),
            values: values.iter().map(|(_, value)| *value).collect(),
            file_stem: self.file_stem().to_owned(),
        }
    }

    fn row(self, interval: &IntervalStats, theory: &Theory) -> Row {
        let (from, until) = (interval.start.time(), interval.end.time());
        let middle = f64::midpoint(from.seconds(), until.seconds());
        Row {
            from,
            until,
            value: self.value(interval),
            p95: interval.response_p95.filter(|_| self == Self::ResponseTime).map(Time::seconds),
            fluid: self.fluid().and_then(|read| theory.at(read, middle)),
        }
    }

    fn summary(self, values: &[(f64, f64)], fluid: &[(f64, f64)]) -> String {
        let Some((_, latest)) = values.last() else { return live::strip_chart_empty(self.name()) };
        let (min, max) = values
            .iter()
            .fold((*latest, *latest), |(min, max), (_, value)| (min.min(*value), max.max(*value)));
        let fluid = fluid.last().map(|(_, value)| self.text(*value));
        live::strip_chart_summary(self.name(), [min, max, *latest].map(|value| self.text(value)), fluid)
    }

    /// The columns of the table and the file, after the time.
    fn columns(self) -> Vec<Column> {
        let value: fn(&Row) -> Option<f64> = |row| row.value;
        let fluid: fn(&Row) -> Option<f64> = |row| row.fluid;
        match self {
            Self::ResponseTime => {
                vec![
                    (live::MEAN, "mean_s", value),
                    (live::P95, "p95_s", |row| row.p95),
                    (live::FLUID, "fluid_s", fluid),
                ]
            }
            Self::Queue => vec![(live::QUEUE, "in_line", value), (live::FLUID, "fluid", fluid)],
            Self::Lag => vec![(live::LAG, "lag", value), (live::FLUID, "fluid", fluid)],
            Self::Errors => vec![(live::ERRORS, "per_s", value)],
        }
    }

    /// Returns a table of the last twelve rows, which are enough to read.
    fn table(self, rows: &[Row]) -> Table {
        let columns = self.columns();
        let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| self.text(value));
        let cells = |row: &Row| -> Vec<String> {
            let rest = columns.iter().map(|(_, _, read)| cell(read(row)));
            std::iter::once(row.span()).chain(rest).collect()
        };
        let headers = std::iter::once(live::TIME).chain(columns.iter().map(|(name, _, _)| *name));
        Table {
            caption: self.name().to_owned(),
            headers: headers.map(str::to_owned).collect(),
            rows: rows[rows.len().saturating_sub(12)..].iter().map(cells).collect(),
        }
    }

    /// Returns all rows, for export.
    fn export_rows(self, rows: &[Row]) -> Vec<Vec<String>> {
        let columns = self.columns();
        let number = |value: f64| round_to_decimals(value, 6).to_string();
        let cells = |row: &Row| -> Vec<String> {
            let span = [row.from, row.until].map(|time| number(time.seconds()));
            let rest = columns.iter().map(|(_, _, read)| read(row).map(number).unwrap_or_default());
            span.into_iter().chain(rest).collect()
        };
        let headers = ["from_s", "until_s"].into_iter().chain(columns.iter().map(|(_, name, _)| *name));
        std::iter::once(headers.map(str::to_owned).collect()).chain(rows.iter().map(cells)).collect()
    }

    /// Returns points for a cursor, at most [`DataPoint::MAX_PER_CHART`].
    fn data_points(self, rows: &[Row], positions: &[Point]) -> Vec<DataPoint> {
        let columns = self.columns();
        let text = |row: &Row| {
            let values = columns.iter().enumerate().filter_map(|(index, (name, _, read))| {
                let text = self.text(read(row)?);
                Some(if index == 0 { text } else { [name, " ", &text].concat() })
            });
            live::reading(&row.span(), &values.collect::<Vec<_>>().join(", "))
        };
        let step = positions.len().div_ceil(DataPoint::MAX_PER_CHART).max(1);
        let rows = rows.iter().filter(|row| row.value.is_some()).zip(positions).step_by(step);
        rows.map(|(row, at)| DataPoint { at: *at, text: text(row) }).collect()
    }
}

/// Returns the unit, in seconds, in which an axis of times up to `max` seconds has round values, and its
/// format.
fn time_unit(max: f64) -> (f64, fn(f64) -> String) {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    const YEAR: f64 = 365.25 * DAY;
    match max {
        max if max < 20.0 * MINUTE => (1.0, time_tick),
        max if max < 2.0 * HOUR => (MINUTE, live::minutes),
        max if max < 2.0 * DAY => (HOUR, live::hours),
        max if max < 2.0 * YEAR => (DAY, live::days),
        _ => (YEAR, live::years),
    }
}

/// The name of a column on the page, its name in a file, and its value.
type Column = (&'static str, &'static str, fn(&Row) -> Option<f64>);

/// An interval of the run: the quantity, the 95th percentile of response times, and the fluid model's value.
struct Row {
    from: Time,
    until: Time,
    value: Option<f64>,
    p95: Option<f64>,
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
