//! What a part of the code needs, as an attribute.

use std::collections::BTreeSet;

/// Longest line of an attribute, in characters.
const LINE: usize = 112;

/// The features that a part of the code needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Condition {
    /// One of these features.
    Any(BTreeSet<String>),
    /// Both.
    Both(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// One feature.
    pub(crate) fn feature(name: &str) -> Self {
        Self::Any(BTreeSet::from([name.to_owned()]))
    }

    /// This and another one.
    pub(crate) fn and(self, other: Self) -> Self {
        Self::Both(Box::new(self), Box::new(other))
    }

    /// The attribute with a line break behind it: `#[cfg(any(feature = "help", feature = "users"))]`. Long lists take several
    /// lines.
    pub(crate) fn attribute(&self) -> String {
        let predicate = self.predicate();
        let line = format!("#[cfg({predicate})]");
        if line.len() <= LINE {
            return line + "\n";
        }
        let mut text = "#[cfg(".to_owned();
        let mut length = text.len();
        for word in predicate.split_inclusive(", ") {
            if length + word.trim_end().len() > LINE {
                text.truncate(text.trim_end().len());
                text.push_str("\n    ");
                length = 4;
            }
            text.push_str(word);
            length += word.len();
        }
        text + ")]\n"
    }

    /// The attribute for where this is not given.
    pub(crate) fn otherwise(&self) -> String {
        format!("#[cfg(not({}))]", self.predicate())
    }

    fn predicate(&self) -> String {
        match self {
            Self::Any(features) => {
                let all: Vec<String> = features.iter().map(|it| format!("feature = \"{it}\"")).collect();
                match &all[..] {
                    [only] => only.clone(),
                    _ => format!("any({})", all.join(", ")),
                }
            }
            Self::Both(one, other) => format!("all({}, {})", one.predicate(), other.predicate()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;

    fn any(features: &[&str]) -> Condition {
        Condition::Any(features.iter().map(|&it| it.to_owned()).collect())
    }

    #[test]
    fn short_conditions_are_one_line() {
        assert_eq!(Condition::feature("a").attribute(), "#[cfg(feature = \"a\")]\n");
        assert_eq!(any(&["a", "b"]).attribute(), "#[cfg(any(feature = \"a\", feature = \"b\"))]\n");
        let both = Condition::feature("c").and(any(&["a", "b"]));
        assert_eq!(both.attribute(), "#[cfg(all(feature = \"c\", any(feature = \"a\", feature = \"b\")))]\n");
    }

    #[test]
    fn long_conditions_break_between_features() {
        let names = ["account", "auth", "bots", "channels", "contacts", "messages", "payments"];
        let text = any(&names).attribute();
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "#[cfg(any(feature = \"account\", feature = \"auth\", feature = \"bots\", feature = \"channels\", \
                 feature = \"contacts\",",
                "    feature = \"messages\", feature = \"payments\"))]",
            ]
        );
    }
}
