//! The stage: what stands still, what moves over it, and the numbers.

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::charts::{Palette, Point};
use crate::components::{Labels, Plot};
use crate::dom::{Html, NodeRef, pointer, text};
use crate::live::Request;
use crate::pages::live::panels::sent;
use crate::pages::live::theatre::Theatre;
use crate::platform::{pixels, unique_id};
use crate::strings::live as words;

/// The stage.
#[component]
pub(crate) fn StageView(
    /// What to show.
    theatre: Theatre,
    /// With which colours.
    palette: Memo<Palette>,
    /// Where it is, to be measured.
    node: NodeRef<HtmlElement>,
) -> Html {
    let height = text(move || pixels(theatre.now().backdrop.size.height));
    let backdrop = sent(move || theatre.now().backdrop.clone());
    let marks = sent(move || theatre.moving().marks.clone());
    let counters = sent(move || theatre.now().counters.clone());
    let pick = pointer(move |event| {
        if let Some(place) = node.get_untracked() {
            let bounds = place.get_bounding_client_rect();
            let at = Point::new(
                f64::from(event.client_x()) - bounds.left(),
                f64::from(event.client_y()) - bounds.top(),
            );
            theatre.ask(Request::FollowOrderAt(at));
        }
    });
    let (title, how) = (unique_id("stage"), unique_id("how"));
    let (labelled, described) = (title.clone(), how.clone());
    view! {
        <section class="panel">
            <div role="group" aria-labelledby=labelled aria-describedby=described>
                <h2 class="panel-title" id=title>{words::FLOW_ANIMATION}</h2>
                <p class="panel-sub" id=how>{words::FLOW_ANIMATION_HINT}</p>
                <div class="run-stage" node_ref=node style:height=height on:click=pick>
                    <Plot figure=backdrop palette />
                    <Plot figure=marks palette />
                    <Labels figure=counters />
                </div>
            </div>
        </section>
    }
}
