//! Erlang's formulas: the chance to find all servers busy.
//!
//! Source: A. K. Erlang, 1917. Computed from the inverse of B, a sum of positive terms that neither overflows nor cancels:
//! relative error about 1e-14 at a million servers, 1e-13 at a hundred million, with some √c terms.

use crate::units::{OfferedLoad, Probability, Servers};

/// Erlang B: the share of arrivals that find all servers busy when nobody waits (they go away).
///
/// ```
/// use waiting_line::{model::erlang::erlang_b, units::{OfferedLoad, Servers}};
/// let blocked = erlang_b(Servers::new(2), OfferedLoad::from_erlangs(1.0));
/// assert!((blocked.value() - 0.2).abs() < 1e-15);
/// ```
pub fn erlang_b(servers: Servers, offered: OfferedLoad) -> Probability {
    Probability::new(blocking(servers.as_f64(), offered.erlangs()))
}

/// Erlang C: the share of arrivals that wait when those who find all servers busy stand in line. One where the load is
/// not below the servers.
///
/// ```
/// use waiting_line::{model::erlang::erlang_c, units::{OfferedLoad, Servers}};
/// let waits = erlang_c(Servers::new(10), OfferedLoad::from_erlangs(8.0));
/// assert!((waits.value() - 0.40918).abs() < 1e-5);
/// ```
pub fn erlang_c(servers: Servers, offered: OfferedLoad) -> Probability {
    Probability::new(waiting_probability(servers.as_f64(), offered.erlangs()))
}

/// Erlang C in plain numbers.
pub(super) fn waiting_probability(servers: f64, offered: f64) -> f64 {
    let spare = servers - offered;
    if spare <= 0.0 {
        1.0
    } else if spare > 40.0 * offered.sqrt() + 1000.0 {
        0.0
    } else {
        let blocked = blocking(servers, offered);
        blocked * servers / (spare + offered * blocked)
    }
}

/// Erlang B in plain numbers.
fn blocking(servers: f64, offered: f64) -> f64 {
    match TruncatedPoisson::below(servers, offered) {
        TruncatedPoisson::Reached { weight, .. } => 1.0 / weight,
        TruncatedPoisson::FarBelow => 0.0,
    }
}

/// How a Poisson distribution of mean `a`, cut off above `top`, spreads below its topmost state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TruncatedPoisson {
    /// The topmost state counts.
    Reached {
        /// All states together, where the topmost weighs 1: the inverse of Erlang B.
        weight: f64,
        /// The same sum with every state weighed by its distance from the top.
        moment: f64,
    },
    /// The topmost state is never reached, within what numbers can tell; the distance from it is `top` − `a` on average.
    FarBelow,
}

impl TruncatedPoisson {
    /// Sums from the top downwards, each term the one before times state / a.
    pub(super) fn below(top: f64, mean: f64) -> Self {
        let (mut term, mut weight, mut moment) = (1.0_f64, 1.0_f64, 0.0_f64);
        let (mut state, mut distance) = (top, 0.0_f64);
        while state > 0.0 && term >= 1e-17 * weight {
            term *= state / mean;
            distance += 1.0;
            weight += term;
            moment += term * distance;
            state -= 1.0;
            if weight > 1e290 {
                return Self::FarBelow;
            }
        }
        Self::Reached { weight, moment }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let check = |servers, offered, expected: f64| {
            let found = erlang_c(Servers::new(servers), OfferedLoad::from_erlangs(offered)).value();
            assert!((found - expected).abs() <= 1e-12 * expected, "C({servers}, {offered}) = {found}");
        };
        check(1, 0.5, 0.5);
        check(2, 1.0, 1.0 / 3.0);
        check(5, 4.0, 0.554_112_554_112_554_3);
        check(1_000, 980.0, 0.412_200_292_365_280_7);
        check(1_000_000, 999_000.0, 0.223_303_390_291_350_5);
    }

    #[test]
    fn the_edges_are_plain_answers() {
        for (servers, offered, expected) in
            [(3, 0.0, 0.0), (3, 3.0, 1.0), (3, 1e15, 1.0), (100_000_000, 1.0, 0.0)]
        {
            let waits = erlang_c(Servers::new(servers), OfferedLoad::from_erlangs(offered));
            assert_eq!(waits, Probability::new(expected));
        }
        assert_eq!(erlang_b(Servers::ONE, OfferedLoad::default()), Probability::ZERO);
    }
}
