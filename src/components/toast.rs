//! Short messages that pass, told to the ear too.

use std::borrow::Cow;
use std::time::Duration;

use leptos::prelude::*;
use markup::{component, view};

use crate::dom::{Html, text};

/// Says something for a few seconds.
#[derive(Clone, Copy)]
pub(crate) struct Toast(RwSignal<(u32, Cow<'static, str>)>);

impl Toast {
    /// A silent toast.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new((0, Cow::Borrowed(""))))
    }

    /// Says it briefly.
    pub(crate) fn say(self, message: &'static str) {
        self.say_for(Cow::Borrowed(message), Duration::from_secs(4));
    }

    /// Says something that takes longer to read.
    pub(crate) fn say_long(self, message: Cow<'static, str>) {
        self.say_for(message, Duration::from_secs(12));
    }

    fn say_for(self, message: Cow<'static, str>, span: Duration) {
        self.0.update(|(turn, said)| {
            *turn += 1;
            *said = message;
        });
        let turn = self.0.get_untracked().0;
        let end = move || {
            self.0.update(|(last, said)| {
                if *last == turn {
                    *said = Cow::Borrowed("");
                }
            });
        };
        set_timeout(end, span);
    }
}

/// Where the messages appear.
#[component]
pub(crate) fn ToastView(
    /// The messages.
    toast: Toast,
) -> Html {
    view! { <div class="toast" role="status">{text(move || toast.0.get().1.into_owned())}</div> }
}
