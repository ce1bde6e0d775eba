//! Theme and motion: the sheet that sets them, and the root element that shows them.

use leptos::prelude::*;
use markup::{component, view};

use crate::components::Sheet;
use crate::dispatch::use_dispatch;
use crate::dom::{Html, effect, event, flag, press};
use crate::platform::{Appearance, show_appearance, toggle_full_screen};
use crate::session::{Action, Motion, Preferences, Theme};
use crate::strings::shell;

/// Keeps the root element in step with the preferences.
pub(crate) fn show_preferences(preferences: Memo<Preferences>) {
    effect(move || {
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
) -> Html {
    const THEMES: [(Theme, &str); 4] = [
        (Theme::System, shell::THEME_SYSTEM),
        (Theme::Light, shell::THEME_LIGHT),
        (Theme::Dark, shell::THEME_DARK),
        (Theme::HighContrast, shell::THEME_CONTRAST),
    ];
    let dispatch = use_dispatch();
    let is_reduced = move || preferences.get().motion == Motion::Reduced;
    let toggle = move || {
        dispatch.apply(Action::SetMotion(if is_reduced() { Motion::System } else { Motion::Reduced }));
    };
    let is_projected = move || preferences.get().projector;
    let project = move || dispatch.apply(Action::SetProjector(!is_projected()));
    let choice = move |(theme, name): (Theme, &'static str)| {
        let is_taken = flag(move || preferences.get().theme == theme);
        let choose = event(move |_| dispatch.apply(Action::SetTheme(theme)));
        view! { <label><input type="radio" name="theme" prop:checked=is_taken on:change=choose /> {name}</label> }
    };
    let content = move || {
        view! {
            <fieldset class="choices"><legend>{shell::THEME}</legend>{THEMES.into_iter().map(choice).collect::<Html>()}</fieldset>
            <fieldset class="choices">
                <legend>{shell::MOTION}</legend>
                <label>
                    <input type="checkbox" prop:checked=flag(is_reduced) on:change=event(move |_| toggle()) />
                    {shell::MOTION_REDUCED}
                </label>
            </fieldset>
            <fieldset class="choices">
                <legend>{shell::PRESENTATION}</legend>
                <label>
                    <input type="checkbox" prop:checked=flag(is_projected) on:change=event(move |_| project()) />
                    {shell::PROJECTOR_SWITCH}
                </label>
                <button type="button" class="action" on:click=press(toggle_full_screen)>{shell::FULL_SCREEN}</button>
            </fieldset>
        }
    };
    view! { <Sheet title=shell::DISPLAY open content=Box::new(content) /> }
}
