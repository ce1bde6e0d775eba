//! The view Explore: the flow of an order, its load, its charts and its explanations.

mod charts;
mod explain_panels;
mod explain_tables;
mod figures;
mod first_screen;
mod history;
mod invalid_input;
mod latency;
mod load;
mod placement;
mod presets;
mod steps;
