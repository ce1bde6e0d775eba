//! The page Explore: one scenario as a flow in time, as a response-time curve, and as the load of each resource.

mod explain_dialog;
mod load_action;
mod sentence_view;
mod state;

use crate::session::Session;
use leptos::prelude::*;

#[component]
pub(crate) fn Explore(session: RwSignal<Session>) -> impl IntoView {
    _ = session;
}
