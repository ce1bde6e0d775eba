//! Simulated response times above the curve: a worker simulates several loads, and each becomes a dot.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::curve::{Curve, TABLE_ROWS};
use crate::charts::{Simulated, milestones};
use crate::live::{Request, Response};
use crate::pages::explore::state::EvaluatedScenario;
use crate::platform::{Connection, SimulationHost};
use crate::scenario::Scenario;
use crate::strings::explore;
use crate::units::round_to_decimals;

/// Time for one response of a worker, in milliseconds: short enough that it can be told to stop.
const WORKER_BUDGET: f64 = 40.0;
/// Time for one response on the main thread, in milliseconds, where everything else waits for it.
const MAIN_THREAD_BUDGET: f64 = 7.0;

/// The results so far.
#[derive(Clone, Default)]
struct Results {
    /// The scenario that is simulated.
    flow: Option<Scenario>,
    /// Progress from 0 to 1 while it runs.
    progress: Option<f64>,
    points: Vec<Simulated>,
}

/// Simulated points of a curve; computed on request.
#[derive(Clone, Copy)]
pub(super) struct SimulationOverlay {
    curve: Memo<Arc<Curve>>,
    results: RwSignal<Results>,
    connection: StoredValue<Option<Connection>, LocalStorage>,
    /// Counts starts and stops, so that responses to an earlier start are ignored.
    generation: StoredValue<u32>,
}

impl SimulationOverlay {
    pub(super) fn new(curve: Memo<Arc<Curve>>) -> Self {
        Self {
            curve,
            results: RwSignal::default(),
            connection: StoredValue::new_local(None),
            generation: StoredValue::new(0),
        }
    }

    /// The points of the curve that is shown; none if another scenario was simulated.
    pub(super) fn points(self) -> Vec<Simulated> {
        let results = self.results.read();
        let is_current = results.flow.as_ref() == Some(&self.curve.read().flow);
        if is_current { results.points.clone() } else { Vec::new() }
    }

    fn next_generation(self) -> u32 {
        self.generation
            .try_update_value(|generation| {
                *generation += 1;
                *generation
            })
            .unwrap_or_default()
    }

    /// `true` if a start is the latest one, and the page is still there.
    fn is_current(self, generation: u32) -> bool {
        self.generation.try_get_value() == Some(generation)
    }

    fn start(self) {
        let generation = self.next_generation();
        let curve = self.curve.get_untracked();
        let flow = curve.flow.clone();
        let indices = milestones(curve.axes.load, &curve.points, TABLE_ROWS);
        let loads = indices.into_iter().map(|index| curve.points[index].load).collect();
        let start = Request::StartSweep { scenario: Box::new(flow.clone()), loads };
        self.results.set(Results { flow: Some(flow), progress: Some(0.0), points: Vec::new() });
        let budget = StoredValue::new_local(WORKER_BUDGET);
        spawn_local(async move {
            let connection = Connection::open(
                Box::new(move |response| {
                    if self.is_current(generation) {
                        self.on_response(response, budget.try_get_value().unwrap_or(MAIN_THREAD_BUDGET));
                    }
                }),
                Box::new(move |host| {
                    if !self.is_current(generation) {
                        return;
                    }
                    match host {
                        SimulationHost::Worker => budget.set_value(WORKER_BUDGET),
                        SimulationHost::MainThread => budget.set_value(MAIN_THREAD_BUDGET),
                        _ => return self.stop(),
                    }
                    self.send(&start);
                }),
            );
            let connection = connection.await;
            if !self.is_current(generation) {
                return;
            }
            match connection {
                Ok(connection) => self.connection.set_value(Some(connection)),
                Err(_) => self.stop(),
            }
        });
    }

    /// Stops the simulation; the points so far remain.
    fn stop(self) {
        self.next_generation();
        let _ = self.results.try_update(|results| results.progress = None);
        let ended = self.connection.try_update_value(Option::take);
        // This may be called from within the connection, which cannot be dropped there.
        set_timeout(move || drop(ended), Duration::ZERO);
    }

    fn send(self, request: &Request) {
        self.connection.with_value(|connection| {
            if let Some(connection) = connection {
                connection.send(request);
            }
        });
    }

    fn on_response(self, response: Response, budget: f64) {
        let Response::Sweep(sweep) = response else { return self.stop() };
        let is_complete = sweep.done >= 1.0;
        self.results.update(|results| {
            results.progress = (!is_complete).then_some(sweep.done);
            results.points.extend(sweep.points.iter().map(|point| Simulated {
                load: point.load,
                mean: (point.mean, point.margin),
                p95: (point.p95, point.p95_margin),
            }));
        });
        if is_complete {
            self.stop();
        } else {
            self.send(&Request::ContinueSweep { budget });
        }
    }
}

/// The button that starts the simulation, and its progress.
#[component]
pub(super) fn SimulationControl(
    overlay: SimulationOverlay,
    evaluated: Memo<Arc<EvaluatedScenario>>,
) -> impl IntoView {
    let progress = move || overlay.results.read().progress;
    let is_running = move || progress().is_some();
    let is_idle = move || !is_running() && evaluated.read().evaluation.is_ok();
    view! {
        <p class="chart-check">
            <Show when=is_running>
                <progress
                    max="1"
                    value=move || round_to_decimals(progress().unwrap_or(1.0), 3)
                    aria-label=explore::CHECK_PROGRESS
                ></progress>
                <button type="button" class="link" on:click=move |_| overlay.stop()>
                    {explore::STOP_CHECK}
                </button>
            </Show>
            <Show when=is_idle>
                <button
                    type="button"
                    class="link"
                    title=explore::CHECK_TOOLTIP
                    on:click=move |_| overlay.start()
                >
                    {explore::CHECK_BY_SIMULATION}
                </button>
            </Show>
        </p>
    }
}
