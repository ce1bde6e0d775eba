//! The view Explore: one scenario, seen as a flow in time, as a curve, and as the load on each resource.

mod cells;
mod compare;
mod curve;
mod curve_table;
mod details;
mod field;
mod frames;
mod hold;
mod lane;
mod lens;
mod load;
mod percentiles;
mod pointing;
mod predict;
mod reader;
mod response;
mod saturation;
mod simulated;
mod spread;
mod staleness;
mod story;
mod timeline;
mod why;

use leptos::prelude::*;
use markup::{component, view};

use crate::app::rest::later;
use crate::components::palette::use_palette;
use crate::dom::Html;
use crate::session::Session;
use crate::turns::Part;
use compare::ComparePanel;
use lens::Lens;
use load::LoadPanel;
use response::ResponsePanel;
use saturation::SaturationPanel;
use spread::SpreadPanel;
use staleness::StalenessPanel;
use story::Story;
use timeline::TimelineView;
use why::{Asking, WhySheet};

/// The main view.
#[component]
pub(crate) fn Explore(
    /// The state to look at.
    session: RwSignal<Session>,
) -> Html {
    let [lens, curve, bars, rest] = Lens::on(session, [Part::Flow, Part::Curve, Part::Bars, Part::Rest]);
    let asking = Asking::provide(lens);
    let palette = use_palette(Memo::new(move |_| lens.now().preferences));
    let second = move || {
        view! {
            <SpreadPanel lens=rest palette />
            <StalenessPanel lens=rest palette />
            <ComparePanel lens=rest />
        }
    };
    view! {
        <Story lens />
        <TimelineView lens />
        <div class="panels">
            <ResponsePanel lens=curve palette />
            <SaturationPanel lens=bars palette />
            <LoadPanel lens />
        </div>
        <div class="panels" data-row="second">{later(second)}</div>
        {later(move || view! { <WhySheet asking /> })}
    }
}
