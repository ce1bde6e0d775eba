//! The end of a round.

use markup::{component, view};

use crate::dispatch::use_dispatch;
use crate::dom::{Html, press};
use crate::pages::practise::start;
use crate::session::{Action, QuizAction, Round};
use crate::strings::practise;

/// The score, by topic, and what to do with it.
#[component]
pub(crate) fn Score(
    /// The round that is over.
    round: Round,
) -> Html {
    let dispatch = use_dispatch();
    let topics = round
        .by_topic()
        .into_iter()
        .map(|score| {
            let count = format!("{} / {}", score.right, score.answered);
            view! {
                <li>
                    <span>{score.topic.name()}</span>
                    <meter min="0" max=score.answered.to_string() prop:value=score.right.to_string() aria-label=score.topic.name()></meter>
                    <span>{count}</span>
                </li>
            }
        })
        .collect::<Html>();
    view! {
        <h1 class="practise-title" tabindex="-1" data-landing="">{practise::YOUR_SCORE}</h1>
        <p class="score">{practise::score(round.score(), round.len())}</p>
        <h2 class="panel-title">{practise::BY_TOPIC}</h2>
        <ul class="topics">{topics}</ul>
        <div class="feedback-row">
            {(round.missed_count() > 0).then(|| view! {
                <button type="button" class="action" data-weight="primary" on:click=press(move || dispatch.apply(Action::Quiz(QuizAction::RetryMissed)))>
                    {practise::RETRY_MISSED}
                </button>
            })}
            <button type="button" class="action" on:click=press(move || start(dispatch))>{practise::START_AGAIN}</button>
        </div>
    }
}
