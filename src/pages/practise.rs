//! The view Practise: questions, answered until they are right.

mod question;
mod score;

use leptos::prelude::*;
use markup::{component, view};

use crate::components::toast::Toast;
use crate::dispatch::{Dispatch, use_dispatch};
use crate::dom::{Html, part, press};
use crate::session::{Action, Quiz, QuizAction, Session};
use crate::strings::practise;
use question::QuestionView;
use score::Score;

/// The quiz.
#[component]
pub(crate) fn Practise(
    /// The state to look at.
    session: RwSignal<Session>,
    /// Where short messages go.
    toast: Toast,
) -> Html {
    let quiz = Memo::new(move |_| session.with(|session| session.quiz().clone()));
    let shown = part(move || match quiz.get() {
        Quiz::Welcome => view! { <Welcome /> },
        Quiz::Asking { round, card } => {
            view! { <QuestionView round card verdict=None toast /> }
        }
        Quiz::Answered { round, card, verdict } => {
            view! { <QuestionView round card verdict=Some(verdict) toast /> }
        }
        Quiz::Finished { round } => view! { <Score round /> },
    });
    view! { <div class="practise">{shown}</div> }
}

/// Before the first question.
#[component]
fn Welcome() -> Html {
    let dispatch = use_dispatch();
    view! {
        <h1 class="practise-title" tabindex="-1" data-landing="">{practise::TITLE}</h1>
        <p class="practise-intro">{practise::INTRO}</p>
        <button type="button" class="action" data-weight="primary" on:click=press(move || start(dispatch))>{practise::START}</button>
    }
}

/// Begins a round in a new order.
fn start(dispatch: Dispatch) {
    // Not randomness that a result depends on: the seed is kept with the round, and a link brings the same one.
    let seed = js_sys::Date::now() as u64 as u32;
    dispatch.apply(Action::Quiz(QuizAction::Start(seed)));
}
