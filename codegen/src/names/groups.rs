//! Names of groups of values that share a bit.

use super::case::snake;

/// The most characters of a name.
const MOST: usize = 40;

/// The ending for all values but the first where their names together would be too long.
const OTHERS: &str = "_and_others";

/// The name of a group after its values. It depends on nothing else, so it stays as it is when other fields come or go.
pub(crate) fn group_name(values: &[&str]) -> String {
    let joined = values.join("_and_");
    if snake(&joined).len() <= MOST {
        return joined;
    }
    let mut name = snake(values.first().copied().unwrap_or_default());
    while name.len() + OTHERS.len() > MOST {
        name.truncate(name.rfind('_').unwrap_or(MOST - OTHERS.len()));
    }
    name + OTHERS
}

#[cfg(test)]
mod tests {
    use super::{MOST, group_name};

    #[test]
    fn long_names_are_those_of_the_first_value() {
        let name = |values: &[&str]| group_name(values);
        assert_eq!(name(&["views", "forwards"]), "views_and_forwards");
        assert_eq!(name(&["min_display_duration", "max_display_duration"]), "min_display_duration_and_others");
        assert_eq!(name(&["value_amount", "value_currency", "value_usd_amount"]), "value_amount_and_others");
        assert_eq!(name(&["a_very_long_name_of_a_value_of_its_own", "b"]), "a_very_long_name_of_a_value_and_others");
        assert_eq!(name(&["a".repeat(60).as_str(), "b"]).len(), MOST);
    }
}
