//! The root component: it owns the session, projects it, and shows the page that the menu selects.

// The component macro makes the types of properties public, and components own their properties.
#![allow(unreachable_pub, clippy::needless_pass_by_value)]

mod footer;
mod header;
mod help;
mod notices;
mod persistence;
mod share;
mod shortcuts;
mod startup;
mod theme;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::{Toast, ToastView};
use crate::dispatch::{Dispatch, use_dispatch};
use crate::pages::explore::Explore;
use crate::pages::library::Library;
use crate::pages::live::Live;
use crate::pages::practise::Practise;
use crate::platform::{install_crash_report, keep_focus, on_hash_change};
use crate::session::share_link::{self, SharedState};
use crate::session::{Action, Session, View};
use crate::strings::shell;
use footer::Footer;
use header::{Dialogs, Header};
use help::HelpDialog;
use notices::{Notice, NoticeList, Notices};
use persistence::{save_to_local_storage, sync_url_hash};
use share::ShareDialog;
use shortcuts::listen_for_shortcuts;
use startup::InitialState;
use theme::{DisplayDialog, apply_preferences};

/// Replaces the static first screen of `index.html` by the app.
pub fn mount() {
    install_crash_report();
    let root = document().get_element_by_id("app").and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let Some(root) = root.or_else(|| document().body()) else { return };
    root.set_text_content(None);
    leptos::mount::mount_to(root, App).forget();
}

#[component]
fn App() -> impl IntoView {
    let InitialState { session, notices } = InitialState::read();
    let session = RwSignal::new(session);
    let notices = Notices::new(notices);
    let toast = Toast::new();
    let dialogs = Dialogs::new();
    provide_context(Dispatch::new(move |action| {
        keep_focus();
        session.update(|session| session.apply(action));
    }));

    let view = Memo::new(move |_| session.with(Session::view));
    let preferences = Memo::new(move |_| session.with(Session::preferences));
    apply_preferences(preferences);
    listen_for_shortcuts(preferences, dialogs.help);
    save_to_local_storage(session, notices);
    sync_url_hash(session);
    let open_shared = move |shared: Box<SharedState>| {
        session.update(|session| session.apply(Action::Open(shared)));
    };
    on_hash_change(move |hash| match share_link::decode(&hash) {
        Ok(shared) => {
            open_shared(Box::new(shared));
            notices.remove_link_failures();
        }
        Err(error) => notices.add(Notice::from_link_error(&error)),
    });

    let main = NodeRef::<html::Main>::new();
    let skip_to_content = move |_| {
        if let Some(main) = main.get_untracked() {
            // Fails only if the element is not in the page.
            let _ = main.focus();
        }
    };
    let page = move || match view.get() {
        View::Explore => view! { <Explore session /> }.into_any(),
        View::Live => view! { <Live session /> }.into_any(),
        View::Practise => view! { <Practise session toast /> }.into_any(),
        View::Library => view! { <Library /> }.into_any(),
    };
    view! {
        <div class="app">
            <button type="button" class="skip" on:click=skip_to_content>{shell::SKIP_LINK}</button>
            <Header
                view
                can_undo=Memo::new(move |_| session.with(Session::can_undo))
                can_redo=Memo::new(move |_| session.with(Session::can_redo))
                dialogs
                on_reset=move |()| toast.show(shell::RESET_NOTICE)
            />
            <main class="page" id="content" tabindex="-1" node_ref=main>
                <NoticeList notices on_open_partly=open_shared />
                {page}
            </main>
            <Footer is_saved=Signal::derive(move || !notices.has_storage_failure()) />
            <Show when=move || preferences.read().projector><LeaveProjector /></Show>
            <DisplayDialog open=dialogs.display preferences />
            <ShareDialog open=dialogs.share hash=Memo::new(move |_| session.with(share_link::encode)) toast />
            <HelpDialog open=dialogs.help />
            <ToastView toast />
        </div>
    }
}

/// Leaves the projector mode without a keyboard.
#[component]
fn LeaveProjector() -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <button
            type="button"
            class="action leave-projector"
            on:click=move |_| dispatch.send(Action::SetProjector(false))
        >
            {shell::LEAVE_PROJECTOR}
        </button>
    }
}
