//! The theory against numbers from other sources: exact Markov chains, published tables, independent solvers
//! and simulations.
//!
//! Every value of every case is checked against its tolerance; a value that no test reads fails the case.

mod bad_input;
mod case;
mod events;
mod laws;
mod networks;
mod pools;
mod solvers;
mod stations;
mod transients;

use case::{Case, all_cases};

/// Checks a case.
type Check = fn(&mut Case);

/// The check for each kind of case.
const CHECKS: [(&str, Check); 30] = [
    ("ggc_allen_cunneen", stations::several_servers),
    ("mm1", stations::one_server),
    ("mmc", stations::servers),
    ("mmc_huge", stations::very_many_servers),
    ("md1", stations::constant_service),
    ("mg1", stations::spiky_service),
    ("erlang_c_table", stations::erlang_table),
    ("finite_source", stations::finite_source),
    ("scale", stations::scale),
    ("open_vs_closed", stations::open_and_closed),
    ("published_mva", networks::published),
    ("seed_sums", networks::sums),
    ("concurrent_orders", networks::concurrent_orders),
    ("closed_mva_single", networks::closed),
    ("closed_mva_multi", networks::closed),
    ("knee_bounds", networks::knee_and_bounds),
    ("pool_closed_small", pools::small),
    ("pool_closed", pools::shop),
    ("pool_open", pools::stream),
    ("slow_dependency", pools::slow_dependency),
    ("chain_percentiles", pools::chain_percentiles),
    ("async_offload", pools::offload),
    ("capacity", laws::capacity),
    ("retry_formula", laws::retries),
    ("usl_tail", laws::scalability_and_tail),
    ("metastable", transients::metastable),
    ("backlog_drain", transients::backlog),
    ("spike_transient", transients::spike),
    ("broker_partitions", events::partitions),
    ("at_least_once", events::at_least_once),
];

fn check(kind: &str) {
    let (_, check) = CHECKS.iter().find(|(name, _)| *name == kind).expect("every kind of case has its check");
    let cases: Vec<Case> = all_cases().into_iter().filter(|case| case.kind == kind).collect();
    assert!(!cases.is_empty(), "no case of the kind {kind}");
    for mut case in cases {
        check(&mut case);
        case.finish();
    }
}

#[test]
fn all_33_cases_have_their_check() {
    let cases = all_cases();
    assert_eq!(cases.len(), 33);
    for case in cases {
        let known = CHECKS.iter().any(|(kind, _)| *kind == case.kind) || case.kind == "bad_input";
        assert!(known, "no check for the case {} of the kind {}", case.id, case.kind);
    }
}

macro_rules! tests {
    ($($name:ident)*) => { $(#[test] fn $name() { check(stringify!($name)); })* };
}

tests! {
    mm1 mmc mmc_huge md1 mg1 ggc_allen_cunneen erlang_c_table finite_source scale open_vs_closed
    published_mva seed_sums concurrent_orders closed_mva_single closed_mva_multi knee_bounds
    pool_closed_small pool_closed pool_open slow_dependency chain_percentiles async_offload
    capacity retry_formula usl_tail metastable backlog_drain spike_transient broker_partitions at_least_once
}

#[test]
fn every_kind_is_tested_by_name() {
    // The list of tests above and the list of checks must be the same.
    let source = include_str!("reference.rs");
    let list = source.split("tests! {").nth(1).unwrap_or_default();
    for (kind, _) in CHECKS {
        assert!(list.split_whitespace().any(|word| word == kind), "{kind} has a check, but no test");
    }
}
