//! Files for download.

use js_sys::encode_uri_component;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, DomRect, Element, HtmlCanvasElement, HtmlElement};

/// Saves text as a file.
pub(crate) fn save_text(name: &str, kind: &str, text: &str) {
    let content = String::from(encode_uri_component(text));
    save(name, &format!("data:{kind};charset=utf-8,{content}"));
}

fn save(name: &str, url: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        // Neither call can fail: the names are valid.
        let _ = link.set_attribute("href", url);
        let _ = link.set_attribute("download", name);
        link.click();
    }
}

/// Saves a chart as a PNG: its title, its canvas, and the text above and next to it. Returns `None` where the
/// browser gives no canvas.
///
/// `chart` is the element around the canvas; `texts` selects the elements in it whose text is drawn.
pub(crate) fn save_picture(name: &str, chart: &Element, title: &str, texts: &str) -> Option<()> {
    const MARGIN: f64 = 16.0;
    const TITLE: f64 = 18.0;
    /// `NodeFilter.SHOW_TEXT`.
    const SHOW_TEXT: u32 = 4;
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
    context.set_font(&format!("650 18px {family}"));
    context.fill_text_with_max_width(title, MARGIN, MARGIN + TITLE / 2.0, area.width()).ok()?;

    let within = |rect: &DomRect| (rect.left() - area.left() + MARGIN, rect.top() - area.top() + top);
    let canvas: HtmlCanvasElement = chart.query_selector("canvas").ok()??.dyn_into().ok()?;
    let place = canvas.get_bounding_client_rect();
    let (x, y) = within(&place);
    context
        .draw_image_with_html_canvas_element_and_dw_and_dh(&canvas, x, y, place.width(), place.height())
        .ok()?;
    // Each word is drawn where the page shows it, so line breaks, alignment and nested elements are right
    // without layout here.
    let word_place = document().create_range().ok()?;
    let texts_in_chart = document().create_tree_walker_with_what_to_show(chart, SHOW_TEXT).ok()?;
    while let Ok(Some(node)) = texts_in_chart.next_node() {
        let (Some(parent), Some(text)) = (node.parent_element(), node.text_content()) else { continue };
        let Ok(Some(block)) = parent.closest(texts) else { continue };
        context.set_fill_style_str(&style(&parent, "color")?);
        let (weight, size) = (style(&parent, "font-weight")?, style(&parent, "font-size")?);
        context.set_font(&format!("{weight} {size} {family}"));
        let end = block.get_bounding_client_rect().right() - area.left() + MARGIN;
        let mut start = 0;
        for word in text.split_inclusive(' ') {
            // Ranges count UTF-16 units.
            let next = start + word.encode_utf16().count() as u32;
            word_place.set_start(&node, start).ok()?;
            word_place.set_end(&node, next).ok()?;
            start = next;
            let rect = word_place.get_bounding_client_rect();
            let (x, y) = within(&rect);
            // Text that the page cuts off at the end of its block is squeezed or left out.
            if x < end {
                let y = y + rect.height() / 2.0;
                context.fill_text_with_max_width(word.trim_end(), x, y, end - x).ok()?;
            }
        }
    }
    save(name, &picture.to_data_url().ok()?);
    Some(())
}
