//! The root: owns the session, projects it, and puts the views in their places.

#![allow(unreachable_pub, clippy::needless_pass_by_value)]

mod footer;
mod header;
mod help;
mod notices;
mod persistence;
pub(crate) mod rest;
mod share;
pub(crate) mod shortcuts;
mod startup;
mod theme;

use leptos::prelude::*;
use markup::{component, view};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::app::footer::Footer;
use crate::app::header::{Header, Sheets};
use crate::app::help::HelpSheet;
use crate::app::notices::{Notice, Notices, NoticesView};
use crate::app::persistence::{keep_in_fragment, keep_on_device};
use crate::app::rest::{expect_rest, later, use_rest};
use crate::app::share::ShareSheet;
use crate::app::shortcuts::listen_to_keys;
use crate::app::startup::Opening;
use crate::app::theme::{DisplaySheet, show_preferences};
use crate::components::toast::{Toast, ToastView};
use crate::dispatch::{Dispatch, use_dispatch};
use crate::dom::{self, Html, NodeRef, flag, part, press, text, when};
use crate::pages::explore::Explore;
use crate::pages::library::Library;
use crate::pages::live::Run;
use crate::pages::practise::Practise;
use crate::platform::{install_crash_report, keep_focus, on_fragment_change};
use crate::session::share_link::{self, SharedState};
use crate::session::{Action, Session, View};
use crate::strings::shell;

/// Puts the app in the place of the page's static story.
pub fn mount() {
    install_crash_report();
    let place = document().get_element_by_id("app").and_then(|place| place.dyn_into::<HtmlElement>().ok());
    let Some(place) = place.or_else(|| document().body()) else { return };
    place.set_text_content(None);
    dom::mount(place, || view! { <App /> });
}

/// The whole app.
#[component]
fn App() -> Html {
    let opening = Opening::now();
    let session = RwSignal::new(opening.session);
    let notices = Notices::new(opening.notices);
    let toast = Toast::new();
    let sheets = Sheets::new();
    provide_context(Dispatch::to(move |action| {
        keep_focus();
        session.update(|session| session.apply(action));
    }));

    expect_rest();
    let view = Memo::new(move |_| session.with(Session::view));
    let preferences = Memo::new(move |_| session.with(Session::preferences));
    show_preferences(preferences);
    listen_to_keys(preferences, sheets.help);
    keep_on_device(session, notices);
    keep_in_fragment(session);
    let open = move |shared: Box<SharedState>| session.update(|session| session.apply(Action::Open(shared)));
    on_fragment_change(move |fragment| match share_link::decode(&fragment) {
        Ok(shared) => {
            open(Box::new(shared));
            notices.link_opened();
        }
        Err(error) => notices.add(Notice::of_link(&error)),
    });

    let main = NodeRef::<HtmlElement>::new();
    let skip = press(move || {
        if let Some(main) = main.get_untracked() {
            // Fails only where the element is not in the page.
            let _ = main.focus();
        }
    });
    let rest = use_rest();
    let shown = part(move || match view.get() {
        View::Explore => view! { <Explore session /> },
        // These are of the rest of the program.
        _ if !rest.get() => Html::several(),
        View::Live => view! { <Run session /> },
        View::Practise => view! { <Practise session toast /> },
        View::Library => view! { <Library /> },
    });
    let dialogs = move || {
        view! {
            <DisplaySheet open=sheets.display preferences />
            <ShareSheet open=sheets.share fragment=text(move || session.with(share_link::encode)) toast />
            <HelpSheet open=sheets.help />
            <ToastView toast />
        }
    };
    view! {
        <div class="app">
            <button type="button" class="skip" on:click=skip>{shell::SKIP_LINK}</button>
            <Header
                view
                can_undo=flag(move || session.with(Session::can_undo))
                can_redo=flag(move || session.with(Session::can_redo))
                sheets
                on_reset=Box::new(move || toast.say(shell::RESET_NOTICE))
            />
            <main class="page" id="content" tabindex="-1" node_ref=main>
                {later(move || view! { <NoticesView notices on_salvage=Callback::new(open) /> })}
                {shown}
            </main>
            <Footer is_saved=flag(move || !notices.says_not_saved()) />
            {when(flag(move || preferences.get().projector), leave_projector)}
            {later(dialogs)}
        </div>
    }
}

/// The way out of the projector mode for those who have no keyboard.
fn leave_projector() -> Html {
    let dispatch = use_dispatch();
    let leave = press(move || dispatch.apply(Action::SetProjector(false)));
    view! { <button type="button" class="action leave-projector" on:click=leave>{shell::LEAVE_PROJECTOR}</button> }
}
