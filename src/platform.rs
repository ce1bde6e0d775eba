//! Adapters to the browser: canvas, storage, URL hash, clipboard, full screen, sound, the simulation worker.

mod canvas;
mod clipboard;
mod crash;
mod draw_queue;
mod export;
mod focus;
mod fullscreen;
mod keyboard;
mod labels;
mod root_attributes;
mod simulation;
mod size;
mod sound;
mod storage;
mod url_hash;

pub(crate) use canvas::{draw, palette_from};
pub(crate) use clipboard::copy_to_clipboard;
pub(crate) use crash::{install_crash_report, remember};
pub(crate) use draw_queue::DrawQueue;
pub(crate) use export::{save_picture, save_text};
pub(crate) use focus::keep_focus;
pub(crate) use fullscreen::toggle_fullscreen;
pub(crate) use keyboard::{is_dialog_open, is_on_button, is_typing};
pub(crate) use labels::{RenderedLabel, pixels, write_labels};
pub(crate) use root_attributes::{RootAttributes, set_root_attributes};
pub(crate) use simulation::{Connection, SimulationHost};
pub(crate) use size::use_size;
pub(crate) use sound::{play, stop};
pub(crate) use storage::Store;
pub(crate) use url_hash::{
    on_hash_change, push_url_hash, reload_page, replace_url_hash, url_hash, url_with_hash,
};

use std::cell::Cell;

/// A DOM id that no other element of the page has.
pub(crate) fn unique_id(stem: &str) -> String {
    thread_local! { static LAST_NUMBER: Cell<u32> = const { Cell::new(0) }; }
    let number = LAST_NUMBER.with(|last| {
        last.set(last.get() + 1);
        last.get()
    });
    format!("{stem}-{number}")
}
