//! Small words: how names and lists stand in a sentence.

use crate::scenario::StepName;

/// What a step is about, inside a sentence: "Send email" is "email", and "Update CRM" stays "CRM".
pub(super) fn mid_sentence(name: &StepName) -> String {
    let subject = name.subject();
    let mut letters = subject.chars();
    match (letters.next(), letters.next()) {
        // Capitals all through are an abbreviation.
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => subject,
    }
}

/// The owner's form: "Email’s", "analytics’".
pub(super) fn possessive(noun: &str) -> String {
    if noun.ends_with(['s', 'S']) { format!("{noun}’") } else { format!("{noun}’s") }
}

/// Things one after the other: "payment, inventory and email".
pub(super) fn list(things: &[String]) -> String {
    match things.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => things.concat(),
    }
}

/// A count with its noun: "1 user", "1,200 users".
pub(super) fn counted(count: u64, noun: &str) -> String {
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
            let noun = mid_sentence(&StepName::new(name));
            assert_eq!((noun.as_str(), possessive(&noun).as_str()), (inside, owner));
        }
    }

    #[test]
    fn lists_and_counts() {
        let things = |count: usize| {
            list(&["a", "b", "c"][..count].iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!([things(0), things(1), things(2), things(3)], ["", "a", "a and b", "a, b and c"]);
        assert_eq!(counted(1, "user"), "1 user");
        assert_eq!(counted(1_200, "user"), "1,200 users");
    }
}
