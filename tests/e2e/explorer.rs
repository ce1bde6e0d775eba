//! The view Explore by the names that stand on it: what a person finds, does and reads there.

use serde_json::{Value, json};

use crate::support::{Input, Page, key, path};

/// The element with this accessible name.
pub(crate) fn named(name: &str) -> String {
    format!("[aria-label={}]", json!(name))
}

/// The slider of a step's latency: the end of its bar.
pub(crate) fn slider(step: &str) -> String {
    named(&format!("{step} latency"))
}

/// The field beside it.
pub(crate) fn latency(step: &str) -> String {
    named(&format!("{step} latency in milliseconds"))
}

/// The switch between sync and async.
pub(crate) fn switch(step: &str) -> String {
    named(&format!("{step} asynchronous"))
}

/// The bar of a step: its work, which a person takes to move it across the line.
pub(crate) fn bar(step: &str) -> String {
    format!("li.lane:has({}) .block:not([data-kind=wait])", slider(step))
}

/// The button that opens a step's settings.
pub(crate) fn settings(step: &str) -> String {
    named(&format!("{step} settings"))
}

impl Page {
    /// Writes into a field in place of what is there, and presses Enter.
    pub(crate) fn enter(&self, field: &str, text: &str) {
        self.focus(field);
        self.press(&[key::CONTROL, "a"]);
        self.write(text);
        self.press(&[key::ENTER]);
    }

    /// Clicks the button with this text or accessible name, once it is there.
    #[track_caller]
    pub(crate) fn press_button(&self, name: &str) {
        self.tap_button(Input::Mouse, name);
    }

    /// As [`Self::press_button`], with the mouse or a finger.
    #[track_caller]
    pub(crate) fn tap_button(&self, input: Input, name: &str) {
        self.wait_until(&format!(
            "(() => {{
               document.querySelectorAll('[data-found]').forEach((it) => it.removeAttribute('data-found'));
               const button = [...document.querySelectorAll('button, summary')].find((it) =>
                 it.checkVisibility() && (it.ariaLabel ?? it.textContent.trim()) === {});
               button?.setAttribute('data-found', '');
               return button;
             }})()",
            json!(name)
        ));
        self.tap(input, "[data-found]");
    }

    /// Chooses from a list, as the browser does for a person: the list's own menu is not part of the page.
    pub(crate) fn choose(&self, list: &str, key: &str) {
        self.run(&format!(
            "const list = document.querySelector({}); list.value = {};
             if (list.value !== {}) throw new Error('the list has no ' + {});
             list.dispatchEvent(new Event('input', {{ bubbles: true }}));
             list.dispatchEvent(new Event('change', {{ bubbles: true }}))",
            json!(list),
            json!(key),
            json!(key),
            json!(key)
        ));
    }

    /// Opens a ready scenario.
    pub(crate) fn load_preset(&self, key: &str) {
        self.choose("#preset", key);
    }

    /// The end of a step's bar, where a person takes it.
    pub(crate) fn bar_end(&self, step: &str) -> (f64, f64) {
        let (x, y) = self.middle(&slider(step));
        let from_middle = self.value(&format!(
            "(({{ value, max, clientWidth }}) => (value / max - 0.5) * (clientWidth - 24))(document.querySelector({}))",
            json!(slider(step))
        ));
        (x + from_middle.as_f64().unwrap(), y)
    }

    /// How many pixels of a step's track are a millisecond.
    pub(crate) fn pixels_per_ms(&self, step: &str) -> f64 {
        let width = self.value(&format!("document.querySelector({}).clientWidth - 24", json!(slider(step))));
        width.as_f64().unwrap() / 10_000.0
    }

    /// Drags the end of a step's bar by so many milliseconds.
    pub(crate) fn drag_latency(&self, input: Input, step: &str, by_ms: f64) {
        let (at, by) = (self.bar_end(step), by_ms * self.pixels_per_ms(step));
        self.point(input, at, &path(at, (by, 0.0)));
    }

    /// What a slider or a field holds.
    pub(crate) fn held(&self, element: &str) -> String {
        self.value(&format!("document.querySelector({}).value", json!(element))).as_str().unwrap().to_owned()
    }

    /// An attribute of an element; null where there is none.
    pub(crate) fn attribute(&self, element: &str, name: &str) -> Value {
        self.value(&format!("document.querySelector({}).getAttribute({})", json!(element), json!(name)))
    }

    /// A clock beside the sentence.
    pub(crate) fn clock(&self, name: &str) -> String {
        let text = self.value(&format!(
            "[...document.querySelectorAll('.clocks div')].find((it) => it.querySelector('dt').textContent === {})
               .querySelector('dd').innerText",
            json!(name)
        ));
        text.as_str().unwrap().to_owned()
    }

    /// The names of the steps, from the first to the last.
    pub(crate) fn steps(&self) -> Vec<String> {
        let names = self.value(
            "[...document.querySelectorAll('.lane:has(.grip) .lane-name')].map((it) => it.textContent)",
        );
        serde_json::from_value(names).unwrap()
    }

    /// The left and right edge of the work of a step, and where the line stands, in pixels.
    pub(crate) fn bar_and_line(&self, step: &str) -> (f64, f64, f64) {
        let places = self.value(&format!(
            "((bar) => {{
               const box = bar.getBoundingClientRect();
               const lines = [document.querySelector('.the-line-rule'), bar.parentElement.querySelector('.track-line')];
               const line = lines.find((it) => it.checkVisibility()).getBoundingClientRect();
               return [box.left, box.right, (line.left + line.right) / 2];
             }})(document.querySelector({}))",
            json!(bar(step))
        ));
        serde_json::from_value(places).unwrap()
    }

    /// Row by row the table behind a chart, each cell as it reads; the first row is the head.
    pub(crate) fn table(&self, name: &str) -> Vec<Vec<String>> {
        self.run("document.querySelectorAll('.chart-more').forEach((it) => { it.open = true })");
        self.wait_until(&format!("document.querySelector({})", json!(named(name))));
        let rows = self.value(&format!(
            "[...document.querySelector({}).querySelectorAll('tr')].map((row) =>
               [...row.cells].map((cell) => cell.textContent.trim()))",
            json!(named(name))
        ));
        serde_json::from_value(rows).unwrap()
    }

    /// A cell of that table, by row and column.
    pub(crate) fn cell(&self, table: &str, row: &str, column: &str) -> String {
        let rows = self.table(table);
        let place = rows[0].iter().position(|head| head == column);
        let place = place.unwrap_or_else(|| panic!("no column {column} in {:?}", rows[0]));
        let row =
            rows.iter().find(|cells| cells[0] == row).unwrap_or_else(|| panic!("no row {row} in {rows:#?}"));
        row[place].clone()
    }

    /// Waits until nothing is left to be computed while the person rests.
    pub(crate) fn settle(&self) {
        self.run("await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        self.wait_until("!document.querySelector('[aria-busy=true]')");
    }

    /// All that the view says, once it has come to rest.
    pub(crate) fn words(&self) -> String {
        self.settle();
        self.value("document.querySelector('main').innerText").as_str().unwrap().to_owned()
    }

    /// What the charts look like, to the pixel, once they have come to rest: equal numbers for equal pictures.
    pub(crate) fn pictures(&self) -> Vec<u64> {
        self.settle();
        let sums = self.value(
            "[...document.querySelectorAll('canvas')].map((canvas) =>
               canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
                 .reduce((sum, part) => (sum * 31 + part) % 0x1fffffffffff, canvas.width))",
        );
        serde_json::from_value(sums).unwrap()
    }

    /// What the sentence on top says.
    pub(crate) fn headline(&self) -> String {
        self.text("h1.headline")
    }

    /// The sentence on top must say this.
    #[track_caller]
    pub(crate) fn says(&self, expected: &str) {
        assert_eq!(self.headline(), expected);
    }

    /// Whether the button with this accessible name can be pressed.
    pub(crate) fn can_press(&self, name: &str) -> bool {
        self.value(&format!("!document.querySelector({}).disabled", json!(named(name)))) == true
    }
}
