//! The header: the menu, and actions that are available on every page.

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::platform::toggle_fullscreen;
use crate::session::{Action, View};
use crate::strings::shell;

/// The open states of the dialogs that the header opens.
#[derive(Clone, Copy)]
pub(crate) struct Dialogs {
    pub(crate) display: RwSignal<bool>,
    pub(crate) share: RwSignal<bool>,
    pub(crate) help: RwSignal<bool>,
}

impl Dialogs {
    pub(crate) fn new() -> Self {
        Self { display: RwSignal::new(false), share: RwSignal::new(false), help: RwSignal::new(false) }
    }
}

#[component]
pub(crate) fn Header(
    view: Memo<View>,
    can_undo: Memo<bool>,
    can_redo: Memo<bool>,
    dialogs: Dialogs,
    /// Called after everything was reset.
    #[prop(into)]
    on_reset: Callback<()>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let reset = move |_| {
        dispatch.send(Action::ResetAll);
        on_reset.run(());
    };
    let send = move |action: Action| move |()| dispatch.send(action.clone());
    view! {
        <header class="top">
            <Brand />
            <nav class="views" aria-label=shell::VIEWS>
                <MenuItem name=shell::EXPLORE target=View::Explore view />
                <MenuItem name=shell::LIVE target=View::Live view />
                <MenuItem name=shell::PRACTISE target=View::Practise view />
                <MenuItem name=shell::LIBRARY target=View::Library view />
            </nav>
            <div class="tools">
                <IconButton
                    name=shell::UNDO
                    icon=UNDO_ICON
                    disabled=Signal::derive(move || !can_undo.get())
                    on_press=send(Action::Undo)
                />
                <IconButton
                    name=shell::REDO
                    icon=REDO_ICON
                    disabled=Signal::derive(move || !can_redo.get())
                    on_press=send(Action::Redo)
                />
                <button
                    type="button"
                    class="tool"
                    aria-label=shell::RESET_TOOLTIP
                    title=shell::RESET_TOOLTIP
                    on:click=reset
                >
                    {shell::RESET}
                </button>
                <IconButton
                    name=shell::PROJECTOR
                    icon=PROJECTOR_ICON
                    only="wide"
                    on_press=send(Action::SetProjector(true))
                />
                <IconButton
                    name=shell::FULL_SCREEN
                    icon=FULL_SCREEN_ICON
                    only="wide"
                    on_press=|()| toggle_fullscreen()
                />
                <IconButton
                    name=shell::DISPLAY
                    icon=DISPLAY_ICON
                    on_press=move |()| dialogs.display.set(true)
                />
                <button
                    type="button"
                    class="action"
                    data-weight="primary"
                    on:click=move |_| dialogs.share.set(true)
                >
                    {shell::SHARE}
                </button>
                <IconButton name=shell::HELP icon=HELP_ICON on_press=move |()| dialogs.help.set(true) />
            </div>
        </header>
    }
}

/// The logo and the product's name; they lead to Explore.
#[component]
fn Brand() -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <button
            type="button"
            class="brand"
            aria-label=shell::PRODUCT
            on:click=move |_| dispatch.send(Action::Show(View::Explore))
        >
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

#[component]
fn MenuItem(name: &'static str, target: View, view: Memo<View>) -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <button
            type="button"
            aria-current=move || if view.get() == target { "page" } else { "false" }
            on:click=move |_| dispatch.send(Action::Show(target))
        >
            {name}
        </button>
    }
}

#[component]
fn IconButton(
    name: &'static str,
    /// An SVG path in a square of 20 units.
    icon: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// "wide" hides the button on narrow screens.
    #[prop(optional)]
    only: &'static str,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="tool"
            aria-label=name
            title=name
            data-only=only
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
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
