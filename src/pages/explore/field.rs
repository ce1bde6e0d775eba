//! Number fields that know their quantity: what is typed becomes an action, what is wrong a message.

use std::ops::RangeInclusive;

use markup::{component, view};

use crate::components::Entry;
use crate::dispatch::use_dispatch;
use crate::dom::{Flag, Html, flag, press};
use crate::pages::explore::lens::Lens;
use crate::scenario::limits;
use crate::session::{Action, Control};
use crate::strings::explore;
use crate::units::parse::{
    DefaultUnit, InputError, ParsedInput, parse_rate, parse_servers, parse_time, parse_users,
};
use crate::units::{Rate, Servers, Time, Users};

/// What a field does with a quantity that was understood.
fn entry<T: 'static>(
    read: impl Fn(&str) -> Result<ParsedInput<T>, InputError> + 'static,
    set: impl Fn(T) -> Action + 'static,
) -> Entry {
    let dispatch = use_dispatch();
    Box::new(move |typed| match read(typed) {
        Ok(ParsedInput { value, warning }) => {
            dispatch.apply(set(value));
            warning
        }
        Err(error) => Some(error.to_string()),
    })
}

/// Takes a time in a range; without a unit it is in this one.
pub(crate) fn time_entry(
    unit: DefaultUnit,
    range: RangeInclusive<Time>,
    set: impl Fn(Time) -> Action + 'static,
) -> Entry {
    entry(move |typed| parse_time(typed, unit, range.clone()), set)
}

/// Takes a number of servers.
pub(crate) fn servers_entry(set: impl Fn(Servers) -> Action + 'static) -> Entry {
    entry(|typed| parse_servers(typed, limits::SERVERS), set)
}

/// Takes a number of users.
pub(crate) fn users_entry(set: impl Fn(Users) -> Action + 'static) -> Entry {
    entry(|typed| parse_users(typed, limits::USERS), set)
}

/// Takes a rate of orders.
pub(crate) fn rate_entry(set: impl Fn(Rate) -> Action + 'static) -> Entry {
    entry(|typed| parse_rate(typed, limits::ARRIVAL_RATE), set)
}

/// Takes one control back to where the scenario came from; shown only where it differs.
#[component]
pub(crate) fn ResetOne(
    /// What to look at.
    lens: Lens,
    /// What it resets.
    control: Control,
    /// What that is called.
    name: &'static str,
) -> Html {
    let dispatch = use_dispatch();
    undo_one(name, flag(move || !lens.can_reset(control)), move || dispatch.apply(Action::Reset(control)))
}

/// A button that takes something back; hidden where there is nothing to take back.
pub(crate) fn undo_one(name: &str, is_set_alike: Flag, act: impl Fn() + 'static) -> Html {
    let title = explore::reset_label(&name.to_lowercase());
    view! {
        <button
            type="button"
            class="undo-one"
            aria-label=title.clone()
            title=title
            hidden=is_set_alike
            on:click=press(act)
        >
            "↺"
        </button>
    }
}
