//! The one generator of chance, with a stream of its own for every source of it.
//!
//! PCG XSH RR 64/32 (O'Neill 2014), named because the generators that libraries choose by themselves differ between a
//! browser and a 64-bit machine. Each source draws from its own stream, so that another latency of one step leaves the
//! arrivals, and the luck of all other steps, as they were.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

/// What chance decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// When the next order comes.
    Arrivals,
    /// How long a user thinks.
    Thinking,
    /// Which key an order's events bear.
    Keys,
    /// By how much a client's retry is moved.
    ClientJitter,
    /// How long the work of the step at this index takes.
    Service(usize),
    /// Whether it fails.
    Failure(usize),
    /// Whether its acknowledgement is lost.
    Acknowledgement(usize),
    /// Whether an event for it can never be handled.
    Poison(usize),
    /// By how much its retry is moved.
    StepJitter(usize),
}

impl Source {
    /// A number that no other source has.
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

/// The luck of one source.
#[derive(Debug, Clone)]
pub(super) struct Stream(Pcg32);

impl Stream {
    /// The stream of a source under a seed. Start and increment are both scattered by a hash, because neighbouring
    /// streams of this family are correlated when they start alike.
    pub(super) fn new(seed: u32, source: Source) -> Self {
        let start = scattered(u64::from(seed) << 32 | source.number());
        Self(Pcg32::new(start, scattered(start)))
    }

    /// A number above 0 and at most 1, all of them equally likely.
    pub(super) fn unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.0.next_u64() >> 11) + 1) as f64 * STEP
    }

    /// A number from the exponential law of mean 1, by inversion: one number in, one number out, so that two runs that
    /// differ in a latency stay in step.
    pub(super) fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }

    /// A number from the normal law of mean 0 and variance 1, by the polar method (Marsaglia, Bray 1964).
    pub(super) fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// Whether what has this probability happens. What never or always happens draws no number.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        probability > 0.0 && (probability >= 1.0 || self.unit() <= probability)
    }

    /// One of so many things, each as likely as the other.
    pub(super) fn one_of(&mut self, count: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(count)) >> 32) as u32
    }
}

/// A number that looks like chance (the finaliser of `SplitMix64`, Steele, Lea, Flood 2014).
fn scattered(number: u64) -> u64 {
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
        let mut stream = Stream::new(1, Source::Arrivals);
        check(moments(|| stream.unit()), (0.5, 1.0 / 12.0));
        check(moments(|| stream.exponential()), (1.0, 1.0));
        check(moments(|| stream.normal()), (0.0, 1.0));
        check(moments(|| f64::from(u8::from(stream.happens(0.3)))), (0.3, 0.21));
        check(moments(|| f64::from(stream.one_of(5))), (2.0, 2.0));
    }

    #[test]
    fn streams_are_their_own() {
        let sources = [Source::Arrivals, Source::Thinking, Source::Keys, Source::ClientJitter]
            .into_iter()
            .chain((0..20).flat_map(|step| {
                [
                    Source::Service(step),
                    Source::Failure(step),
                    Source::Acknowledgement(step),
                    Source::Poison(step),
                    Source::StepJitter(step),
                ]
            }));
        let mut firsts: Vec<u64> =
            sources.flat_map(|source| [1, 2].map(|seed| Stream::new(seed, source).0.next_u64())).collect();
        let count = firsts.len();
        firsts.sort_unstable();
        firsts.dedup();
        assert_eq!((count, firsts.len()), (208, 208));
    }

    #[test]
    fn neighbouring_streams_do_not_move_together() {
        let mut left = Stream::new(7, Source::Service(0));
        let mut right = Stream::new(7, Source::Service(1));
        let pairs = 100_000;
        let together: f64 = (0..pairs).map(|_| (left.unit() - 0.5) * (right.unit() - 0.5)).sum();
        let correlation = 12.0 * together / f64::from(pairs);
        assert!(correlation.abs() < 0.013, "correlation {correlation}");
    }

    #[test]
    fn certainty_draws_nothing() {
        let mut stream = Stream::new(3, Source::Failure(0));
        let untouched = stream.clone();
        assert!(!stream.happens(0.0) && stream.happens(1.0));
        assert!(stream.0 == untouched.0);
    }
}
