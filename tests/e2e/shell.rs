//! The shell around the views: start and failure, themes, keyboard and touch, links, storage, accessibility.

mod accessibility;
mod appearance;
mod broken_site;
mod failures;
mod keyboard;
mod measure;
mod persistence;
mod share;
mod startup;
mod touch;
mod tour;
