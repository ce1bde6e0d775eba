//! Erlang's formulas: the probability that all servers are busy.
//!
//! Source: A. K. Erlang, 1917. Computed from the inverse of B, a sum of positive terms that neither overflows
//! nor cancels, and for very many servers from its uniform expansion: the relative error is below 1e-12
//! everywhere, at a cost that stops growing.

use crate::queueing::numerics::normal;
use crate::queueing::numerics::poisson;
use crate::units::{OfferedLoad, Probability, Servers};

/// Returns Erlang B, the share of arrivals that find all servers busy in a system without a queue, where they
/// are lost.
///
/// ```
/// use waiting_line::{queueing::stations::erlang::erlang_b, units::{OfferedLoad, Servers}};
/// let blocked = erlang_b(Servers::new(2), OfferedLoad::from_erlangs(1.0));
/// assert!((blocked.value() - 0.2).abs() < 1e-15);
/// ```
pub fn erlang_b(servers: Servers, offered: OfferedLoad) -> Probability {
    Probability::new(blocking(servers.as_f64(), offered.erlangs()))
}

/// Returns Erlang C, the share of arrivals that wait when those who find all servers busy queue. It is 1
/// where the load is not below the servers.
///
/// ```
/// use waiting_line::{queueing::stations::erlang::erlang_c, units::{OfferedLoad, Servers}};
/// let waits = erlang_c(Servers::new(10), OfferedLoad::from_erlangs(8.0));
/// assert!((waits.value() - 0.40918).abs() < 1e-5);
/// ```
pub fn erlang_c(servers: Servers, offered: OfferedLoad) -> Probability {
    Probability::new(waiting_probability(servers.as_f64(), offered.erlangs()))
}

/// Computes Erlang C in plain numbers.
pub(crate) fn waiting_probability(servers: f64, offered: f64) -> f64 {
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

/// Computes Erlang B in plain numbers.
fn blocking(servers: f64, offered: f64) -> f64 {
    if offered <= 0.0 { 0.0 } else { poisson::weight(servers, offered).map_or(0.0, |weight| 1.0 / weight) }
}

/// Returns Halfin and Whitt's approximation of Erlang C for many servers, [1 + β Φ(β) / φ(β)]⁻¹ with β = (c −
/// a) / √a. It shows that the probability to wait depends on the spare servers in units of √a alone, which is
/// why large systems can run hotter. The exact formula costs no more, so this serves as an explanation only.
///
/// Source: S. Halfin and W. Whitt, “Heavy-traffic limits for queues with many exponential servers”, 1981.
///
/// ```
/// use waiting_line::{queueing::stations::erlang::halfin_whitt, units::{OfferedLoad, Servers}};
/// let waits = halfin_whitt(Servers::new(1_000_000), OfferedLoad::from_erlangs(999_000.0));
/// assert!((waits.value() - 0.22316).abs() < 1e-5);
/// ```
pub fn halfin_whitt(servers: Servers, offered: OfferedLoad) -> Probability {
    let beta = spare_servers(servers, offered);
    if beta <= 0.0 {
        return Probability::ONE;
    }
    Probability::new(1.0 / (1.0 + beta * normal::cdf(beta) / normal::pdf(beta)))
}

/// Returns the spare servers in units of the load's square root, β = (c − a) / √a: the quantity that
/// square-root staffing sets.
///
/// ```
/// use waiting_line::{queueing::stations::erlang::spare_servers, units::{OfferedLoad, Servers}};
/// assert_eq!(spare_servers(Servers::new(110), OfferedLoad::from_erlangs(100.0)), 1.0);
/// ```
pub fn spare_servers(servers: Servers, offered: OfferedLoad) -> f64 {
    (servers.as_f64() - offered.erlangs()) / offered.erlangs().sqrt().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let check = |servers, offered, expected: f64| {
            let actual = erlang_c(Servers::new(servers), OfferedLoad::from_erlangs(offered)).value();
            assert!((actual - expected).abs() <= 1e-12 * expected, "C({servers}, {offered}) = {actual}");
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
