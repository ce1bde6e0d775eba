//! A retry storm that outlives its trigger.

use waiting_line::scenario::Scenario;
use waiting_line::simulation::{
    ClientRetries, EndCondition, Experiment, Fault, FaultKind, Jitter, Patience, Simulation, StopReason,
};
use waiting_line::units::{Servers, Time};

use super::within;
use crate::simulation::{experiment, seconds, station};

/// Case `metastable`, scaled, for a trigger of this length: clients time out after a second and retry at
/// once, three times; service is four times slower during the trigger, which begins at `start`.
fn storm(
    seed: u32,
    (per_second, retries): (f64, u8),
    scale: u32,
    [start, trigger, until]: [f64; 3],
) -> Simulation {
    let scaled = f64::from(scale);
    let mut scenario = Scenario { seed, ..station(per_second * scaled, 100.0, u64::from(10 * scale), 1.0) };
    scenario.client.timeout = seconds(1.0);
    scenario.workers = Servers::new(10_000_000);
    let experiment = Experiment {
        patience: Patience::Limited(ClientRetries {
            retries,
            backoff: Time::ZERO,
            jitter: Jitter::None,
            budget: None,
        }),
        faults: vec![Fault {
            kind: FaultKind::StepSlow { step: 0, factor: 4.0 },
            from: seconds(start),
            until: seconds(start + trigger),
        }],
        ..experiment(&scenario, EndCondition::Time(seconds(until)))
    };
    let mut simulation = Simulation::new(&experiment).unwrap();
    assert_eq!(simulation.run_to_end(), StopReason::Complete);
    simulation
}

/// Returns the number of runs in which most calls are answered in time again half a minute after the trigger.
fn recovered(scale: u32, trigger: f64, seeds: u32) -> u32 {
    let recovers = |seed: &u32| {
        let run = storm(*seed, (70.0, 3), scale, [10.0, trigger, 40.0]);
        run.history().last().unwrap().goodput.value() > 35.0 * f64::from(scale)
    };
    (0..seeds).filter(recovers).count() as u32
}

/// With ten servers chance decides near the threshold: of 1,000 seeds 920 recover from a trigger of one
/// second (an independent simulation in another language estimate 183 of 200), 12 from two seconds (4 of
/// 200), none from three. Ten replications, as in the reference case, see all and none.
#[test]
fn with_ten_servers_chance_decides_whether_a_storm_stays() {
    let estimate = [0.25, 1.0, 2.0, 3.0].map(|trigger| recovered(1, trigger, 100));
    assert!(
        estimate[0] >= 98 && (84..=99).contains(&estimate[1]) && estimate[2] <= 5 && estimate[3] == 0,
        "{estimate:?}"
    );
}

/// The same system several times as large, with the same ratios and times, depends less on chance: from four
/// times on every storm ends after a trigger of one second, and none after one of two seconds (1,000 of 1,000
/// seeds each; with three times 997 and none).
#[test]
fn a_storm_recovers_from_a_trigger_of_one_second_and_never_from_one_of_two() {
    assert_eq!([1.0, 2.0].map(|trigger| recovered(4, trigger, 300)), [300, 0]);
    assert_eq!([1.0, 2.0].map(|trigger| recovered(10, trigger, 100)), [100, 0]);
}

#[test]
fn a_retry_storm_sends_four_times_as_much_and_the_queue_grows() {
    let last = |per_second, retries| {
        let mut estimate = [0.0; 3];
        for seed in 0..5 {
            let simulation = storm(seed, (per_second, retries), 1, [100.0, 30.0, 600.0]);
            let last = simulation.history().last().cloned().unwrap();
            let queue = f64::from(simulation.gauges().steps[0].waiting);
            for (sum, value) in estimate.iter_mut().zip([last.goodput.value(), last.attempts.value(), queue])
            {
                *sum += value / 5.0;
            }
        }
        estimate
    };
    let [goodput, attempts, queue] = last(70.0, 3);
    within(0.0, "goodput", goodput, 0.1, 0.0);
    within(0.02, "attempts", attempts, 5.9, 280.0);
    within(0.0, "queue", queue, 1_916.0, 91_856.2);
    let [goodput, attempts, _] = last(70.0, 0);
    within(0.0, "goodput", goodput, 2.7, 70.058);
    within(0.0, "attempts", attempts, 2.7, 70.073);
    let [goodput, attempts, _] = last(22.0, 3);
    within(0.0, "goodput", goodput, 1.5, 21.981);
    within(0.0, "attempts", attempts, 1.5, 21.985);
}

/// Over a hundred seeds: four attempts for every call, 180 more in the queue each second, nobody answered in
/// time. The mean of all lies within three standard errors of the truth, and the variance is as expected.
#[test]
fn a_storm_that_stays_is_as_large_as_the_fluid_says_over_a_hundred_seeds() {
    const SEEDS: u32 = 100;
    let (mut attempts, mut growth) = (Vec::new(), Vec::new());
    for seed in 0..SEEDS {
        let [middle, end] = [70.0, 130.0].map(|until| storm(seed, (70.0, 3), 1, [10.0, 30.0, until]));
        let queue = |run: &Simulation| f64::from(run.gauges().steps[0].waiting);
        let mut sent = [middle.clone(), end.clone()].map(|mut run| run.report().orders.attempts as f64);
        sent[1] -= sent[0];
        attempts.push(sent[1] / 60.0);
        growth.push((queue(&end) - queue(&middle)) / 60.0);
        assert!(end.history().last().unwrap().goodput.is_zero(), "seed {seed}");
    }
    for (quantity, estimate, truth) in [("attempts", attempts, 280.0), ("growth", growth, 180.0)] {
        let count = f64::from(SEEDS);
        let mean = estimate.iter().sum::<f64>() / count;
        let variance = estimate.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let error = (variance / count).sqrt();
        within(0.0, quantity, mean, 3.0 * error, truth);
        let inside =
            estimate.iter().filter(|value| (**value - truth).abs() <= 1.96 * variance.sqrt()).count();
        assert!((90..=99).contains(&inside), "{quantity}: {inside} of {SEEDS} within 95 %");
    }
}
