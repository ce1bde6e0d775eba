//! A compact encoding of step names: one text with a line for each name. Names of the presets are abbreviated
//! to one control character, which no name can contain.

use std::borrow::Cow;

use crate::scenario::StepName;

const SEPARATOR: char = '\n';

/// The first control character that stands for a name.
const FIRST_CODE: u8 = 0x0B;

/// The names that are abbreviated. Links store the index in this list: append, never reorder.
const ABBREVIATED: [&str; 20] = [
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

pub(super) fn encode<'a>(names: impl Iterator<Item = &'a StepName>) -> String {
    let lines: Vec<Cow<'_, str>> = names.map(|name| abbreviate(name.as_str())).collect();
    lines.join(&String::from(SEPARATOR))
}

/// Returns the names in a text; they may be invalid.
pub(super) fn decode(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATOR).map(expand)
}

fn abbreviate(name: &str) -> Cow<'_, str> {
    match (FIRST_CODE..).zip(ABBREVIATED).find(|&(_, known)| known == name) {
        Some((code, _)) => Cow::Owned(char::from(code).to_string()),
        None => Cow::Borrowed(name),
    }
}

fn expand(line: &str) -> &str {
    match line.as_bytes() {
        &[code] => code
            .checked_sub(FIRST_CODE)
            .and_then(|index| ABBREVIATED.get(usize::from(index)))
            .copied()
            .unwrap_or(line),
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
            assert_eq!(encode(step_names.iter()), text);
            assert_eq!(decode(text).collect::<Vec<_>>(), names);
        };
        check(&["Validate payment"], "\u{b}");
        check(&["Check fraud rules", "Post", "A"], "\u{1e}\nPost\nA");
    }

    #[test]
    fn all_codes_are_control_characters_that_no_name_contains() {
        for (code, name) in (FIRST_CODE..).zip(ABBREVIATED) {
            assert!(char::from(code).is_control());
            assert_eq!(StepName::new(name).as_str(), name);
        }
    }
}
