//! Number fields that know their quantity: what is typed becomes an action, what is wrong a message.

use std::ops::RangeInclusive;

use leptos::prelude::*;

use crate::scenario::limits;
use crate::session::Action;
use crate::units::parse::{
    BareUnit, Entered, EntryError, parse_rate, parse_servers, parse_time, parse_users,
};
use crate::units::{Rate, Servers, Time, Users, format};
use crate::views::dispatch::use_dispatch;
use crate::views::parts::NumberField;

/// Sends what was understood, and returns what there is to say.
fn take<T>(entry: Result<Entered<T>, EntryError>, send: impl Fn(T)) -> Option<String> {
    match entry {
        Ok(Entered { value, notice }) => {
            send(value);
            notice
        }
        Err(error) => Some(error.to_string()),
    }
}

/// A field for a time.
#[component]
pub(crate) fn TimeField(
    /// Its accessible name.
    #[prop(into)]
    name: Signal<String>,
    /// The time.
    #[prop(into)]
    time: Signal<Time>,
    /// What is allowed.
    range: RangeInclusive<Time>,
    /// The unit in which it is shown and typed.
    unit: BareUnit,
    /// The action that sets it.
    set: Callback<Time, Action>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let (scale, word) = match unit {
        BareUnit::Millis => (1e3, crate::text::explore::MS),
        BareUnit::Seconds => (1.0, crate::text::explore::SECONDS),
    };
    let text = Signal::derive(move || format::plain(time.get().seconds() * scale));
    let on_enter = Callback::new(move |entry: String| {
        take(parse_time(&entry, unit, range.clone()), |time| dispatch.apply(set.run(time)))
    });
    view! { <NumberField name text unit=word on_enter /> }
}

/// A field for a number of servers.
#[component]
pub(crate) fn ServersField(
    /// Its accessible name.
    #[prop(into)]
    name: Signal<String>,
    /// How many.
    #[prop(into)]
    servers: Signal<Servers>,
    /// The action that sets it.
    set: Callback<Servers, Action>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let text = Signal::derive(move || format::count(servers.get().count()));
    let on_enter = Callback::new(move |entry: String| {
        take(parse_servers(&entry, limits::SERVERS), |servers| dispatch.apply(set.run(servers)))
    });
    view! { <NumberField name text on_enter /> }
}

/// A field for a number of users.
#[component]
pub(crate) fn UsersField(
    /// Its accessible name.
    name: &'static str,
    /// How many.
    #[prop(into)]
    users: Signal<Users>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let text = Signal::derive(move || format::count(users.get().count()));
    let on_enter = Callback::new(move |entry: String| {
        take(parse_users(&entry, limits::USERS), |users| dispatch.apply(Action::SetUsers(users)))
    });
    view! { <NumberField name=name.to_owned() text on_enter /> }
}

/// A field for a rate of orders.
#[component]
pub(crate) fn RateField(
    /// Its accessible name.
    name: &'static str,
    /// How many per second.
    #[prop(into)]
    rate: Signal<Rate>,
    /// What is allowed.
    range: RangeInclusive<Rate>,
) -> impl IntoView {
    let dispatch = use_dispatch();
    let text = Signal::derive(move || format::plain(rate.get().value()));
    let on_enter = Callback::new(move |entry: String| {
        take(parse_rate(&entry, range.clone()), |rate| dispatch.apply(Action::SetArrivalRate(rate)))
    });
    view! { <NumberField name=name.to_owned() text unit="/s" on_enter /> }
}
