//! The texts and tables of a run: the summary beside the flow, and the strip charts with their captions.

pub(super) mod strip_chart;
#[cfg(test)]
mod tests;
pub(super) mod theory;

use super::protocol::{RunSummary, Table};
use crate::scenario::Scenario;
use crate::simulation::{Gauges, Simulation};
use crate::strings::live;
use crate::units::format;
use strip_chart::StripChart;
use theory::Theory;

/// Returns the results of a run so far in words and numbers.
pub(super) fn run_summary(scenario: &Scenario, run: &mut Simulation, theory: &Theory) -> RunSummary {
    let report = run.report();
    let simulated = report.response_time.map(|estimate| (estimate.value, estimate.margin));
    let mut lead = match simulated {
        Some(_) => live::lead(report.orders.answered, report.warm_up, report.is_steady),
        None => live::lead_few_answers(report.orders.answered),
    };
    lead += &live::scaling_note(&report.scaled_system, scenario, run.permanent_queue_delay().time());
    RunSummary {
        headline: live::headline(theory.response_time, simulated),
        lead,
        strip_count: StripChart::all_of(scenario).len(),
        stations: station_table(scenario, &run.gauges()),
    }
}

/// Returns the present numbers of the API workers and of each step.
fn station_table(scenario: &Scenario, gauges: &Gauges) -> Table {
    let count = |number: u64| format::count(number);
    let no_value = || "–".to_owned();
    let pool = vec![
        live::WORKERS.to_owned(),
        count(gauges.workers_busy.into()),
        count(scenario.workers.count()),
        count(gauges.workers_waiting.into()),
        no_value(),
        no_value(),
    ];
    let steps = scenario.steps.iter().zip(&gauges.steps).map(|(step, gauge)| {
        let is_async = !step.placement.blocks_caller();
        vec![
            step.name.to_string(),
            count(gauge.busy.into()),
            count(step.servers.count()),
            count(gauge.waiting.into()),
            if is_async { count(gauge.lag.into()) } else { no_value() },
            if is_async { count(gauge.dead_letters) } else { no_value() },
        ]
    });
    Table {
        caption: live::STATIONS.to_owned(),
        headers: live::STATION_HEADERS.map(str::to_owned).to_vec(),
        rows: std::iter::once(pool).chain(steps).collect(),
    }
}
