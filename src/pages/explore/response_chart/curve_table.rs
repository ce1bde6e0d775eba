//! The table of the curve: each row is a load, and each number is explained with the values of that load.

use std::sync::Arc;

use leptos::prelude::*;

use super::curve::{Curve, TABLE_ROWS};
use super::percentiles::PercentileCurve;
use super::simulation_overlay::SimulationOverlay;
use crate::charts::{Simulated, milestones};
use crate::lessons::tables::CurveColumn;
use crate::pages::explore::explain::{CellIndex, ExplainableTable, Explanation, NumberCell};
use crate::pages::explore::load_action::load_text;
use crate::queueing::explain::explain_run;
use crate::queueing::{CurvePoint, PercentilePoint};
use crate::strings::{explanation, explore};
use crate::units::format;

/// The content of the table.
struct TableData {
    curve: Arc<Curve>,
    percentiles: Arc<Vec<PercentilePoint>>,
    simulated: Vec<Simulated>,
}

impl TableData {
    fn columns(&self) -> Vec<CurveColumn> {
        CurveColumn::visible(
            !self.percentiles.is_empty(),
            !self.simulated.is_empty(),
            !self.curve.baseline_points.is_empty(),
        )
    }

    /// The points of the curve that have a row.
    fn rows(&self) -> Vec<CurvePoint> {
        let indices = milestones(self.curve.axes.load, &self.curve.points, TABLE_ROWS);
        indices.into_iter().map(|index| self.curve.points[index]).collect()
    }

    fn simulated_at(&self, point: &CurvePoint) -> Option<&Simulated> {
        self.simulated.iter().find(|simulated| is_same_load(simulated.load, point))
    }

    /// The text of a cell; `None` if it is not computed.
    fn cell(&self, point: &CurvePoint, column: CurveColumn) -> Option<String> {
        match column {
            CurveColumn::Mean => Some(format::time(point.response_time)),
            CurveColumn::Throughput => Some(format::precise_rate(point.throughput)),
            CurveColumn::P50 | CurveColumn::P95 | CurveColumn::P99 => {
                let percentiles = self.percentiles.iter().find(|other| is_same_load(other.load, point))?;
                column.percentile(&percentiles.percentiles).map(format::time)
            }
            CurveColumn::SimulatedMean => {
                self.simulated_at(point).map(|run| format::time_with_margin(run.mean.0, run.mean.1))
            }
            CurveColumn::SimulatedP95 => {
                self.simulated_at(point).map(|run| format::time_with_margin(run.p95.0, run.p95.1))
            }
            CurveColumn::Comparison => {
                let mut baseline = self.curve.baseline_points.iter();
                let baseline = baseline.find(|other| is_same_load(other.load, point))?;
                Some(format::time(baseline.response_time))
            }
        }
    }

    /// Explains a cell with the scenario evaluated at the load of its row.
    fn explain(&self, (row, column): CellIndex) -> Option<Explanation> {
        let (point, column) = (*self.rows().get(row)?, *self.columns().get(column)?);
        self.cell(&point, column)?;
        let load = load_text(self.curve.flow.workload, point.load);
        let Some(value) = column.explained_value() else {
            let run = self.simulated_at(&point)?;
            let is_mean = column == CurveColumn::SimulatedMean;
            return Some(Explanation {
                name: explanation::simulated_name(is_mean).to_owned(),
                values: explanation::formula_at(&load),
                derivation: Some(explain_run(if is_mean { run.mean } else { run.p95 })),
            });
        };
        Some(if column == CurveColumn::Comparison {
            let values = explanation::formula_of_comparison(self.curve.baseline_name, &load);
            Explanation::at_load(&self.curve.baseline, point.load, value, values)
        } else {
            Explanation::at_load(&self.curve.flow, point.load, value, explanation::formula_at(&load))
        })
    }
}

fn is_same_load(load: f64, point: &CurvePoint) -> bool {
    (load - point.load).abs() < 1e-9 * point.load
}

/// The numbers of the chart in a dozen rows.
#[component]
pub(super) fn CurveTable(
    /// The curve, unchanged during a drag.
    curve: Memo<Arc<Curve>>,
    percentiles: PercentileCurve,
    overlay: SimulationOverlay,
) -> impl IntoView {
    let data = move || TableData {
        curve: curve.get(),
        percentiles: percentiles.get().unwrap_or_default(),
        simulated: overlay.points(),
    };
    let head = |text: &'static str| view! { <th scope="col">{text}</th> };
    let content = move || {
        let data = data();
        let columns = data.columns();
        let is_closed = data.curve.flow.workload.users().is_some();
        let heads = columns.iter().map(|column| head(column_name(*column, &data.curve))).collect_view();
        let row = |point: &CurvePoint| {
            let cell = |column: &CurveColumn| {
                let text = data.cell(point, *column);
                let can_explain = text.is_some();
                view! { <NumberCell text=text.unwrap_or_default() can_explain /> }
            };
            view! {
                <tr>
                    <th scope="row">{format::decimal(point.load)}</th>
                    {columns.iter().map(cell).collect_view()}
                </tr>
            }
        };
        view! {
            <thead>
                <tr>{head(if is_closed { explore::TABLE_USERS } else { explore::TABLE_RATE })}{heads}</tr>
            </thead>
            <tbody>{data.rows().iter().map(row).collect_view()}</tbody>
        }
    };
    let explain = move |index: CellIndex| untrack(data).explain(index);
    view! { <ExplainableTable name=explore::CURVE_TABLE explain>{content}</ExplainableTable> }
}

fn column_name(column: CurveColumn, curve: &Curve) -> &'static str {
    match column {
        CurveColumn::Mean => explore::TABLE_RESPONSE,
        CurveColumn::Throughput => explore::TABLE_THROUGHPUT,
        CurveColumn::P50 => "p50",
        CurveColumn::P95 => "p95",
        CurveColumn::P99 => "p99",
        CurveColumn::SimulatedMean => explore::SIMULATED,
        CurveColumn::SimulatedP95 => explore::SIMULATED_P95,
        CurveColumn::Comparison => curve.baseline_name,
    }
}
