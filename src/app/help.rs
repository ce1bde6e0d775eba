//! The help dialog: shortcuts, and the signs of the flow.

use leptos::prelude::*;

use crate::components::{DefinitionList, Dialog};
use crate::strings::shell;

#[component]
pub(crate) fn HelpDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog title=shell::HELP open>
            <DefinitionList class="keys" entries=shell::SHORTCUTS />
            <h3>{shell::SIGNS_TITLE}</h3>
            <DefinitionList class="keys" entries=shell::SIGNS />
        </Dialog>
    }
}
