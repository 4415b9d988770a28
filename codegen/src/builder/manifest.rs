//! The features of namespaces in a `Cargo.toml`.

/// The line before the features.
pub(super) const START: &str = "# Features of namespaces, written by typelang-build.";

/// The line behind them.
pub(super) const END: &str = "# End of the features of namespaces.";

/// A manifest with the features that stand between two lines replaced; nothing if it does not have these lines.
pub(super) fn with_features(manifest: &str, features: &str) -> Option<String> {
    let start = line(manifest, START)?;
    let (before, rest) = manifest.split_at(start + START.len());
    let (_, after) = rest.split_at(line(rest, END)?);
    Some(format!("{before}\n{features}\n{after}"))
}

/// Where a line begins that has just this text.
fn line(text: &str, wanted: &str) -> Option<usize> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    starts.into_iter().find(|&start| text.get(start..).and_then(|it| it.lines().next()) == Some(wanted))
}

#[cfg(test)]
mod tests {
    use super::with_features;

    const MANIFEST: &str = "[features]\ndefault = []\n# Features of namespaces, written by typelang-build.\nold = []\n\
        # End of the features of namespaces.\n\n[dependencies]\n";

    #[test]
    fn what_stands_between_the_lines_is_replaced() {
        let replaced = with_features(MANIFEST, "new = []").unwrap();
        assert_eq!(replaced, MANIFEST.replace("old = []", "new = []"));
        assert_eq!(with_features(&replaced, "new = []").unwrap(), replaced);
    }

    #[test]
    fn both_lines_must_be_there_in_order() {
        let (start, end) = (super::START, super::END);
        assert_eq!(with_features("[features]\n", "a = []"), None);
        assert_eq!(with_features(&format!("{start}\n"), "a = []"), None);
        assert_eq!(with_features(&format!("{end}\n{start}\n"), "a = []"), None);
        assert_eq!(with_features(&format!("  {start}\n{end}\n"), "a = []"), None);
    }
}
