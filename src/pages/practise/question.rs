//! One question: its options, what was chosen, and why.

use leptos::ev;
use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::app::shortcuts::{is_sheet_open, is_typing};
use crate::components::toast::Toast;
use crate::dispatch::use_dispatch;
use crate::dom::{Html, NodeRef, effect, press};
use crate::lessons::{Choice, Proof};
use crate::session::{Action, QuestionCard, QuizAction, Round, Verdict, View};
use crate::strings::practise;

/// What became of an option.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It can be chosen.
    Open,
    /// It was chosen in vain.
    Wrong,
    /// It is right, and was chosen.
    Right,
    /// The question is answered by another.
    Passed,
}

impl Mark {
    fn of(card: &QuestionCard, place: usize, verdict: Option<Verdict>) -> Self {
        match verdict {
            _ if card.wrong_places().contains(&place) => Self::Wrong,
            Some(_) if card.right_place() == place => Self::Right,
            Some(_) => Self::Passed,
            None => Self::Open,
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Wrong => Some("wrong"),
            Self::Right => Some("right"),
            Self::Passed => Some("passed"),
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Wrong => Some(practise::WRONG),
            Self::Right => Some(practise::RIGHT),
            Self::Passed => Some(practise::WHY_NOT),
        }
    }
}

/// The question that is asked, or was just answered.
#[component]
pub(crate) fn QuestionView(
    /// The round that it belongs to.
    round: Round,
    /// The question.
    card: QuestionCard,
    /// How it was answered, once it is.
    verdict: Option<Verdict>,
    /// Where short messages go.
    toast: Toast,
) -> Html {
    let dispatch = use_dispatch();
    listen(verdict);
    let question = card.question();
    let number = round.answered() + usize::from(verdict.is_none());
    let options = (0..)
        .zip(card.choices())
        .map(|(place, choice)| answer(place, choice, Mark::of(&card, place, verdict)))
        .collect::<Html>();
    let told =
        verdict.map(Told::Answered).or_else(|| (!card.wrong_places().is_empty()).then_some(Told::Wrong));
    view! {
        <h1 class="visually-hidden">{practise::TITLE}</h1>
        <div class="progress">
            <span>{practise::progress(number, round.len())}</span>
            <progress max=round.len().to_string() prop:value=round.answered().to_string() aria-label=practise::PROGRESS></progress>
            <button type="button" class="link" on:click=press(move || dispatch.apply(Action::Quiz(QuizAction::Leave)))>{practise::STOP}</button>
        </div>
        <section class="panel question" aria-labelledby="prompt">
            <p class="question-topic">{question.topic.name()}</p>
            <h2 class="question-prompt" id="prompt" tabindex="-1" data-landing="">{question.prompt.clone()}</h2>
            <ol class="answers" aria-label=practise::ANSWERS>{options}</ol>
            {told.map(|told| view! { <Feedback told proof=question.proof.as_ref() is_last=round.answered() == round.len() toast /> })}
            {verdict.is_none().then(|| view! { <p class="question-topic">{practise::KEYS_HINT}</p> })}
        </section>
    }
}

/// Keys of this view: 1 to 4 (or A to D) choose, Enter goes on.
fn listen(verdict: Option<Verdict>) {
    let dispatch = use_dispatch();
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event) || is_sheet_open() {
            return;
        }
        let key = event.key().to_ascii_lowercase();
        let place = ["1", "2", "3", "4"].iter().position(|it| *it == key);
        let place = place.or_else(|| ["a", "b", "c", "d"].iter().position(|it| *it == key));
        match (place, verdict) {
            (Some(place), None) => {
                event.prevent_default();
                dispatch.apply(Action::Quiz(QuizAction::Choose(place)));
            }
            // A focused button takes Enter itself.
            (None, Some(_)) if key == "enter" && !is_on_button(&event) => {
                event.prevent_default();
                dispatch.apply(Action::Quiz(QuizAction::Next));
            }
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether a key goes to a button.
fn is_on_button(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| {
        matches!(target.tag_name().to_ascii_lowercase().as_str(), "button" | "summary" | "a")
    })
}

/// One option.
fn answer(place: usize, choice: &'static Choice, mark: Mark) -> Html {
    let dispatch = use_dispatch();
    let choose = press(move || {
        if mark == Mark::Open {
            dispatch.apply(Action::Quiz(QuizAction::Choose(place)));
        }
    });
    view! {
        <li>
            <button
                type="button"
                class="answer"
                data-verdict=mark.attribute()
                aria-disabled=(mark != Mark::Open).then_some("true")
                on:click=choose
            >
                <span class="answer-key" aria-hidden="true">{(place + 1).to_string()}</span>
                <span>
                    {choice.text.clone()}
                    {mark.word().map(|word| view! { <span class="answer-verdict">{word}</span> })}
                    {(mark != Mark::Open).then(|| view! { <span class="answer-why">{choice.explanation.clone()}</span> })}
                </span>
            </button>
        </li>
    }
}

/// What there is to say after a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A wrong one.
    Wrong,
    /// The right one.
    Answered(Verdict),
}

/// The verdict, the way on, and the proof. It takes the focus.
#[component]
fn Feedback(told: Told, proof: Option<&'static Proof>, is_last: bool, toast: Toast) -> Html {
    let dispatch = use_dispatch();
    let heading = NodeRef::<HtmlElement>::new();
    effect(move || {
        if let Some(heading) = heading.get() {
            // Fails only where the element is not in the page.
            let _ = heading.focus();
        }
    });
    let (kind, text) = match told {
        Told::Wrong => ("wrong", practise::TRY_AGAIN),
        Told::Answered(Verdict::FirstTry) => ("right", practise::RIGHT_AT_FIRST_TRY),
        Told::Answered(Verdict::CorrectAfterRetry) => ("right", practise::RIGHT_AFTER_RETRY),
    };
    let is_answered = told != Told::Wrong;
    let show = move |proof: &'static Proof| {
        dispatch.apply(Action::LoadScenario(proof.scenario.clone()));
        dispatch.apply(Action::Show(View::Explore));
        toast.say_long(proof.hint.clone());
    };
    view! {
        <div class="feedback">
            <h3 node_ref=heading tabindex="-1" data-verdict=kind>{text}</h3>
            {is_answered.then(|| view! {
                <div class="feedback-row">
                    <button type="button" class="action" data-weight="primary" on:click=press(move || dispatch.apply(Action::Quiz(QuizAction::Next)))>
                        {if is_last { practise::SHOW_SCORE } else { practise::NEXT }}
                    </button>
                    {proof.map(|proof| view! {
                        <button type="button" class="action" on:click=press(move || show(proof))>{practise::OPEN_IN_EXPLORE}</button>
                    })}
                </div>
            })}
        </div>
    }
}
