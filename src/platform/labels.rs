//! Chart labels as text above the canvas. They are updated by difference, because they move with every frame
//! of a drag.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::charts::{Anchor, Label, Role};

/// A label with its element in the page.
pub(crate) struct RenderedLabel {
    label: Label,
    span: HtmlElement,
}

/// Renders labels into an element that holds nothing else; `rendered` holds its present labels and is
/// updated.
pub(crate) fn write_labels(container: &Element, labels: &[Label], rendered: &mut Vec<RenderedLabel>) {
    // Fails only if the element is not in the page any more.
    let _ = try_write_labels(container, labels, rendered);
}

/// Keeps the element of each label whose text and role are unchanged, reuses the others, and puts all in the
/// order of the figure: a label that appears or disappears must not cause the labels after it to be written
/// again.
fn try_write_labels(
    container: &Element,
    labels: &[Label],
    rendered: &mut Vec<RenderedLabel>,
) -> Result<(), JsValue> {
    let mut old = std::mem::take(rendered);
    let kept: Vec<Option<RenderedLabel>> = labels
        .iter()
        .map(|label| {
            let is_same = |old: &RenderedLabel| old.label.role == label.role && old.label.text == label.text;
            old.iter().position(is_same).map(|index| old.remove(index))
        })
        .collect();
    let mut old = old.into_iter();
    let mut spans = Vec::with_capacity(labels.len());
    for (label, kept) in labels.iter().zip(kept) {
        let (span, old) = match kept.or_else(|| old.next()) {
            Some(RenderedLabel { label, span }) => (span, Some(label)),
            None => (append_span(container)?, None),
        };
        if old.as_ref() != Some(label) {
            update_span(&span, label, old.as_ref())?;
        }
        spans.push(span);
    }
    old.for_each(|unused| unused.span.remove());
    let mut next = container.first_element_child();
    for span in &spans {
        if next.as_ref() == Some(span.as_ref()) {
            next = span.next_element_sibling();
        } else {
            container.insert_before(span, next.as_ref().map(AsRef::as_ref))?;
        }
    }
    rendered.extend(labels.iter().cloned().zip(spans).map(|(label, span)| RenderedLabel { label, span }));
    Ok(())
}

fn append_span(container: &Element) -> Result<HtmlElement, JsValue> {
    let document = container.owner_document().ok_or(JsValue::UNDEFINED)?;
    let span = document.create_element("span")?;
    span.set_class_name("chart-label");
    container.append_child(&span)?;
    Ok(span.unchecked_into())
}

/// Writes the differences between a label and the one that its element showed before.
fn update_span(span: &HtmlElement, label: &Label, old: Option<&Label>) -> Result<(), JsValue> {
    if old.is_none_or(|old| old.text != label.text) {
        span.set_text_content(Some(&label.text));
    }
    if old.is_none_or(|old| (old.anchor, old.role, old.strong) != (label.anchor, label.role, label.strong)) {
        let anchor = match label.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let role = match label.role {
            Role::AcrossTick | Role::UpTick => "tick",
            Role::Annotation => "annotation",
        };
        span.set_attribute("data-anchor", anchor)?;
        span.set_attribute("data-role", role)?;
        span.set_attribute("data-strong", if label.strong { "true" } else { "false" })?;
    }
    if old.is_none_or(|old| old.asks.is_some() != label.asks.is_some()) {
        span.toggle_attribute_with_force("data-asks", label.asks.is_some())?;
    }
    // An attribute, because a style that uses a token makes the browser recalculate the whole style at every
    // move.
    if old.is_none_or(|old| old.ink != label.ink) {
        span.set_attribute("data-ink", label.ink.token())?;
    }
    if old.is_none_or(|old| old.at != label.at) {
        let style = span.style();
        style.set_property("left", &pixels(label.at.x))?;
        style.set_property("top", &pixels(label.at.y))?;
    }
    Ok(())
}

/// A length as a CSS value.
pub(crate) fn pixels(length: f64) -> String {
    format!("{length:.1}px")
}
