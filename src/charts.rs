//! Charts as values: data becomes a [`Figure`] of marks and labels, and one renderer draws its marks.
//!
//! All sizes are CSS pixels. The marks go to a canvas (or, in the tests, to SVG) through [`render`], the only
//! function that knows plotters. The labels are never drawn there: they are positioned text for an overlay,
//! so that they stay crisp, selectable and translatable. What words they hold comes from the caller.

mod axes;
mod clip;
mod csv;
mod distribution;
mod figure;
mod geometry;
mod labels;
mod melody;
mod palette;
mod plot;
mod render;
mod response;
mod saturation;
mod scale;
mod staleness;
mod strip;
mod stroke;
#[cfg(test)]
mod svg;
pub mod timeline;
mod waterfall;

pub use axes::{Axes, Ceiling, load_grid, milestones};
pub use csv::csv;
pub use distribution::{Spread, distribution};
pub use figure::{Anchor, Figure, Ink, Label, Mark, Role, Stroke};
pub use geometry::{Point, Rect, Size};
pub use melody::melody;
pub use palette::{Palette, Rgb};
pub use render::{UNITS_PER_PIXEL, render};
pub use response::{Response, ResponseChart, Simulated};
pub use saturation::{SaturationBar, SaturationState, saturation};
pub use scale::{ROUND_TIMES, Scale, ScaleKind, fine_time_tick, long_time_tick, round_time_tick, time_tick};
pub use staleness::{Lag, staleness};
pub use strip::{LineKind, Strip, StripLine};
pub use waterfall::{Bar, Waterfall};
