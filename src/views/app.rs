//! The root: owns the session, projects it, and puts the views in their places.

use leptos::prelude::*;
use markup::{component, view};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser::{install_crash_report, keep_focus, on_fragment_change};
use crate::dom::{self, Html, NodeRef, flag, part, press, text, when};
use crate::session::link::{self, Shared};
use crate::session::{Action, Session, View};
use crate::text::shell;
use crate::views::appearance::{DisplaySheet, show_preferences};
use crate::views::dispatch::{Dispatch, use_dispatch};
use crate::views::explore::Explore;
use crate::views::footer::Footer;
use crate::views::header::{Header, Sheets};
use crate::views::help::HelpSheet;
use crate::views::keeping::{keep_in_fragment, keep_on_device};
use crate::views::keys::listen_to_keys;
use crate::views::library::Library;
use crate::views::notices::{Notice, Notices, NoticesView};
use crate::views::opening::Opening;
use crate::views::practise::Practise;
use crate::views::rest::{expect_rest, later, use_rest};
use crate::views::run::Run;
use crate::views::share::ShareSheet;
use crate::views::toast::{Toast, ToastView};

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
    let open = move |shared: Box<Shared>| session.update(|session| session.apply(Action::Open(shared)));
    on_fragment_change(move |fragment| match link::decode(&fragment) {
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
            <ShareSheet open=sheets.share fragment=text(move || session.with(link::encode)) toast />
            <HelpSheet open=sheets.help />
            <ToastView toast />
        }
    };
    view! {
        <div class="app">
            <button type="button" class="skip" on:click=skip>{shell::SKIP}</button>
            <Header
                view
                can_undo=flag(move || session.with(Session::can_undo))
                can_redo=flag(move || session.with(Session::can_redo))
                sheets
                on_reset=Box::new(move || toast.say(shell::RESET_DONE))
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
    view! { <button type="button" class="action leave-projector" on:click=leave>{shell::PROJECTOR_LEAVE}</button> }
}
