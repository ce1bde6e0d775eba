//! A question: its options, which of them were chosen, and why they are right or wrong.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::components::Toast;
use crate::dispatch::use_dispatch;
use crate::lessons::{Choice, Proof};
use crate::platform::{is_dialog_open, is_on_button, is_typing};
use crate::session::{Action, QuestionCard, QuizAction, Round, Verdict, View};
use crate::strings::practise;

/// The state of an option.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OptionState {
    /// Not chosen, and the question is not answered yet.
    Open,
    /// Wrong, and was chosen.
    Wrong,
    /// Right, and was chosen.
    Right,
    /// Not chosen, and the question is answered.
    NotChosen,
}

impl OptionState {
    fn new(card: &QuestionCard, index: usize, verdict: Option<Verdict>) -> Self {
        match verdict {
            _ if card.wrong_places().contains(&index) => Self::Wrong,
            Some(_) if card.right_place() == index => Self::Right,
            Some(_) => Self::NotChosen,
            None => Self::Open,
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Wrong => Some("wrong"),
            Self::Right => Some("right"),
            Self::NotChosen => Some("passed"),
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Wrong => Some(practise::WRONG),
            Self::Right => Some(practise::RIGHT),
            Self::NotChosen => Some(practise::WHY_NOT),
        }
    }
}

/// The question that is asked, or was just answered.
#[component]
pub(crate) fn QuestionView(
    round: Round,
    card: QuestionCard,
    /// The verdict, once the question is answered.
    verdict: Option<Verdict>,
    toast: Toast,
) -> impl IntoView {
    let dispatch = use_dispatch();
    listen_for_keys(verdict);
    let question = card.question();
    let (answered, count) = (round.answered(), round.len());
    let options = card.choices().into_iter().enumerate().map(|(index, choice)| {
        let state = OptionState::new(&card, index, verdict);
        view! { <AnswerOption index choice state /> }
    });
    let outcome = match verdict {
        Some(verdict) => Some(Outcome::Answered(verdict)),
        None => (!card.wrong_places().is_empty()).then_some(Outcome::Wrong),
    };
    let feedback = outcome.map(|outcome| {
        view! { <Feedback outcome proof=question.proof.as_ref() is_last={answered == count} toast /> }
    });
    view! {
        <h1 class="visually-hidden">{practise::TITLE}</h1>
        <div class="progress">
            <span>{practise::progress(answered + usize::from(verdict.is_none()), count)}</span>
            <progress
                max=count.to_string()
                prop:value=answered.to_string()
                aria-label=practise::PROGRESS
            ></progress>
            <button
                type="button"
                class="link"
                on:click=move |_| dispatch.send(Action::Quiz(QuizAction::Leave))
            >
                {practise::STOP}
            </button>
        </div>
        <section class="panel question" aria-labelledby="prompt">
            <p class="question-topic">{question.topic.name()}</p>
            <h2 class="question-prompt" id="prompt" tabindex="-1" data-landing="">
                {question.prompt.clone()}
            </h2>
            <ol class="answers" aria-label=practise::ANSWERS>{options.collect_view()}</ol>
            {feedback}
            {verdict.is_none().then(|| view! { <p class="question-topic">{practise::KEYS_HINT}</p> })}
        </section>
    }
}

/// Listens for the keys of this page: 1 to 4 or A to D choose an option, Enter goes on.
fn listen_for_keys(verdict: Option<Verdict>) {
    let dispatch = use_dispatch();
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) || is_dialog_open() {
            return;
        }
        let key = event.key().to_ascii_lowercase();
        let index_in = |keys: [&str; 4]| keys.iter().position(|option| *option == key);
        let index = index_in(["1", "2", "3", "4"]).or_else(|| index_in(["a", "b", "c", "d"]));
        match (index, verdict) {
            (Some(index), None) => {
                event.prevent_default();
                dispatch.send(Action::Quiz(QuizAction::Choose(index)));
            }
            // A focused button handles Enter itself.
            (None, Some(_)) if key == "enter" && !is_on_button(&event) => {
                event.prevent_default();
                dispatch.send(Action::Quiz(QuizAction::Next));
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}

#[component]
fn AnswerOption(index: usize, choice: &'static Choice, state: OptionState) -> impl IntoView {
    let dispatch = use_dispatch();
    let is_open = state == OptionState::Open;
    let choose = move |_| {
        if is_open {
            dispatch.send(Action::Quiz(QuizAction::Choose(index)));
        }
    };
    view! {
        <li>
            <button
                type="button"
                class="answer"
                data-verdict=state.attribute()
                aria-disabled=(!is_open).then_some("true")
                on:click=choose
            >
                <span class="answer-key" aria-hidden="true">{(index + 1).to_string()}</span>
                <span>
                    {choice.text.clone()}
                    {state.word().map(|word| view! { <span class="answer-verdict">{word}</span> })}
                    {(!is_open).then(|| {
                        view! { <span class="answer-why">{choice.explanation.clone()}</span> }
                    })}
                </span>
            </button>
        </li>
    }
}

/// The outcome of the latest choice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Wrong,
    Answered(Verdict),
}

/// The verdict, the button to go on, and the proof. Its heading takes the focus.
#[component]
fn Feedback(outcome: Outcome, proof: Option<&'static Proof>, is_last: bool, toast: Toast) -> impl IntoView {
    let dispatch = use_dispatch();
    let heading = NodeRef::<html::H3>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            // Fails only if the element is not in the page.
            let _ = heading.focus();
        }
    });
    let (kind, text) = match outcome {
        Outcome::Wrong => ("wrong", practise::TRY_AGAIN),
        Outcome::Answered(Verdict::FirstTry) => ("right", practise::RIGHT_AT_FIRST_TRY),
        Outcome::Answered(Verdict::CorrectAfterRetry) => ("right", practise::RIGHT_AFTER_RETRY),
    };
    let show_proof = move |proof: &'static Proof| {
        dispatch.send(Action::LoadScenario(proof.scenario.clone()));
        dispatch.send(Action::Show(View::Explore));
        toast.show_long(proof.hint.clone());
    };
    let buttons = (outcome != Outcome::Wrong).then(|| {
        view! {
            <div class="feedback-row">
                <button
                    type="button"
                    class="action"
                    data-weight="primary"
                    on:click=move |_| dispatch.send(Action::Quiz(QuizAction::Next))
                >
                    {if is_last { practise::SHOW_SCORE } else { practise::NEXT }}
                </button>
                {proof.map(|proof| view! {
                    <button type="button" class="action" on:click=move |_| show_proof(proof)>
                        {practise::OPEN_IN_EXPLORE}
                    </button>
                })}
            </div>
        }
    });
    view! {
        <div class="feedback">
            <h3 node_ref=heading tabindex="-1" data-verdict=kind>{text}</h3>
            {buttons}
        </div>
    }
}
