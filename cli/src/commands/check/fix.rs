//! `tl check --fix`: writes the edits of the findings into the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use typelang_parser::{DefaultLevel, Diagnostic, Edit, Fix, FixSet, SourceId, Sources, apply_edits};
use typelang_project::{read_file, write_source};

use crate::console::Console;
use crate::exit::Failure;

/// A finding and the fix that it has.
pub(super) type Fixable<'d> = (&'d Diagnostic, &'d Fix);

/// Fixes files round by round: what is mended may show what else is wrong.
#[derive(Default)]
pub(super) struct Fixer {
    /// Files that are not touched any more.
    left_alone: BTreeSet<PathBuf>,
}

impl Fixer {
    /// Nothing should take as many rounds as this.
    pub(super) const MAX_ROUNDS: usize = 100;

    /// Applies the fixes of findings that do not overlap. `files` has the path of each text. Returns those that were
    /// applied, or nothing if there is none left to apply.
    pub(super) fn round<'d>(
        &mut self,
        files: &BTreeMap<SourceId, &Path>,
        sources: &Sources,
        diagnostics: impl Iterator<Item = &'d Diagnostic>,
        console: &Console,
    ) -> Result<Option<Vec<Fixable<'d>>>, Failure> {
        let is_open = |edit: &Edit| files.get(&edit.source).is_some_and(|path| !self.left_alone.contains(*path));
        let candidates = diagnostics.filter_map(|it| Some((it, it.fix.as_ref()?)));
        let mut fixes = chosen(candidates.filter(|(_, fix)| fix.edits.iter().all(is_open)).collect());
        if fixes.is_empty() {
            return Ok(None);
        }
        let mut written = BTreeSet::new();
        for (source, edits) in by_source(&fixes) {
            let Some(path) = files.get(&source) else { continue };
            let text = sources.text(source);
            match write(path, text, &apply_edits(text, edits))? {
                None => _ = written.insert(source),
                Some(reason) => {
                    console.hint(format_args!("left alone: {}: {reason}", path.display()));
                    self.left_alone.insert(path.to_path_buf());
                }
            }
        }
        fixes.retain(|(_, fix)| fix.edits.iter().all(|edit| written.contains(&edit.source)));
        Ok(Some(fixes))
    }
}

/// The fixes that can be applied together. Those of errors come first: a declaration must be right before its id is
/// compared with it.
fn chosen(mut fixes: Vec<Fixable<'_>>) -> Vec<Fixable<'_>> {
    let is_error = |(diagnostic, _): &Fixable<'_>| diagnostic.code.level == DefaultLevel::Error;
    if fixes.iter().any(is_error) {
        fixes.retain(is_error);
    }
    let mut set = FixSet::new();
    fixes.retain(|(_, fix)| set.add(fix));
    fixes
}

fn by_source<'d>(fixes: &[Fixable<'d>]) -> BTreeMap<SourceId, Vec<&'d Edit>> {
    let mut edits: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for edit in fixes.iter().flat_map(|(_, fix)| &fix.edits) {
        edits.entry(edit.source).or_default().push(edit);
    }
    edits
}

/// Replaces the text of a file, or returns why it is left as it is.
fn write(path: &Path, old: &str, new: &str) -> Result<Option<&'static str>, Failure> {
    let content = read_file(path).map_err(|error| Failure::read(path, &error))?;
    if content != old.as_bytes() {
        // What is not UTF-8 is read as blanks, and would be lost.
        let is_text = str::from_utf8(&content).is_ok();
        return Ok(Some(if is_text { "it changed since it was read" } else { "it has bytes that are not UTF-8" }));
    }
    write_source(path, new.as_bytes())
        .map_err(|error| Failure::Message(format!("cannot write {}: {error}", path.display())))?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.tl");
        fs::write(&path, "a = A").expect("a file");
        assert_eq!(write(&path, "a = A", "a = A;").expect("written"), None);
        assert_eq!(fs::read_to_string(&path).expect("a file"), "a = A;");
        let reason = write(&path, "a = A", "a = A;;").expect("read");
        assert_eq!(reason, Some("it changed since it was read"));
        assert_eq!(fs::read_to_string(&path).expect("a file"), "a = A;");
        fs::write(&path, b"a = A // \xe9").expect("a file");
        let reason = write(&path, "a = A //  ", "a = A; //  ").expect("read");
        assert_eq!(reason, Some("it has bytes that are not UTF-8"));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file is left");
    }
}
