//! The rim: everything that knows the browser and is not a view.

mod appearance;
mod canvas;
mod clipboard;
mod crash;
mod focus;
mod fragment;
mod labels;
mod rest;
mod save;
mod screen;
mod simulation;
mod size;
mod sound;
mod storage;

pub(crate) use appearance::{Appearance, on_system_change, prefers_reduced_motion, show_appearance};
pub(crate) use canvas::{draw, palette_from};
pub(crate) use clipboard::copy;
pub(crate) use crash::{install_crash_report, remember};
pub(crate) use focus::keep_focus;
pub(crate) use fragment::{fragment, link_with, on_fragment_change, push_fragment, replace_fragment};
pub(crate) use labels::{Written, pixels, write_labels};
pub(crate) use rest::when_rest_is_here;
pub(crate) use save::{save_picture, save_text};
pub(crate) use screen::toggle_full_screen;
pub(crate) use simulation::{Connection, Whereabouts};
pub(crate) use size::use_size;
pub(crate) use sound::{play, stop};
pub(crate) use storage::Store;

use std::cell::Cell;

/// An id that no other element of the page has.
pub(crate) fn unique_id(stem: &str) -> String {
    thread_local! { static LAST: Cell<u32> = const { Cell::new(0) }; }
    let number = LAST.with(|last| {
        last.set(last.get() + 1);
        last.get()
    });
    format!("{stem}-{number}")
}
