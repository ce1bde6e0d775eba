//! The scenario beside another one that is pinned.

use leptos::prelude::*;
use markup::{component, view};

use crate::dispatch::use_dispatch;
use crate::dom::{Flag, Html, flag, part, press, text, when};
use crate::lessons::{Difference, Tendency, compare};
use crate::pages::explore::cells::{AskedTable, cell};
use crate::pages::explore::lens::{Lens, Picture};
use crate::pages::explore::why::{Answer, Asking};
use crate::queueing::explain::explain_change;
use crate::session::Action;
use crate::strings::{compare as words, explanation};

/// Whether something is pinned.
fn is_pinned(lens: Lens) -> Flag {
    flag(move || lens.now().pinned.is_some())
}

/// Pins the scenario, or ends the comparison.
#[component]
pub(crate) fn PinButton(
    /// What to pin.
    lens: Lens,
) -> Html {
    let dispatch = use_dispatch();
    let pinned = is_pinned(lens);
    let pin = press(move || dispatch.apply(if pinned.get_untracked() { Action::Unpin } else { Action::Pin }));
    let name = text(move || if pinned.get() { words::UNPIN } else { words::PIN }.to_owned());
    view! { <button type="button" class="link" on:click=pin>{name}</button> }
}

/// The panel.
#[component]
pub(crate) fn ComparePanel(
    /// What to compare.
    lens: Lens,
) -> Html {
    let dispatch = use_dispatch();
    let pinned = is_pinned(lens);
    let intro = text(move || if pinned.get() { words::SUBTITLE } else { words::INTRO }.to_owned());
    let back = move || {
        if let Some(pinned) = &lens.peek().pinned {
            dispatch.apply(Action::LoadScenario(pinned.scenario.clone()));
        }
    };
    let more = move || {
        view! {
            <button type="button" class="link" on:click=press(move || dispatch.apply(Action::Pin))>{words::REPLACE_PINNED}</button>
            <button type="button" class="link" on:click=press(back)>{words::RESTORE_PINNED}</button>
        }
    };
    view! {
        <section class="panel compare" aria-labelledby="compare-title">
            <h2 class="panel-title" id="compare-title">{words::TITLE}</h2>
            <p class="panel-sub">{intro}</p>
            <p class="compare-acts"><PinButton lens /> {when(pinned, more)}</p>
            {when(pinned, move || view! { <Differences lens /> })}
        </section>
    }
}

/// Figure by figure.
#[component]
fn Differences(lens: Lens) -> Html {
    const HEADS: [&str; 4] =
        [words::COLUMN_QUANTITY, words::PINNED, words::COLUMN_CURRENT, words::COLUMN_CHANGE];
    let table = part(move || {
        let head = |head| view! { <th scope="col">{head}</th> };
        let heads = HEADS.into_iter().map(head).collect::<Html>();
        let rows = rows(&lens.now()).into_iter().map(row).collect::<Html>();
        view! { <thead><tr>{heads}</tr></thead><tbody>{rows}</tbody> }
    });
    let asking = use_context::<Asking>();
    let ask = move |(row, column): (usize, usize)| {
        answer(asking?, rows(&lens.peek()).into_iter().nth(row)?, column)
    };
    view! { <div class="compare-table"><AskedTable name=words::TITLE rows=table ask=Box::new(ask) /></div> }
}

/// What differs; nothing where the model rejects one of the two.
fn rows(now: &Picture) -> Vec<Difference> {
    let pinned =
        now.pinned.as_ref().and_then(|pinned| Some((&pinned.scenario, pinned.evaluation.as_ref().ok()?)));
    let shown = now.evaluation.as_ref().ok().map(|evaluation| (&now.scenario, evaluation));
    pinned.zip(shown).map(|(pinned, shown)| compare(pinned, shown)).unwrap_or_default()
}

/// One figure.
fn row(difference: Difference) -> Html {
    let Difference { name, first, second, change, tendency, explained_value: figure } = difference;
    let (tendency, word) = match tendency {
        Tendency::Better => ("better", words::BETTER),
        Tendency::Worse => ("worse", words::WORSE),
        Tendency::Same => ("same", ""),
        Tendency::Neither => ("neither", ""),
    };
    let is_number = is_number(&change);
    let change = [change.as_str(), word].join(" ");
    let can_ask = figure.is_some();
    view! {
        <tr data-tendency=tendency>
            <th scope="row">{name}</th>
            {cell(first, can_ask)}
            {cell(second, can_ask)}
            {cell(change, is_number)}
        </tr>
    }
}

/// Whether a change can be said as a number.
fn is_number(change: &str) -> bool {
    change.contains(|letter: char| letter.is_ascii_digit())
}

/// Why the cell in a column of a row says what it says: A, B, or what has changed.
fn answer(asking: Asking, difference: Difference, column: usize) -> Option<Answer> {
    let Difference { name, first, second, change, explained_value: figure, .. } = difference;
    let (pinned, now) = (asking.of_pinned(figure?), asking.of_now(figure?));
    match column {
        0 => Some(pinned),
        1 => Some(now),
        _ if !is_number(&change) => None,
        _ => {
            let (a, b) = (pinned.derivation?.accuracy, now.derivation?.accuracy);
            let derivation = Some(explain_change((&first, a), (&second, b), &change));
            Some(Answer {
                name: explanation::change_name(name),
                with: explanation::FORMULA.to_owned(),
                derivation,
            })
        }
    }
}
