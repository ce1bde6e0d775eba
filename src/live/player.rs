//! A run that is played: forwards at any speed, back, to any moment.

use crate::scenario::Scenario;
use crate::simulation::{
    Experiment, Instant, Playback, Record, Recorder, Simulation, Span, Stop, TooLarge, Trace, Until,
};
use crate::strings;
use crate::units::Time;

/// A run with its scenario.
#[derive(Debug)]
pub(super) struct Player {
    pub(super) scenario: Scenario,
    playback: Playback,
}

impl Player {
    /// How long a run is watched: what happens in ten minutes of the shop.
    pub(super) const LENGTH: Time = Time::from_whole_seconds(600);
    /// Events between two looks at the clock: about a millisecond's worth.
    const HANDFUL: u64 = 5_000;
    /// How many events an order is followed over, beyond the present.
    const TRACED: u64 = 200_000;

    /// A run of a scenario at its start.
    ///
    /// It has no end by itself: without one the engine's averages begin with milliseconds and grow wider as it goes, so
    /// that there is something to see from the first second on.
    pub(super) fn new(scenario: Scenario) -> Result<Self, TooLarge> {
        let run = Simulation::new(&Experiment::new(&scenario).until(Until::Orders(u64::MAX)))?;
        Ok(Self { scenario, playback: Playback::new(run) })
    }

    /// The run as it stands.
    pub(super) fn run(&self) -> &Simulation {
        self.playback.simulation()
    }

    /// The run as it stands, to ask for a report.
    pub(super) fn run_mut(&mut self) -> &mut Simulation {
        self.playback.simulation_mut()
    }

    /// Lets time pass; whether all of it did within the budget.
    pub(super) fn pass(&mut self, seconds: f64, budget: f64, clock: &dyn Fn() -> f64) -> bool {
        let span = Span::of(Time::from_seconds(seconds));
        self.go_to(self.run().now() + span, budget, clock)
    }

    /// Goes to a moment, forwards or back; whether it got there within the budget.
    pub(super) fn go_to(&mut self, moment: Instant, budget: f64, clock: &dyn Fn() -> f64) -> bool {
        let moment = moment.min(Instant::at(Self::LENGTH));
        let until = clock() + budget;
        self.playback.back_before(moment);
        while !self.playback.forward_to(moment, Self::HANDFUL) {
            if clock() >= until {
                return false;
            }
        }
        true
    }

    /// Lets one event happen; what it was.
    pub(super) fn step(&mut self) -> Vec<Record> {
        self.run_mut().recorder = Recorder::Latest { room: 16, records: std::collections::VecDeque::new() };
        self.playback.forward(1);
        match std::mem::take(&mut self.run_mut().recorder) {
            Recorder::Latest { records, .. } => records.into(),
            _ => Vec::new(),
        }
    }

    /// Undoes one event.
    pub(super) fn back(&mut self) {
        self.playback.back(1);
    }

    /// The course of an order that has come.
    pub(super) fn trace(&self, order: u32) -> Trace {
        self.playback.trace(order, Self::TRACED)
    }

    /// Why the run does not go on, if it does not.
    pub(super) fn over(&self) -> Option<String> {
        match self.run().stopped() {
            None | Some(Stop::Complete) if self.run().now() >= Instant::at(Self::LENGTH) => {
                Some(strings::live::OVER_LENGTH.to_owned())
            }
            None => None,
            Some(Stop::EventLimit) => Some(strings::live::over_events(self.run().events())),
            Some(Stop::InFlightLimit) => Some(strings::live::OVER_IN_FLIGHT.to_owned()),
            Some(Stop::Complete | Stop::NothingLeft) => Some(strings::live::OVER_NOTHING_LEFT.to_owned()),
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

    fn standing(player: &Player) -> (u64, u64, String) {
        (player.run().now().nanos(), player.run().events(), format!("{:?}", player.run().gauges()))
    }

    #[test]
    fn however_it_is_cut_the_run_is_the_same() {
        let moment = Instant::from_nanos(300_000_000_000);
        let (mut straight, mut halting) = (player(100), player(100));
        assert!(straight.go_to(moment, 1e9, &|| 0.0));
        // A clock that jumps past every budget leaves one handful to each call.
        let ticks = std::cell::Cell::new(0.0);
        let clock = || {
            ticks.set(ticks.get() + 10.0);
            ticks.get()
        };
        let mut calls = 1;
        while !halting.go_to(moment, 5.0, &clock) {
            calls += 1;
        }
        assert!(calls > 1, "a single call did it all");
        assert_eq!(standing(&straight), standing(&halting));
    }

    #[test]
    fn a_step_back_leads_to_where_the_run_was() {
        let mut player = player(10);
        player.pass(20.0, 1e9, &|| 0.0);
        player.step();
        let before = standing(&player);
        assert!(!player.step().is_empty() || !player.step().is_empty());
        let after = player.run().events();
        while player.run().events() > before.1 {
            player.back();
        }
        assert!(after > before.1);
        assert_eq!(standing(&player), before);
    }

    #[test]
    fn the_moment_stays_within_the_length() {
        let mut player = player(1);
        assert!(player.go_to(Instant::NEVER, 1e9, &|| 0.0));
        assert_eq!(player.run().now(), Instant::at(Player::LENGTH));
        assert_eq!(player.over().as_deref(), Some(strings::live::OVER_LENGTH));
        assert!(player.go_to(Instant::START, 1e9, &|| 0.0));
        assert_eq!(player.run().events(), 0);
        assert_eq!(player.over(), None);
    }

    #[test]
    fn an_order_is_followed_from_its_start_to_its_end() {
        use crate::simulation::Mark;
        let mut player = player(10);
        player.pass(60.0, 1e9, &|| 0.0);
        let latest = player.run().orders_so_far();
        for order in [1, latest / 2, latest] {
            let Trace { records: course, until } = player.trace(order);
            assert_eq!(until, Instant::NEVER, "order {order}");
            assert_eq!(course.first().unwrap().mark, Mark::Submitted, "order {order}");
            assert_eq!(course.last().unwrap().mark, Mark::Answered, "order {order}");
            assert!(course.iter().all(|record| record.order == order));
        }
    }
}
