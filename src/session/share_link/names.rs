//! Step names in as few bytes as can be: in one text, a line each, with a single control character, which no name can
//! contain, for each name that the presets use.

use std::borrow::Cow;

use crate::scenario::StepName;

const SEPARATOR: char = '\n';

/// The first of the control characters that stand for names.
const FIRST: u8 = 0x0B;

/// The names that are abbreviated. Links keep the place in this list: append, never reorder.
const KNOWN: [&str; 20] = [
    "Validate payment",
    "Check inventory",
    "Send email",
    "Update analytics",
    "Start fulfilment",
    "Update CRM",
    "Index search",
    "Update recommendations",
    "Record audit log",
    "Notify warehouse",
    "Check basket",
    "Write order",
    "Load account",
    "Check password",
    "Create session",
    "Load profile",
    "Load orders",
    "Load balance",
    "Load messages",
    "Check fraud rules",
];

/// All names as one text.
pub(super) fn join<'a>(names: impl Iterator<Item = &'a StepName>) -> String {
    let lines: Vec<Cow<'_, str>> = names.map(|name| abbreviated(name.as_str())).collect();
    lines.join(&String::from(SEPARATOR))
}

/// The names in a text, as they stand there.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATOR).map(spelt_out)
}

fn abbreviated(name: &str) -> Cow<'_, str> {
    match (FIRST..).zip(KNOWN).find(|&(_, known)| known == name) {
        Some((code, _)) => Cow::Owned(char::from(code).to_string()),
        None => Cow::Borrowed(name),
    }
}

fn spelt_out(line: &str) -> &str {
    match line.as_bytes() {
        &[code] => code.checked_sub(FIRST).and_then(|at| KNOWN.get(usize::from(at))).copied().unwrap_or(line),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_take_one_character() {
        let check = |names: &[&str], text: &str| {
            let step_names: Vec<StepName> = names.iter().map(|name| StepName::new(name)).collect();
            assert_eq!(join(step_names.iter()), text);
            assert_eq!(split(text).collect::<Vec<_>>(), names);
        };
        check(&["Validate payment"], "\u{b}");
        check(&["Check fraud rules", "Post", "A"], "\u{1e}\nPost\nA");
    }

    #[test]
    fn all_codes_are_control_characters_that_no_name_contains() {
        for (code, name) in (FIRST..).zip(KNOWN) {
            assert!(char::from(code).is_control());
            assert_eq!(StepName::new(name).as_str(), name);
        }
    }
}
