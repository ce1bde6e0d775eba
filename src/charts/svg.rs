//! Figures drawn to SVG for the tests: structure is asserted, and the files under `target/figures` are looked
//! at.

use std::fmt::Write as _;
use std::path::Path;

use plotters::prelude::SVGBackend;

use super::figure::{Anchor, Figure, Ink};
use super::palette::{Palette, Rgb};
use super::render::{UNITS_PER_PIXEL, render};

/// The colours of the light theme.
pub(super) fn light() -> Palette {
    palette([
        "#FFFFFF", "#F1EEE7", "#DDD8CD", "#857F73", "#1A1E26", "#454B58", "#616876", "#1268B5", "#93430C",
        "#561040", "#DCE5F5", "#DB960A", "#B54B17", "#6A1A25",
    ])
}

/// The colours of the dark theme.
pub(super) fn dark() -> Palette {
    palette([
        "#161B24", "#0A0D12", "#2B3341", "#8490A3", "#EEF1F6", "#B9C2D0", "#939EAF", "#7ABEFF", "#EFCA71",
        "#C0779E", "#343F47", "#AC5D39", "#E39930", "#FEF7B5",
    ])
}

fn palette(colours: [&str; Ink::ALL.len()]) -> Palette {
    let read = |token: &str| {
        let place = Ink::ALL.iter().position(|ink| ink.token() == token)?;
        Some(colours[place].to_owned())
    };
    Palette::from_tokens(read, Rgb(0, 0, 0), Rgb(255, 255, 255))
}

/// The figure's marks as plotters draws them.
pub(super) fn marks(figure: &Figure, palette: &Palette) -> String {
    let side = |length: f64| (length * f64::from(UNITS_PER_PIXEL)).round() as u32;
    let mut drawn = String::new();
    let backend = SVGBackend::with_string(&mut drawn, (side(figure.size.width), side(figure.size.height)));
    render(figure, palette, backend, 1.0).unwrap();
    drawn
}

/// Writes the whole picture, marks and labels on the panel's colour, in both themes.
pub(super) fn write(name: &str, figure: &Figure) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/figures");
    std::fs::create_dir_all(&folder).unwrap();
    for (theme, palette) in [("light", light()), ("dark", dark())] {
        std::fs::write(folder.join(format!("{name}-{theme}.svg")), picture(figure, &palette)).unwrap();
    }
}

fn picture(figure: &Figure, palette: &Palette) -> String {
    let (width, height) = (figure.size.width, figure.size.height);
    let colour = |ink: Ink| {
        let Rgb(red, green, blue) = palette.colour(ink);
        format!("rgb({red},{green},{blue})")
    };
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' \
         width='{width}' height='{height}'>\
         <rect width='{width}' height='{height}' fill='{}'/>",
        colour(Ink::Surface)
    );
    let marks = marks(figure, palette);
    let units = |length: f64| (length * f64::from(UNITS_PER_PIXEL)).round();
    svg += &marks.replacen(
        &format!("width=\"{}\" height=\"{}\"", units(width), units(height)),
        &format!("width=\"{width}\" height=\"{height}\""),
        1,
    );
    for label in &figure.labels {
        let anchor = match label.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        write!(
            svg,
            "<text x='{}' y='{}' dominant-baseline='central' text-anchor='{anchor}' \
             font-family='DejaVu Sans' \
             font-size='12' font-weight='{}' fill='{}'>{}</text>",
            label.at.x,
            label.at.y,
            if label.strong { 700 } else { 400 },
            colour(label.ink),
            label.text
        )
        .unwrap();
    }
    svg + "</svg>"
}
