//! Statistics of a run: counters, time averages, histograms, confidence intervals.

pub(super) mod confidence;
pub(super) mod counters;
pub(super) mod histogram;
pub(super) mod time_average;
pub(super) mod warm_up;
