//! The response time as a whole: not only its mean, but how it is spread.
//!
//! The wait for a worker, each step's wait and each step's service are taken as independent and added up as distributions.
//! Percentiles never add up: the sum of four steps' 99th percentiles is far beyond the 99th percentile of their sum.
//!
//! Against simulation, exponential steps: within 3 %, 4 % where steps inside the pool are themselves full, 6 % for pools of five
//! about to fill, and 15 % for steps side by side. Constant services: within 10 % where the wait for a worker is most of the response,
//! and up to 22 % too long where workers are about to fill (37 % for pools of five), because waits inside and before the pool are not
//! independent.

use crate::queueing::evaluation::distribution::Spread;
use crate::queueing::evaluation::system::{State, System};
use crate::queueing::evaluation::{Distribution, DistributionPoint, Percentiles};
use crate::queueing::stations::service_time_law::ServiceLaw;
use crate::queueing::stations::wait::Wait;
use crate::scenario::Workload;
use crate::units::{Probability, Time};

/// The grid of the response time.
const POINTS: usize = 2048;
/// The points of a drawn distribution.
const DRAWN: usize = 160;

/// The distribution of the response time under a workload whose state is known.
pub(crate) fn spread(system: &System, workload: Workload, state: &State, waits: &[Wait]) -> Spread {
    let parts = parts(system, state, waits);
    let wait = system.pool_wait(workload, state);
    let (mut mean, mut variance) = wait.moments();
    let deviation = variance.sqrt();
    let soonest = (mean - 9.0 * deviation).max(0.0);
    mean -= soonest;
    for part in &parts {
        let (service, service_variance) = part.law.moments();
        mean += service - part.law.shift + part.wait.mean() - part.wait.law().shift;
        variance += service_variance + part.wait.variance();
    }
    let reach = mean + 9.0 * variance.sqrt();
    // The wait for a worker is dear to compute and smooth: a dozen points for each standard deviation tell it all.
    let samples = (12.0 * reach / deviation) as usize;
    let (from, until) = wait.range();
    let waited = wait.distribution();
    let nobody = waited(from);
    let below = |time| match soonest + time {
        soon if soon <= from => nobody,
        late if late >= until => 1.0,
        time => waited(time),
    };
    let mut spread = if samples < POINTS / 2 {
        let sampled = Spread::new(samples.max(64), 0.0, reach, &below);
        Spread::new(POINTS, soonest, reach, &|time| sampled.below(time))
    } else {
        Spread::new(POINTS, soonest, reach, &below)
    };
    for part in &parts {
        spread.add(&part.law);
        spread.add_wait(&part.wait);
    }
    spread
}

/// A group's contribution to the response.
struct Part {
    law: ServiceLaw,
    wait: Wait,
}

fn parts(system: &System, state: &State, waits: &[Wait]) -> Vec<Part> {
    let beyond = system.beyond(state, waits);
    let without_wait = |law| Part { law, wait: Wait::default() };
    let fixed = |delay: Time| without_wait(ServiceLaw::fitted(delay.seconds(), 0.0, 0.0));
    let groups = system.groups.iter().map(|group| {
        let Some((step, place)) = group.backbone else { return fixed(group.delay) };
        let work = &system.works[step];
        let Some(index) = group.join else { return Part { law: work.law(), wait: waits[place] } };
        let mean = waits[place].mean() + work.demand.seconds() + beyond[index].seconds();
        let variance = system.chain.joins[index].variance(state.stream(), &waits[place]);
        without_wait(ServiceLaw::fitted(0.0, mean, variance / (mean * mean)))
    });
    groups.chain(std::iter::once(fixed(system.publishing()))).collect()
}

/// The percentiles of a distribution.
pub(crate) fn percentiles(spread: &Spread) -> Percentiles {
    let at = |share| Time::from_seconds(spread.quantile(share));
    Percentiles { p50: at(0.50), p95: at(0.95), p99: at(0.99) }
}

/// A distribution as a curve to draw.
pub(crate) fn drawn(spread: &Spread) -> Distribution {
    let first = spread.quantile(1e-4);
    let last = spread.quantile(0.997);
    let step = (last - first) / (DRAWN - 1) as f64;
    let point = |i: usize| {
        let time = first + step * i as f64;
        let around = spread.below(time + 0.5 * step) - spread.below(time - 0.5 * step);
        let density = if step > 0.0 { (around / step).max(0.0) } else { 0.0 };
        DistributionPoint {
            time: Time::from_seconds(time),
            density,
            below: Probability::new(spread.below(time)),
        }
    };
    Distribution { points: (0..DRAWN).map(point).collect() }
}
