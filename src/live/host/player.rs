//! Plays a run: forwards, backwards, to any moment.

use crate::live::protocol::RUN_LENGTH;
use crate::scenario::Scenario;
use crate::simulation::{
    EndCondition, Experiment, ExperimentError, Instant, Playback, Recorder, Simulation, Span, StopReason,
    Trace, TraceRecord,
};
use crate::strings;
use crate::units::Time;

#[derive(Debug)]
pub(super) struct Player {
    pub(super) scenario: Scenario,
    playback: Playback,
}

impl Player {
    /// The number of events between two readings of the clock: they take about a millisecond.
    const EVENTS_PER_BATCH: u64 = 5_000;
    /// The number of events after the present in which an order is looked for.
    const MAX_TRACED_EVENTS: u64 = 200_000;

    /// Returns a run of a scenario at its start.
    ///
    /// The experiment has no end: without one, the engine's averages begin with spans of milliseconds, which
    /// grow as the run goes on, so that there is something to see from the first second on.
    ///
    /// # Errors
    /// If the scenario is too large to be simulated.
    pub(super) fn new(scenario: Scenario) -> Result<Self, ExperimentError> {
        let run = Simulation::new(&Experiment::new(&scenario).with_end(EndCondition::Orders(u64::MAX)))?;
        Ok(Self { scenario, playback: Playback::new(run) })
    }

    pub(super) fn run(&self) -> &Simulation {
        self.playback.simulation()
    }

    pub(super) fn run_mut(&mut self) -> &mut Simulation {
        self.playback.simulation_mut()
    }

    /// Advances by simulated seconds; returns `false` if the budget (in milliseconds) ended before.
    pub(super) fn advance(&mut self, seconds: f64, budget: f64, clock: &dyn Fn() -> f64) -> bool {
        let span = Span::of(Time::from_seconds(seconds));
        self.seek(self.run().now() + span, budget, clock)
    }

    /// Goes to a moment, forwards or back; returns `false` if the budget (in milliseconds) ended before.
    pub(super) fn seek(&mut self, moment: Instant, budget: f64, clock: &dyn Fn() -> f64) -> bool {
        let moment = moment.min(Instant::at(RUN_LENGTH));
        let until = clock() + budget;
        self.playback.rewind_before(moment);
        while !self.playback.advance_to(moment, Self::EVENTS_PER_BATCH) {
            if clock() >= until {
                return false;
            }
        }
        true
    }

    /// Handles one event, and returns its records.
    pub(super) fn step(&mut self) -> Vec<TraceRecord> {
        self.run_mut().recorder =
            Recorder::Latest { capacity: 16, records: std::collections::VecDeque::new() };
        self.playback.advance(1);
        match std::mem::take(&mut self.run_mut().recorder) {
            Recorder::Latest { records, .. } => records.into(),
            _ => Vec::new(),
        }
    }

    pub(super) fn step_back(&mut self) {
        self.playback.rewind(1);
    }

    /// Returns the trace of an order that has been submitted.
    pub(super) fn trace(&self, order: u32) -> Trace {
        self.playback.trace(order, Self::MAX_TRACED_EVENTS)
    }

    /// Returns the reason why the run cannot go on, if it has ended.
    pub(super) fn end_reason(&self) -> Option<String> {
        match self.run().stop_reason() {
            None | Some(StopReason::Complete) if self.run().now() >= Instant::at(RUN_LENGTH) => {
                Some(strings::live::RUN_COMPLETE.to_owned())
            }
            None => None,
            Some(StopReason::EventLimit) => Some(strings::live::event_limit_reached(self.run().events())),
            Some(StopReason::InFlightLimit) => Some(strings::live::IN_FLIGHT_LIMIT_REACHED.to_owned()),
            Some(StopReason::Complete | StopReason::EmptyEventList) => {
                Some(strings::live::NO_EVENTS_LEFT.to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Workload;
    use crate::units::Users;

    fn player(users: u64) -> Player {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        Player::new(Scenario { workload, ..Scenario::online_shop() }).unwrap()
    }

    fn state_of(player: &Player) -> (u64, u64, String) {
        (player.run().now().nanos(), player.run().events(), format!("{:?}", player.run().gauges()))
    }

    #[test]
    fn however_it_is_cut_the_run_is_the_same() {
        let moment = Instant::from_nanos(300_000_000_000);
        let (mut straight, mut interrupted) = (player(100), player(100));
        assert!(straight.seek(moment, 1e9, &|| 0.0));
        // A clock that jumps past every budget leaves one batch to each call.
        let ticks = std::cell::Cell::new(0.0);
        let clock = || {
            ticks.set(ticks.get() + 10.0);
            ticks.get()
        };
        let mut calls = 1;
        while !interrupted.seek(moment, 5.0, &clock) {
            calls += 1;
        }
        assert!(calls > 1, "a single call did it all");
        assert_eq!(state_of(&straight), state_of(&interrupted));
    }

    #[test]
    fn a_step_back_leads_to_where_the_run_was() {
        let mut player = player(10);
        player.advance(20.0, 1e9, &|| 0.0);
        player.step();
        let before = state_of(&player);
        assert!(!player.step().is_empty() || !player.step().is_empty());
        let after = player.run().events();
        while player.run().events() > before.1 {
            player.step_back();
        }
        assert!(after > before.1);
        assert_eq!(state_of(&player), before);
    }

    #[test]
    fn the_moment_stays_within_the_length() {
        let mut player = player(1);
        assert!(player.seek(Instant::NEVER, 1e9, &|| 0.0));
        assert_eq!(player.run().now(), Instant::at(RUN_LENGTH));
        assert_eq!(player.end_reason().as_deref(), Some(strings::live::RUN_COMPLETE));
        assert!(player.seek(Instant::START, 1e9, &|| 0.0));
        assert_eq!(player.run().events(), 0);
        assert_eq!(player.end_reason(), None);
    }

    #[test]
    fn an_order_is_followed_from_its_start_to_its_end() {
        use crate::simulation::TraceEvent;
        let mut player = player(10);
        player.advance(60.0, 1e9, &|| 0.0);
        let latest = player.run().order_count();
        for order in [1, latest / 2, latest] {
            let Trace { records: course, until } = player.trace(order);
            assert_eq!(until, Instant::NEVER, "order {order}");
            assert_eq!(course.first().unwrap().event, TraceEvent::Submitted, "order {order}");
            assert_eq!(course.last().unwrap().event, TraceEvent::Answered, "order {order}");
            assert!(course.iter().all(|record| record.order == order));
        }
    }
}
