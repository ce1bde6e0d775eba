//! The tables behind the charts of Explore: what each column holds, and which figure of the model each cell is.

use crate::queueing::explain::ExplainedValue;
use crate::queueing::{Evaluation, Percentiles, ResourceKind, ResourceState};
use crate::units::Time;

/// A column of the table of the response-time curve, each row of which is a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveColumn {
    /// The mean response time.
    Mean,
    /// Orders answered per second.
    Throughput,
    /// The median.
    P50,
    /// What 95 of 100 answers do not exceed.
    P95,
    /// What 99 of 100 do not exceed.
    P99,
    /// The mean response time of a simulated run.
    SimulatedMean,
    /// Its 95th percentile.
    SimulatedP95,
    /// The mean response time of the flow to compare with.
    Other,
}

impl CurveColumn {
    /// The columns that are there: percentiles once they are computed, simulated times where there are runs, and the other flow
    /// where there is one.
    ///
    /// ```
    /// use waiting_line::lessons::tables::CurveColumn;
    /// assert_eq!(CurveColumn::shown(false, false, true), [CurveColumn::Mean, CurveColumn::Throughput, CurveColumn::Other]);
    /// assert_eq!(CurveColumn::shown(true, true, true).len(), 8);
    /// ```
    pub fn shown(percentiles: bool, runs: bool, other: bool) -> Vec<Self> {
        let mut columns = vec![Self::Mean, Self::Throughput];
        if percentiles {
            columns.extend([Self::P50, Self::P95, Self::P99]);
        }
        if runs {
            columns.extend([Self::SimulatedMean, Self::SimulatedP95]);
        }
        if other {
            columns.push(Self::Other);
        }
        columns
    }

    /// The figure at the load of the row; none where it is measured rather than computed.
    pub fn figure(self) -> Option<ExplainedValue> {
        match self {
            Self::Mean | Self::Other => Some(ExplainedValue::ResponseTime),
            Self::Throughput => Some(ExplainedValue::Throughput),
            Self::P50 | Self::P95 | Self::P99 => Some(ExplainedValue::Percentiles),
            Self::SimulatedMean | Self::SimulatedP95 => None,
        }
    }

    /// The percentile that the column holds, if it does.
    pub fn percentile(self, percentiles: &Percentiles) -> Option<Time> {
        match self {
            Self::P50 => Some(percentiles.p50),
            Self::P95 => Some(percentiles.p95),
            Self::P99 => Some(percentiles.p99),
            _ => None,
        }
    }
}

/// A column of the table of the resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceColumn {
    /// How many there are, and how long an order holds one.
    Servers,
    /// How full it is.
    Utilization,
    /// Orders in service.
    InFlight,
    /// Orders waiting.
    Waiting,
    /// Its state in a word, or by how much its line grows.
    State,
}

impl ResourceColumn {
    /// All of them, from the left.
    pub const ALL: [Self; 5] = [Self::Servers, Self::Utilization, Self::InFlight, Self::Waiting, Self::State];

    /// Which figure the cell of the resource at an index of the evaluation shows; none where it is set by somebody, or a word.
    ///
    /// ```
    /// use waiting_line::lessons::tables::ResourceColumn;
    /// use waiting_line::queueing::{evaluate, explain::ExplainedValue};
    /// use waiting_line::scenario::Scenario;
    /// let evaluation = evaluate(&Scenario::online_shop())?;
    /// let pool = |column: ResourceColumn| column.figure(&evaluation, 0);
    /// assert_eq!(pool(ResourceColumn::Utilization), Some(ExplainedValue::Utilization(0)));
    /// assert_eq!(pool(ResourceColumn::State), None);
    /// # Ok::<(), waiting_line::queueing::ScenarioError>(())
    /// ```
    pub fn figure(self, evaluation: &Evaluation, index: usize) -> Option<ExplainedValue> {
        let resource = evaluation.resources.get(index)?;
        let grows = matches!(resource.state, ResourceState::Growing { .. });
        match (self, resource.kind) {
            // How many there are is set; how long an order holds an API worker follows from the steps.
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
