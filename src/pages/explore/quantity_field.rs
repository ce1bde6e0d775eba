//! Callbacks of number fields that know their quantity, and buttons that reset one control.

use std::ops::RangeInclusive;

use leptos::prelude::*;

use crate::dispatch::use_dispatch;
use crate::pages::explore::state::ExploreState;
use crate::scenario::limits;
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::parse::{
    DefaultUnit, InputError, ParsedInput, parse_rate, parse_servers, parse_time, parse_users,
};
use crate::units::{Rate, Servers, Time, Users};

/// The callback of a [`NumberField`](crate::components::NumberField).
pub(crate) type EntryCallback = Callback<String, Option<String>>;

/// Dispatches an action for an entry that can be parsed; returns a message for the others, or a warning.
fn entry_callback<T: 'static>(
    parse: impl Fn(&str) -> Result<ParsedInput<T>, InputError> + Send + Sync + 'static,
    to_action: impl Fn(T) -> Action + Send + Sync + 'static,
) -> EntryCallback {
    let dispatch = use_dispatch();
    Callback::new(move |entry: String| match parse(&entry) {
        Ok(ParsedInput { value, warning }) => {
            dispatch.send(to_action(value));
            warning
        }
        Err(error) => Some(error.to_string()),
    })
}

/// Takes a time within a range; an entry without a unit is in `unit`.
pub(crate) fn time_entry(
    unit: DefaultUnit,
    range: RangeInclusive<Time>,
    to_action: impl Fn(Time) -> Action + Send + Sync + 'static,
) -> EntryCallback {
    entry_callback(move |entry| parse_time(entry, unit, range.clone()), to_action)
}

/// Takes a number of servers.
pub(crate) fn servers_entry(to_action: impl Fn(Servers) -> Action + Send + Sync + 'static) -> EntryCallback {
    entry_callback(|entry| parse_servers(entry, limits::SERVERS), to_action)
}

/// Takes a number of users.
pub(crate) fn users_entry(to_action: impl Fn(Users) -> Action + Send + Sync + 'static) -> EntryCallback {
    entry_callback(|entry| parse_users(entry, limits::USERS), to_action)
}

/// Takes an arrival rate.
pub(crate) fn rate_entry(to_action: impl Fn(Rate) -> Action + Send + Sync + 'static) -> EntryCallback {
    entry_callback(|entry| parse_rate(entry, limits::ARRIVAL_RATE), to_action)
}

/// Resets one control to the scenario that was loaded; hidden while there is nothing to reset.
#[component]
pub(crate) fn ResetButton(state: ExploreState, control: Control, name: &'static str) -> impl IntoView {
    let dispatch = use_dispatch();
    let reset = move |()| dispatch.send(Action::Reset(control));
    view! { <UndoButton name can_undo=state.can_reset(control) on_press=reset /> }
}

/// A small button that takes something back; hidden while there is nothing to take back.
#[component]
pub(crate) fn UndoButton(
    name: &'static str,
    can_undo: Memo<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let label = explore::reset(&name.to_lowercase());
    view! {
        <button
            type="button"
            class="undo-one"
            aria-label=label.clone()
            title=label.clone()
            hidden=move || !can_undo.get()
            on:click=move |_| on_press.run(())
        >
            "↺"
        </button>
    }
}
