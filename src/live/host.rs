//! The simulation's side of the protocol: it answers requests about one run and one sweep.

mod followed_order;
mod live_run;
mod player;
mod refresh_schedule;
mod sweep;
#[cfg(test)]
mod tests;

use super::ExperimentRules;
use super::protocol::{Request, Response, SweepProgress, Viewport};
use crate::scenario::Scenario;
use crate::simulation::trace_digest;
use crate::strings::live;
use live_run::LiveRun;
use sweep::Sweep;

/// Answers one request after the other.
#[derive(Debug)]
pub struct Host {
    viewport: Viewport,
    /// The run, or the reason why there is none.
    run: Result<LiveRun, String>,
    sweep: Option<Sweep>,
}

/// A host without a run, until a scenario is opened.
impl Default for Host {
    fn default() -> Self {
        Self { viewport: Viewport::default(), run: Err(live::UNREADABLE_SCENARIO.to_owned()), sweep: None }
    }
}

impl Host {
    /// Responds to an encoded request with an encoded response. The clock counts milliseconds.
    pub fn respond_to_bytes(&mut self, request: &[u8], clock: &dyn Fn() -> f64) -> Vec<u8> {
        let response = match postcard::from_bytes(request) {
            Ok(request) => self.respond(&request, clock),
            Err(_) => Response::Refused(live::UNKNOWN_REQUEST.to_owned()),
        };
        // Fails only for a sequence of unknown length, which no response has.
        postcard::to_allocvec(&response).unwrap_or_default()
    }

    /// Responds to a request. The clock counts milliseconds.
    pub fn respond(&mut self, request: &Request, clock: &dyn Fn() -> f64) -> Response {
        match request {
            Request::Open { scenario } => self.open(scenario),
            Request::SetViewport(viewport) => {
                self.viewport = *viewport;
                self.with_run(LiveRun::lay_out)
            }
            Request::StartSweep { scenario, loads } => match scenario.as_ref().clone().within_limits() {
                Some(scenario) => {
                    self.sweep = Some(Sweep::new(scenario, loads.clone()));
                    Response::Sweep(SweepProgress::default())
                }
                None => refusal(),
            },
            Request::ContinueSweep { budget } => match &mut self.sweep {
                Some(sweep) => Response::Sweep(sweep.advance(*budget, clock)),
                None => refusal(),
            },
            Request::TraceDigest { scenario, rules, events } => digest(scenario, rules, *events),
            request => self.with_run(|run, viewport| run.respond(request, viewport, clock)),
        }
    }

    fn open(&mut self, scenario: &Scenario) -> Response {
        let scenario = scenario.clone().within_limits().ok_or_else(|| live::UNREADABLE_SCENARIO.to_owned());
        self.run = scenario.and_then(|scenario| LiveRun::new(scenario, &self.viewport));
        self.with_run(LiveRun::lay_out)
    }

    /// Has the run respond, or refuses with the reason why there is none.
    fn with_run(&mut self, respond: impl FnOnce(&mut LiveRun, &Viewport) -> Response) -> Response {
        match &mut self.run {
            Ok(run) => respond(run, &self.viewport),
            Err(reason) => Response::Refused(reason.clone()),
        }
    }
}

fn refusal() -> Response {
    Response::Refused(live::UNREADABLE_SCENARIO.to_owned())
}

fn digest(scenario: &Scenario, rules: &ExperimentRules, events: u64) -> Response {
    // An experiment that is too large to be simulated has the digest of an empty trace.
    let digest = trace_digest(&rules.clone().into_experiment(scenario), events).unwrap_or_default();
    Response::TraceDigest(digest)
}
