//! The text over a chart: written where it differs from what stands there, since it moves with every frame of a drag.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::charts::{Anchor, Label, Role};

/// A label that stands over a chart.
pub(crate) struct Written {
    label: Label,
    span: HtmlElement,
}

/// Writes labels into an element that holds nothing else; `before` is what stands there and becomes what does.
pub(crate) fn write_labels(place: &Element, labels: &[Label], before: &mut Vec<Written>) {
    // Whatever fails does so because the element has gone, and what is written in it with it.
    let _ = try_write(place, labels, before);
}

/// A label that comes or goes must not have all behind it written anew: each keeps its element as long as it says the same. They
/// stand in the order of the figure, whatever stood there before.
fn try_write(place: &Element, labels: &[Label], before: &mut Vec<Written>) -> Result<(), JsValue> {
    let mut old = std::mem::take(before);
    let kept: Vec<Option<Written>> = labels
        .iter()
        .map(|label| {
            let says_same = |old: &Written| old.label.role == label.role && old.label.text == label.text;
            old.iter().position(says_same).map(|at| old.remove(at))
        })
        .collect();
    let mut old = old.into_iter();
    let mut spans = Vec::with_capacity(labels.len());
    for (label, kept) in labels.iter().zip(kept) {
        let (span, old) = match kept.or_else(|| old.next()) {
            Some(Written { label, span }) => (span, Some(label)),
            None => (added(place)?, None),
        };
        if old.as_ref() != Some(label) {
            write_one(&span, label, old.as_ref())?;
        }
        spans.push(span);
    }
    old.for_each(|gone| gone.span.remove());
    let mut next = place.first_element_child();
    for span in &spans {
        if next.as_ref() == Some(span.as_ref()) {
            next = span.next_element_sibling();
        } else {
            place.insert_before(span, next.as_ref().map(AsRef::as_ref))?;
        }
    }
    before.extend(labels.iter().cloned().zip(spans).map(|(label, span)| Written { label, span }));
    Ok(())
}

/// A new last label.
fn added(place: &Element) -> Result<HtmlElement, JsValue> {
    let document = place.owner_document().ok_or(JsValue::UNDEFINED)?;
    let span = document.create_element("span")?;
    span.set_class_name("chart-label");
    place.append_child(&span)?;
    Ok(span.unchecked_into())
}

/// Writes what differs of one label.
fn write_one(span: &HtmlElement, label: &Label, old: Option<&Label>) -> Result<(), JsValue> {
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
    // Not a style: one that names a token has the browser work out all of the label's style again whenever it moves.
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

/// A length for a style.
pub(crate) fn pixels(length: f64) -> String {
    format!("{length:.1}px")
}
