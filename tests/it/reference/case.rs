//! A reference case: its inputs, and the expected values.

use std::collections::BTreeSet;

use serde_json::Value;
use waiting_line::units::Time;

/// A case of the file `tests/reference/cases.json`.
pub(super) struct Case {
    pub(super) id: String,
    pub(super) kind: String,
    inputs: Value,
    expected: Value,
    /// The expected values that no check has read yet.
    unchecked: BTreeSet<String>,
}

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

/// Collects the paths of all values below a value, with `/` between the names.
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
    /// Reads a numeric input; a truth value counts as 0 or 1.
    pub(super) fn input(&self, name: &str) -> f64 {
        number(&self.inputs[name]["value"])
    }

    pub(super) fn inputs(&self, name: &str) -> Vec<f64> {
        numbers(&self.inputs[name]["value"])
    }

    pub(super) fn input_rows(&self, name: &str) -> Vec<Vec<f64>> {
        self.inputs[name]["value"].as_array().unwrap().iter().map(numbers).collect()
    }

    /// Reads an input that is a time in seconds.
    pub(super) fn time(&self, name: &str) -> Time {
        Time::from_seconds(self.input(name))
    }

    /// Expects a value; if the method is approximate, within its permitted error.
    pub(super) fn expect(&mut self, path: &str, actual: f64) {
        self.expect_all(path, &[actual]);
    }

    pub(super) fn expect_all(&mut self, path: &str, actual: &[f64]) {
        let entry = self.entry(path);
        let expected = match &entry["value"] {
            Value::Array(_) => numbers(&entry["value"]),
            single => vec![number(single)],
        };
        assert_eq!(expected.len(), actual.len(), "{}: {path}", self.id);
        let relative = entry["model_tol_rel"].as_f64().or(entry["tol_rel"].as_f64()).unwrap_or(0.0);
        let absolute = entry["tol_abs"].as_f64().unwrap_or(0.0);
        assert!(relative > 0.0 || entry["tol_abs"].is_number(), "{}: {path} has no tolerance", self.id);
        for (expected, actual) in expected.iter().zip(actual) {
            let allowed = (relative * expected.abs()).max(absolute);
            let error = (actual - expected).abs();
            assert!(error <= allowed, "{}: {path} is {actual}, expected {expected} ± {allowed}", self.id);
        }
    }

    /// Expects a value within a relative error given by the test, for values that the theory does not claim
    /// to know exactly.
    pub(super) fn expect_roughly(&mut self, path: &str, actual: f64, error: f64) {
        let expected = number(&self.entry(path)["value"]);
        let found_error = (actual / expected - 1.0).abs();
        assert!(found_error <= error, "{}: {path} is {actual}, expected {expected} within {error}", self.id);
    }

    /// Returns the expected value, for comparisons of other kinds, and marks it as checked.
    pub(super) fn expected(&mut self, path: &str) -> f64 {
        number(&self.entry(path)["value"])
    }

    /// Returns the expected text and marks it as checked.
    pub(super) fn expected_text(&mut self, path: &str) -> String {
        self.entry(path)["value"].as_str().unwrap().to_owned()
    }

    /// Fails if an expected value was not checked.
    pub(super) fn finish(self) {
        assert!(self.unchecked.is_empty(), "{}: nobody looked at {:?}", self.id, self.unchecked);
    }

    fn entry(&mut self, path: &str) -> Value {
        self.unchecked.remove(path);
        // Some names contain a slash or a comma, but none has both a slash and values below it.
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
