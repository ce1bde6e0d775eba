//! Presets: ready scenarios, each with a hint at what to look at.

use serde::{Deserialize, Serialize};

use crate::scenario::{Placement, Scenario, Step, StepId, StepName, Workload};
use crate::units::{Rate, Time, Users, Variability};

/// A ready scenario. Links contain its index in this list: append, never reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PresetId {
    /// The scenario at the first start: four steps in sequence.
    AllSync,
    /// Email and analytics are asynchronous.
    Hybrid,
    /// Like `Hybrid`, with fulfilment as a third asynchronous step.
    HybridWithFulfilment,
    /// Like `AllSync`, with an email step of 3 s.
    SlowEmail,
    /// Email and analytics are published as events, but the caller waits for them.
    PublishAndWait,
    EverythingAsync,
    EverythingParallel,
    /// An open workload above the capacity.
    FlashSale,
    /// Eight asynchronous steps for each order.
    FanOut,
    /// A company's report of a response time cut from 800 ms to 150 ms.
    ClientStory,
    /// No step can be asynchronous.
    Login,
    /// Four parts of a page, loaded in parallel.
    Dashboard,
    /// No step can be asynchronous.
    Payment,
}

impl PresetId {
    /// In the order of the menu.
    pub const ALL: [Self; 13] = [
        Self::AllSync,
        Self::Hybrid,
        Self::HybridWithFulfilment,
        Self::SlowEmail,
        Self::PublishAndWait,
        Self::EverythingAsync,
        Self::EverythingParallel,
        Self::FlashSale,
        Self::FanOut,
        Self::ClientStory,
        Self::Login,
        Self::Dashboard,
        Self::Payment,
    ];

    /// Returns the key in links and files. Never change one once published.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AllSync => "all-sync",
            Self::Hybrid => "hybrid",
            Self::HybridWithFulfilment => "hybrid-fulfilment",
            Self::SlowEmail => "slow-email",
            Self::PublishAndWait => "publish-and-wait",
            Self::EverythingAsync => "all-async",
            Self::EverythingParallel => "all-parallel",
            Self::FlashSale => "flash-sale",
            Self::FanOut => "fan-out",
            Self::ClientStory => "client-story",
            Self::Login => "login",
            Self::Dashboard => "dashboard",
            Self::Payment => "payment",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// Returns the preset that equals a scenario in every value.
    pub fn matching(scenario: &Scenario) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.scenario() == *scenario)
    }

    /// Returns the name in the menu.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllSync => "All synchronous",
            Self::Hybrid => "Hybrid",
            Self::HybridWithFulfilment => "Hybrid with fulfilment",
            Self::SlowEmail => "Slow email",
            Self::PublishAndWait => "Publish and wait",
            Self::EverythingAsync => "Everything asynchronous",
            Self::EverythingParallel => "Everything parallel, still synchronous",
            Self::FlashSale => "Flash sale",
            Self::FanOut => "Fan-out to eight reactions",
            Self::ClientStory => "A client’s story: 800 to 150 ms",
            Self::Login => "A login",
            Self::Dashboard => "A dashboard",
            Self::Payment => "A payment",
        }
    }

    /// Returns a sentence on what to look at. A test checks its numbers against the scenario.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::AllSync => {
                "Four steps in a row make the answer; add users and see the hollow blocks, the wait, grow \
                 while no step gets slower."
            }
            Self::Hybrid => {
                "Email and analytics hang right of the line: the user stops waiting after 500 ms, and all \
                 the work is still done."
            }
            Self::HybridWithFulfilment => {
                "A third reaction joins and the answer does not notice; it only needs workers of its own."
            }
            Self::SlowEmail => {
                "One step takes 3 s in place of 400 ms and every order waits for it; publish it, and see \
                 where the delay goes."
            }
            Self::PublishAndWait => {
                "Events are used, yet the user waits for their results: the answer takes as long as before, \
                 plus the broker."
            }
            Self::EverythingAsync => {
                "The answer comes at once and says nothing: the card may still be refused, and payments not \
                 yet made pile up."
            }
            Self::EverythingParallel => {
                "No event is used and the wait still falls to that of the slowest step: side by side is one \
                 saving, after the answer is another."
            }
            Self::FlashSale => {
                "More orders come than can be answered, so the line grows for as long as the sale lasts; \
                 publish email and analytics, and they fit."
            }
            Self::FanOut => {
                "Eight reactions work 2.42 s on every order, and the answer still comes after 500 ms."
            }
            Self::ClientStory => {
                "Moving 650 of 800 ms explains the quick answer, but not ten times the users: 20 workers at \
                 150 ms each answer 133 orders a second at most."
            }
            Self::Login => {
                "Each step helps decide whether the user may come in, so none of them can wait until after \
                 the answer."
            }
            Self::Dashboard => {
                "The page needs all four parts, so none can be published; side by side they take only as \
                 long as the slowest."
            }
            Self::Payment => {
                "Publish the approval and the answer comes sooner, but it no longer says whether the money \
                 is there."
            }
        }
    }

    pub fn scenario(self) -> Scenario {
        let mut scenario = Scenario::online_shop();
        match self {
            Self::AllSync => {}
            Self::Hybrid => publish(&mut scenario, 2..),
            Self::HybridWithFulfilment => {
                publish(&mut scenario, 2..);
                scenario.steps.push(async_step(5, "Start fulfilment", 600.0, 24));
            }
            Self::SlowEmail => scenario.steps[2].service_time = Time::from_whole_seconds(3),
            Self::PublishAndWait => {
                set_placement(&mut scenario, 2.., Placement::PublishAndWait);
                scenario.broker.publish_latency = Time::from_millis(10.0);
            }
            Self::EverythingAsync => {
                publish(&mut scenario, 0..);
                scenario.broker.publish_latency = Time::from_millis(10.0);
                scenario.workload = closed_workload(100, 1);
            }
            Self::EverythingParallel => {
                set_placement(&mut scenario, 1.., Placement::Parallel);
                make_constant(&mut scenario);
            }
            Self::FlashSale => scenario.workload = Workload::Open { arrival_rate: Rate::per_second(24.0) },
            Self::FanOut => {
                publish(&mut scenario, 2..);
                scenario.steps.extend([
                    async_step(5, "Start fulfilment", 600.0, 24),
                    async_step(6, "Update CRM", 250.0, 10),
                    async_step(7, "Index search", 120.0, 5),
                    async_step(8, "Update recommendations", 350.0, 14),
                    async_step(9, "Record audit log", 50.0, 2),
                    async_step(10, "Notify warehouse", 500.0, 20),
                ]);
            }
            Self::ClientStory => {
                scenario.steps = vec![
                    sync_step(1, "Check basket", 50.0, 40),
                    sync_step(2, "Write order", 100.0, 60),
                    async_step(3, "Send email", 350.0, 80),
                    async_step(4, "Update CRM", 200.0, 50),
                    async_step(5, "Record audit log", 100.0, 25),
                ];
                scenario.workload = closed_workload(2_000, 10);
            }
            Self::Login => {
                scenario.steps = vec![
                    sync_step(1, "Load account", 40.0, 20),
                    sync_step(2, "Check password", 250.0, 16),
                    sync_step(3, "Create session", 10.0, 10),
                ];
                scenario.workload = closed_workload(50, 5);
            }
            Self::Dashboard => {
                scenario.steps = vec![
                    sync_step(1, "Load profile", 80.0, 20),
                    sync_step(2, "Load orders", 300.0, 20),
                    sync_step(3, "Load balance", 120.0, 20),
                    sync_step(4, "Load messages", 200.0, 20),
                ];
                set_placement(&mut scenario, 1.., Placement::Parallel);
                make_constant(&mut scenario);
                scenario.workload = closed_workload(50, 5);
            }
            Self::Payment => {
                scenario.steps = vec![
                    sync_step(1, "Check fraud rules", 120.0, 12),
                    sync_step(2, "Validate payment", 350.0, 20),
                    sync_step(3, "Write order", 40.0, 10),
                ];
                scenario.workload = closed_workload(20, 1);
            }
        }
        scenario
    }
}

fn sync_step(id: u16, name: &str, millis: f64, connections: u64) -> Step {
    Step::new(StepId(id), StepName::new(name), millis, connections)
}

fn async_step(id: u16, name: &str, millis: f64, consumers: u64) -> Step {
    Step { placement: Placement::Async, ..sync_step(id, name, millis, consumers) }
}

fn closed_workload(users: u64, think_seconds: u32) -> Workload {
    Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(think_seconds) }
}

fn publish(scenario: &mut Scenario, steps: std::ops::RangeFrom<usize>) {
    set_placement(scenario, steps, Placement::Async);
}

fn set_placement(scenario: &mut Scenario, steps: std::ops::RangeFrom<usize>, placement: Placement) {
    for step in &mut scenario.steps[steps] {
        step.placement = placement;
    }
}

/// Parallel steps of constant duration end exactly with the slowest; with variability they end later on
/// average.
fn make_constant(scenario: &mut Scenario) {
    for step in &mut scenario.steps {
        step.variability = Variability::CONSTANT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{EffectState, Outcome, evaluate};

    #[test]
    fn links_made_today_still_open_tomorrow() {
        for (number, (preset, key)) in [
            (PresetId::AllSync, "all-sync"),
            (PresetId::Hybrid, "hybrid"),
            (PresetId::HybridWithFulfilment, "hybrid-fulfilment"),
            (PresetId::SlowEmail, "slow-email"),
            (PresetId::PublishAndWait, "publish-and-wait"),
            (PresetId::EverythingAsync, "all-async"),
            (PresetId::EverythingParallel, "all-parallel"),
            (PresetId::FlashSale, "flash-sale"),
            (PresetId::FanOut, "fan-out"),
            (PresetId::ClientStory, "client-story"),
            (PresetId::Login, "login"),
            (PresetId::Dashboard, "dashboard"),
            (PresetId::Payment, "payment"),
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(PresetId::ALL[number], preset);
            assert_eq!(preset as usize, number, "{preset:?} has another number in links");
            assert_eq!(PresetId::from_key(key), Some(preset));
        }
        assert_eq!(PresetId::from_key("no such preset"), None);
    }

    #[test]
    fn each_preset_is_what_its_sentence_says() {
        let check = |preset: PresetId, before: f64, after: f64| {
            let scenario = preset.scenario();
            let micros = |millis| Time::from_millis(millis).micros();
            assert_eq!(scenario.synchronous_work().micros(), micros(before), "{preset:?}");
            assert_eq!(scenario.asynchronous_work().micros(), micros(after), "{preset:?}");
        };
        check(PresetId::AllSync, 1_050.0, 0.0);
        check(PresetId::Hybrid, 500.0, 550.0);
        check(PresetId::HybridWithFulfilment, 500.0, 1_150.0);
        check(PresetId::SlowEmail, 3_650.0, 0.0);
        check(PresetId::PublishAndWait, 1_070.0, 0.0);
        check(PresetId::EverythingAsync, 10.0, 1_050.0);
        check(PresetId::EverythingParallel, 400.0, 0.0);
        check(PresetId::FlashSale, 1_050.0, 0.0);
        check(PresetId::FanOut, 500.0, 2_420.0);
        check(PresetId::ClientStory, 150.0, 650.0);
        check(PresetId::Login, 300.0, 0.0);
        check(PresetId::Dashboard, 300.0, 0.0);
        check(PresetId::Payment, 510.0, 0.0);
    }

    #[test]
    fn the_client_s_workers_do_not_carry_ten_times_the_users() {
        let story = PresetId::ClientStory.scenario();
        let capacity = story.workers.as_f64() / story.synchronous_work().seconds();
        assert_eq!(capacity.round() as u64, 133);
        let Workload::Closed { users, think_time } = story.workload else { panic!("the story has users") };
        let wanted = users.as_f64() / (think_time + story.synchronous_work()).seconds();
        assert!(wanted > capacity, "{wanted} orders/s are wanted");
    }

    #[test]
    fn the_flash_sale_fits_once_email_and_analytics_are_published() {
        let mut sale = PresetId::FlashSale.scenario();
        assert!(matches!(evaluate(&sale).unwrap().outcome, Outcome::Overloaded { .. }));
        publish(&mut sale, 2..);
        let evaluation = evaluate(&sale).unwrap();
        assert!(matches!(evaluation.outcome, Outcome::Steady(_)));
        assert!(evaluation.effects.iter().all(|effect| matches!(effect.state, EffectState::Stable { .. })));
    }

    #[test]
    fn everything_asynchronous_lets_payments_pile_up() {
        let effects = evaluate(&PresetId::EverythingAsync.scenario()).unwrap().effects;
        assert!(matches!(effects[0].state, EffectState::FallingBehind { .. }));
    }

    #[test]
    fn every_scenario_is_one_that_can_be_set_by_hand() {
        for preset in PresetId::ALL {
            let scenario = preset.scenario();
            assert!((1..=Scenario::MAX_STEPS).contains(&scenario.steps.len()), "{preset:?}");
            for (index, step) in scenario.steps.iter().enumerate() {
                assert!(step.service_time <= Scenario::MAX_SERVICE_TIME, "{preset:?}: {}", step.name);
                assert!(scenario.steps[..index].iter().all(|other| other.id != step.id), "{preset:?}");
            }
        }
    }

    #[test]
    fn names_are_short_and_sentences_end() {
        for preset in PresetId::ALL {
            assert!(preset.name().len() <= 40, "{preset:?}");
            assert!(preset.hint().ends_with('.'), "{preset:?}");
            assert!(!preset.hint().contains("exponential"), "{preset:?}");
        }
    }
}
