//! The table of the response-time curve: each row is a load, and each number of it answers with the values of that load.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};

use crate::charts::{Simulated, milestones};
use crate::dom::{Html, part};
use crate::lessons::tables::CurveColumn;
use crate::pages::explore::cells::{AskedTable, cell};
use crate::pages::explore::curve::Curve;
use crate::pages::explore::load::load_text;
use crate::pages::explore::response::ROWS;
use crate::pages::explore::simulated::Check;
use crate::pages::explore::why::Answer;
use crate::queueing::explain::explain_run;
use crate::queueing::{CurvePoint, PercentilePoint};
use crate::strings::{explanation, explore};
use crate::units::format;

/// What the table is made of at one moment.
struct Shown {
    curve: Arc<Curve>,
    spread: Arc<Vec<PercentilePoint>>,
    runs: Vec<Simulated>,
}

impl Shown {
    fn columns(&self) -> Vec<CurveColumn> {
        CurveColumn::visible(!self.spread.is_empty(), !self.runs.is_empty(), !self.curve.ghost.is_empty())
    }

    /// The points of the curve that have a row.
    fn rows(&self) -> Vec<CurvePoint> {
        let rows = milestones(self.curve.axes.load, &self.curve.points, ROWS);
        rows.into_iter().map(|index| self.curve.points[index]).collect()
    }

    /// The run at the load of a row.
    fn run(&self, point: &CurvePoint) -> Option<&Simulated> {
        self.runs.iter().find(|run| is_at(run.load, point))
    }

    /// What a cell says; nothing where that is not computed.
    fn cell(&self, point: &CurvePoint, column: CurveColumn) -> Option<String> {
        match column {
            CurveColumn::Mean => Some(format::time(point.response_time)),
            CurveColumn::Throughput => Some(format::precise_rate(point.throughput)),
            CurveColumn::P50 | CurveColumn::P95 | CurveColumn::P99 => {
                let spread = self.spread.iter().find(|spread| is_at(spread.load, point))?;
                column.percentile(&spread.percentiles).map(format::time)
            }
            CurveColumn::SimulatedMean => {
                self.run(point).map(|run| format::time_with_margin(run.mean.0, run.mean.1))
            }
            CurveColumn::SimulatedP95 => {
                self.run(point).map(|run| format::time_with_margin(run.p95.0, run.p95.1))
            }
            CurveColumn::Comparison => {
                let ghost = self.curve.ghost.iter().find(|ghost| is_at(ghost.load, point))?;
                Some(format::time(ghost.response_time))
            }
        }
    }

    /// Why a cell says what it says: the scenario evaluated at the load of its row.
    fn answer(&self, (row, column): (usize, usize)) -> Option<Answer> {
        let (point, column) = (*self.rows().get(row)?, *self.columns().get(column)?);
        self.cell(&point, column)?;
        let load = load_text(self.curve.flow.workload, point.load);
        let Some(figure) = column.explained_value() else {
            let run = self.run(&point)?;
            let is_mean = column == CurveColumn::SimulatedMean;
            return Some(Answer {
                name: explanation::simulated_name(is_mean).to_owned(),
                with: explanation::formula_at(&load),
                derivation: Some(explain_run(if is_mean { run.mean } else { run.p95 })),
            });
        };
        Some(if column == CurveColumn::Comparison {
            let with = explanation::formula_of_comparison(self.curve.ghost_name, &load);
            Answer::at(&self.curve.baseline, point.load, figure, with)
        } else {
            Answer::at(&self.curve.flow, point.load, figure, explanation::formula_at(&load))
        })
    }
}

/// Whether a load is that of a point.
fn is_at(load: f64, point: &CurvePoint) -> bool {
    (load - point.load).abs() < 1e-9 * point.load
}

/// The same numbers as drawn, in a dozen rows.
#[component]
pub(crate) fn CurveTable(
    /// The curve while nothing is dragged.
    rested: Memo<Arc<Curve>>,
    /// The percentiles along it, once they are computed.
    spread: ReadSignal<Arc<Vec<PercentilePoint>>>,
    /// The simulated runs.
    check: Check,
) -> Html {
    let shown = move || Shown { curve: rested.get(), spread: spread.get(), runs: check.runs() };
    let table = part(move || {
        let shown = shown();
        let is_closed = shown.curve.flow.workload.users().is_some();
        let columns = shown.columns();
        let row = |point: &CurvePoint| {
            let cell = |column: &CurveColumn| {
                let text = shown.cell(point, *column);
                cell(text.clone().unwrap_or_default(), text.is_some())
            };
            let cells = columns.iter().map(cell).collect::<Html>();
            view! { <tr><th scope="row">{format::decimal(point.load)}</th>{cells}</tr> }
        };
        let head = |text: &'static str| view! { <th scope="col">{text}</th> };
        let rows = shown.rows().iter().map(row).collect::<Html>();
        let heads = columns.iter().map(|column| head(name_of(*column, &shown.curve))).collect::<Html>();
        let load = head(if is_closed { explore::TABLE_USERS } else { explore::TABLE_RATE });
        view! { <thead><tr>{load}{heads}</tr></thead><tbody>{rows}</tbody> }
    });
    let ask = move |place: (usize, usize)| untrack(shown).answer(place);
    view! { <AskedTable name=explore::CURVE_TABLE rows=table ask=Box::new(ask) /> }
}

/// The head of a column.
fn name_of(column: CurveColumn, curve: &Curve) -> &'static str {
    match column {
        CurveColumn::Mean => explore::TABLE_RESPONSE,
        CurveColumn::Throughput => explore::TABLE_THROUGHPUT,
        CurveColumn::P50 => "p50",
        CurveColumn::P95 => "p95",
        CurveColumn::P99 => "p99",
        CurveColumn::SimulatedMean => explore::SIMULATED,
        CurveColumn::SimulatedP95 => explore::SIMULATED_P95,
        CurveColumn::Comparison => curve.ghost_name,
    }
}
