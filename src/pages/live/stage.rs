//! The stage: the flow of orders as moving dots over a backdrop, with counters.

use leptos::html;
use leptos::prelude::*;

use crate::charts::{Palette, Point};
use crate::components::{ChartLabels, FigureCanvas};
use crate::live::Request;
use crate::pages::live::controller::LiveController;
use crate::platform::{pixels, unique_id};
use crate::strings::live as strings;

#[component]
pub(crate) fn Stage(
    controller: LiveController,
    palette: Signal<Palette>,
    /// The element whose width the simulation lays the stage out for.
    node_ref: NodeRef<html::Div>,
) -> impl IntoView {
    let state = controller.state;
    let follow_order_at = move |event: leptos::ev::MouseEvent| {
        if let Some(stage) = node_ref.get_untracked() {
            let bounds = stage.get_bounding_client_rect();
            let point = Point::new(
                f64::from(event.client_x()) - bounds.left(),
                f64::from(event.client_y()) - bounds.top(),
            );
            controller.request(Request::FollowOrderAt(point));
        }
    };
    let (title_id, hint_id) = (unique_id("stage"), unique_id("hint"));
    view! {
        <section class="panel">
            <div role="group" aria-labelledby=title_id.clone() aria-describedby=hint_id.clone()>
                <h2 class="panel-title" id=title_id.clone()>{strings::FLOW_ANIMATION}</h2>
                <p class="panel-sub" id=hint_id.clone()>{strings::FLOW_ANIMATION_HINT}</p>
                <div
                    class="run-stage"
                    node_ref=node_ref
                    style:height=move || pixels(state.backdrop.read().size.height)
                    on:click=follow_order_at
                >
                    <FigureCanvas figure=state.backdrop palette />
                    <FigureCanvas figure=state.marks palette />
                    <ChartLabels figure=state.counters />
                </div>
            </div>
        </section>
    }
}
