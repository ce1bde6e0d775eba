//! The axes of the response-time chart: their ranges, and the loads worth computing
//! there.

use super::scale::{Scale, ScaleKind};
use crate::queueing::{Bounds, CurvePoint};
use crate::scenario::{Scenario, Workload};
use crate::units::{Rate, Time, Users};

/// The asymptote that the curve approaches under high load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ceiling {
    /// Users who wait for their answers: response time grows with them, at least as users × largest demand −
    /// think time.
    Users {
        /// The largest demand per server.
        largest_demand: Time,
        /// From an answer to the same user's next order.
        think_time: Time,
    },
    /// Orders that come anyway: there is no steady state from here on.
    Orders {
        /// The most that can be answered.
        wall: Rate,
    },
}

impl Ceiling {
    /// The limit of a scenario.
    pub fn of(scenario: &Scenario, bounds: &Bounds) -> Self {
        match scenario.workload {
            Workload::Closed { think_time, .. } => {
                Self::Users { largest_demand: bounds.largest_demand, think_time }
            }
            Workload::Open { .. } => Self::Orders { wall: bounds.saturation_throughput },
        }
    }
}

/// The two axes of a response-time chart. The learner's view keeps them while something is dragged, so that
/// the ground does not move beneath the curve, and fits them anew after the release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axes {
    /// Users or orders per second, to the right.
    pub load: Scale,
    /// Seconds, upwards.
    pub latency: Scale,
}

impl Axes {
    /// The latency axis is logarithmic if the longest response time is this many times the median.
    const LOG_BEYOND: f64 = 20.0;
    /// Response times beyond this share of the wall run off the top of the chart.
    const NEAR_THE_WALL: f64 = 0.98;

    /// The loads worth showing: users from 1 to the decade that holds ten times the knee and twice the users
    /// set, at least to 1,000, at most to all that can be set; orders from none to beyond wall and setting,
    /// or by decades where the setting lies far beyond the wall.
    ///
    /// ```
    /// use waiting_line::charts::{Axes, Ceiling};
    /// use waiting_line::units::Time;
    /// let (largest_demand, think_time) = (Time::from_millis(52.5), Time::from_whole_seconds(1));
    /// let ceiling = Ceiling::Users { largest_demand, think_time };
    /// assert_eq!(Axes::loads(ceiling, Some(39.0), 100.0).most(), 1_000.0);
    /// assert_eq!(Axes::loads(ceiling, Some(39.0), 2_000.0).most(), 10_000.0);
    /// ```
    pub fn loads(ceiling: Ceiling, knee: Option<f64>, load: f64) -> Scale {
        match ceiling {
            Ceiling::Users { .. } => {
                let reach = (10.0 * knee.unwrap_or(0.0)).max(2.0 * load);
                Scale::log(1.0, next_decade(reach).clamp(1_000.0, Users::MAX.as_f64()))
            }
            Ceiling::Orders { wall } => {
                let wall = wall.value().max(1e-3);
                if load > 4.0 * wall {
                    Scale::log(next_decade(wall / 1_000.0), next_decade(1.5 * load))
                } else {
                    Scale::linear(0.0, (1.15 * wall).max(1.5 * load))
                }
            }
        }
    }

    /// Axes on which all curves can be read at those loads: latency from zero in equal steps, until the
    /// longest is more than twenty times the median of the first curve, then by factors. The client's timeout
    /// is shown where it is near.
    pub fn fitting(load: Scale, ceiling: Ceiling, curves: &[&[CurvePoint]], timeout: Time) -> Self {
        let visible = |curve: &&[CurvePoint]| -> Vec<f64> {
            let end = match ceiling {
                Ceiling::Users { .. } => f64::INFINITY,
                Ceiling::Orders { wall } => wall.value() * Self::NEAR_THE_WALL,
            };
            curve
                .iter()
                .filter(|point| load.shows(point.load) && point.load <= end)
                .map(|point| point.response_time.seconds())
                .collect()
        };
        // A curve that rises has its median where the axis has its middle, wherever the computed points
        // crowd.
        let middle = load.value_at(0.5, 0.0, 1.0);
        let median = curves
            .first()
            .and_then(|curve| curve.get(nearest_by(curve, |point| (point.load - middle).abs())?))
            .map_or(0.0, |point| point.response_time.seconds());
        let all = || curves.iter().flat_map(visible);
        let longest = all().fold(0.0, f64::max);
        let shortest = all().filter(|time| *time > 0.0).fold(f64::INFINITY, f64::min);
        let timeout = timeout.seconds();
        // Orders make a curve that passes every timeout on its way up the wall; users only some.
        let near = match ceiling {
            Ceiling::Users { .. } => 2.0 * longest,
            Ceiling::Orders { .. } => 10.0 * median,
        };
        let most = if timeout <= near { longest.max(1.1 * timeout) } else { longest };
        let latency = if median > 0.0 && longest > Self::LOG_BEYOND * median {
            Scale::log(shortest * 0.5, most * 1.2)
        } else {
            Scale::linear(0.0, if most > 0.0 { most * 1.12 } else { 1.0 })
        };
        Self { load, latency }
    }

    /// `true` if the latency axis goes by factors, which the subtitle has to say.
    pub fn latency_is_log(&self) -> bool {
        self.latency.kind() == ScaleKind::Log
    }
}

/// The loads to compute a curve at, rising, at least 200: about equally far apart on the axis, whole numbers
/// of users, 1, 2 and 5 of every decade among them; orders crowd together below the wall, where the curve
/// bends.
///
/// ```
/// use waiting_line::charts::{Ceiling, Scale, load_grid};
/// use waiting_line::units::Time;
/// let (largest_demand, think_time) = (Time::from_millis(52.5), Time::from_whole_seconds(1));
/// let ceiling = Ceiling::Users { largest_demand, think_time };
/// let loads = load_grid(Scale::log(1.0, 1_000.0), ceiling);
/// assert!(loads.len() >= 200 && loads.contains(&500.0));
/// ```
pub fn load_grid(load: Scale, ceiling: Ceiling) -> Vec<f64> {
    let mut loads = match ceiling {
        Ceiling::Users { .. } => {
            let decades = (load.most() / load.least()).log10().max(1.0);
            let count = 200.0 + 600.0 / decades;
            (0..=count as u32)
                .map(|index| load.value_at(f64::from(index), 0.0, count).round())
                .chain(load.ticks(40))
                .filter(|users| users.fract() == 0.0)
                .collect::<Vec<_>>()
        }
        Ceiling::Orders { wall } => {
            let reach = wall.value().min(load.most());
            // A number that reads, for it is told.
            let start = load.least().max(next_decade(reach * 1e-4));
            let body = match load.kind() {
                ScaleKind::Linear => Scale::linear(start, reach),
                ScaleKind::Log => Scale::log(start, reach),
            };
            // Half of the points evenly, half by halving the distance to the wall again and again.
            let evenly = (0..110).map(|index| body.value_at(f64::from(index), 0.0, 110.0));
            let crowding =
                (0..110).map(|index| reach * (1.0 - 0.2 * 2_f64.powf(-f64::from(index) * 8.0 / 110.0)));
            evenly.chain(crowding.filter(|rate| *rate > start)).collect()
        }
    };
    loads.sort_by(f64::total_cmp);
    loads.dedup();
    loads
}

/// Returns the indices of the points that represent a curve in a table: those nearest to round loads, and the
/// last; at most `most`.
pub fn milestones(load: Scale, curve: &[CurvePoint], most: usize) -> Vec<usize> {
    let mut rows: Vec<usize> = load
        .ticks(most.saturating_sub(1))
        .into_iter()
        .filter_map(|tick| nearest_by(curve, |point| (point.load - tick).abs()))
        .chain(curve.len().checked_sub(1))
        .collect();
    // Ticks and curve both ascend, so the rows do.
    rows.dedup();
    rows
}

/// The index of the item with the least distance.
pub(super) fn nearest_by<T>(items: &[T], distance: impl Fn(&T) -> f64) -> Option<usize> {
    let distances = items.iter().map(distance).enumerate();
    distances.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index)
}

/// The power of ten that is not below a number.
fn next_decade(number: f64) -> f64 {
    10_f64.powi((number.max(1e-6).log10() - 1e-9).ceil() as i32)
}

/// A number above zero rounded to as few digits as leave it between two others.
pub(super) fn roundest(number: f64, low: f64, high: f64) -> f64 {
    let top = number.max(f64::MIN_POSITIVE).log10().floor() as i32;
    // What a logarithm lost comes back: the edge of the axis is exactly its last value.
    let slack = 1e-9 * high;
    (0..8)
        .map(|place| 10_f64.powi(top - place))
        .map(|step| (number / step).round() * step)
        .find(|round| (low - slack..=high + slack).contains(round))
        .unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: Ceiling = Ceiling::Users {
        largest_demand: Time::from_whole_seconds(1),
        think_time: Time::from_whole_seconds(1),
    };

    fn orders(wall: f64) -> Ceiling {
        Ceiling::Orders { wall: Rate::per_second(wall) }
    }

    fn curve(points: &[(f64, f64)]) -> Vec<CurvePoint> {
        points
            .iter()
            .map(|&(load, seconds)| CurvePoint {
                load,
                response_time: Time::from_seconds(seconds),
                throughput: Rate::ZERO,
            })
            .collect()
    }

    #[test]
    fn the_load_axis_is_zoomed_to_what_matters() {
        let check = |ceiling, knee, load, least: f64, most: f64| {
            let scale = Axes::loads(ceiling, knee, load);
            assert!((scale.least() - least).abs() < 1e-9, "{scale:?}");
            assert!((scale.most() / most - 1.0).abs() < 1e-9, "{scale:?}");
        };
        check(USERS, None, 0.0, 1.0, 1e3);
        check(USERS, Some(39.0), 10.0, 1.0, 1e3);
        check(USERS, Some(101.0), 10.0, 1.0, 1e4);
        check(USERS, Some(39.0), 501.0, 1.0, 1e4);
        check(USERS, Some(39.0), 1e8, 1.0, 1e8);
        check(orders(20.0), None, 5.0, 0.0, 23.0);
        check(orders(20.0), None, 40.0, 0.0, 60.0);
        check(orders(20.0), None, 1e6, 0.1, 1e7);
    }

    #[test]
    fn the_latency_axis_turns_logarithmic_beyond_twenty_times_the_median() {
        let check = |slowest: f64, is_log: bool| {
            let points = curve(&[(1.0, 1.0), (10.0, 1.0), (100.0, slowest)]);
            let axes =
                Axes::fitting(Scale::log(1.0, 1e3), USERS, &[&points], Time::from_whole_seconds(1_000));
            assert_eq!(axes.latency_is_log(), is_log, "{slowest} s");
            assert!(axes.latency.shows(slowest) && axes.latency.shows(1.0));
            assert_eq!(axes.latency.least() == 0.0, !is_log, "zero-based unless logarithmic");
        };
        check(19.0, false);
        check(21.0, true);
    }

    #[test]
    fn a_near_timeout_is_shown_and_a_far_one_is_not() {
        let points = curve(&[(1.0, 1.0), (10.0, 2.0), (100.0, 6.0)]);
        let shows = |seconds| {
            let timeout = Time::from_whole_seconds(seconds);
            Axes::fitting(Scale::log(1.0, 1e3), USERS, &[&points], timeout).latency.shows(f64::from(seconds))
        };
        assert!(shows(2) && shows(10) && !shows(30));
    }

    #[test]
    fn nothing_to_show_still_has_axes() {
        for points in [vec![], curve(&[(1.0, 0.0), (2.0, 0.0)])] {
            let axes = Axes::fitting(Scale::log(1.0, 1e3), USERS, &[&points], Time::MAX);
            assert!(axes.latency.most() > axes.latency.least());
        }
    }

    #[test]
    fn every_grid_rises_with_at_least_200_loads_on_its_axis() {
        let grid = |ceiling, knee, load| {
            let scale = Axes::loads(ceiling, knee, load);
            let loads = load_grid(scale, ceiling);
            assert!((200..450).contains(&loads.len()), "{} loads for {scale:?}", loads.len());
            assert!(loads.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(loads.iter().all(|load| scale.shows(*load)), "{scale:?}");
            loads
        };
        for most in [1.0, 5e3, 4e4, 1e6, 5e7, 1e8] {
            let loads = grid(USERS, None, most / 2.0);
            assert!(loads.iter().all(|users| users.fract() == 0.0), "no half users");
            assert!(loads.contains(&1.0) && loads.contains(&500.0) && loads.contains(&1_000.0));
        }
        for (wall, load) in [(19.0, 5.0), (0.01, 0.005), (1e6, 10.0), (19.0, 1e6)] {
            let loads = grid(orders(wall), None, load);
            assert!(loads.iter().all(|rate| *rate < wall), "no steady state at the wall");
            assert!(loads.last().unwrap() > &(0.998 * wall));
        }
    }

    #[test]
    fn a_table_has_the_round_loads_of_the_curve() {
        let scale = Scale::log(1.0, 1e3);
        let loads: Vec<_> = load_grid(scale, USERS).into_iter().map(|load| (load, 1.0)).collect();
        let points = curve(&loads);
        let rows: Vec<f64> = milestones(scale, &points, 12).into_iter().map(|row| points[row].load).collect();
        assert_eq!(rows, [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0]);
        assert!(milestones(scale, &[], 12).is_empty());
    }

    #[test]
    fn a_load_between_two_others_loses_its_last_digits() {
        for (number, low, high, expected) in [
            (99.7, 99.1, 100.3, 100.0),
            (126.4, 124.5, 127.3, 126.0),
            (1.0, 1.0, 1.01, 1.0),
            (999.999_999_999, 991.0, 999.999_999_999, 1_000.0),
            (0.0, 0.0, 0.0, 0.0),
        ] {
            let found = roundest(number, low, high);
            assert!((found - expected).abs() < 1e-9, "{number}: {found}");
        }
    }
}
