//! Two hundred different experiments, to compare the runs of one machine with those of another.

use waiting_line::scenario::{Placement, Scenario, Step, StepId, StepName, Workload};
use waiting_line::simulation::{
    BreakerRule, BrokerRule, ClientRetries, Discipline, Experiment, Fault, FaultKind, Jitter, Patience,
    Pattern, QueueRule, Redelivery, Replay, RetryBudget, StepRule, Tail, trace_digest,
};
use waiting_line::units::{Probability, Rate, Servers, Time, Users, Variability};

/// How many there are.
pub(crate) const PAIRS: u32 = 200;

/// How many events of each are compared.
pub(crate) const EVENTS: u64 = 3_000;

/// Something said of each of them.
pub(crate) fn each<T>(say: impl Fn(&Experiment<'_>) -> T) -> Vec<T> {
    (0..PAIRS).map(|pair| say(&experiment(pair, &scenario(pair)))).collect()
}

/// The digest of the first events of each.
pub(crate) fn digests() -> Vec<u64> {
    each(|experiment| trace_digest(experiment, EVENTS).unwrap_or_default())
}

/// All digests in one number.
pub(crate) fn digest_of_all(digests: &[u64]) -> u64 {
    digests.iter().fold(0, |all, one| (all.rotate_left(7) ^ one).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Choices made by the number of the pair, so that every part of the engine takes part in some.
struct Choices(u64);

impl Choices {
    fn new(pair: u32) -> Self {
        Self(u64::from(pair).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) % count
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

fn scenario(pair: u32) -> Scenario {
    let mut choose = Choices::new(pair);
    let placements =
        [Placement::Sync, Placement::Sync, Placement::Parallel, Placement::Async, Placement::PublishAndWait];
    let steps = (1..=1 + choose.below(6) as u16).map(|id| {
        let mut step = Step::new(
            StepId(id),
            StepName::new("Step"),
            choose.of(&[0.0, 5.0, 33.333, 150.0, 400.0]),
            1 + choose.below(12),
        );
        step.variability = Variability::new(choose.of(&[0.0, 0.3, 1.0, 4.0, 20.0]));
        step.placement = choose.of(&placements);
        if choose.one_in(3) {
            step.attempts.failure = Probability::new(choose.of(&[0.01, 0.2, 0.9]));
            step.attempts.retries = choose.below(4) as u8;
            step.attempts.backoff = Time::from_millis(choose.of(&[0.0, 10.0, 70.0]));
            step.attempts.timeout = choose.one_in(2).then(|| Time::from_millis(200.0));
        }
        step
    });
    let mut scenario = Scenario { steps: steps.collect(), seed: pair, ..Scenario::online_shop() };
    scenario.workers = Servers::new(1 + choose.below(40));
    scenario.workload = if choose.one_in(2) {
        Workload::Open { arrival_rate: Rate::per_second(choose.of(&[3.0, 17.0, 60.0])) }
    } else {
        let users = Users::new(1 + choose.below(150));
        Workload::Closed { users, think_time: Time::from_millis(choose.of(&[10.0, 1_000.0, 5_000.0])) }
    };
    scenario.broker.publish_latency = Time::from_millis(choose.of(&[0.0, 5.0]));
    scenario.broker.partitions = choose.of(&[None, Some(1), Some(7)]);
    scenario.broker.hot_key_share = Probability::new(choose.of(&[0.0, 0.3]));
    scenario.broker.ack_loss = Probability::new(choose.of(&[0.0, 0.05]));
    scenario.client.timeout = Time::from_millis(choose.of(&[300.0, 1_000.0, 10_000.0]));
    scenario
}

fn experiment(pair: u32, scenario: &Scenario) -> Experiment<'_> {
    let mut choose = Choices::new(pair + PAIRS);
    let seconds = Time::from_whole_seconds;
    let (from, until) = (seconds(1), seconds(4));
    let mut experiment = Experiment::new(scenario);
    experiment.pattern = choose.of(&[
        Pattern::Steady,
        Pattern::Spike { from, until, factor: 3.0 },
        Pattern::Ramp { from, until, factor: 2.5 },
    ]);
    if choose.one_in(2) {
        experiment.patience = Patience::GivesUp(ClientRetries {
            retries: choose.below(4) as u8,
            backoff: Time::from_millis(choose.of(&[0.0, 50.0])),
            jitter: choose.of(&[Jitter::None, Jitter::Full]),
            budget: choose.one_in(2).then_some(RetryBudget { share: Probability::new(0.1), reserve: 10 }),
        });
    }
    experiment.cancels = choose.one_in(2);
    experiment.idempotency_key = choose.one_in(2);
    experiment.pool = queue(&mut choose);
    for rule in &mut experiment.steps {
        *rule = StepRule {
            tail: choose.of(&[Tail::ByVariability, Tail::LogNormal]),
            queue: queue(&mut choose),
            bulkhead: choose.one_in(4).then_some(6),
            breaker: choose.one_in(3).then(|| BreakerRule {
                window: 8,
                threshold: Probability::new(0.5),
                open_for: Time::from_millis(300.0),
            }),
            jitter: choose.of(&[Jitter::None, Jitter::Full]),
            idempotent: choose.one_in(2),
        };
    }
    experiment.broker = BrokerRule {
        delivery_latency: Time::from_millis(choose.of(&[0.0, 20.0])),
        outbox: choose.one_in(2),
        redelivery: choose.of(&[Redelivery::Later, Redelivery::InPlace]),
    };
    let step = choose.below(scenario.steps.len() as u64) as usize;
    experiment.faults = [
        FaultKind::StepSlow { step, factor: 5.0 },
        FaultKind::StepDown { step },
        FaultKind::StepErrors { step, share: Probability::new(0.5) },
        FaultKind::BrokerDown,
        FaultKind::ConsumersStopped { step },
        FaultKind::Poison { step, share: Probability::new(0.2) },
    ]
    .into_iter()
    .filter(|_| choose.one_in(3))
    .map(|kind| Fault { kind, from, until })
    .collect();
    experiment.replays = vec![Replay { step, at: seconds(5) }];
    experiment
}

fn queue(choose: &mut Choices) -> QueueRule {
    QueueRule {
        discipline: choose.of(&[Discipline::Fifo, Discipline::Fifo, Discipline::Lifo]),
        room: choose.one_in(4).then_some(20),
        shed_after: choose.one_in(4).then(|| Time::from_millis(500.0)),
    }
}
