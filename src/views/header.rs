//! The header: where one is, and what one can do anywhere.

use leptos::prelude::*;

use crate::browser::toggle_full_screen;
use crate::session::{Action, View};
use crate::text::shell;
use crate::views::dispatch::use_dispatch;

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
    can_undo: Memo<bool>,
    /// Whether there is one to make again.
    can_redo: Memo<bool>,
    /// The sheets that it opens.
    sheets: Sheets,
    /// Called after everything was reset.
    on_reset: Callback<()>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let reset = move |_| {
        dispatch.apply(Action::ResetAll);
        on_reset.run(());
    };
    view! {
        <header class="top">
            <Brand />
            <nav class="views" aria-label=shell::VIEWS>
                <ViewButton name=shell::EXPLORE shows=View::Explore view />
                <ViewButton name=shell::PRACTISE shows=View::Practise view />
                <ViewButton name=shell::LIBRARY shows=View::Library view />
            </nav>
            <div class="tools">
                <Tool name=shell::UNDO icon=UNDO_ICON disabled=Signal::derive(move || !can_undo.get()) on_press=move || dispatch.apply(Action::Undo) />
                <Tool name=shell::REDO icon=REDO_ICON disabled=Signal::derive(move || !can_redo.get()) on_press=move || dispatch.apply(Action::Redo) />
                <button type="button" class="tool" aria-label=shell::RESET_ALL title=shell::RESET_ALL data-only="wide" on:click=reset>{shell::RESET}</button>
                <Tool name=shell::PROJECTOR icon=PROJECTOR_ICON only="wide" on_press=move || dispatch.apply(Action::SetProjector(true)) />
                <Tool name=shell::FULL_SCREEN icon=FULL_SCREEN_ICON only="wide" on_press=toggle_full_screen />
                <Tool name=shell::DISPLAY icon=DISPLAY_ICON on_press=move || sheets.display.set(true) />
                <button type="button" class="action" data-weight="primary" on:click=move |_| sheets.share.set(true)>{shell::SHARE}</button>
                <Tool name=shell::HELP icon=HELP_ICON on_press=move || sheets.help.set(true) />
            </div>
        </header>
    }
}

/// The mark and the name.
#[component]
fn Brand() -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <button type="button" class="brand" aria-label=shell::PRODUCT on:click=move |_| dispatch.apply(Action::Show(View::Explore))>
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
#[component]
fn ViewButton(
    /// What it is called.
    name: &'static str,
    /// Where it goes.
    shows: View,
    /// Where one is.
    view: Memo<View>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <button
            type="button"
            aria-current=move || (view.get() == shows).then_some("page")
            on:click=move |_| dispatch.apply(Action::Show(shows))
        >
            {name}
        </button>
    }
}

/// A button with a picture.
#[component]
fn Tool(
    /// Its accessible name.
    name: &'static str,
    /// The picture's path in a square of 20.
    icon: &'static str,
    /// Whether it has nothing to do.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Where it is shown, if not everywhere.
    #[prop(optional)]
    only: &'static str,
    /// Called when it is pressed.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="tool"
            aria-label=name
            title=name
            data-only=(!only.is_empty()).then_some(only)
            disabled=disabled
            on:click=move |_| on_press()
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
