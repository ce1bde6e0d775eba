//! Keyboard, mouse and touch input, sent as WebDriver BiDi actions.
//!
//! The methods return when the browser has dispatched the events, not when the page has reacted: a test
//! states with an `expect_…` assertion, [`Page::wait_until`] or [`Page::wait_until_idle`] what it waits for.

use serde_json::{Value, json};

use super::page::{Page, find};

/// Keys without a character, as WebDriver encodes them.
pub(crate) mod key {
    pub(crate) const TAB: &str = "\u{E004}";
    pub(crate) const ENTER: &str = "\u{E007}";
    pub(crate) const SHIFT: &str = "\u{E008}";
    pub(crate) const CONTROL: &str = "\u{E009}";
    pub(crate) const ALT: &str = "\u{E00A}";
    pub(crate) const ESCAPE: &str = "\u{E00C}";
    pub(crate) const PAGE_UP: &str = "\u{E00E}";
    pub(crate) const PAGE_DOWN: &str = "\u{E00F}";
    pub(crate) const END: &str = "\u{E010}";
    pub(crate) const HOME: &str = "\u{E011}";
    pub(crate) const LEFT: &str = "\u{E012}";
    pub(crate) const UP: &str = "\u{E013}";
    pub(crate) const RIGHT: &str = "\u{E014}";
    pub(crate) const DOWN: &str = "\u{E015}";
    pub(crate) const DELETE: &str = "\u{E017}";
}

/// The kind of pointing device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pointer {
    Mouse,
    Touch,
}

impl Pointer {
    fn name(self) -> &'static str {
        match self {
            Self::Mouse => "mouse",
            Self::Touch => "touch",
        }
    }
}

impl Page {
    /// Presses keys together, as in `[key::CONTROL, "z"]`, and releases them.
    pub(crate) fn press_keys(&self, keys: &[&str]) {
        let action = |kind: &str, key: &&str| json!({ "type": kind, "value": key });
        let down = keys.iter().map(|key| action("keyDown", key));
        let up = keys.iter().rev().map(|key| action("keyUp", key));
        let actions: Vec<Value> = down.chain(up).collect();
        self.perform_actions(&json!([{ "type": "key", "id": "keys", "actions": actions }]));
    }

    /// Types a text, key by key, into the focused element.
    pub(crate) fn type_text(&self, text: &str) {
        text.chars().for_each(|character| self.press_keys(&[character.encode_utf8(&mut [0; 4])]));
    }

    /// Moves the focus to an element once it is there.
    #[track_caller]
    pub(crate) fn focus(&self, selector: &str) {
        self.wait_until(&find(selector));
        self.run(&format!("{}.focus()", find(selector)));
    }

    /// Clicks the centre of an element.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        self.tap(Pointer::Mouse, selector);
    }

    /// Clicks or taps the centre of an element.
    #[track_caller]
    pub(crate) fn tap(&self, pointer: Pointer, selector: &str) {
        let center = self.center(selector);
        self.drag_along(pointer, center, &[]);
    }

    /// Drags an element from its centre by an offset in pixels.
    #[track_caller]
    pub(crate) fn drag(&self, pointer: Pointer, selector: &str, offset: (f64, f64)) {
        let center = self.center(selector);
        self.drag_along(pointer, center, &drag_path(center, offset));
    }

    /// Moves the mouse over an element.
    #[track_caller]
    pub(crate) fn hover(&self, selector: &str) {
        self.move_mouse(self.center(selector));
    }

    /// Returns the centre of an element after it has been scrolled into view and stands still.
    #[track_caller]
    pub(crate) fn center(&self, selector: &str) -> (f64, f64) {
        self.center_of(&find(selector))
    }

    /// Does the same as [`Self::center`] for the element that a JavaScript expression returns, once it does.
    #[track_caller]
    pub(crate) fn center_of(&self, element: &str) -> (f64, f64) {
        self.wait_until(element);
        let center = self.run(&format!("return harness.centerOf({element})"));
        (center[0].as_f64().unwrap(), center[1].as_f64().unwrap())
    }

    /// Presses at a point, moves along a path, and releases.
    pub(crate) fn drag_along(&self, pointer: Pointer, start: (f64, f64), path: &[(f64, f64)]) {
        let mut actions = pointer_down_and_move(start, path);
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.perform_actions(&pointer_source(pointer, &actions));
    }

    /// Presses at a point, moves along a path, and keeps the pointer down until [`Self::pointer_up`].
    pub(crate) fn drag_and_hold(&self, pointer: Pointer, start: (f64, f64), path: &[(f64, f64)]) {
        self.perform_actions(&pointer_source(pointer, &pointer_down_and_move(start, path)));
    }

    /// Releases the pointer after [`Self::drag_and_hold`].
    pub(crate) fn pointer_up(&self, pointer: Pointer) {
        self.perform_actions(&pointer_source(pointer, &[json!({ "type": "pointerUp", "button": 0 })]));
    }

    /// Moves the mouse to a point.
    pub(crate) fn move_mouse(&self, target: (f64, f64)) {
        self.perform_actions(&pointer_source(Pointer::Mouse, &[pointer_move(target, 0)]));
    }

    fn perform_actions(&self, sources: &Value) {
        self.command("input.performActions", &json!({ "context": self.context, "actions": sources }));
    }
}

fn pointer_source(pointer: Pointer, actions: &[Value]) -> Value {
    let name = pointer.name();
    json!([{ "type": "pointer", "id": name, "parameters": { "pointerType": name }, "actions": actions }])
}

/// Returns ten evenly spaced points on the way from a point by an offset.
pub(crate) fn drag_path((x, y): (f64, f64), offset: (f64, f64)) -> Vec<(f64, f64)> {
    (1..=10)
        .map(|step| f64::from(step) / 10.0)
        .map(|part| (x + offset.0 * part, y + offset.1 * part))
        .collect()
}

fn pointer_down_and_move(start: (f64, f64), path: &[(f64, f64)]) -> Vec<Value> {
    let mut actions = vec![pointer_move(start, 0), json!({ "type": "pointerDown", "button": 0 })];
    actions.extend(path.iter().map(|next| pointer_move(*next, 16)));
    actions
}

fn pointer_move((x, y): (f64, f64), milliseconds: u32) -> Value {
    json!({ "type": "pointerMove", "x": x.round(), "y": y.round(), "duration": milliseconds })
}
