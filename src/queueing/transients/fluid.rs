//! The fluid approximation of a station: orders flow in, fill it up and drain.
//!
//! The content x of a station follows dx/dt = λ(t) − v(t) · min(x, c) / S, where v is the servers' speed: 1
//! as usual, ¼ when everything takes four times as long, 0 in an outage. Between changes this is a straight
//! line or an exponential, so it is solved exactly, without steps.
//!
//! Valid for spikes, outages and backlogs of many orders. Not for the waits of a steady state, which a fluid
//! does not have, nor for fewer than some twenty orders or servers, nor near the end of a drain.
//!
//! Source: G. F. Newell, “Applications of Queueing Theory”, 1982.

use crate::queueing::numerics::root;
use crate::units::{Rate, Servers, Time};

/// Returns the time until a backlog is gone, backlog / (capacity − arrivals). `None` if it never is.
///
/// ```
/// use waiting_line::{queueing::transients::fluid::drain_time, units::{Rate, Time}};
/// let drain = |rate| drain_time(4_800.0, Rate::per_second(100.0), Rate::per_second(rate));
/// assert_eq!(drain(80.0), Some(Time::from_whole_seconds(240)));
/// assert_eq!(drain(100.0), None);
/// ```
pub fn drain_time(backlog: f64, capacity: Rate, arrival_rate: Rate) -> Option<Time> {
    (arrival_rate < capacity).then(|| Time::from_seconds(backlog / (capacity - arrival_rate).value()))
}

/// Returns the backlog after some time with more arrivals than capacity, (λ − capacity) · t.
///
/// ```
/// use waiting_line::{queueing::transients::fluid::backlog, units::{Rate, Time}};
/// let spike = backlog(Rate::per_second(160.0), Rate::per_second(100.0), Time::from_whole_seconds(30));
/// assert_eq!(spike, 1_800.0);
/// ```
pub fn backlog(arrival_rate: Rate, capacity: Rate, after: Time) -> f64 {
    (arrival_rate - capacity).value() * after.seconds()
}

/// Returns the wait of the last order in a backlog, backlog / capacity.
///
/// ```
/// use waiting_line::{queueing::transients::fluid::backlog_wait, units::{Rate, Time}};
/// assert_eq!(backlog_wait(1_800.0, Rate::per_second(100.0)), Time::from_whole_seconds(18));
/// ```
pub fn backlog_wait(backlog: f64, capacity: Rate) -> Time {
    Time::from_seconds(backlog / capacity.value())
}

/// A station whose arrivals and speed change at certain times.
#[derive(Debug, Clone, PartialEq)]
pub struct FluidStation {
    /// The mean time of one service at usual speed; more than zero.
    pub service_time: Time,
    pub servers: Servers,
    /// The number of orders at the beginning.
    pub initial_content: f64,
    /// In ascending order of time; the first phase begins at zero, the last has no end.
    pub phases: Vec<Phase>,
}

/// The conditions from a certain time on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase {
    pub start: Time,
    pub arrival_rate: Rate,
    /// The servers' speed: 1 as usual, 0 when they stand still.
    pub speed: f64,
}

/// The state of a station at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FluidPoint {
    pub time: Time,
    /// Orders in the station.
    pub in_system: f64,
    /// Orders beyond those in service.
    pub waiting: f64,
    /// Orders that have arrived since the beginning.
    pub arrived: f64,
    /// Orders that have left since the beginning.
    pub departed: f64,
}

impl FluidStation {
    /// Makes a station in equilibrium with its first phase, or empty if there is no equilibrium.
    ///
    /// ```
    /// # use waiting_line::queueing::transients::fluid::{FluidStation, Phase};
    /// # use waiting_line::units::{Rate, Servers, Time};
    /// // 80 events/s, 40 consumers of 400 ms; they stand empty for a minute.
    /// let phase = |second, speed| Phase {
    ///     start: Time::from_whole_seconds(second),
    ///     arrival_rate: Rate::per_second(80.0),
    ///     speed,
    /// };
    /// let email = FluidStation::in_equilibrium(
    ///     Time::from_millis(400.0),
    ///     Servers::new(40),
    ///     vec![phase(0, 1.0), phase(10, 0.0), phase(70, 1.0)],
    /// );
    /// let end = email.state_at(Time::from_whole_seconds(70));
    /// assert_eq!(end.in_system, 4_832.0);
    /// // Whoever comes when they stop waits out the whole minute.
    /// let staleness = email.response_time(Time::from_whole_seconds(10), Time::from_whole_seconds(1_000));
    /// assert!((staleness.unwrap().seconds() - 60.32).abs() < 0.001);
    /// ```
    pub fn in_equilibrium(service_time: Time, servers: Servers, phases: Vec<Phase>) -> Self {
        let balance = phases.first().map_or(0.0, |phase| {
            let load = phase.arrival_rate.value() * service_time.seconds() / phase.speed;
            if load <= servers.as_f64() { load } else { 0.0 }
        });
        Self { service_time, servers, initial_content: balance, phases }
    }

    pub fn state_at(&self, time: Time) -> FluidPoint {
        let (mut content, mut arrived) = (self.initial_content, 0.0);
        for (index, phase) in self.phases.iter().enumerate() {
            let until = self.phases.get(index + 1).map_or(time, |next| next.start.min(time));
            let lasts = (until - phase.start).seconds();
            arrived += phase.arrival_rate.value() * lasts;
            content = self.content_after(content, phase, lasts);
        }
        FluidPoint {
            time,
            in_system: content,
            waiting: (content - self.servers.as_f64()).max(0.0),
            arrived,
            departed: (self.initial_content + arrived - content).max(0.0),
        }
    }

    /// Returns the content after some seconds of one phase.
    pub(crate) fn content_after(&self, content: f64, phase: &Phase, mut seconds: f64) -> f64 {
        let servers = self.servers.as_f64();
        let pace = phase.speed / self.service_time.seconds();
        let arrivals = phase.arrival_rate.value();
        let growth = arrivals - pace * servers;
        let mut content = content;
        if content > servers || (content >= servers && growth >= 0.0) {
            let until_free = if growth < 0.0 { (content - servers) / -growth } else { f64::INFINITY };
            if seconds <= until_free {
                return content + growth * seconds;
            }
            seconds -= until_free;
            content = servers;
        }
        if pace <= 0.0 {
            return content + arrivals * seconds;
        }
        // Some servers are free: the content approaches the equilibrium exponentially, until all servers are
        // busy.
        let balance = arrivals / pace;
        if balance > servers {
            let until_full = ((balance - content) / (balance - servers)).ln() / pace;
            if seconds > until_full {
                return servers + growth * (seconds - until_full);
            }
        }
        balance + (content - balance) * (-pace * seconds).exp()
    }

    /// Returns the response time of an order that arrives at `time`: the time until as many have left as were
    /// there or came before it. `None` if that exceeds `patience`.
    pub fn response_time(&self, time: Time, patience: Time) -> Option<Time> {
        let position = self.initial_content + self.state_at(time).arrived;
        let left = |seconds: f64| self.state_at(time + Time::from_seconds(seconds)).departed - position;
        // The very last of the fluid never leaves; less than a millionth of an order counts as gone.
        (left(patience.seconds()) >= -1e-6).then(|| {
            Time::from_seconds(root::find_root(0.0, patience.seconds(), |seconds| left(seconds) + 1e-6))
        })
    }

    /// Returns the first time at `after` or later when nobody waits; `None` if that is not before the `end`.
    pub fn drained_at(&self, after: Time, end: Time) -> Option<Time> {
        let mut start = after;
        let changes =
            self.phases.iter().map(|phase| phase.start).filter(|change| *change > after && *change < end);
        for to in changes.chain(std::iter::once(end)) {
            if self.state_at(start).waiting <= 0.0 {
                return Some(start);
            }
            let over =
                |seconds: f64| self.state_at(Time::from_seconds(seconds)).in_system - self.servers.as_f64();
            if over(to.seconds()) < 0.0 {
                return Some(Time::from_seconds(root::find_root(start.seconds(), to.seconds(), over)));
            }
            start = to;
        }
        (self.state_at(end).waiting <= 0.0).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spike() -> FluidStation {
        let phase = |second, rate| Phase {
            start: Time::from_whole_seconds(second),
            arrival_rate: Rate::per_second(rate),
            speed: 1.0,
        };
        let phases = vec![phase(0, 80.0), phase(10, 160.0), phase(40, 80.0)];
        FluidStation::in_equilibrium(Time::from_millis(200.0), Servers::new(20), phases)
    }

    #[test]
    fn the_content_solves_its_equation() {
        let station = spike();
        let mut content = 16.0;
        let step = 1e-4;
        for i in 0..1_400_000_u32 {
            let now = f64::from(i) * step;
            let arrivals = if (10.0..40.0).contains(&now) { 160.0 } else { 80.0 };
            content += step * (arrivals - f64::min(content, 20.0) / 0.2);
            if i % 50_000 == 49_999 {
                let exact = station.state_at(Time::from_seconds(now + step)).in_system;
                assert!((exact - content).abs() < 0.02, "at {now}: {exact}, by steps {content}");
            }
        }
    }

    #[test]
    fn a_spike_drains() {
        let station = spike();
        let second = Time::from_whole_seconds;
        let drained_at = station.drained_at(second(40), second(1_000)).unwrap();
        assert!((drained_at.seconds() - 129.8).abs() < 0.1, "{drained_at:?}");
        assert_eq!(station.drained_at(second(40), second(100)), None);
        assert_eq!(station.drained_at(second(5), second(9)), Some(second(5)));
        let last = station.response_time(second(40), second(1_000)).unwrap();
        assert!((last.seconds() - 18.17).abs() < 0.01, "{last:?}");
        assert_eq!(station.response_time(second(40), second(10)), None);
    }
}
