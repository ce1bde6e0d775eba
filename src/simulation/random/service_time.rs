//! Distributions of service times.

use super::streams::RandomStream;
use crate::simulation::clock::Span;
use crate::simulation::experiment::Tail;
use crate::units::{Time, Variability};

/// A distribution of service times, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum ServiceTimeDistribution {
    Constant {
        mean: f64,
    },
    Exponential {
        mean: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
    },
    LogNormal {
        location: f64,
        spread: f64,
    },
    /// `short_share` is the probability of a short service; both are exponential.
    Hyperexponential {
        short_share: f64,
        short: f64,
        long: f64,
    },
}

impl ServiceTimeDistribution {
    /// Returns the distribution with a mean and a squared coefficient of variation.
    pub(crate) fn new(mean: Time, variability: Variability, tail: Tail) -> Self {
        let (mean, squared) = (mean.seconds() * 1e9, variability.squared());
        if squared <= 0.0 || mean <= 0.0 {
            return Self::Constant { mean };
        }
        match tail {
            Tail::LogNormal => {
                let variance = libm::log(1.0 + squared);
                Self::LogNormal { location: libm::log(mean) - variance / 2.0, spread: variance.sqrt() }
            }
            Tail::ByVariability if squared < 1.0 => {
                Self::Gamma { shape: 1.0 / squared, scale: mean * squared }
            }
            Tail::ByVariability if squared > 1.0 => {
                let short_share = f64::midpoint(1.0, ((squared - 1.0) / (squared + 1.0)).sqrt());
                Self::Hyperexponential {
                    short_share,
                    short: mean / (2.0 * short_share),
                    long: mean / (2.0 * (1.0 - short_share)),
                }
            }
            Tail::ByVariability => Self::Exponential { mean },
        }
    }

    /// Draws a service time and multiplies it by `factor`.
    pub(crate) fn draw(self, stream: &mut RandomStream, factor: f64) -> Span {
        let nanos = match self {
            Self::Constant { mean } => mean,
            Self::Exponential { mean } => mean * stream.exponential(),
            Self::Gamma { shape, scale } => scale * gamma(shape, stream),
            Self::LogNormal { location, spread } => libm::exp(location + spread * stream.normal()),
            Self::Hyperexponential { short_share, short, long } => {
                let mean = if stream.bernoulli(short_share) { short } else { long };
                mean * stream.exponential()
            }
        };
        Span::rounded(nanos * factor)
    }
}

/// Draws from the gamma distribution with a shape of at least 1 and scale 1 (Marsaglia, Tsang 2000).
fn gamma(shape: f64, stream: &mut RandomStream) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = stream.normal();
        let root = 1.0 + c * x;
        let v = root * root * root;
        if v > 0.0 && libm::log(stream.uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::streams::RandomSource;
    use super::*;

    #[test]
    fn every_law_has_the_mean_and_variability_that_were_asked_for() {
        let check = |squared: f64, tail: Tail, within: f64| {
            let law = ServiceTimeDistribution::new(Time::from_millis(400.0), Variability::new(squared), tail);
            let mut stream = RandomStream::new(11, RandomSource::Service(0));
            let times: Vec<f64> =
                (0..400_000).map(|_| law.draw(&mut stream, 1.0).nanos() as f64 / 4e8).collect();
            let mean = times.iter().sum::<f64>() / times.len() as f64;
            let variance = times.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / times.len() as f64;
            assert!((mean - 1.0).abs() < within, "{law:?}: mean {mean}");
            assert!((variance - squared).abs() < 10.0 * within * squared.max(0.1), "{law:?}: {variance}");
        };
        check(0.0, Tail::ByVariability, 1e-9);
        check(0.01, Tail::ByVariability, 0.002);
        check(0.5, Tail::ByVariability, 0.005);
        check(1.0, Tail::ByVariability, 0.005);
        check(4.0, Tail::ByVariability, 0.01);
        check(0.5, Tail::LogNormal, 0.005);
        check(4.0, Tail::LogNormal, 0.02);
    }

    #[test]
    fn a_step_of_no_time_takes_none() {
        let mut stream = RandomStream::new(1, RandomSource::Service(0));
        for squared in [0.0, 0.5, 1.0, 4.0] {
            let law = ServiceTimeDistribution::new(Time::ZERO, Variability::new(squared), Tail::LogNormal);
            assert_eq!(law.draw(&mut stream, 3.0), Span::ZERO);
        }
    }

    #[test]
    fn the_mixture_has_the_parameters_of_the_reference_case() {
        let law =
            ServiceTimeDistribution::new(Time::from_millis(400.0), Variability::SPIKY, Tail::ByVariability);
        let ServiceTimeDistribution::Hyperexponential { short_share, short, long } = law else {
            panic!("{law:?}")
        };
        assert!((short_share - 0.887_298).abs() < 1e-6);
        assert!((short / 1e9 - 0.225_403).abs() < 1e-6 && (long / 1e9 - 1.774_597).abs() < 1e-6);
    }

    #[test]
    fn a_slow_step_is_slow_by_the_factor() {
        let law = ServiceTimeDistribution::new(
            Time::from_millis(100.0),
            Variability::EXPONENTIAL,
            Tail::ByVariability,
        );
        let mut once = RandomStream::new(5, RandomSource::Service(2));
        let mut again = once.clone();
        let (plain, slow) = (law.draw(&mut once, 1.0).nanos(), law.draw(&mut again, 4.0).nanos());
        assert!(slow.abs_diff(4 * plain) <= 4);
    }
}
