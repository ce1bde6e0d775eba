//! Theme, motion and projector mode: the dialog that sets them, and their effect on the root element.

use leptos::prelude::*;

use crate::components::Dialog;
use crate::dispatch::use_dispatch;
use crate::platform::{RootAttributes, set_root_attributes, toggle_fullscreen};
use crate::session::{Action, Motion, Preferences, Theme};
use crate::strings::shell;

/// Sets the attributes of the root element whenever the preferences change.
pub(crate) fn apply_preferences(preferences: Memo<Preferences>) {
    Effect::new(move || {
        let preferences = preferences.get();
        set_root_attributes(RootAttributes {
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

/// The dialog that sets theme, motion and projector mode.
#[component]
pub(crate) fn DisplayDialog(open: RwSignal<bool>, preferences: Memo<Preferences>) -> impl IntoView {
    view! {
        <Dialog title=shell::DISPLAY open>
            <ThemeChoice preferences />
            <fieldset class="choices">
                <legend>{shell::MOTION}</legend>
                <MotionChoice preferences />
            </fieldset>
            <fieldset class="choices">
                <legend>{shell::PRESENTATION}</legend>
                <ProjectorChoice preferences />
                <button type="button" class="action" on:click=|_| toggle_fullscreen()>
                    {shell::FULL_SCREEN}
                </button>
            </fieldset>
        </Dialog>
    }
}

#[component]
fn ThemeChoice(preferences: Memo<Preferences>) -> impl IntoView {
    const THEMES: [(Theme, &str); 4] = [
        (Theme::System, shell::THEME_SYSTEM),
        (Theme::Light, shell::THEME_LIGHT),
        (Theme::Dark, shell::THEME_DARK),
        (Theme::HighContrast, shell::THEME_CONTRAST),
    ];
    let dispatch = use_dispatch();
    let radio = move |(theme, name): (Theme, &'static str)| {
        view! {
            <label>
                <input
                    type="radio"
                    name="theme"
                    prop:checked=move || preferences.read().theme == theme
                    on:change=move |_| dispatch.send(Action::SetTheme(theme))
                />
                {name}
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{shell::THEME}</legend>
            {THEMES.map(radio).collect_view()}
        </fieldset>
    }
}

#[component]
fn MotionChoice(preferences: Memo<Preferences>) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_reduced = move || preferences.read().motion == Motion::Reduced;
    let toggle = move |_| {
        let motion = if is_reduced() { Motion::System } else { Motion::Reduced };
        dispatch.send(Action::SetMotion(motion));
    };
    view! {
        <label>
            <input type="checkbox" prop:checked=is_reduced on:change=toggle />
            {shell::MOTION_REDUCED}
        </label>
    }
}

#[component]
fn ProjectorChoice(preferences: Memo<Preferences>) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_on = move || preferences.read().projector;
    view! {
        <label>
            <input
                type="checkbox"
                prop:checked=is_on
                on:change=move |_| dispatch.send(Action::SetProjector(!is_on()))
            />
            {shell::PROJECTOR_SWITCH}
        </label>
    }
}
