//! "Why?" at every number: the law, the formula with the values that are set, the source, and how far to trust it.

use leptos::prelude::*;
use markup::{component, view};

use crate::components::Sheet;
use crate::dom::{Html, Text, press};
use crate::lessons::narrative::ValueOrigin;
use crate::pages::explore::lens::Lens;
use crate::pages::explore::load::load_text;
use crate::queueing::evaluate;
use crate::queueing::explain::{Derivation, ExplainedValue, explain};
use crate::scenario::Scenario;
use crate::strings::explanation;

/// What the sheet says of one number.
#[derive(Clone, Default)]
pub(crate) struct Answer {
    /// What the number is.
    pub(crate) name: String,
    /// With whose values it is computed.
    pub(crate) with: String,
    /// Where it comes from; nothing where there is no such figure.
    pub(crate) derivation: Option<Derivation>,
}

impl Answer {
    /// The answer for a figure of a flow at a load, which is evaluated for it; `with` says so.
    pub(crate) fn at(flow: &Scenario, load: f64, figure: ExplainedValue, with: String) -> Self {
        let there = Scenario { workload: flow.workload.with_load(load), ..flow.clone() };
        let evaluation = evaluate(&there).ok();
        let derivation = evaluation.and_then(|evaluation| explain(&there, &evaluation, figure));
        Self { name: explanation::value_name(figure, &there), with, derivation }
    }
}

/// The sheet that answers: what it says, and whether it is open.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    lens: Lens,
    answer: StoredValue<Answer>,
    open: RwSignal<bool>,
}

impl Asking {
    /// Nothing is asked yet; whatever is shown below can ask about what the lens sees.
    pub(crate) fn provide(lens: Lens) -> Self {
        let asking = Self { lens, answer: StoredValue::default(), open: RwSignal::new(false) };
        provide_context(asking);
        asking
    }

    /// Answers.
    pub(crate) fn tell(self, answer: Answer) {
        self.answer.set_value(answer);
        self.open.set(true);
    }

    /// The answer for a figure of what is set.
    pub(crate) fn of_now(self, figure: ExplainedValue) -> Answer {
        let now = self.lens.peek();
        let derivation = now.evaluation.as_ref().ok().and_then(|it| explain(&now.scenario, it, figure));
        Answer {
            name: explanation::value_name(figure, &now.scenario),
            with: explanation::FORMULA.to_owned(),
            derivation,
        }
    }

    /// The answer for a number of a sentence about what is set; none where it is about more than that.
    pub(crate) fn of_told(self, origin: ValueOrigin) -> Option<Answer> {
        match origin {
            ValueOrigin::Current(figure) => Some(self.of_now(figure)),
            ValueOrigin::AtLoad(load, figure) => {
                let now = &self.lens.peek().scenario;
                Some(Answer::at(now, load, figure, explanation::formula_at(&load_text(now.workload, load))))
            }
            ValueOrigin::WorstStaleness(_) | ValueOrigin::CatchUpTime(_) | ValueOrigin::AfterChange(_) => {
                None
            }
        }
    }

    /// The answer for a figure of what is pinned; of what is set, where nothing is.
    pub(crate) fn of_pinned(self, figure: ExplainedValue) -> Answer {
        let now = self.lens.peek();
        let Some(pinned) = &now.pinned else { return self.of_now(figure) };
        let derivation = pinned.evaluation.as_ref().ok().and_then(|it| explain(&pinned.scenario, it, figure));
        Answer {
            name: explanation::value_name(figure, &pinned.scenario),
            with: explanation::FORMULA_PINNED.to_owned(),
            derivation,
        }
    }
}

/// A number that answers when it is pressed.
pub(crate) fn number(shown: Text, figure: impl Fn() -> Option<ExplainedValue> + 'static) -> Html {
    button(shown, Box::new(figure), "0")
}

/// The same where the number stands elsewhere too: the Tab key passes it by.
pub(crate) fn number_in_sentence(shown: Text, figure: impl Fn() -> Option<ExplainedValue> + 'static) -> Html {
    button(shown, Box::new(figure), "-1")
}

fn button(shown: Text, figure: Box<dyn Fn() -> Option<ExplainedValue>>, tab: &'static str) -> Html {
    let asking = use_context::<Asking>();
    asked(shown, Box::new(move || Some(asking?.of_now(figure()?))), tab)
}

/// A number that answers in its own way; the Tab key stops at it where it stands nowhere else.
pub(crate) fn asked(shown: Text, answer: Box<dyn Fn() -> Option<Answer>>, tab: &'static str) -> Html {
    let asking = use_context::<Asking>();
    let ask = press(move || {
        if let (Some(asking), Some(answer)) = (asking, answer()) {
            asking.tell(answer);
        }
    });
    view! { <button type="button" class="why" title=explanation::TITLE tabindex=tab on:click=ask>{shown}</button> }
}

/// The sheet with the answer.
#[component]
pub(crate) fn WhySheet(
    /// What is asked.
    asking: Asking,
) -> Html {
    let content = move || answer(asking.answer.get_value());
    view! { <Sheet title=explanation::TITLE open=asking.open content=Box::new(content) /> }
}

/// The answer for one number.
fn answer(Answer { name, with, derivation }: Answer) -> Html {
    let Some(Derivation { law, formula, accuracy }) = derivation else {
        return view! { <p class="why-name">{name}</p><p>{explanation::NO_EXPLANATION}</p> };
    };
    let pair = |(term, meaning): (&'static str, String)| view! { <dt>{term}</dt><dd>{meaning}</dd> };
    let pairs = [
        (explanation::LAW, law.name().to_owned()),
        (explanation::ACCURACY, explanation::accuracy(accuracy)),
        (explanation::SOURCE, law.source().to_owned()),
    ];
    view! {
        <p class="why-name">{name}</p>
        <p class="panel-sub">{with}</p>
        <p class="why-formula">{formula}</p>
        <dl class="why-terms">{pairs.into_iter().map(pair).collect::<Html>()}</dl>
        <p class="panel-sub">{explanation::LIBRARY_HINT}</p>
    }
}
