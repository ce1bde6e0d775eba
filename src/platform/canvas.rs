//! Draws chart figures on a canvas in device pixels, and reads the colours of the theme.

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use thiserror::Error;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, Element, HtmlCanvasElement};

use crate::charts::{Figure, Palette, Rgb, UNITS_PER_PIXEL, render};

/// More device pixels per CSS pixel than this are not worth their memory.
const MAX_DEVICE_SCALE: f64 = 3.0;

/// A figure could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the chart was not drawn: {0}")]
pub(crate) struct CanvasError(String);

/// Clears a canvas and draws a figure on it, with one canvas pixel for each device pixel.
///
/// # Errors
/// Fails when the browser gives no drawing context, or the drawing fails.
pub(crate) fn draw(
    canvas: &HtmlCanvasElement,
    figure: &Figure,
    palette: &Palette,
) -> Result<(), CanvasError> {
    let scale =
        web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, MAX_DEVICE_SCALE);
    let side = |length: f64| (length * scale).round() as u32;
    let (width, height) = (side(figure.size.width), side(figure.size.height));
    // Setting a size reallocates the canvas even if it is unchanged.
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
    let missing = || CanvasError("the browser gives no drawing context; reload the page".to_owned());
    let context = canvas.get_context("2d").ok().flatten().ok_or_else(missing)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| missing())?;
    context.reset_transform().map_err(|_| missing())?;
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    let unit = 1.0 / f64::from(UNITS_PER_PIXEL);
    context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).map_err(|_| missing())?;
    context.set_line_join("round");
    let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(missing)?;
    render(figure, palette, FineBackend(backend), scale).map_err(|error| CanvasError(error.to_string()))
}

/// The colours of the theme at an element; only text and background colour if the system forces its own
/// colours.
pub(crate) fn palette_from(element: &Element) -> Palette {
    let style = computed_style(element);
    let read = |property: &str| property_of(style.as_ref()?, property);
    let forced = web_sys::window()
        .and_then(|window| window.match_media("(forced-colors: active)").ok().flatten())
        .is_some_and(|query| query.matches());
    let tokens = |token: &str| if forced { None } else { read(token) };
    let text = read("color").and_then(|text| Rgb::parse(&text)).unwrap_or(Rgb(0, 0, 0));
    let stroke = read("--stroke").and_then(|text| text.trim_end_matches("px").parse::<f64>().ok());
    Palette::from_tokens(tokens, text, background_of(element))
        .heavier(stroke.unwrap_or(DEFAULT_STROKE) - DEFAULT_STROKE)
}

/// The token `--stroke` of the default themes in CSS pixels. A theme with a larger value makes every line
/// thicker by the difference.
const DEFAULT_STROKE: f64 = 1.5;

/// The background colour of an element, or of its nearest ancestor that has one.
fn background_of(element: &Element) -> Rgb {
    let ancestors = std::iter::successors(Some(element.clone()), |element| element.parent_element());
    let mut colours = ancestors.filter_map(|element| {
        let text = property_of(&computed_style(&element)?, "background-color")?;
        Rgb::parse(&text).filter(|_| text != "rgba(0, 0, 0, 0)")
    });
    colours.next().unwrap_or(Rgb(255, 255, 255))
}

fn computed_style(element: &Element) -> Option<CssStyleDeclaration> {
    web_sys::window()?.get_computed_style(element).ok().flatten()
}

fn property_of(style: &CssStyleDeclaration, property: &str) -> Option<String> {
    let text = style.get_property_value(property).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The canvas backend of plotters with a coordinate system of fractions of a pixel: plotters has integer
/// coordinates, which would make slanted lines look like stairs. The canvas context scales them back (`draw`
/// sets its transform).
struct FineBackend(CanvasBackend);

type DrawingResult = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for FineBackend {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.0.get_size();
        (width * UNITS_PER_PIXEL, height * UNITS_PER_PIXEL)
    }

    fn ensure_prepared(&mut self) -> DrawingResult {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> DrawingResult {
        self.0.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> DrawingResult {
        self.0.draw_pixel(point, color)
    }

    fn draw_path<Style: BackendStyle, Path: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: Path,
        style: &Style,
    ) -> DrawingResult {
        self.0.draw_path(path, style)
    }

    fn fill_polygon<Style: BackendStyle, Path: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: Path,
        style: &Style,
    ) -> DrawingResult {
        self.0.fill_polygon(path, style)
    }

    fn draw_circle<Style: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &Style,
        fill: bool,
    ) -> DrawingResult {
        self.0.draw_circle(center, radius, style, fill)
    }
}
