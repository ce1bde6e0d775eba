//! The header: where one is, and what one can do anywhere.

use leptos::prelude::*;
use markup::{component, view};

use crate::dispatch::use_dispatch;
use crate::dom::{Flag, Html, flag, press, text};
use crate::platform::toggle_full_screen;
use crate::session::{Action, View};
use crate::strings::shell;

/// The sheets that the header opens.
#[derive(Clone, Copy)]
pub(crate) struct Sheets {
    /// Theme and motion.
    pub(crate) display: RwSignal<bool>,
    /// The link.
    pub(crate) share: RwSignal<bool>,
    /// The keys.
    pub(crate) help: RwSignal<bool>,
}

impl Sheets {
    /// All closed.
    pub(crate) fn new() -> Self {
        Self { display: RwSignal::new(false), share: RwSignal::new(false), help: RwSignal::new(false) }
    }
}

/// The header.
#[component]
pub(crate) fn Header(
    /// The view shown.
    view: Memo<View>,
    /// Whether there is a change to take back.
    can_undo: Flag,
    /// Whether there is one to make again.
    can_redo: Flag,
    /// The sheets that it opens.
    sheets: Sheets,
    /// Called after everything was reset.
    on_reset: Box<dyn Fn()>,
) -> Html {
    let dispatch = use_dispatch();
    let reset = press(move || {
        dispatch.apply(Action::ResetAll);
        on_reset();
    });
    let always = flag(|| false);
    view! {
        <header class="top">
            <Brand />
            <nav class="views" aria-label=shell::VIEWS>
                {view_button(shell::EXPLORE, View::Explore, view)}
                {view_button(shell::LIVE, View::Live, view)}
                {view_button(shell::PRACTISE, View::Practise, view)}
                {view_button(shell::LIBRARY, View::Library, view)}
            </nav>
            <div class="tools">
                {tool(shell::UNDO, UNDO_ICON, flag(move || !can_undo.get()), "", Box::new(move || dispatch.apply(Action::Undo)))}
                {tool(shell::REDO, REDO_ICON, flag(move || !can_redo.get()), "", Box::new(move || dispatch.apply(Action::Redo)))}
                <button type="button" class="tool" aria-label=shell::RESET_TOOLTIP title=shell::RESET_TOOLTIP on:click=reset>{shell::RESET}</button>
                {tool(shell::PROJECTOR, PROJECTOR_ICON, always, "wide", Box::new(move || dispatch.apply(Action::SetProjector(true))))}
                {tool(shell::FULL_SCREEN, FULL_SCREEN_ICON, always, "wide", Box::new(toggle_full_screen))}
                {tool(shell::DISPLAY, DISPLAY_ICON, always, "", Box::new(move || sheets.display.set(true)))}
                <button type="button" class="action" data-weight="primary" on:click=press(move || sheets.share.set(true))>{shell::SHARE}</button>
                {tool(shell::HELP, HELP_ICON, always, "", Box::new(move || sheets.help.set(true)))}
            </div>
        </header>
    }
}

/// The mark and the name.
#[component]
fn Brand() -> Html {
    let dispatch = use_dispatch();
    view! {
        <button type="button" class="brand" aria-label=shell::PRODUCT on:click=press(move || dispatch.apply(Action::Show(View::Explore)))>
            <svg viewBox="0 0 22 22" aria-hidden="true">
                <rect class="mark-sync" x="1" y="4" width="9" height="4" rx="1" />
                <rect class="mark-sync" x="1" y="14" width="9" height="4" rx="1" />
                <line class="mark-line" x1="12.5" x2="12.5" y1="0" y2="22" />
                <rect class="mark-async" x="15" y="9" width="6" height="4" rx="2" />
            </svg>
            <span>{shell::PRODUCT}</span>
        </button>
    }
}

/// Goes to a view.
fn view_button(name: &'static str, shows: View, view: Memo<View>) -> Html {
    let dispatch = use_dispatch();
    let current = text(move || if view.get() == shows { "page" } else { "false" }.to_owned());
    view! {
        <button type="button" aria-current=current on:click=press(move || dispatch.apply(Action::Show(shows)))>{name}</button>
    }
}

/// A button with a picture, a path in a square of 20; shown only where there is room if `only` says so.
fn tool(
    name: &'static str,
    icon: &'static str,
    disabled: Flag,
    only: &'static str,
    act: Box<dyn Fn()>,
) -> Html {
    view! {
        <button type="button" class="tool" aria-label=name title=name data-only=only disabled=disabled on:click=press(act)>
            <svg viewBox="0 0 20 20" aria-hidden="true"><path d=icon /></svg>
        </button>
    }
}

const UNDO_ICON: &str = "M8 5 4 9l4 4M4 9h7.5a4 4 0 0 1 0 8H9";
const REDO_ICON: &str = "m12 5 4 4-4 4m4-4H8.5a4 4 0 0 0 0 8H11";
const PROJECTOR_ICON: &str = "M2.5 4h15M4 4v9h12V4M10 13v2.5M7 17l3-1.5 3 1.5";
const FULL_SCREEN_ICON: &str = "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5";
const DISPLAY_ICON: &str = "M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14M10 6.5h5.8M10 10h7M10 13.500h5.8";
const HELP_ICON: &str =
    "M7.200 7.300a2.800 2.800 0 1 1 4.200 2.400c-.9.55-1.400 1.100-1.400 2.200M10 15.200v.3";
