//! Files that the page hands to the person.

use js_sys::encode_uri_component;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, DomRect, Element, HtmlCanvasElement, HtmlElement};

/// Saves a text as a file.
pub(crate) fn save_text(name: &str, kind: &str, text: &str) {
    let content = String::from(encode_uri_component(text));
    save(name, &["data:", kind, ";charset=utf-8,", &content].concat());
}

fn save(name: &str, address: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        // An attribute of that name can always be set.
        let _ = link.set_attribute("href", address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
}

/// Saves a chart as a picture: its title, its canvas, and all text that stands over it or beside it.
///
/// `chart` is the element around the canvas; texts are the elements in it that `texts` selects.
pub(crate) fn save_picture(name: &str, chart: &Element, title: &str, texts: &str) -> Option<()> {
    const MARGIN: f64 = 16.0;
    const TITLE: f64 = 18.0;
    let window = web_sys::window()?;
    let scale = window.device_pixel_ratio().max(2.0);
    let area = chart.get_bounding_client_rect();
    let top = 2.5 * MARGIN + TITLE;
    let picture: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    picture.set_width(((area.width() + 2.0 * MARGIN) * scale).round() as u32);
    picture.set_height(((area.height() + top + MARGIN) * scale).round() as u32);
    let context: CanvasRenderingContext2d = picture.get_context("2d").ok()??.dyn_into().ok()?;
    context.scale(scale, scale).ok()?;
    let style = |element: &Element, property: &str| {
        window.get_computed_style(element).ok().flatten()?.get_property_value(property).ok()
    };
    context.set_fill_style_str(&style(&chart.closest(".panel").ok()??, "background-color")?);
    context.fill_rect(0.0, 0.0, area.width() + 2.0 * MARGIN, area.height() + top + MARGIN);
    context.set_text_baseline("middle");
    let family = style(chart, "font-family")?;
    context.set_fill_style_str(&style(chart, "color")?);
    context.set_font(&["650 18px ", &family].concat());
    context.fill_text(title, MARGIN, MARGIN + TITLE / 2.0).ok()?;

    let within = |rect: &DomRect| (rect.left() - area.left() + MARGIN, rect.top() - area.top() + top);
    let canvas: HtmlCanvasElement = chart.query_selector("canvas").ok()??.dyn_into().ok()?;
    let place = canvas.get_bounding_client_rect();
    let (x, y) = within(&place);
    context
        .draw_image_with_html_canvas_element_and_dw_and_dh(&canvas, x, y, place.width(), place.height())
        .ok()?;
    let found = chart.query_selector_all(texts).ok()?;
    for text in (0..found.length()).filter_map(|index| found.item(index)?.dyn_into::<Element>().ok()) {
        let rect = text.get_bounding_client_rect();
        let (x, y) = within(&rect);
        context.set_fill_style_str(&style(&text, "color")?);
        let font = [&style(&text, "font-weight")?, " ", &style(&text, "font-size")?, " ", &family].concat();
        context.set_font(&font);
        let padding = f64::from(text.client_width().max(1)).min(rect.width()) - rect.width();
        context.fill_text(&text.text_content()?, x - padding, y + rect.height() / 2.0).ok()?;
    }
    save(name, &picture.to_data_url().ok()?);
    Some(())
}
