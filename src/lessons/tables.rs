//! Columns of the tables in Explore, and the explained value behind each cell.

use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Percentiles, ResourceKind, ResourceState};
use crate::units::Time;

/// A column of the table of the response-time curve. Each row is a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveColumn {
    /// Mean response time.
    Mean,
    Throughput,
    P50,
    P95,
    P99,
    SimulatedMean,
    SimulatedP95,
    /// Mean response time of the flow to compare with.
    Comparison,
}

impl CurveColumn {
    /// Returns the columns to show: percentiles once they are computed, simulated times if there are runs,
    /// and the comparison if there is one.
    ///
    /// ```
    /// use waiting_line::lessons::tables::CurveColumn;
    /// let columns = CurveColumn::visible(false, false, true);
    /// assert_eq!(columns, [CurveColumn::Mean, CurveColumn::Throughput, CurveColumn::Comparison]);
    /// assert_eq!(CurveColumn::visible(true, true, true).len(), 8);
    /// ```
    pub fn visible(has_percentiles: bool, has_runs: bool, has_comparison: bool) -> Vec<Self> {
        let mut columns = vec![Self::Mean, Self::Throughput];
        if has_percentiles {
            columns.extend([Self::P50, Self::P95, Self::P99]);
        }
        if has_runs {
            columns.extend([Self::SimulatedMean, Self::SimulatedP95]);
        }
        if has_comparison {
            columns.push(Self::Comparison);
        }
        columns
    }

    /// Returns the value to explain at the load of the row, or `None` for a simulated value.
    pub fn explained_value(self) -> Option<ExplainedValue> {
        match self {
            Self::Mean | Self::Comparison => Some(ExplainedValue::ResponseTime),
            Self::Throughput => Some(ExplainedValue::Throughput),
            Self::P50 | Self::P95 | Self::P99 => Some(ExplainedValue::Percentiles),
            Self::SimulatedMean | Self::SimulatedP95 => None,
        }
    }

    /// Returns the percentile of this column, or `None` for other columns.
    pub fn percentile(self, percentiles: &Percentiles) -> Option<Time> {
        match self {
            Self::P50 => Some(percentiles.p50),
            Self::P95 => Some(percentiles.p95),
            Self::P99 => Some(percentiles.p99),
            _ => None,
        }
    }
}

/// A column of the table of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceColumn {
    /// Number of servers; for the API workers also the hold time.
    Servers,
    Utilization,
    InFlight,
    Waiting,
    /// State in a word, or the growth of the queue.
    State,
}

impl ResourceColumn {
    /// From left to right.
    pub const ALL: [Self; 5] = [Self::Servers, Self::Utilization, Self::InFlight, Self::Waiting, Self::State];

    /// Returns the explained value in the cell of the resource at `index` of the evaluation, or `None` if the
    /// cell shows a setting or a word.
    ///
    /// ```
    /// use waiting_line::lessons::tables::ResourceColumn;
    /// use waiting_line::queueing::{evaluate, explain::ExplainedValue};
    /// use waiting_line::scenario::Scenario;
    /// let evaluation = evaluate(&Scenario::online_shop())?;
    /// let pool = |column: ResourceColumn| column.explained_value(&evaluation, 0);
    /// assert_eq!(pool(ResourceColumn::Utilization), Some(ExplainedValue::Utilization(0)));
    /// assert_eq!(pool(ResourceColumn::State), None);
    /// # Ok::<(), waiting_line::queueing::ScenarioError>(())
    /// ```
    pub fn explained_value(self, evaluation: &Evaluation, index: usize) -> Option<ExplainedValue> {
        let resource = evaluation.resources.get(index)?;
        let grows = matches!(resource.state, ResourceState::Growing { .. });
        match (self, resource.kind) {
            // The number of servers is a setting, but the hold time of an API worker follows from the steps.
            (Self::Servers, ResourceKind::ApiPool) => Some(ExplainedValue::Demand(index)),
            (Self::Utilization, _) => Some(ExplainedValue::Utilization(index)),
            (Self::InFlight, _) => Some(ExplainedValue::InService(index)),
            (Self::Waiting, _) => Some(ExplainedValue::Waiting(index)),
            (Self::State, ResourceKind::Consumers(step)) if grows => evaluation
                .effects
                .iter()
                .position(|effect| effect.step == step)
                .map(ExplainedValue::Staleness),
            (Self::State, _) if grows => Some(ExplainedValue::Growth),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
