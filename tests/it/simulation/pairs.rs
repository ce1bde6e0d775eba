//! Two hundred different experiments, to compare the runs of one machine with those of another.

use waiting_line::scenario::{Placement, Scenario, Step, StepId, StepName, Workload};
use waiting_line::simulation::{
    BreakerRule, BrokerRule, ClientRetries, Discipline, Experiment, Fault, FaultKind, Jitter, LoadPattern,
    Patience, QueueRule, Redelivery, Replay, RetryBudget, StepRule, Tail, trace_digest,
};
use waiting_line::units::{Probability, Rate, Servers, Time, Users, Variability};

pub(crate) const PAIRS: u32 = 200;

pub(crate) const EVENTS: u64 = 3_000;

pub(crate) fn for_each_experiment<T>(evaluate: impl Fn(&Experiment<'_>) -> T) -> Vec<T> {
    (0..PAIRS).map(|pair| evaluate(&experiment(pair, &scenario(pair)))).collect()
}

pub(crate) fn digests() -> Vec<u64> {
    for_each_experiment(|experiment| trace_digest(experiment, EVENTS).unwrap_or_default())
}

/// Combines all digests into one.
pub(crate) fn combine_digests(digests: &[u64]) -> u64 {
    digests
        .iter()
        .fold(0, |combined, digest| (combined.rotate_left(7) ^ digest).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Pseudo-random choices by the number of the pair, so that each part of the engine is used in some.
struct Choices(u64);

impl Choices {
    fn new(pair: u32) -> Self {
        Self(u64::from(pair).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) % count
    }

    fn is_one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
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
            choose.pick(&[0.0, 5.0, 33.333, 150.0, 400.0]),
            1 + choose.below(12),
        );
        step.variability = Variability::new(choose.pick(&[0.0, 0.3, 1.0, 4.0, 20.0]));
        step.placement = choose.pick(&placements);
        if choose.is_one_in(3) {
            step.attempts.failure = Probability::new(choose.pick(&[0.01, 0.2, 0.9]));
            step.attempts.retries = choose.below(4) as u8;
            step.attempts.backoff = Time::from_millis(choose.pick(&[0.0, 10.0, 70.0]));
            step.attempts.timeout = choose.is_one_in(2).then(|| Time::from_millis(200.0));
        }
        step
    });
    let mut scenario = Scenario { steps: steps.collect(), seed: pair, ..Scenario::online_shop() };
    scenario.workers = Servers::new(1 + choose.below(40));
    scenario.workload = if choose.is_one_in(2) {
        Workload::Open { arrival_rate: Rate::per_second(choose.pick(&[3.0, 17.0, 60.0])) }
    } else {
        let users = Users::new(1 + choose.below(150));
        Workload::Closed { users, think_time: Time::from_millis(choose.pick(&[10.0, 1_000.0, 5_000.0])) }
    };
    scenario.broker.publish_latency = Time::from_millis(choose.pick(&[0.0, 5.0]));
    scenario.broker.partitions = choose.pick(&[None, Some(1), Some(7)]);
    scenario.broker.hot_key_share = Probability::new(choose.pick(&[0.0, 0.3]));
    scenario.broker.ack_loss = Probability::new(choose.pick(&[0.0, 0.05]));
    scenario.client.timeout = Time::from_millis(choose.pick(&[300.0, 1_000.0, 10_000.0]));
    scenario
}

fn experiment(pair: u32, scenario: &Scenario) -> Experiment<'_> {
    let mut choose = Choices::new(pair + PAIRS);
    let seconds = Time::from_whole_seconds;
    let (from, until) = (seconds(1), seconds(4));
    let mut experiment = Experiment::new(scenario);
    experiment.pattern = choose.pick(&[
        LoadPattern::Steady,
        LoadPattern::Spike { from, until, factor: 3.0 },
        LoadPattern::Ramp { from, until, factor: 2.5 },
    ]);
    if choose.is_one_in(2) {
        experiment.patience = Patience::Limited(ClientRetries {
            retries: choose.below(4) as u8,
            backoff: Time::from_millis(choose.pick(&[0.0, 50.0])),
            jitter: choose.pick(&[Jitter::None, Jitter::Full]),
            budget: choose.is_one_in(2).then_some(RetryBudget { share: Probability::new(0.1), reserve: 10 }),
        });
    }
    experiment.cancels_abandoned_work = choose.is_one_in(2);
    experiment.idempotency_key = choose.is_one_in(2);
    experiment.pool = queue(&mut choose);
    for rule in &mut experiment.steps {
        *rule = StepRule {
            tail: choose.pick(&[Tail::ByVariability, Tail::LogNormal]),
            queue: queue(&mut choose),
            bulkhead: choose.is_one_in(4).then_some(6),
            breaker: choose.is_one_in(3).then(|| BreakerRule {
                window: 8,
                threshold: Probability::new(0.5),
                open_for: Time::from_millis(300.0),
            }),
            jitter: choose.pick(&[Jitter::None, Jitter::Full]),
            idempotent: choose.is_one_in(2),
        };
    }
    experiment.broker = BrokerRule {
        delivery_latency: Time::from_millis(choose.pick(&[0.0, 20.0])),
        outbox: choose.is_one_in(2),
        redelivery: choose.pick(&[Redelivery::Later, Redelivery::InPlace]),
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
    .filter(|_| choose.is_one_in(3))
    .map(|kind| Fault { kind, from, until })
    .collect();
    experiment.replays = vec![Replay { step, at: seconds(5) }];
    experiment
}

fn queue(choose: &mut Choices) -> QueueRule {
    QueueRule {
        discipline: choose.pick(&[Discipline::Fifo, Discipline::Fifo, Discipline::Lifo]),
        capacity: choose.is_one_in(4).then_some(20),
        shed_after: choose.is_one_in(4).then(|| Time::from_millis(500.0)),
    }
}
