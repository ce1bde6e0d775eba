//! The queue M/G/1: one server, Poisson arrivals, any service times. Pollaczek and Khinchine's formula.
//!
//! Source: L. Kleinrock, “Queueing Systems” I, 1975, chapter 5; the inversion of the transform: J. Abate and
//! W. Whitt, “Numerical inversion of Laplace transforms of probability distributions”, 1995.

use num_complex::Complex64;

use crate::queueing::numerics::root;
use crate::queueing::stations::service_time_law::ServiceTimeLaw;
use crate::units::{OfferedLoad, Rate, Time, Variability};

/// A single server and the stream that it serves in order of arrival.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingleServer {
    pub arrival_rate: Rate,
    /// The mean time of one service.
    pub service_time: Time,
    pub variability: Variability,
}

impl SingleServer {
    /// Returns the offered load; the server keeps up below one erlang.
    pub fn offered(&self) -> OfferedLoad {
        self.arrival_rate * self.service_time
    }

    /// Returns the mean wait, ρ S (1 + C²) / (2 (1 − ρ)); exact. `None` if the server cannot keep up.
    ///
    /// ```
    /// # use waiting_line::queueing::stations::pollaczek_khinchine::SingleServer;
    /// # use waiting_line::units::{Rate, Time, Variability};
    /// let spiky = SingleServer {
    ///     arrival_rate: Rate::per_second(2.0),
    ///     service_time: Time::from_millis(400.0),
    ///     variability: Variability::SPIKY,
    /// };
    /// assert!((spiky.waiting_time().unwrap().seconds() - 4.0).abs() < 1e-12);
    /// ```
    pub fn waiting_time(&self) -> Option<Time> {
        let busy = self.offered().erlangs();
        (busy < 1.0).then(|| {
            let factor = f64::midpoint(1.0, self.variability.squared());
            self.service_time * (busy * factor / (1.0 - busy))
        })
    }

    /// Returns the response time that the `share` of all orders, below 1, do not exceed; `None` if the server
    /// cannot keep up.
    ///
    /// Exact to about 1e-8 for the law that stands for this mean and variability: constant and exponential
    /// service, and two balanced exponentials beyond. Another law of the same variability has other far
    /// percentiles.
    ///
    /// ```
    /// # use waiting_line::queueing::stations::pollaczek_khinchine::SingleServer;
    /// # use waiting_line::units::{Rate, Time, Variability};
    /// let spiky = SingleServer {
    ///     arrival_rate: Rate::per_second(2.0),
    ///     service_time: Time::from_millis(400.0),
    ///     variability: Variability::SPIKY,
    /// };
    /// assert!((spiky.response_quantile(0.99).unwrap().seconds() - 24.484128).abs() < 1e-5);
    /// ```
    pub fn response_quantile(&self, share: f64) -> Option<Time> {
        let mean = self.waiting_time()? + self.service_time;
        if self.service_time.is_zero() {
            return Some(Time::ZERO);
        }
        let law = ServiceTimeLaw::new(Time::ZERO, self.service_time, self.variability);
        let excess = |time: f64| self.tail_beyond_shift(&law, time) - (1.0 - share);
        let mut high = mean.seconds();
        while excess(high) > 0.0 && high < Time::MAX.seconds() {
            high *= 2.0;
        }
        let low = high * 1e-9;
        let time = if excess(low) <= 0.0 { 0.0 } else { root::find_root(low, high, excess) };
        Some(Time::from_seconds(law.shift + time))
    }

    /// Returns the probability that the response takes longer than the law's shift plus `time`, from its
    /// Laplace transform (1 − W(s) B(s)) / s with W(s) = (1 − ρ) s / (s − λ + λ B(s)), by Euler's summation.
    fn tail_beyond_shift(&self, law: &ServiceTimeLaw, time: f64) -> f64 {
        const PRECISION: f64 = 23.0;
        const TERMS: u32 = 80;
        const AVERAGED: [f64; 12] =
            [1.0, 11.0, 55.0, 165.0, 330.0, 462.0, 462.0, 330.0, 165.0, 55.0, 11.0, 1.0];
        let (rate, idle) = (self.arrival_rate.value(), 1.0 - self.offered().erlangs());
        let transform = |s: Complex64| {
            let random = law.random_part(s);
            let service = random * (s * -law.shift).exp();
            let wait = s * idle / (s + (service - 1.0) * rate);
            ((random * wait * -1.0 + 1.0) / s).re
        };
        let at = |k: u32| {
            transform(Complex64::new(PRECISION, std::f64::consts::TAU * f64::from(k)) * (0.5 / time))
        };
        let mut sum = 0.5 * at(0);
        let mut sign = -1.0;
        let mut averaged = 0.0;
        for k in 1..TERMS + AVERAGED.len() as u32 {
            sum += sign * at(k);
            sign = -sign;
            if k >= TERMS {
                averaged += AVERAGED[(k - TERMS) as usize] / 2048.0 * sum;
            }
        }
        averaged * (0.5 * PRECISION).exp() / time
    }
}

impl ServiceTimeLaw {
    /// Returns the Laplace transform of the service beyond its shift.
    fn random_part(&self, s: Complex64) -> Complex64 {
        let constant = 1.0 - self.branches.iter().map(|branch| branch.probability).sum::<f64>();
        self.branches.iter().fold(Complex64::new(constant, 0.0), |sum, branch| {
            let stage = Complex64::new(1.0, 0.0) / (s * branch.stage + 1.0);
            sum + stage.powu(branch.stages) * branch.probability
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_the_response() {
        let check = |rate, service, squared, share: f64, expected: f64| {
            let server = SingleServer {
                arrival_rate: Rate::per_second(rate),
                service_time: Time::from_seconds(service),
                variability: Variability::new(squared),
            };
            let actual = server.response_quantile(share).unwrap().seconds();
            assert!((actual - expected).abs() < 1e-6 * expected, "{server:?}, {share}: {actual}");
        };
        // With exponential service the response is exponential.
        check(8.0, 0.1, 1.0, 0.99, 0.5 * 100.0_f64.ln());
        check(4.0, 0.2, 0.0, 0.95, 1.524_064_999_368_163_4);
        check(4.0, 0.2, 0.0, 0.99, 2.271_177_358_399);
        check(2.0, 0.4, 4.0, 0.5, 2.400_848_987_692_138);
        check(2.0, 0.4, 4.0, 0.95, 15.397_642_250_346_806);
        // With constant service and hardly a wait, no response is shorter than the service.
        check(0.1, 1.0, 0.0, 0.5, 1.0);
    }
}
