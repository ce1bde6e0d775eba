//! Random numbers, with one stream for each source of randomness.
//!
//! PCG XSH RR 64/32 (O'Neill 2014), named because default generators of libraries differ between a browser
//! and a 64-bit machine. Each source draws from its own stream, so that another latency of one step changes
//! neither the arrivals nor the random numbers of other steps.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// A source of randomness; a step is named by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RandomSource {
    Arrivals,
    Thinking,
    Keys,
    ClientJitter,
    Service(usize),
    Failure(usize),
    Acknowledgement(usize),
    Poison(usize),
    StepJitter(usize),
}

impl RandomSource {
    fn number(self) -> u64 {
        match self {
            Self::Arrivals => 0,
            Self::Thinking => 1,
            Self::Keys => 2,
            Self::ClientJitter => 3,
            Self::Service(step) => 8 * (step as u64 + 1),
            Self::Failure(step) => 8 * (step as u64 + 1) + 1,
            Self::Acknowledgement(step) => 8 * (step as u64 + 1) + 2,
            Self::Poison(step) => 8 * (step as u64 + 1) + 3,
            Self::StepJitter(step) => 8 * (step as u64 + 1) + 4,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct RandomStream(Pcg32);

impl RandomStream {
    /// Creates the stream of a source under a seed. State and increment are both hashed, because neighbouring
    /// streams of this family are correlated if they start with similar states.
    pub(crate) fn new(seed: u32, source: RandomSource) -> Self {
        let start = splitmix64(u64::from(seed) << 32 | source.number());
        Self(Pcg32::new(start, splitmix64(start)))
    }

    /// Draws from the uniform distribution on (0, 1].
    pub(crate) fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.0.next_u64() >> 11) + 1) as f64 * STEP
    }

    /// Draws from the exponential distribution of mean 1, by inversion: each draw consumes one number, so
    /// that two runs that differ in a latency stay synchronised.
    pub(crate) fn exponential(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// Draws from the standard normal distribution, by the polar method (Marsaglia, Bray 1964).
    pub(crate) fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// Draws `true` with a probability. Probabilities of 0 and 1 consume no number.
    pub(crate) fn bernoulli(&mut self, probability: f64) -> bool {
        probability > 0.0 && (probability >= 1.0 || self.uniform() <= probability)
    }

    /// Draws a number below `count`, each with the same probability.
    pub(crate) fn choose(&mut self, count: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(count)) >> 32) as u32
    }
}

/// Hashes a number (the finaliser of `SplitMix64`, Steele, Lea, Flood 2014).
fn splitmix64(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(draw: impl FnMut() -> f64) -> (f64, f64) {
        let numbers: Vec<f64> = std::iter::repeat_with(draw).take(200_000).collect();
        let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
        (mean, numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / numbers.len() as f64)
    }

    #[test]
    fn the_laws_have_their_moments() {
        let check = |(mean, variance): (f64, f64), expected: (f64, f64)| {
            assert!((mean - expected.0).abs() < 0.01, "mean {mean}, not {}", expected.0);
            assert!((variance - expected.1).abs() < 0.02, "variance {variance}, not {}", expected.1);
        };
        let mut stream = RandomStream::new(1, RandomSource::Arrivals);
        check(moments(|| stream.uniform()), (0.5, 1.0 / 12.0));
        check(moments(|| stream.exponential()), (1.0, 1.0));
        check(moments(|| stream.normal()), (0.0, 1.0));
        check(moments(|| f64::from(u8::from(stream.bernoulli(0.3)))), (0.3, 0.21));
        check(moments(|| f64::from(stream.choose(5))), (2.0, 2.0));
    }

    #[test]
    fn streams_are_their_own() {
        let sources =
            [RandomSource::Arrivals, RandomSource::Thinking, RandomSource::Keys, RandomSource::ClientJitter]
                .into_iter()
                .chain((0..20).flat_map(|step| {
                    [
                        RandomSource::Service(step),
                        RandomSource::Failure(step),
                        RandomSource::Acknowledgement(step),
                        RandomSource::Poison(step),
                        RandomSource::StepJitter(step),
                    ]
                }));
        let mut firsts: Vec<u64> = sources
            .flat_map(|source| [1, 2].map(|seed| RandomStream::new(seed, source).0.next_u64()))
            .collect();
        let count = firsts.len();
        firsts.sort_unstable();
        firsts.dedup();
        assert_eq!((count, firsts.len()), (208, 208));
    }

    #[test]
    fn neighbouring_streams_do_not_move_together() {
        let mut left = RandomStream::new(7, RandomSource::Service(0));
        let mut right = RandomStream::new(7, RandomSource::Service(1));
        let pairs = 100_000;
        let together: f64 = (0..pairs).map(|_| (left.uniform() - 0.5) * (right.uniform() - 0.5)).sum();
        let correlation = 12.0 * together / f64::from(pairs);
        assert!(correlation.abs() < 0.013, "correlation {correlation}");
    }

    #[test]
    fn certainty_draws_nothing() {
        let mut stream = RandomStream::new(3, RandomSource::Failure(0));
        let untouched = stream.clone();
        assert!(!stream.bernoulli(0.0) && stream.bernoulli(1.0));
        assert!(stream.0 == untouched.0);
    }
}
