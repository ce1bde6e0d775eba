//! Theme and motion: the sheet that sets them, and the root element that shows them.

use leptos::prelude::*;

use crate::browser::{Appearance, show_appearance};
use crate::session::{Action, Motion, Preferences, Theme};
use crate::text::shell;
use crate::views::dispatch::use_dispatch;
use crate::views::parts::Sheet;

/// Keeps the root element in step with the preferences.
pub(crate) fn show_preferences(preferences: Memo<Preferences>) {
    Effect::new(move |_| {
        let preferences = preferences.get();
        show_appearance(Appearance {
            theme: match preferences.theme {
                Theme::System => None,
                Theme::Light => Some("light"),
                Theme::Dark => Some("dark"),
                Theme::HighContrast => Some("high-contrast"),
            },
            reduced_motion: preferences.motion == Motion::Reduced,
            projector: preferences.projector,
        });
    });
}

/// The sheet that sets theme and motion.
#[component]
pub(crate) fn DisplaySheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is set.
    preferences: Memo<Preferences>,
) -> impl IntoView {
    const THEMES: [(Theme, &str); 4] = [
        (Theme::System, shell::THEME_SYSTEM),
        (Theme::Light, shell::THEME_LIGHT),
        (Theme::Dark, shell::THEME_DARK),
        (Theme::HighContrast, shell::THEME_CONTRAST),
    ];
    let dispatch = use_dispatch();
    let themes = move || {
        THEMES.map(|(theme, name)| {
            view! {
                <label>
                    <input
                        type="radio"
                        name="theme"
                        prop:checked=move || preferences.get().theme == theme
                        on:change=move |_| dispatch.apply(Action::SetTheme(theme))
                    />
                    {name}
                </label>
            }
        })
    };
    let is_reduced = move || preferences.get().motion == Motion::Reduced;
    view! {
        <Sheet title=shell::DISPLAY open>
            <fieldset class="choices"><legend><h3>{shell::THEME}</h3></legend>{themes()}</fieldset>
            <fieldset class="choices">
                <legend><h3>{shell::MOTION}</h3></legend>
                <label>
                    <input
                        type="checkbox"
                        prop:checked=is_reduced
                        on:change=move |_| dispatch.apply(Action::SetMotion(if is_reduced() { Motion::System } else { Motion::Reduced }))
                    />
                    {shell::MOTION_REDUCED}
                </label>
            </fieldset>
        </Sheet>
    }
}
