//! Short messages that disappear by themselves.

use std::borrow::Cow;
use std::time::Duration;

use leptos::prelude::*;

/// Shows one message at a time for a few seconds.
#[derive(Clone, Copy)]
pub(crate) struct Toast(RwSignal<Message>);

#[derive(Clone, Default)]
struct Message {
    number: u32,
    text: Cow<'static, str>,
}

impl Toast {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(Message::default()))
    }

    /// Shows a short message.
    pub(crate) fn show(self, text: &'static str) {
        self.show_for(Cow::Borrowed(text), Duration::from_secs(4));
    }

    /// Shows a message that takes longer to read.
    pub(crate) fn show_long(self, text: Cow<'static, str>) {
        self.show_for(text, Duration::from_secs(12));
    }

    fn show_for(self, text: Cow<'static, str>, duration: Duration) {
        let number = self.0.with_untracked(|message| message.number) + 1;
        self.0.set(Message { number, text });
        // A newer message must not be cut short by the timer of an older one.
        let clear = move || {
            self.0.update(|message| {
                if message.number == number {
                    message.text = Cow::Borrowed("");
                }
            });
        };
        set_timeout(clear, duration);
    }
}

/// The place where toasts appear; screen readers announce them.
#[component]
pub(crate) fn ToastView(toast: Toast) -> impl IntoView {
    view! { <div class="toast" role="status">{move || toast.0.get().text}</div> }
}
