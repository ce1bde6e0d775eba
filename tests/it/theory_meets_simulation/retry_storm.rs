//! The retry storm that outlives its trigger.

use waiting_line::scenario::Scenario;
use waiting_line::sim::{
    ClientRetries, Experiment, Fault, FaultKind, Jitter, Patience, Simulation, Stop, Until,
};
use waiting_line::units::{Servers, Time};

use super::within;
use crate::simulation::{experiment, seconds, station};

/// Case `metastable`, for a trigger of this length: clients give up after a second and send again at once, three
/// times; service is four times slower from 100 s on for as long as the trigger lasts.
fn storm(seed: u32, per_second: f64, retries: u8, trigger: f64, until: f64) -> Simulation {
    let mut scenario = Scenario { seed, ..station(per_second, 100.0, 10, 1.0) };
    scenario.client.timeout = seconds(1.0);
    scenario.workers = Servers::new(10_000_000);
    let experiment = Experiment {
        patience: Patience::GivesUp(ClientRetries {
            retries,
            backoff: Time::ZERO,
            jitter: Jitter::None,
            budget: None,
        }),
        faults: vec![Fault {
            kind: FaultKind::StepSlow { step: 0, factor: 4.0 },
            from: seconds(100.0),
            until: seconds(100.0 + trigger),
        }],
        ..experiment(&scenario, Until::Time(seconds(until)))
    };
    let mut simulation = Simulation::new(&experiment).unwrap();
    assert_eq!(simulation.finish(), Stop::Complete);
    simulation
}

/// Near the threshold chance decides: of 1,000 seeds 920 recover from a trigger of one second (an independent
/// simulation in another language found 183 of 200), 12 from two seconds (4 of 200), none from three. Ten
/// replications, as in the reference case, see all and none.
#[test]
fn a_retry_storm_outlives_a_trigger_of_two_seconds_and_hardly_ever_one_of_one() {
    let recovered = |trigger: f64| {
        let goodput = |seed| storm(seed, 70.0, 3, trigger, 160.0).history().last().unwrap().goodput.value();
        (0..100).filter(|&seed| goodput(seed) > 35.0).count()
    };
    let found = [0.25, 1.0, 2.0, 3.0].map(recovered);
    assert!(found[0] >= 98 && (84..=99).contains(&found[1]) && found[2] <= 5 && found[3] == 0, "{found:?}");
}

#[test]
fn a_retry_storm_sends_four_times_as_much_and_the_queue_grows() {
    let last = |per_second, retries| {
        let mut found = [0.0; 3];
        for seed in 0..5 {
            let simulation = storm(seed, per_second, retries, 30.0, 600.0);
            let last = simulation.history().last().cloned().unwrap();
            let queue = f64::from(simulation.gauges().steps[0].waiting);
            for (sum, value) in found.iter_mut().zip([last.goodput.value(), last.attempts.value(), queue]) {
                *sum += value / 5.0;
            }
        }
        found
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
