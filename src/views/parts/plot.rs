//! A figure on a canvas, with its labels over it.

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::browser::draw;
use crate::charts::{Anchor, Figure, Label, Palette, Role};

/// Draws a figure whenever it or the palette changes. The canvas says nothing to assistive technology: the chart's
/// title, summary, reader and table do.
#[component]
pub(crate) fn Plot(
    /// What to draw.
    #[prop(into)]
    figure: Signal<Figure>,
    /// With which colours.
    palette: Memo<Palette>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        figure.with(|figure| {
            palette.with(|palette| {
                if let Err(error) = draw(&canvas, figure, palette) {
                    leptos::logging::warn!("{error}");
                }
            });
        });
    });
    let labels = move || figure.with(|figure| figure.labels.iter().map(label).collect_view());
    view! {
        <canvas node_ref=canvas aria-hidden="true"></canvas>
        <div class="chart-labels" aria-hidden="true">{labels}</div>
    }
}

/// One label at its place.
fn label(label: &Label) -> impl IntoView + use<> {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let role = match label.role {
        Role::AcrossTick | Role::UpTick => "tick",
        Role::Annotation => "annotation",
    };
    view! {
        <span
            class="chart-label"
            data-anchor=anchor
            data-role=role
            data-strong=label.strong.then_some("")
            style:left=format!("{:.1}px", label.at.x)
            style:top=format!("{:.1}px", label.at.y)
            style:color=format!("var({})", label.ink.token())
        >
            {label.text.clone()}
        </span>
    }
}
