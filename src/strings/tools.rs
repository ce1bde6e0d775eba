//! What can be taken from a chart.

/// Plays the values as pitches.
pub const LISTEN: &str = "Listen";
/// What that does.
pub const LISTEN_TITLE: &str = "Hear the values as pitches for two seconds; Esc stops";
/// Saves the numbers.
pub const CSV: &str = "CSV";
/// What that does.
pub const CSV_TITLE: &str = "Save the numbers for a spreadsheet";
/// Saves the picture.
pub const PNG: &str = "PNG";
/// What that does.
pub const PNG_TITLE: &str = "Save the chart as a picture";
