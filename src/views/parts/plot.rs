//! A figure on a canvas, with its labels over it.

use std::sync::Arc;

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::browser::draw;
use crate::charts::{Anchor, Figure, Label, Palette, Role};
use crate::units::decimal;
use crate::views::live::{effect, part};

/// Draws a figure whenever it or the palette changes. The canvas says nothing to assistive technology: the chart's
/// title, summary, reader and table do.
#[component]
pub(crate) fn Plot(
    /// What to draw.
    figure: Memo<Arc<Figure>>,
    /// With which colours.
    palette: Memo<Palette>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        if let Err(error) = draw(&canvas, &figure.get(), &palette.get()) {
            leptos::logging::warn!("{error}");
        }
    });
    // Ticks keep still while a curve moves beneath them, and are then not written again.
    let labels = move |of_axis: bool| {
        let labels = Memo::new(move |_| {
            let figure = figure.get();
            let wanted = figure.labels.iter().filter(|label| (label.role != Role::Annotation) == of_axis);
            wanted.cloned().collect::<Vec<Label>>()
        });
        part(move || labels.with(|labels| labels.iter().map(written).collect_view().into_any()))
    };
    view! {
        <canvas node_ref=canvas aria-hidden="true"></canvas>
        <div class="chart-labels" aria-hidden="true">{labels(true)} {labels(false)}</div>
    }
}

/// One label at its place.
pub(crate) fn written(label: &Label) -> AnyView {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let role = match label.role {
        Role::AcrossTick | Role::UpTick => "tick",
        Role::Annotation => "annotation",
    };
    let strong = if label.strong { "true" } else { "false" };
    view! {
        <span
            class="chart-label"
            data-anchor=anchor
            data-role=role
            data-strong=strong
            style:left=pixels(label.at.x)
            style:top=pixels(label.at.y)
            style:color=["var(", label.ink.token(), ")"].concat()
        >
            {label.text.clone()}
        </span>
    }
    .into_any()
}

/// A length for a style.
pub(crate) fn pixels(length: f64) -> String {
    decimal::fixed(length, 1) + "px"
}
