//! The check by simulation: a worker sweeps the loads, and each run becomes a dot beside the curve.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::{component, view};

use crate::charts::{Simulated, milestones};
use crate::dom::{Html, flag, press, text, when};
use crate::live::{Request, Response};
use crate::pages::explore::curve::Curve;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::response::ROWS;
use crate::platform::{Connection, Whereabouts};
use crate::scenario::Scenario;
use crate::strings::explore;
use crate::units::round_to_decimals;

/// How long a worker may take until it answers, in milliseconds, so that it can be told to stop.
const BUDGET: f64 = 40.0;
/// The same within the page, where everything else has to wait for it.
const PAGE_BUDGET: f64 = 7.0;

/// What has been simulated so far.
#[derive(Clone, Default)]
struct Found {
    /// Of which flow.
    flow: Option<Arc<Scenario>>,
    /// How much is done, while it goes on.
    done: Option<f64>,
    runs: Vec<Simulated>,
}

/// The check by simulation.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    curve: Memo<Arc<Curve>>,
    found: RwSignal<Arc<Found>>,
    connection: StoredValue<Option<Connection>, LocalStorage>,
    /// How often it was started or stopped: what still comes of an earlier start is too late.
    turns: StoredValue<u32>,
}

impl Check {
    /// Nothing is simulated until it is asked for.
    pub(crate) fn of(curve: Memo<Arc<Curve>>) -> Self {
        let (connection, turns) = (StoredValue::new_local(None), StoredValue::new(0));
        Self { curve, found: RwSignal::default(), connection, turns }
    }

    /// The runs of the flow that is shown.
    pub(crate) fn runs(self) -> Vec<Simulated> {
        let found = self.found.get();
        let curve = self.curve.get();
        let is_shown = !found.runs.is_empty() && found.flow.as_deref() == Some(&curve.flow);
        if is_shown { found.runs.clone() } else { Vec::new() }
    }

    fn change(self, change: &mut dyn FnMut(&mut Found)) {
        self.found.try_update(|found| change(Arc::make_mut(found)));
    }

    /// Begins another turn, and says which.
    fn turn(self) -> u32 {
        self.turns
            .try_update_value(|turns| {
                *turns += 1;
                *turns
            })
            .unwrap_or_default()
    }

    fn is_at(self, turn: u32) -> bool {
        self.turns.try_get_value() == Some(turn)
    }

    fn start(self) {
        let turn = self.turn();
        let curve = self.curve.get_untracked();
        let flow = Arc::new(curve.flow.clone());
        let places = milestones(curve.axes.load, &curve.points, ROWS);
        let loads: Vec<f64> = places.into_iter().map(|index| curve.points[index].load).collect();
        self.change(&mut |found| {
            *found = Found { flow: Some(Arc::clone(&flow)), done: Some(0.0), runs: Vec::new() }
        });
        let budget = StoredValue::new_local(BUDGET);
        spawn_local(async move {
            let begin = Request::StartSweep { scenario: Box::new(flow.as_ref().clone()), loads };
            let connection = Connection::open(
                Box::new(move |answer| {
                    if self.is_at(turn) {
                        self.take(answer, budget.try_get_value().unwrap_or(PAGE_BUDGET));
                    }
                }),
                Box::new(move |whereabouts| {
                    if !self.is_at(turn) {
                        return;
                    }
                    if whereabouts == Whereabouts::Broken {
                        self.stop();
                        return;
                    }
                    budget.try_update_value(|budget| {
                        *budget = if whereabouts == Whereabouts::Page { PAGE_BUDGET } else { BUDGET };
                    });
                    self.ask(&begin);
                }),
            );
            let connection = connection.await;
            // Who stopped it while it came does not want it any more.
            if !self.is_at(turn) {
                return;
            }
            if connection.is_none() {
                self.stop();
            }
            self.connection.try_update_value(|kept| *kept = connection);
        });
    }

    /// Stops; what has been found stays.
    fn stop(self) {
        self.turn();
        self.change(&mut |found| found.done = None);
        let ended = self.connection.try_update_value(Option::take);
        // Not at once: this may be called from within the connection.
        set_timeout(move || drop(ended), std::time::Duration::ZERO);
    }

    fn ask(self, request: &Request) {
        self.connection.try_with_value(|connection| {
            if let Some(connection) = connection {
                connection.ask(request);
            }
        });
    }

    fn take(self, answer: Response, budget: f64) {
        let Response::Sweep(swept) = answer else { return self.stop() };
        self.change(&mut |found| {
            found.done = (swept.done < 1.0).then_some(swept.done);
            found.runs.extend(swept.points.iter().map(|point| Simulated {
                load: point.load,
                mean: (point.mean, point.margin),
                p95: (point.p95, point.p95_margin),
            }));
        });
        if swept.done < 1.0 {
            self.ask(&Request::ContinueSweep { budget });
        } else {
            self.stop();
        }
    }
}

/// The button that starts it, and the progress of it.
#[component]
pub(crate) fn CheckView(check: Check, lens: Lens) -> Html {
    let is_running = flag(move || check.found.get().done.is_some());
    let is_idle = flag(move || !is_running.get() && lens.now().evaluation.is_ok());
    let progress = move || {
        let done = text(move || round_to_decimals(check.found.get().done.unwrap_or(1.0), 3).to_string());
        view! {
            <progress max="1" value=done aria-label=explore::CHECK_PROGRESS></progress>
            <button type="button" class="link" on:click=press(move || check.stop())>{explore::STOP_CHECK}</button>
        }
    };
    let start = move || {
        view! { <button type="button" class="link" title=explore::CHECK_TOOLTIP on:click=press(move || check.start())>{explore::CHECK_BY_SIMULATION}</button> }
    };
    view! { <p class="chart-check">{when(is_running, progress)}{when(is_idle, start)}</p> }
}
