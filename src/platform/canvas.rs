//! Figures on a canvas: plotters' backend made fine and crisp, and the theme's colours.

use std::f64::consts::TAU;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, Element, HtmlCanvasElement};

use crate::charts::{Figure, Palette, Rgb, UNITS_PER_PIXEL, render};

/// More device pixels per CSS pixel than this are not worth their memory.
const MOST_DEVICE_SCALE: f64 = 3.0;

/// Why a figure could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CanvasError(String);

impl std::fmt::Display for CanvasError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the chart was not drawn: {}", self.0)
    }
}

impl std::error::Error for CanvasError {}

/// Draws a figure on a canvas in place of what is there, with a device pixel for each pixel of the screen.
///
/// # Errors
/// When the browser gives no drawing context, or the drawing fails.
pub(crate) fn draw(
    canvas: &HtmlCanvasElement,
    figure: &Figure,
    palette: &Palette,
) -> Result<(), CanvasError> {
    let scale =
        web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, MOST_DEVICE_SCALE);
    let side = |length: f64| (length * scale).round() as u32;
    let (width, height) = (side(figure.size.width), side(figure.size.height));
    // Setting a size clears and reallocates the canvas even if it is the same.
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
    render(figure, palette, FineBackend { canvas: backend, context }, scale)
        .map_err(|error| CanvasError(error.to_string()))
}

/// The theme's colours where that element stands; in just two colours where the system forces its own.
pub(crate) fn palette_from(element: &Element) -> Palette {
    let style = computed_style(element);
    let read = |property: &str| property_of(style.as_ref()?, property);
    let forced = web_sys::window()
        .and_then(|window| window.match_media("(forced-colors: active)").ok().flatten())
        .is_some_and(|query| query.matches());
    let tokens = |token: &str| if forced { None } else { read(token) };
    let text = read("color").and_then(|text| Rgb::parse(&text)).unwrap_or(Rgb(0, 0, 0));
    let stroke = read("--stroke").and_then(|text| text.strip_suffix("px").unwrap_or(&text).parse().ok());
    Palette::from_tokens(tokens, text, background_of(element))
        .heavier(stroke.unwrap_or(USUAL_STROKE) - USUAL_STROKE)
}

/// The token `--stroke` of the usual themes, in CSS pixels; what a theme has beyond that goes to every line.
const USUAL_STROKE: f64 = 1.5;

/// The colour behind an element: its own or that of the nearest one around it that has any.
fn background_of(element: &Element) -> Rgb {
    let around = std::iter::successors(Some(element.clone()), |element| element.parent_element());
    let mut colours = around.filter_map(|element| {
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

/// Plotters' canvas in the finer units that the figure is drawn in, with brushes of our own.
struct FineBackend {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
}

type Drawn = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for FineBackend {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.canvas.get_size();
        (width * UNITS_PER_PIXEL, height * UNITS_PER_PIXEL)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.context.set_fill_style_str(&self.dip(color));
        self.context.fill_rect(f64::from(point.0), f64::from(point.1), 1.0, 1.0);
        Ok(())
    }

    fn draw_path<Style: BackendStyle, Path: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: Path,
        style: &Style,
    ) -> Drawn {
        self.trace(path);
        self.paint(style, false);
        Ok(())
    }

    fn fill_polygon<Style: BackendStyle, Path: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: Path,
        style: &Style,
    ) -> Drawn {
        self.trace(path);
        self.paint(style, true);
        Ok(())
    }

    fn draw_circle<Style: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &Style,
        fill: bool,
    ) -> Drawn {
        let (x, y) = (f64::from(center.0), f64::from(center.1));
        self.context.begin_path();
        // Fails only for a negative radius.
        let _ = self.context.arc(x, y, f64::from(radius), 0.0, TAU);
        self.paint(style, fill);
        Ok(())
    }
}

/// What plotters' canvas would do too, but with the opacity beside the colour: written into it as a number, it brings the
/// library's formatting of those, which is larger than all the rest of drawing.
impl FineBackend {
    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (x, y) in path {
            // To the first point of a path there is no line.
            self.context.line_to(f64::from(x), f64::from(y));
        }
    }

    fn paint(&self, style: &impl BackendStyle, fill: bool) {
        let colour = self.dip(style.color());
        if fill {
            self.context.set_fill_style_str(&colour);
            self.context.fill();
        } else {
            self.context.set_stroke_style_str(&colour);
            self.context.set_line_width(f64::from(style.stroke_width()));
            self.context.stroke();
        }
    }

    /// Sets the opacity of what is drawn next, and writes its colour.
    fn dip(&self, color: BackendColor) -> String {
        let (red, green, blue) = color.rgb;
        self.context.set_global_alpha(color.alpha);
        format!("rgb({red},{green},{blue})")
    }
}
