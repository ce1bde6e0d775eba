//! One reference case: its inputs, and the figures that are expected.

use std::collections::BTreeSet;

use serde_json::Value;
use waiting_line::units::Time;

/// A case of the file `tests/reference/cases.json`.
pub(super) struct Case {
    pub(super) id: String,
    pub(super) kind: String,
    inputs: Value,
    expected: Value,
    /// The expected figures that no check has looked at yet.
    unchecked: BTreeSet<String>,
}

/// All cases of the file.
pub(super) fn all_cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(include_str!("../../reference/cases.json")).unwrap();
    let text = |case: &Value, field: &str| case[field].as_str().unwrap().to_owned();
    let cases = file["cases"].as_array().unwrap().iter();
    cases
        .map(|case| {
            let mut unchecked = BTreeSet::new();
            collect_paths(&case["expected"], "", &mut unchecked);
            Case {
                id: text(case, "id"),
                kind: text(case, "kind"),
                inputs: case["inputs"].clone(),
                expected: case["expected"].clone(),
                unchecked,
            }
        })
        .collect()
}

/// The paths of all figures below a value, with `/` between the names.
fn collect_paths(value: &Value, path: &str, paths: &mut BTreeSet<String>) {
    let Some(fields) = value.as_object() else { return };
    if fields.contains_key("value") {
        paths.insert(path.to_owned());
        return;
    }
    for (name, below) in fields {
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        collect_paths(below, &path, paths);
    }
}

impl Case {
    /// An input that is a number, or a truth as 0 or 1.
    pub(super) fn input(&self, name: &str) -> f64 {
        number(&self.inputs[name]["value"])
    }

    /// An input that is a list of numbers.
    pub(super) fn inputs(&self, name: &str) -> Vec<f64> {
        numbers(&self.inputs[name]["value"])
    }

    /// An input that is a table of numbers.
    pub(super) fn input_rows(&self, name: &str) -> Vec<Vec<f64>> {
        self.inputs[name]["value"].as_array().unwrap().iter().map(numbers).collect()
    }

    /// An input that is a time in seconds.
    pub(super) fn time(&self, name: &str) -> Time {
        Time::from_seconds(self.input(name))
    }

    /// Expects a figure; where the method is approximate, within the error that it is allowed.
    pub(super) fn expect(&mut self, path: &str, found: f64) {
        self.expect_all(path, &[found]);
    }

    /// Expects a figure that is a list.
    pub(super) fn expect_all(&mut self, path: &str, found: &[f64]) {
        let entry = self.entry(path);
        let expected = match &entry["value"] {
            Value::Array(_) => numbers(&entry["value"]),
            single => vec![number(single)],
        };
        assert_eq!(expected.len(), found.len(), "{}: {path}", self.id);
        let relative = entry["model_tol_rel"].as_f64().or(entry["tol_rel"].as_f64()).unwrap_or(0.0);
        let absolute = entry["tol_abs"].as_f64().unwrap_or(0.0);
        assert!(relative > 0.0 || entry["tol_abs"].is_number(), "{}: {path} has no tolerance", self.id);
        for (expected, found) in expected.iter().zip(found) {
            let allowed = (relative * expected.abs()).max(absolute);
            let error = (found - expected).abs();
            assert!(error <= allowed, "{}: {path} is {found}, expected {expected} ± {allowed}", self.id);
        }
    }

    /// Expects a figure within a relative error of one's own: for what the model does not claim to know exactly.
    pub(super) fn expect_roughly(&mut self, path: &str, found: f64, error: f64) {
        let expected = number(&self.entry(path)["value"]);
        let found_error = (found / expected - 1.0).abs();
        assert!(found_error <= error, "{}: {path} is {found}, expected {expected} within {error}", self.id);
    }

    /// The value that is expected, for comparisons of other kinds; counts as looked at.
    pub(super) fn expected(&mut self, path: &str) -> f64 {
        number(&self.entry(path)["value"])
    }

    /// The text that is expected, likewise.
    pub(super) fn expected_text(&mut self, path: &str) -> String {
        self.entry(path)["value"].as_str().unwrap().to_owned()
    }

    /// Fails if an expected figure was not looked at.
    pub(super) fn finish(self) {
        assert!(self.unchecked.is_empty(), "{}: nobody looked at {:?}", self.id, self.unchecked);
    }

    fn entry(&mut self, path: &str) -> Value {
        self.unchecked.remove(path);
        // Some names have a slash or a comma of their own, but none has both a slash and figures below it.
        let entry = path.split('/').fold(&self.expected, |value, name| &value[name]);
        assert!(entry.is_object(), "{}: nothing is expected of {path}", self.id);
        entry.clone()
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_bool().map(|truth| f64::from(u8::from(truth)))).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}
