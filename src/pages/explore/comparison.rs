//! The panel that compares the scenario with the pinned one, number by number.

use std::sync::Arc;

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::lessons::{Difference, Tendency, compare};
use crate::pages::explore::explain::{
    CellIndex, ExplainableTable, Explainer, Explanation, NumberCell, use_explainer,
};
use crate::pages::explore::pin_button::PinButton;
use crate::pages::explore::state::EvaluatedScenario;
use crate::queueing::explain::explain_change;
use crate::session::Action;
use crate::strings::{compare as strings, explanation};

#[component]
pub(crate) fn ComparisonPanel(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
) -> impl IntoView {
    let is_pinned = move || baseline.read().is_some();
    view! {
        <section class="panel compare" aria-labelledby="compare-title">
            <h2 class="panel-title" id="compare-title">{strings::TITLE}</h2>
            <p class="panel-sub">{move || if is_pinned() { strings::SUBTITLE } else { strings::INTRO }}</p>
            <p class="compare-acts">
                <PinButton baseline />
                <Show when=is_pinned><BaselineActions baseline /></Show>
            </p>
            <Show when=is_pinned><Differences evaluated baseline /></Show>
        </section>
    }
}

#[component]
fn BaselineActions(baseline: Memo<Option<Arc<EvaluatedScenario>>>) -> impl IntoView {
    let dispatch = use_dispatch();
    let go_back = move |_| {
        if let Some(baseline) = baseline.get_untracked() {
            dispatch.send(Action::LoadScenario(baseline.scenario.clone()));
        }
    };
    view! {
        <button type="button" class="link" on:click=move |_| dispatch.send(Action::Pin)>
            {strings::REPLACE_PINNED}
        </button>
        <button type="button" class="link" on:click=go_back>{strings::RESTORE_PINNED}</button>
    }
}

#[component]
fn Differences(
    evaluated: Memo<Arc<EvaluatedScenario>>,
    baseline: Memo<Option<Arc<EvaluatedScenario>>>,
) -> impl IntoView {
    const HEADS: [&str; 4] =
        [strings::COLUMN_QUANTITY, strings::PINNED, strings::COLUMN_CURRENT, strings::COLUMN_CHANGE];
    let explainer = use_explainer();
    let differences = Memo::new(move |_| match &*baseline.read() {
        Some(baseline) => differences(baseline, &evaluated.read()),
        None => Vec::new(),
    });
    let explain = move |(row, column): CellIndex| {
        explain_cell(explainer, differences.read_untracked().get(row)?, column)
    };
    let rows =
        move || differences.get().into_iter().map(|difference| view! { <Row difference /> }).collect_view();
    view! {
        <div class="compare-table">
            <ExplainableTable name=strings::TITLE explain>
                <thead>
                    <tr>{HEADS.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </ExplainableTable>
        </div>
    }
}

/// The differences; none if the model rejects one of the two scenarios.
fn differences(baseline: &EvaluatedScenario, evaluated: &EvaluatedScenario) -> Vec<Difference> {
    match (&baseline.evaluation, &evaluated.evaluation) {
        (Ok(first), Ok(second)) => compare((&baseline.scenario, first), (&evaluated.scenario, second)),
        _ => Vec::new(),
    }
}

#[component]
fn Row(difference: Difference) -> impl IntoView {
    let Difference { name, first, second, change, tendency, explained_value } = difference;
    let (tendency, word) = match tendency {
        Tendency::Better => ("better", strings::BETTER),
        Tendency::Worse => ("worse", strings::WORSE),
        Tendency::Same => ("same", ""),
        Tendency::Neither => ("neither", ""),
    };
    let is_number = has_digit(&change);
    let can_explain = explained_value.is_some();
    view! {
        <tr data-tendency=tendency>
            <th scope="row">{name}</th>
            <NumberCell text=first can_explain />
            <NumberCell text=second can_explain />
            <NumberCell text=format!("{change} {word}") can_explain=is_number />
        </tr>
    }
}

fn has_digit(text: &str) -> bool {
    text.contains(|character: char| character.is_ascii_digit())
}

/// Explains the pinned value (column 0), the present value (1), or the change between them (2).
fn explain_cell(explainer: Explainer, difference: &Difference, column: usize) -> Option<Explanation> {
    let value = difference.explained_value?;
    let (baseline, current) = (explainer.explain_baseline(value), explainer.explain_current(value));
    match column {
        0 => Some(baseline),
        1 => Some(current),
        _ if !has_digit(&difference.change) => None,
        _ => {
            let first = (difference.first.as_str(), baseline.derivation?.accuracy);
            let second = (difference.second.as_str(), current.derivation?.accuracy);
            Some(Explanation {
                name: explanation::change_name(difference.name),
                values: explanation::FORMULA.to_owned(),
                derivation: Some(explain_change(first, second, &difference.change)),
            })
        }
    }
}
