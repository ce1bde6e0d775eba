//! The controls of the pages by their accessible names, and what a user does with them and reads there.

use serde_json::{Value, json};

use crate::support::{Page, Pointer, Site, drag_path, key};

/// Selects the element with an accessible name.
pub(crate) fn named(name: &str) -> String {
    format!("[aria-label={}]", json!(name))
}

/// Selects the slider of a step's latency, at the end of its bar.
pub(crate) fn latency_slider(step: &str) -> String {
    named(&format!("{step} latency"))
}

/// Selects the number field of a step's latency.
pub(crate) fn latency_field(step: &str) -> String {
    named(&format!("{step} latency in milliseconds"))
}

/// Selects a step's switch between sync and async.
pub(crate) fn async_switch(step: &str) -> String {
    named(&format!("{step} asynchronous"))
}

/// Selects the bar of a step's work, which can be dragged across the answer line.
pub(crate) fn bar(step: &str) -> String {
    format!("li.lane:has({}) .block:not([data-kind=wait])", latency_slider(step))
}

/// Selects the button that opens a step's settings.
pub(crate) fn settings_button(step: &str) -> String {
    named(&format!("{step} settings"))
}

/// Returns the JavaScript expression that finds a visible button by its text or accessible name, or throws.
fn button(name: &str) -> String {
    format!("harness.button({})", json!(name))
}

fn find(selector: &str) -> String {
    format!("harness.find({})", json!(selector))
}

impl Page {
    /// Replaces the content of a field and presses Enter.
    #[track_caller]
    pub(crate) fn enter(&self, field: &str, text: &str) {
        self.focus(field);
        self.press_keys(&[key::CONTROL, "a"]);
        self.type_text(text);
        self.press_keys(&[key::ENTER]);
    }

    /// Clicks the button with this text or accessible name.
    #[track_caller]
    pub(crate) fn click_button(&self, name: &str) {
        self.tap_button(Pointer::Mouse, name);
    }

    /// Clicks or taps the button with this text or accessible name.
    #[track_caller]
    pub(crate) fn tap_button(&self, pointer: Pointer, name: &str) {
        let center = self.center_of(&button(name));
        self.drag_along(pointer, center, &[]);
    }

    /// Selects an option by script, since the browser's menu of options is not part of the page.
    #[track_caller]
    pub(crate) fn select_option(&self, select: &str, option: &str) {
        let (element, option) = (find(select), json!(option));
        self.wait_until(&element);
        self.run(&format!(
            "const select = {element};
             select.value = {option};
             if (select.value !== {option}) throw new Error('there is no option ' + {option});
             for (const type of ['input', 'change'])
               select.dispatchEvent(new Event(type, {{ bubbles: true }}))"
        ));
    }

    /// Selects a preset scenario by its key and waits until the page shows it.
    #[track_caller]
    pub(crate) fn load_preset(&self, preset: &str) {
        self.select_option("#preset", preset);
        self.wait_until_idle();
    }

    /// Returns the point at the end of a step's bar, where the slider's thumb is.
    #[track_caller]
    pub(crate) fn bar_end(&self, step: &str) -> (f64, f64) {
        let slider = latency_slider(step);
        let (x, y) = self.center(&slider);
        let from_center = self.eval(&format!(
            "(({{ value, max, clientWidth }}) => (value / max - 0.5) * (clientWidth - 24))({})",
            find(&slider)
        ));
        (x + from_center.as_f64().unwrap(), y)
    }

    /// Returns the number of pixels per millisecond on a step's track.
    #[track_caller]
    pub(crate) fn pixels_per_ms(&self, step: &str) -> f64 {
        let width = self.eval(&format!("{}.clientWidth - 24", find(&latency_slider(step))));
        width.as_f64().unwrap() / 10_000.0
    }

    /// Drags the end of a step's bar by a number of milliseconds.
    #[track_caller]
    pub(crate) fn drag_latency(&self, pointer: Pointer, step: &str, by_ms: f64) {
        let (start, offset) = (self.bar_end(step), by_ms * self.pixels_per_ms(step));
        self.drag_along(pointer, start, &drag_path(start, (offset, 0.0)));
    }

    /// Returns the value of an input or a select.
    #[track_caller]
    pub(crate) fn input_value(&self, selector: &str) -> String {
        self.eval(&format!("{}.value", find(selector))).as_str().unwrap().to_owned()
    }

    /// Returns the number in a field, which may have thousands separators.
    #[track_caller]
    pub(crate) fn number_in(&self, selector: &str) -> f64 {
        self.input_value(selector).replace(',', "").parse().unwrap()
    }

    /// Returns an attribute, or null if it is absent.
    #[track_caller]
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Value {
        self.eval(&format!("{}.getAttribute({})", find(selector), json!(name)))
    }

    /// Returns a metric beside the headline, such as "answered".
    #[track_caller]
    pub(crate) fn metric(&self, name: &str) -> String {
        self.eval(&metric(name)).as_str().unwrap().to_owned()
    }

    /// Expects a metric beside the headline.
    #[track_caller]
    pub(crate) fn expect_metric(&self, name: &str, expected: &str) {
        self.expect_eval(&metric(name), expected);
    }

    /// Returns the names of the steps in order.
    #[track_caller]
    pub(crate) fn step_names(&self) -> Vec<String> {
        serde_json::from_value(self.eval(STEP_NAMES)).unwrap()
    }

    /// Expects the names of the steps in order.
    #[track_caller]
    pub(crate) fn expect_step_names(&self, expected: &[&str]) {
        self.expect_eval(STEP_NAMES, expected);
    }

    /// Expects the number of steps.
    #[track_caller]
    pub(crate) fn expect_step_count(&self, expected: usize) {
        self.expect_eval(&format!("{STEP_NAMES}.length"), expected);
    }

    /// Returns the left and the right edge of a step's work and the position of the answer line, in pixels,
    /// once the page is idle.
    #[track_caller]
    pub(crate) fn bar_edges_and_answer_line(&self, step: &str) -> (f64, f64, f64) {
        self.wait_until_idle();
        let positions = self.run(&format!(
            "const bar = {}, box = bar.getBoundingClientRect();
             const lines = [harness.find('.the-line-rule'), bar.parentElement.querySelector('.track-line')];
             const line = lines.find((element) => element.checkVisibility()).getBoundingClientRect();
             return [box.left, box.right, (line.left + line.right) / 2]",
            find(&bar(step))
        ));
        serde_json::from_value(positions).unwrap()
    }

    /// Returns the link that the share dialog offers.
    #[track_caller]
    pub(crate) fn share_link(&self) -> String {
        self.click_button("Share");
        let link = self.input_value(SHARE_LINK);
        self.click_button("Close");
        link
    }

    /// Waits until the address holds the current state, and returns its fragment.
    #[track_caller]
    pub(crate) fn wait_for_address(&self) -> String {
        let link = self.share_link();
        self.expect_eval("location.href", link.as_str());
        format!("#{}", link.split_once('#').unwrap().1)
    }

    /// Opens the tables of all charts.
    pub(crate) fn open_tables(&self) {
        self.run("harness.findAll('.chart-more').forEach((details) => { details.open = true })");
        self.wait_until_idle();
    }

    /// Returns the cells of a chart's table, row by row with the head first, once the page is idle.
    #[track_caller]
    pub(crate) fn table(&self, name: &str) -> Vec<Vec<String>> {
        self.open_tables();
        self.wait_until(&find(&named(name)));
        let rows = self.eval(&format!(
            "[...{}.querySelectorAll('tr')].map((row) =>
               [...row.cells].map((cell) => cell.textContent.trim()))",
            find(&named(name))
        ));
        serde_json::from_value(rows).unwrap()
    }

    /// Returns a cell of a chart's table by the heads of its row and its column.
    #[track_caller]
    pub(crate) fn cell(&self, table: &str, row: &str, column: &str) -> String {
        let rows = self.table(table);
        let index = rows[0].iter().position(|head| head == column);
        let index = index.unwrap_or_else(|| panic!("no column {column} in {:?}", rows[0]));
        let row =
            rows.iter().find(|cells| cells[0] == row).unwrap_or_else(|| panic!("no row {row} in {rows:#?}"));
        row[index].clone()
    }

    /// Clicks every visible CSV and PNG button of the charts below a selector, by script.
    pub(crate) fn click_chart_tools(&self, selector: &str) {
        self.run(&format!(
            "harness.findAll({} + ' .chart-tools button')
               .filter((button) => ['CSV', 'PNG'].includes(button.textContent))
               .forEach((button) => button.click())",
            json!(selector)
        ));
    }

    /// Returns the names and URLs of the files that the page has saved, see [`Site::with_recorded_files`].
    pub(crate) fn saved_files(&self) -> Vec<(String, String)> {
        serde_json::from_value(self.eval("savedFiles")).unwrap()
    }

    /// Returns the text of the whole view once the page is idle.
    #[track_caller]
    pub(crate) fn main_text(&self) -> String {
        self.wait_until_idle();
        self.eval("document.querySelector('main').innerText").as_str().unwrap().to_owned()
    }

    /// Returns a checksum of each chart's pixels once the page is idle.
    #[track_caller]
    pub(crate) fn canvas_checksums(&self) -> Vec<u64> {
        self.wait_until_idle();
        let checksums = self.eval(
            "harness.findAll('canvas').map((canvas) =>
               canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
                 .reduce((sum, byte) => (sum * 31 + byte) % 0x1fffffffffff, canvas.width))",
        );
        serde_json::from_value(checksums).unwrap()
    }

    /// Returns the headline of Explore.
    #[track_caller]
    pub(crate) fn headline(&self) -> String {
        self.text("h1.headline")
    }

    /// Expects the headline of Explore.
    #[track_caller]
    pub(crate) fn expect_headline(&self, expected: &str) {
        self.expect_text("h1.headline", expected);
    }

    /// Expects the button with this accessible name to be enabled.
    #[track_caller]
    pub(crate) fn expect_enabled(&self, name: &str) {
        self.expect_eval(&format!("{}.disabled", find(&named(name))), false);
    }

    /// Expects the button with this accessible name to be disabled, and to stay so until the page is idle.
    #[track_caller]
    pub(crate) fn expect_disabled(&self, name: &str) {
        self.wait_until_idle();
        self.expect_eval(&format!("{}.disabled", find(&named(name))), true);
    }
}

impl Site {
    /// Records the files that the page saves instead of saving them.
    pub(crate) fn with_recorded_files(self) -> Self {
        self.with_preload_script(
            "window.savedFiles = [];
             HTMLAnchorElement.prototype.click = function () { savedFiles.push([this.download, this.href]) }",
        )
    }

    /// Counts the audio contexts that the page creates.
    pub(crate) fn with_counted_sounds(self) -> Self {
        self.with_preload_script(
            "window.soundCount = 0;
             window.AudioContext = class extends AudioContext {
               constructor() { super(); soundCount += 1 }
             }",
        )
    }
}

/// Selects the field of the share dialog.
pub(crate) const SHARE_LINK: &str = "[aria-label='Link to this scenario']";

/// The JavaScript expression for the names of the steps.
const STEP_NAMES: &str = "harness.findAll('.lane:has(.grip) .lane-name').map((name) => name.textContent)";

/// Returns the JavaScript expression for a metric beside the headline.
fn metric(name: &str) -> String {
    format!(
        "harness.findAll('.clocks div').find((entry) => entry.querySelector('dt').textContent === {})
           .querySelector('dd').innerText",
        json!(name)
    )
}
