//! The one place that knows plotters: a figure's marks, drawn on any of its backends.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon};
use plotters::prelude::DrawingBackend;
use plotters::style::{RGBAColor, ShapeStyle};

use super::figure::{Figure, Ink, Mark, Stroke};
use super::geometry::Point;
use super::palette::Palette;
use super::stroke;

/// Plotters counts in whole units. One unit is this part of a device pixel, so that slopes are smooth.
pub const UNITS_PER_PIXEL: u32 = 8;

/// Draws the marks of a figure, from back to front, over what is there.
///
/// The backend has [`UNITS_PER_PIXEL`] units for each device pixel, and `device_scale` device pixels for each
/// CSS pixel.
///
/// # Errors
/// Fails when the backend cannot draw.
pub fn render<Backend: DrawingBackend>(
    figure: &Figure,
    palette: &Palette,
    backend: Backend,
    device_scale: f64,
) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
    let brush = Brush { area: backend.into_drawing_area(), palette, device_scale };
    figure.marks.iter().try_for_each(|mark| brush.mark(mark))?;
    brush.area.present()
}

/// A drawing area with what is needed to draw on it.
struct Brush<'a, Backend: DrawingBackend> {
    area: DrawingArea<Backend, Shift>,
    palette: &'a Palette,
    device_scale: f64,
}

impl<Backend: DrawingBackend> Brush<'_, Backend> {
    fn mark(&self, mark: &Mark) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
        match mark {
            Mark::Line { points, stroke } => self.stroke(points, *stroke),
            Mark::Rule { from, to, stroke } => self.rule(*from, *to, *stroke),
            Mark::Area { outline, ink, opacity } => {
                let points: Vec<_> = outline.iter().map(|point| self.units(*point)).collect();
                self.area.draw(&Polygon::new(points, self.colour(*ink, *opacity)))
            }
            Mark::Dot { at, radius, fill, rim, rim_width } => {
                let radius = radius + self.palette.extra_width();
                self.disc(*at, radius, *rim)?;
                self.disc(*at, radius - rim_width, *fill)
            }
        }
    }

    fn disc(&self, at: Point, radius: f64, ink: Ink) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
        let style = ShapeStyle { color: self.colour(ink, 1.0), filled: true, stroke_width: 0 };
        self.area.draw(&Circle::new(self.units(at), self.length(radius), style))
    }

    /// Draws a straight line so that its edges fall between device pixels.
    fn rule(
        &self,
        from: Point,
        to: Point,
        stroke: Stroke,
    ) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
        let width = (self.weight(stroke) * self.device_scale).round().max(1.0);
        let crisp =
            |at: f64| ((at * self.device_scale - width / 2.0).round() + width / 2.0) / self.device_scale;
        let ends = if (from.x - to.x).abs() < (from.y - to.y).abs() {
            [Point::new(crisp(from.x), from.y), Point::new(crisp(to.x), to.y)]
        } else {
            [Point::new(from.x, crisp(from.y)), Point::new(to.x, crisp(to.y))]
        };
        self.path(&ends, stroke, (width * f64::from(UNITS_PER_PIXEL)) as u32)
    }

    fn stroke(
        &self,
        points: &[Point],
        stroke: Stroke,
    ) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
        self.path(points, stroke, self.length(self.weight(stroke)))
    }

    /// Draws connected points, dash by dash where the line is dashed.
    fn path(
        &self,
        points: &[Point],
        stroke: Stroke,
        stroke_width: u32,
    ) -> Result<(), DrawingAreaErrorKind<Backend::ErrorType>> {
        let style =
            ShapeStyle { color: self.colour(stroke.ink, stroke.opacity), filled: false, stroke_width };
        let draw = |points: &[Point]| {
            let points: Vec<_> = points.iter().map(|point| self.units(*point)).collect();
            self.area.draw(&PathElement::new(points, style))
        };
        match stroke.dash {
            None => draw(points),
            Some((on, off)) => stroke::dashes(points, on, off).iter().try_for_each(|dash| draw(dash)),
        }
    }

    /// Returns the width of a line in this theme; hairlines stay hairlines.
    fn weight(&self, stroke: Stroke) -> f64 {
        if stroke.ink == Ink::Line { stroke.width } else { stroke.width + self.palette.extra_width() }
    }

    fn units(&self, point: Point) -> (i32, i32) {
        let factor = self.device_scale * f64::from(UNITS_PER_PIXEL);
        ((point.x * factor).round() as i32, (point.y * factor).round() as i32)
    }

    fn length(&self, pixels: f64) -> u32 {
        (pixels * self.device_scale * f64::from(UNITS_PER_PIXEL)).round().max(1.0) as u32
    }

    fn colour(&self, ink: Ink, opacity: f64) -> RGBAColor {
        let rgb = self.palette.colour(ink);
        RGBAColor(rgb.0, rgb.1, rgb.2, opacity)
    }
}

#[cfg(test)]
mod tests {
    use plotters::prelude::SVGBackend;

    use super::super::geometry::Size;
    use super::super::svg::light;
    use super::*;

    fn figure(marks: Vec<Mark>) -> Figure {
        let size = Size::new(200.0, 100.0);
        Figure { size, plot: size.bounds(), marks, labels: Vec::new() }
    }

    fn drawn(marks: Vec<Mark>, palette: &Palette, device_scale: f64) -> String {
        let side = |length: f64| (length * device_scale * f64::from(UNITS_PER_PIXEL)).round() as u32;
        let mut svg = String::new();
        let backend = SVGBackend::with_string(&mut svg, (side(200.0), side(100.0)));
        render(&figure(marks), palette, backend, device_scale).unwrap();
        svg
    }

    fn attribute<'a>(svg: &'a str, name: &str) -> &'a str {
        svg.rsplit_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap()
    }

    fn rule(width: f64, dash: Option<(f64, f64)>) -> Mark {
        let stroke = Stroke { dash, ..Stroke::solid(Ink::Ink, width) };
        Mark::Rule { from: Point::new(33.3, 10.0), to: Point::new(33.3, 90.0), stroke }
    }

    #[test]
    fn the_edges_of_a_rule_fall_between_device_pixels() {
        let units = UNITS_PER_PIXEL.cast_signed();
        for scale in [1.0, 1.25, 1.5, 2.0, 3.0] {
            for width in [0.5, 1.0, 1.5, 2.0] {
                let svg = drawn(vec![rule(width, None)], &light(), scale);
                let thickness: i32 = attribute(&svg, "stroke-width").parse().unwrap();
                let x: i32 = attribute(&svg, "points").split(',').next().unwrap().parse().unwrap();
                assert_eq!((2 * x - thickness) % (2 * units), 0, "left edge of {width} px at {scale}");
                assert_eq!(thickness % units, 0, "thickness of {width} px at {scale}");
                let away = f64::from(x) / f64::from(units) / scale - 33.3;
                assert!(away.abs() <= 0.5 / scale + 1e-9, "moved by {away} px at {scale}");
            }
        }
    }

    #[test]
    fn a_dashed_line_is_drawn_dash_by_dash() {
        let svg = drawn(vec![rule(1.0, Some((8.0, 5.0)))], &light(), 1.0);
        assert_eq!(svg.matches("<polyline").count(), 7);
    }

    #[test]
    fn a_heavier_theme_draws_data_heavier_and_leaves_hairlines() {
        let width = |ink, extra| {
            let points = vec![Point::new(0.0, 0.0), Point::new(9.0, 9.0)];
            let mark = Mark::Line { points, stroke: Stroke::solid(ink, 2.0) };
            let svg = drawn(vec![mark], &light().heavier(extra), 1.0);
            attribute(&svg, "stroke-width").parse::<u32>().unwrap() / UNITS_PER_PIXEL
        };
        assert_eq!((width(Ink::Sync, 0.0), width(Ink::Sync, 1.0)), (2, 3));
        assert_eq!((width(Ink::Line, 0.0), width(Ink::Line, 1.0)), (2, 2));
    }

    #[test]
    fn marks_keep_their_order_ink_and_opacity() {
        let area = Mark::Area { outline: figure(vec![]).plot.rounded(3.0), ink: Ink::Hot, opacity: 0.5 };
        let dot = Mark::Dot {
            at: Point::new(9.0, 9.0),
            radius: 4.0,
            fill: Ink::Sync,
            rim: Ink::Surface,
            rim_width: 1.5,
        };
        let svg = drawn(vec![area, dot], &light(), 1.0);
        let places: Vec<usize> = ["#B54B17", "#FFFFFF", "#1268B5"].map(|ink| svg.find(ink).unwrap()).to_vec();
        assert!(places.is_sorted(), "{svg}");
        assert!(svg.contains("opacity=\"0.5\""));
        assert!(svg.contains("r=\"32\"") && svg.contains("r=\"20\""), "the rim is what the fill leaves");
    }
}
