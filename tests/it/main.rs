//! Tests of the whole: the house rules.

mod architecture;
