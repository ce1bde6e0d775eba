//! Shuffling by a seed.

use rand::seq::SliceRandom;
use rand_pcg::Pcg32;

/// Returns the items shuffled by a seed, differently in each stream. The generator is fixed, so that the
/// order is the same on every machine.
pub(super) fn shuffled<T, S: AsMut<[T]>>(mut items: S, seed: u32, stream: u32) -> S {
    items.as_mut().shuffle(&mut Pcg32::new(u64::from(seed), u64::from(stream)));
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_the_same_everywhere_and_always() {
        let check = |seed, stream, order: [u8; 4]| assert_eq!(shuffled([0, 1, 2, 3], seed, stream), order);
        check(1, 0, [2, 3, 0, 1]);
        check(2, 0, [3, 2, 1, 0]);
        check(1, 7, [2, 1, 3, 0]);
    }

    #[test]
    fn every_order_comes_about_equally_often() {
        let mut seen = std::collections::HashMap::new();
        for seed in 0..24_000 {
            *seen.entry(shuffled([0, 1, 2, 3], seed, 5)).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 24);
        assert!(seen.values().all(|count| (850..1_150).contains(count)), "{seen:?}");
    }
}
