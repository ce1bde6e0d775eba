//! English grammar for generated sentences: names, possessives, lists and plurals.

use crate::scenario::StepName;

/// Returns the noun of a step for the middle of a sentence: "email" for "Send email", "CRM" for "Update CRM".
pub(super) fn subject_in_sentence(name: &StepName) -> String {
    let subject = name.subject();
    let mut letters = subject.chars();
    match (letters.next(), letters.next()) {
        // A second capital marks an abbreviation, which stays.
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => subject,
    }
}

/// Returns the possessive form: "Email’s", "analytics’".
pub(super) fn possessive(noun: &str) -> String {
    if noun.ends_with(['s', 'S']) { format!("{noun}’") } else { format!("{noun}’s") }
}

/// Joins nouns as in "payment, inventory and email".
pub(super) fn join_list(nouns: &[String]) -> String {
    match nouns.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => nouns.concat(),
    }
}

/// Formats a count with its noun: "1 user", "1,200 users".
pub(super) fn count_noun(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", crate::units::format::count(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_bend_to_their_sentence() {
        for (name, inside, owner) in [
            ("Send email", "email", "email’s"),
            ("Update analytics", "analytics", "analytics’"),
            ("Update CRM", "CRM", "CRM’s"),
            ("X", "X", "X’s"),
            ("Étape une", "étape une", "étape une’s"),
        ] {
            let noun = subject_in_sentence(&StepName::new(name));
            assert_eq!((noun.as_str(), possessive(&noun).as_str()), (inside, owner));
        }
    }

    #[test]
    fn lists_and_counts() {
        let first = |count: usize| {
            join_list(&["a", "b", "c"][..count].iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!([first(0), first(1), first(2), first(3)], ["", "a", "a and b", "a, b and c"]);
        assert_eq!(count_noun(1, "user"), "1 user");
        assert_eq!(count_noun(1_200, "user"), "1,200 users");
    }
}
