//! The view Explore: one scenario, seen as a flow in time, as a curve, and as the load on each resource.

mod curve;
mod details;
mod field;
mod lane;
mod lens;
mod load;
mod predict;
mod reader;
mod response;
mod saturation;
mod story;
mod timeline;

use leptos::prelude::*;

use crate::session::Session;
use crate::views::palette::use_palette;
use lens::Lens;
use load::LoadPanel;
use response::ResponsePanel;
use saturation::SaturationPanel;
use story::Story;
use timeline::TimelineView;

/// The main view.
#[component]
pub(crate) fn Explore(
    /// The state to look at.
    session: RwSignal<Session>,
) -> impl IntoView {
    let lens = Lens::on(session);
    let palette = use_palette(Memo::new(move |_| lens.now().preferences));
    view! {
        <Story lens />
        <TimelineView lens />
        <div class="panels">
            <ResponsePanel lens palette />
            <SaturationPanel lens palette />
            <LoadPanel lens />
        </div>
    }
}
