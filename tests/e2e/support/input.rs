//! What a person does: keys, mouse, touch.

use serde_json::{Value, json};

use super::page::{Page, find};

/// Keys that write no character, as WebDriver names them.
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

/// What points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Mouse,
    Touch,
}

impl Input {
    fn name(self) -> &'static str {
        match self {
            Self::Mouse => "mouse",
            Self::Touch => "touch",
        }
    }
}

impl Page {
    /// Presses keys together, as in `[key::CONTROL, "z"]`, and lets them go.
    pub(crate) fn press(&self, keys: &[&str]) {
        let stroke = |kind: &str, key: &&str| json!({ "type": kind, "value": key });
        let down = keys.iter().map(|key| stroke("keyDown", key));
        let up = keys.iter().rev().map(|key| stroke("keyUp", key));
        self.act(&json!([{ "type": "key", "id": "keys", "actions": down.chain(up).collect::<Vec<_>>() }]));
    }

    /// Writes a text, key by key, where the focus is.
    pub(crate) fn write(&self, text: &str) {
        text.chars().for_each(|character| self.press(&[character.encode_utf8(&mut [0; 4])]));
    }

    /// Gives an element the focus.
    pub(crate) fn focus(&self, selector: &str) {
        self.run(&format!("{}.focus()", find(selector)));
    }

    /// Clicks, or taps, in the middle of an element.
    pub(crate) fn click(&self, selector: &str) {
        self.tap(Input::Mouse, selector);
    }

    /// Clicks, or taps, in the middle of an element.
    pub(crate) fn tap(&self, input: Input, selector: &str) {
        let at = self.middle(selector);
        self.point(input, at, &[]);
    }

    /// Takes an element by its middle and moves it by so many pixels.
    pub(crate) fn drag(&self, input: Input, selector: &str, by: (f64, f64)) {
        let at = self.middle(selector);
        self.point(input, at, &path(at, by));
    }

    /// Moves the mouse over an element.
    pub(crate) fn hover(&self, selector: &str) {
        self.point_at(self.middle(selector));
    }

    /// The middle of an element, once it has been scrolled into view and stands still: what was typed or pressed before may
    /// still move the page by a frame or two.
    pub(crate) fn middle(&self, selector: &str) -> (f64, f64) {
        let at = self.run(&format!(
            "const element = {}; element.scrollIntoView({{ block: 'nearest', inline: 'nearest' }});
             let at = [];
             for (let frame = 0, still = 0; still < 2; frame++) {{
               if (frame > 60) throw new Error('does not stand still: ' + element.outerHTML);
               const box = element.getBoundingClientRect();
               const now = [box.x + box.width / 2, box.y + box.height / 2];
               still = now[0] === at[0] && now[1] === at[1] ? still + 1 : 0;
               at = now;
               await new Promise(requestAnimationFrame);
             }}
             return at",
            find(selector)
        ));
        (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
    }

    /// Presses at a point, goes along a path, lets go.
    pub(crate) fn point(&self, input: Input, at: (f64, f64), path: &[(f64, f64)]) {
        let mut actions = taken(at, path);
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.act(&pointer(input, &actions));
        self.follow();
    }

    /// Presses at a point, goes along a path, and holds there until [`Self::let_go`].
    pub(crate) fn hold(&self, input: Input, at: (f64, f64), path: &[(f64, f64)]) {
        self.act(&pointer(input, &taken(at, path)));
        self.follow();
    }

    /// Lets go of what [`Self::hold`] holds.
    pub(crate) fn let_go(&self, input: Input) {
        self.act(&pointer(input, &[json!({ "type": "pointerUp", "button": 0 })]));
        self.follow();
    }

    /// Waits until all parts of the page have followed a drag: on a slow machine they do so in turn, one with each frame.
    fn follow(&self) {
        // Where a click leads to another page, there is nobody to answer.
        let _ =
            self.try_run("for (let frame = 0; frame < 8; frame++) await new Promise(requestAnimationFrame)");
    }

    /// Moves the mouse to a point.
    pub(crate) fn point_at(&self, at: (f64, f64)) {
        self.act(&pointer(Input::Mouse, &[move_to(at, 0)]));
    }

    fn act(&self, sources: &Value) {
        self.command("input.performActions", &json!({ "context": self.context, "actions": sources }));
    }
}

fn pointer(input: Input, actions: &[Value]) -> Value {
    json!([{ "type": "pointer", "id": input.name(), "parameters": { "pointerType": input.name() }, "actions": actions }])
}

/// Ten strides from a point.
pub(crate) fn path((x, y): (f64, f64), by: (f64, f64)) -> Vec<(f64, f64)> {
    (1..=10).map(|step| f64::from(step) / 10.0).map(|part| (x + by.0 * part, y + by.1 * part)).collect()
}

/// Presses at a point and goes along a path.
fn taken(at: (f64, f64), path: &[(f64, f64)]) -> Vec<Value> {
    let mut actions = vec![move_to(at, 0), json!({ "type": "pointerDown", "button": 0 })];
    actions.extend(path.iter().map(|next| move_to(*next, 16)));
    actions
}

fn move_to((x, y): (f64, f64), milliseconds: u32) -> Value {
    json!({ "type": "pointerMove", "x": x.round(), "y": y.round(), "duration": milliseconds })
}
