//! The scenario beside another one that is pinned.

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Flag, Html, fixed, flag, part, press, text, when};
use crate::lesson::{Difference, Tendency, compare};
use crate::session::Action;
use crate::text::explore;
use crate::views::dispatch::use_dispatch;
use crate::views::explore::lens::{Lens, Picture};
use crate::views::explore::why::{number_in_sentence, number_pinned};

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
    let name = text(move || if pinned.get() { explore::UNPIN } else { explore::PIN }.to_owned());
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
    let intro =
        text(move || if pinned.get() { explore::COMPARE_SUB } else { explore::COMPARE_INTRO }.to_owned());
    let back = move || {
        if let Some(pinned) = &lens.peek().pinned {
            dispatch.apply(Action::LoadScenario(pinned.scenario.clone()));
        }
    };
    let more = move || {
        view! {
            <button type="button" class="link" on:click=press(move || dispatch.apply(Action::Pin))>{explore::PIN_AGAIN}</button>
            <button type="button" class="link" on:click=press(back)>{explore::BACK_TO_PINNED}</button>
        }
    };
    view! {
        <section class="panel compare" aria-labelledby="compare-title">
            <h2 class="panel-title" id="compare-title">{explore::COMPARE}</h2>
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
        [explore::TABLE_FIGURE, explore::PINNED, explore::TABLE_NOW, explore::TABLE_CHANGE];
    let body = part(move || rows(&lens.now()).into_iter().map(row).collect::<Html>());
    let heads = HEADS.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect::<Html>();
    view! {
        <div class="chart-table compare-table" tabindex="0" role="region" aria-label=explore::COMPARE>
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
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
    let Difference { name, first, second, change, tendency, figure } = difference;
    let (tendency, word) = match tendency {
        Tendency::Better => ("better", explore::BETTER),
        Tendency::Worse => ("worse", explore::WORSE),
        Tendency::Same => ("same", ""),
        Tendency::Neither => ("neither", ""),
    };
    let change = [change.as_str(), word].join(" ");
    // What is set now stands elsewhere too, where the Tab key stops.
    let [first, second] = match figure {
        Some(figure) => {
            [number_pinned(fixed(&first), figure), number_in_sentence(fixed(&second), move || Some(figure))]
        }
        None => [first, second].map(Html::of),
    };
    view! {
        <tr data-tendency=tendency><th scope="row">{name}</th><td>{first}</td><td>{second}</td><td class="compare-change">{change}</td></tr>
    }
}
