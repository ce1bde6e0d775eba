//! The page Practise: questions, answered until they are right.

mod question;
mod score;

use leptos::prelude::*;

use crate::components::Toast;
use crate::dispatch::{Dispatch, use_dispatch};
use crate::session::{Action, Quiz, QuizAction, Session};
use crate::strings::practise;
use question::QuestionView;
use score::Score;

#[component]
pub(crate) fn Practise(session: RwSignal<Session>, toast: Toast) -> impl IntoView {
    let quiz = Memo::new(move |_| session.with(|session| session.quiz().clone()));
    let content = move || match quiz.get() {
        Quiz::Welcome => view! { <Welcome /> }.into_any(),
        Quiz::Asking { round, card } => view! { <QuestionView round card verdict=None toast /> }.into_any(),
        Quiz::Answered { round, card, verdict } => {
            view! { <QuestionView round card verdict=Some(verdict) toast /> }.into_any()
        }
        Quiz::Finished { round } => view! { <Score round /> }.into_any(),
    };
    view! { <div class="practise">{content}</div> }
}

/// The page before the first question.
#[component]
fn Welcome() -> impl IntoView {
    let dispatch = use_dispatch();
    view! {
        <h1 class="practise-title" tabindex="-1" data-landing="">{practise::TITLE}</h1>
        <p class="practise-intro">{practise::INTRO}</p>
        <button type="button" class="action" data-weight="primary" on:click=move |_| start_round(dispatch)>
            {practise::START}
        </button>
    }
}

/// Starts a round in a new order.
fn start_round(dispatch: Dispatch) {
    // The clock only chooses the seed; the seed is kept with the round, so a link brings the same questions.
    let seed = js_sys::Date::now() as u64 as u32;
    dispatch.send(Action::Quiz(QuizAction::Start(seed)));
}
