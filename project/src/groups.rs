//! Files that make several schemas.

use typelang_ir::{Resolution, ResolveOptions, Schema, codes, resolve};
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, Severity};

use crate::project::chosen;

/// Schema files that make one schema together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The files by their positions in the project, in ascending order.
    pub files: Vec<usize>,
    /// Their schema.
    pub schema: Schema,
}

/// Distributes files to groups: each goes to the first one that it has no conflict with. Returns the findings of all groups, too.
pub(crate) fn grouped(files: &[&File], options: ResolveOptions) -> (Vec<Group>, Vec<Diagnostic>) {
    // Mostly all of them are one.
    let whole = resolve(files, options);
    if !has_conflict(&whole) {
        let group = Group { files: (0..files.len()).collect(), schema: whole.schema };
        let groups = if files.is_empty() { Vec::new() } else { vec![group] };
        return (groups, whole.diagnostics);
    }
    let mut groups: Vec<(Vec<usize>, Resolution)> = Vec::new();
    for position in 0..files.len() {
        let larger = |(members, _): &(Vec<usize>, Resolution)| {
            let members = [members.as_slice(), &[position]].concat();
            let resolution = resolve(&chosen(files, &members), options);
            (!has_conflict(&resolution)).then_some((members, resolution))
        };
        match groups.iter_mut().find_map(|group| larger(group).map(|larger| (group, larger))) {
            Some((group, larger)) => *group = larger,
            None => groups.push((vec![position], resolve(&chosen(files, &[position]), options))),
        }
    }
    let mut diagnostics = Vec::new();
    let groups = groups.into_iter().map(|(files, resolution)| {
        diagnostics.extend(resolution.diagnostics);
        Group { files, schema: resolution.schema }
    });
    (groups.collect(), diagnostics)
}

/// Returns whether two things have one name or one id.
fn has_conflict(resolution: &Resolution) -> bool {
    let is_conflict = |it: &Diagnostic| [&codes::DUPLICATE_NAME, &codes::DUPLICATE_ID].contains(&it.code);
    resolution.diagnostics.iter().any(|it| it.severity == Severity::Error && is_conflict(it))
}
