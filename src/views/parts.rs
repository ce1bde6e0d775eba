//! Controls that know no domain: each has a name, a value and a callback.

mod choice;
mod number_field;
mod plot;
mod sheet;
mod switch;

pub(crate) use choice::{Chips, Choice, Segments, Select};
pub(crate) use number_field::NumberField;
pub(crate) use plot::Plot;
pub(crate) use sheet::Sheet;
pub(crate) use switch::Switch;
