//! Text of the buttons that export a chart or play it as sound.

pub const LISTEN: &str = "Listen";
pub const LISTEN_TOOLTIP: &str = "Hear the values as pitches for two seconds; Esc stops";
pub const CSV: &str = "CSV";
pub const CSV_TOOLTIP: &str = "Save the numbers for a spreadsheet";
pub const PNG: &str = "PNG";
pub const PNG_TOOLTIP: &str = "Save the chart as a picture";
