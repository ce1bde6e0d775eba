//! The questions come when somebody wants to practise: fetched once, and again if that fails.

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::{component, view};

use crate::dispatch::{Dispatch, use_dispatch};
use crate::dom::{Html, press};
use crate::lessons::{provide, questions};
use crate::platform::fetch_text;
use crate::session::{Action, QuizAction, question_file};
use crate::strings::practise;

/// The file of questions in the site.
const FILE: &str = "questions.txt";
/// Several times what it has, in bytes.
const LONGEST: usize = 256 * 1024;

/// Where the questions are.
#[derive(Clone, PartialEq)]
pub(crate) enum Supply {
    /// Here, or on their way.
    Ordered,
    /// They did not come.
    Failed(String),
}

/// Has the questions brought, unless they are here.
pub(crate) fn order() -> RwSignal<Supply> {
    let supply = RwSignal::new(Supply::Ordered);
    if questions().is_empty() {
        fetch(supply, use_dispatch());
    }
    supply
}

fn fetch(supply: RwSignal<Supply>, dispatch: Dispatch) {
    supply.set(Supply::Ordered);
    spawn_local(async move {
        match bring().await {
            Ok(()) => dispatch.apply(Action::Quiz(QuizAction::Resume)),
            // The person may have left the view.
            Err(reason) => _ = supply.try_set(Supply::Failed(reason)),
        }
    });
}

/// Fetches the questions and gives them to the page; what fails is told in a sentence.
async fn bring() -> Result<(), String> {
    let text = fetch_text(FILE, LONGEST).await.map_err(|fault| fault.to_string())?;
    // They are kept as long as the page is.
    provide(question_file::read(text.leak()).map_err(|error| error.to_string())?);
    Ok(())
}

/// While somebody waits for the questions.
#[component]
pub(crate) fn OnTheWay() -> Html {
    view! {
        <h1 class="practise-title">{practise::TITLE}</h1>
        <p class="practise-intro" role="status">{practise::ON_THE_WAY}</p>
    }
}

/// What to do when they did not come.
#[component]
pub(crate) fn NotHere(reason: String, supply: RwSignal<Supply>) -> Html {
    let dispatch = use_dispatch();
    view! {
        <h1 class="practise-title">{practise::TITLE}</h1>
        <div class="notice" role="alert">
            <p><b>{practise::NOT_HERE}</b> " " {practise::because(&reason)} " " {practise::NOT_HERE_ADVICE}</p>
            <button type="button" class="action" data-weight="primary" on:click=press(move || fetch(supply, dispatch))>{practise::TRY_AGAIN}</button>
        </div>
    }
}
