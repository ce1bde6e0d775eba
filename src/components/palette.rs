//! The colours of the charts, which follow the theme.

use leptos::prelude::*;

use crate::charts::{Palette, Rgb};
use crate::dom::effect;
use crate::platform::{on_system_change, palette_from};
use crate::session::Preferences;

/// The palette of the page as it looks now.
pub(crate) fn use_palette(preferences: Memo<Preferences>) -> Memo<Palette> {
    let system = ArcTrigger::new();
    let changed = system.clone();
    on_system_change(move || changed.notify());
    // The root element takes a new theme in an effect, after which the colours are read again.
    let shown = RwSignal::new(preferences.get_untracked());
    effect(move || {
        let now = preferences.get();
        request_animation_frame(move || {
            shown.try_set(now);
        });
    });
    // What the system changes may be the density of the screen's pixels: the charts are drawn again in the same colours.
    let draw_again = |_: Option<&Palette>, _: Option<&Palette>| true;
    let palette = move |_: Option<&Palette>| {
        shown.track();
        system.track();
        let root = document().document_element();
        root.map_or_else(
            || Palette::from_tokens(|_| None, Rgb(0, 0, 0), Rgb(255, 255, 255)),
            |root| palette_from(&root),
        )
    };
    Memo::new_with_compare(palette, draw_again)
}
