//! The chart colours of the current theme.

use leptos::prelude::*;
use leptos_use_media_query::use_media_query;

use crate::charts::{Palette, Rgb};
use crate::platform::palette_from;

/// System settings that change the colours, or the number of device pixels that charts are drawn with.
const SYSTEM_SETTINGS: [&str; 4] = [
    "(prefers-color-scheme: dark)",
    "(prefers-contrast: more)",
    "(forced-colors: active)",
    "(resolution: 1dppx)",
];

/// The palette of the page in its current theme; `track_theme` tracks the signals that the theme depends on.
/// It notifies at every change, even if the colours are equal, because charts must be drawn again when the
/// pixel density changes.
pub(crate) fn use_palette(track_theme: impl Fn() + 'static) -> Signal<Palette> {
    let system = SYSTEM_SETTINGS.map(use_media_query);
    let read_palette = || {
        document().document_element().map_or_else(
            || Palette::from_tokens(|_| None, Rgb(0, 0, 0), Rgb(255, 255, 255)),
            |root| palette_from(&root),
        )
    };
    let palette = RwSignal::new(read_palette());
    // The root element gets its new theme in another effect, so the colours are read in the frame after it.
    Effect::new(move |previous: Option<()>| {
        track_theme();
        for setting in system {
            setting.track();
        }
        if previous.is_some() {
            request_animation_frame(move || {
                // The page may have been left in the meantime.
                let _ = palette.try_set(read_palette());
            });
        }
    });
    palette.into()
}
