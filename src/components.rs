//! Controls that know no domain: each has a name, a value and a callback.

mod chart_tools;
mod choice;
mod folded;
mod number_field;
pub(crate) mod palette;
mod plot;
mod reading;
mod sheet;
mod switch;
pub(crate) mod toast;

pub(crate) use chart_tools::{ChartTools, Takings};
pub(crate) use choice::{Buttons, Choice, Kind, Select};
pub(crate) use folded::folded;
pub(crate) use number_field::{Entry, NumberField};
pub(crate) use plot::{Labels, Plot};
pub(crate) use reading::{cross_hair, next_place};
pub(crate) use sheet::Sheet;
pub(crate) use switch::Switch;
