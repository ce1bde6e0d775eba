//! Numerical methods and special functions that the formulas need.

pub(super) mod normal;
pub(super) mod poisson;
pub(super) mod root;
