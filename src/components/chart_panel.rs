//! The frame of every chart: title, subtitle, plot, summary, tools and table.

use leptos::prelude::*;

use crate::platform::unique_id;

/// The ids that connect a chart with its texts for assistive technology.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ChartIds {
    title: String,
    summary: String,
}

impl ChartIds {
    pub(crate) fn new() -> Self {
        Self { title: unique_id("title"), summary: unique_id("summary") }
    }

    /// The id of the summary, for a control that reads the chart.
    pub(crate) fn summary(&self) -> String {
        self.summary.clone()
    }
}

/// A panel with one chart. The children are the plot.
#[component]
pub(crate) fn ChartPanel(
    ids: ChartIds,
    #[prop(default = "panel")] panel_class: &'static str,
    #[prop(default = "chart")] figure_class: &'static str,
    #[prop(default = "chart-summary")] summary_class: &'static str,
    /// Controls above the chart.
    #[prop(optional, into)]
    header: ViewFn,
    #[prop(into)] title: ViewFn,
    #[prop(into)] subtitle: Signal<String>,
    /// The conclusion in sentences.
    #[prop(into)]
    summary: ViewFn,
    /// Tools and table below the summary.
    #[prop(optional, into)]
    footer: ViewFn,
    children: Children,
) -> impl IntoView {
    let ChartIds { title: title_id, summary: summary_id } = ids;
    view! {
        <section class=panel_class>
            {header.run()}
            <figure
                class=figure_class
                role="group"
                aria-labelledby=title_id.clone()
                aria-describedby=summary_id.clone()
            >
                <h2 class="panel-title" id=title_id.clone()>{title.run()}</h2>
                <p class="panel-sub">{subtitle}</p>
                {children()}
                <p class=summary_class id=summary_id.clone()>{summary.run()}</p>
                {footer.run()}
            </figure>
        </section>
    }
}
