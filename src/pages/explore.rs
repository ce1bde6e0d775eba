//! The page Explore: one scenario as a flow in time, as a response-time curve, and as the load of each resource.

mod explain_dialog;
mod load_action;
mod sentence_view;
mod state;
