//! "Why?" at every number: the law, the formula with the values that are set, the source, and how far to trust it.

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Html, Text, press};
use crate::model::provenance::{Derivation, Figure, explain};
use crate::model::{Evaluation, Rejection};
use crate::scenario::Scenario;
use crate::text::why;
use crate::views::explore::lens::Lens;
use crate::views::parts::Sheet;

/// Which number is asked about, whether it is one of the scenario that is pinned, and whether its answer is open.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    figure: RwSignal<Figure>,
    pinned: RwSignal<bool>,
    open: RwSignal<bool>,
}

impl Asking {
    /// Nothing is asked yet; whatever is shown below can ask.
    pub(crate) fn provide() -> Self {
        let asking = Self {
            figure: RwSignal::new(Figure::ResponseTime),
            pinned: RwSignal::new(false),
            open: RwSignal::new(false),
        };
        provide_context(asking);
        asking
    }
}

/// A number that answers when it is pressed.
pub(crate) fn number(shown: Text, figure: impl Fn() -> Option<Figure> + 'static) -> Html {
    button(shown, Box::new(figure), false, "0")
}

/// The same inside a sentence. The Tab key passes it by: every number of a sentence stands elsewhere too.
pub(crate) fn number_in_sentence(shown: Text, figure: impl Fn() -> Option<Figure> + 'static) -> Html {
    button(shown, Box::new(figure), false, "-1")
}

/// A number of the scenario that is pinned.
pub(crate) fn number_pinned(shown: Text, figure: Figure) -> Html {
    button(shown, Box::new(move || Some(figure)), true, "0")
}

fn button(shown: Text, figure: Box<dyn Fn() -> Option<Figure>>, pinned: bool, tab: &'static str) -> Html {
    let asking = use_context::<Asking>();
    let ask = press(move || {
        if let (Some(asking), Some(figure)) = (asking, figure()) {
            asking.figure.set(figure);
            asking.pinned.set(pinned);
            asking.open.set(true);
        }
    });
    view! { <button type="button" class="why" title=why::TITLE tabindex=tab on:click=ask>{shown}</button> }
}

/// The sheet with the answer.
#[component]
pub(crate) fn WhySheet(
    /// What the numbers are of.
    lens: Lens,
    /// What is asked.
    asking: Asking,
) -> Html {
    let content = move || {
        let (now, figure) = (lens.peek(), asking.figure.get_untracked());
        match now.pinned.as_ref().filter(|_| asking.pinned.get_untracked()) {
            Some(pinned) => answer(&pinned.scenario, &pinned.evaluation, figure),
            None => answer(&now.scenario, &now.evaluation, figure),
        }
    };
    view! { <Sheet title=why::TITLE open=asking.open content=Box::new(content) /> }
}

/// The answer for one number.
fn answer(scenario: &Scenario, evaluation: &Result<Evaluation, Rejection>, figure: Figure) -> Html {
    let derivation = evaluation.as_ref().ok().and_then(|evaluation| explain(scenario, evaluation, figure));
    let name = why::name(figure, scenario);
    let Some(Derivation { law, formula, trust }) = derivation else {
        return view! { <p class="why-name">{name}</p><p>{why::NOTHING}</p> };
    };
    let pair = |(term, meaning): (&'static str, String)| view! { <dt>{term}</dt><dd>{meaning}</dd> };
    let pairs = [
        (why::LAW, law.name().to_owned()),
        (why::TRUST, why::trust(trust)),
        (why::SOURCE, law.source().to_owned()),
    ];
    view! {
        <p class="why-name">{name}</p>
        <p class="panel-sub">{why::FORMULA}</p>
        <p class="why-formula">{formula}</p>
        <dl class="why-terms">{pairs.into_iter().map(pair).collect::<Html>()}</dl>
        <p class="panel-sub">{why::MORE}</p>
    }
}
