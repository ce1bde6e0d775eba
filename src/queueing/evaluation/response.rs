//! The distribution of the response time.
//!
//! The wait for a worker, each step's wait and each step's service are taken as independent and added up as
//! distributions. Percentiles never add up: the sum of four steps' 99th percentiles is far beyond the 99th
//! percentile of their sum.
//!
//! Against simulation, exponential steps: within 3 %, 4 % where steps inside the pool are themselves full, 6
//! % for pools of five about to fill, and 15 % for parallel steps. Constant services: within 10 % where the
//! wait for a worker is most of the response, and up to 22 % too long where workers are about to fill (37 %
//! for pools of five), because waits inside and before the pool are not independent.

use crate::queueing::evaluation::distribution::TimeDistribution;
use crate::queueing::evaluation::system::{System, SystemState};
use crate::queueing::evaluation::{Distribution, DistributionPoint, Percentiles};
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::queueing::stations::wait::Wait;
use crate::scenario::Workload;
use crate::units::{Probability, Time};

const GRID_POINTS: usize = 2048;
const CURVE_POINTS: usize = 160;

/// Returns the distribution of the response time under a workload whose state is known.
pub(crate) fn distribution(
    system: &System,
    workload: Workload,
    state: &SystemState,
    waits: &[Wait],
) -> TimeDistribution {
    let components = components(system, state, waits);
    let wait = system.pool_wait(workload, state);
    let (mut mean, mut variance) = wait.moments();
    let deviation = variance.sqrt();
    let earliest = (mean - 9.0 * deviation).max(0.0);
    mean -= earliest;
    for component in &components {
        let (service, service_variance) = component.law.moments();
        mean += service - component.law.shift + component.wait.mean() - component.wait.law().shift;
        variance += service_variance + component.wait.variance();
    }
    let reach = mean + 9.0 * variance.sqrt();
    // The distribution function of the wait for a worker is costly and smooth: a dozen points for each
    // standard deviation suffice.
    let samples = (12.0 * reach / deviation) as usize;
    let (from, until) = wait.range();
    let pool_wait_cdf = wait.cdf();
    let no_wait = pool_wait_cdf(from);
    let below = |time| match earliest + time {
        soon if soon <= from => no_wait,
        late if late >= until => 1.0,
        time => pool_wait_cdf(time),
    };
    let mut distribution = if samples < GRID_POINTS / 2 {
        let sampled = TimeDistribution::new(samples.max(64), 0.0, reach, &below);
        TimeDistribution::new(GRID_POINTS, earliest, reach, &|time| sampled.cdf(time))
    } else {
        TimeDistribution::new(GRID_POINTS, earliest, reach, &below)
    };
    for component in &components {
        distribution.add(&component.law);
        distribution.add_wait(&component.wait);
    }
    distribution
}

/// The contribution of one group of steps to the response time.
struct ResponseComponent {
    law: ServiceTimeLaw,
    wait: Wait,
}

fn components(system: &System, state: &SystemState, waits: &[Wait]) -> Vec<ResponseComponent> {
    let synchronization_delays = system.synchronization_delays(state, waits);
    let without_wait = |law| ResponseComponent { law, wait: Wait::default() };
    let fixed = |delay: Time| without_wait(ServiceTimeLaw::fit(delay.seconds(), 0.0, 0.0));
    let groups = system.groups.iter().map(|group| {
        let Some((step, place)) = group.representative else { return fixed(group.delay) };
        let work = &system.step_works[step];
        let Some(index) = group.join else {
            return ResponseComponent { law: work.law(), wait: waits[place] };
        };
        let mean = waits[place].mean() + work.demand.seconds() + synchronization_delays[index].seconds();
        let variance = system.chain.fork_joins[index].variance(state.stream(), &waits[place]);
        without_wait(ServiceTimeLaw::fit(0.0, mean, variance / (mean * mean)))
    });
    groups.chain(std::iter::once(fixed(system.publishing()))).collect()
}

pub(crate) fn percentiles(distribution: &TimeDistribution) -> Percentiles {
    let at = |share| Time::from_seconds(distribution.quantile(share));
    Percentiles { p50: at(0.50), p95: at(0.95), p99: at(0.99) }
}

/// Samples the distribution as a curve.
pub(crate) fn to_curve(distribution: &TimeDistribution) -> Distribution {
    let first = distribution.quantile(1e-4);
    let last = distribution.quantile(0.997);
    let step = (last - first) / (CURVE_POINTS - 1) as f64;
    let point = |i: usize| {
        let time = first + step * i as f64;
        let around = distribution.cdf(time + 0.5 * step) - distribution.cdf(time - 0.5 * step);
        let density = if step > 0.0 { (around / step).max(0.0) } else { 0.0 };
        DistributionPoint {
            time: Time::from_seconds(time),
            density,
            cumulative: Probability::new(distribution.cdf(time)),
        }
    };
    Distribution { points: (0..CURVE_POINTS).map(point).collect() }
}
