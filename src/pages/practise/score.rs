//! The end of a round.

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::pages::practise::start_round;
use crate::session::{Action, QuizAction, Round, TopicScore};
use crate::strings::practise;

/// The score in all and by topic, and ways to go on.
#[component]
pub(crate) fn Score(round: Round) -> impl IntoView {
    let dispatch = use_dispatch();
    let retry_missed = move |_| dispatch.send(Action::Quiz(QuizAction::RetryMissed));
    let retry_button = (round.missed_count() > 0).then(|| {
        view! {
            <button type="button" class="action" data-weight="primary" on:click=retry_missed>
                {practise::RETRY_MISSED}
            </button>
        }
    });
    view! {
        <h1 class="practise-title" tabindex="-1" data-landing="">{practise::YOUR_SCORE}</h1>
        <p class="score">{practise::score(round.score(), round.len())}</p>
        <h2 class="panel-title">{practise::BY_TOPIC}</h2>
        <ul class="topics">
            {round.by_topic().into_iter().map(|score| view! { <TopicRow score /> }).collect_view()}
        </ul>
        <div class="feedback-row">
            {retry_button}
            <button type="button" class="action" on:click=move |_| start_round(dispatch)>
                {practise::START_AGAIN}
            </button>
        </div>
    }
}

#[component]
fn TopicRow(score: TopicScore) -> impl IntoView {
    let TopicScore { topic, right, answered } = score;
    view! {
        <li>
            <span>{topic.name()}</span>
            <meter
                min="0"
                max=answered.to_string()
                prop:value=right.to_string()
                aria-label=topic.name()
            ></meter>
            <span>{format!("{right} / {answered}")}</span>
        </li>
    }
}
