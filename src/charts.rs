//! Charts as values: data becomes a [`Figure`] of marks and labels, and one renderer draws its marks.
//!
//! All sizes are CSS pixels. The marks go to a canvas (or, in the tests, to SVG) through [`render`], the only
//! function that knows plotters. The labels are never drawn there: they are positioned text for an overlay,
//! so that they stay crisp, selectable and translatable. What words they hold comes from the caller.

mod axes;
mod clip;
mod csv;
mod figure;
mod figures;
mod geometry;
mod labels;
mod melody;
mod palette;
mod plot;
mod render;
mod scale;
mod stroke;
#[cfg(test)]
mod svg;
pub mod timeline;

pub use axes::{Axes, Ceiling, load_grid, milestones};
pub use csv::csv;
pub use figure::{Anchor, Figure, Ink, Label, Mark, Role, Stroke};
pub use figures::distribution::{Spread, distribution};
pub use figures::response::{Response, ResponseChart, Simulated};
pub use figures::saturation::{SaturationBar, SaturationState, saturation};
pub use figures::staleness::{Lag, staleness};
pub use figures::strip::{LineKind, Strip, StripLine};
pub use figures::waterfall::{Bar, Waterfall};
pub use geometry::{Point, Rect, Size};
pub use melody::melody;
pub use palette::{Palette, Rgb};
pub use render::{UNITS_PER_PIXEL, render};
pub use scale::{ROUND_TIMES, Scale, ScaleKind, fine_time_tick, long_time_tick, round_time_tick, time_tick};
