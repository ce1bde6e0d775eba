//! Retries: the number of attempts, the remaining errors, and the time spent between attempts.
//!
//! Without queueing the attempts of one call are independent, and everything is a geometric sum.

use crate::units::{Probability, Time};

/// Returns the probability that one attempt fails: by itself with `failure`, or because it exceeds the
/// timeout with `timed_out`.
///
/// ```
/// use waiting_line::{queueing::laws::retries::attempt_failure, units::Probability};
/// // 2 % failures, and an exponential service of 300 ms cut off after 1 s.
/// let p = attempt_failure(Probability::new(0.02), Probability::new((-1.0_f64 / 0.3).exp()));
/// assert!((p.value() - 0.0549605).abs() < 1e-7);
/// ```
pub fn attempt_failure(failure: Probability, timed_out: Probability) -> Probability {
    Probability::new(1.0 - (1.0 - failure.value()) * (1.0 - timed_out.value()))
}

/// Returns the attempts per call, A = 1 + p + … + p^r = (1 − p^(r+1)) / (1 − p): the factor by which retries
/// multiply the load.
///
/// Several layers that each retry multiply: A to the power of the layers.
///
/// ```
/// use waiting_line::{queueing::laws::retries::amplification, units::Probability};
/// assert!((amplification(Probability::new(0.055), 3) - 1.058191375).abs() < 1e-9);
/// assert_eq!(amplification(Probability::ONE, 3), 4.0);
/// assert_eq!(amplification(Probability::ONE, 3).powi(3), 64.0);
/// ```
pub fn amplification(attempt_failure: Probability, retries: u8) -> f64 {
    (0..retries).fold(1.0, |attempts, _| 1.0 + attempt_failure.value() * attempts)
}

/// Returns the probability that a call fails in spite of its retries, p^(r+1).
///
/// ```
/// use waiting_line::{queueing::laws::retries::final_error, units::Probability};
/// assert_eq!(final_error(Probability::new(0.1), 0), Probability::new(0.1));
/// assert!((final_error(Probability::new(0.1), 2).value() - 0.001).abs() < 1e-15);
/// ```
pub fn final_error(attempt_failure: Probability, retries: u8) -> Probability {
    Probability::new(attempt_failure.value().powi(i32::from(retries) + 1))
}

/// Returns the mean time spent between the attempts of a call, Σ p^(i+1) · b · m^i over the retries.
///
/// ```
/// use waiting_line::{queueing::laws::retries::backoff_time, units::{Probability, Time}};
/// // Half of all attempts fail: 0.5 · 100 ms + 0.25 · 200 ms.
/// let wait = backoff_time(Probability::new(0.5), 2, Time::from_millis(100.0), 2.0);
/// assert_eq!(wait, Time::from_millis(100.0));
/// ```
pub fn backoff_time(attempt_failure: Probability, retries: u8, first: Time, factor: f64) -> Time {
    let p = attempt_failure.value();
    (0..i32::from(retries)).map(|i| first * (p.powi(i + 1) * factor.powi(i))).sum()
}
