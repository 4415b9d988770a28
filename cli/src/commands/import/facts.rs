//! The facts that a new layer makes worth a look.

use std::collections::BTreeMap;

use typelang_diff::{Changes, Kind, Status};
use typelang_facts::Facts;
use typelang_project::Project;

use crate::console::Console;
use crate::exit::Failure;

/// Lists facts about declarations that have changed, each with its place, and new functions without facts.
pub(super) fn show(changes: &Changes, project: &Project, facts: &Facts, console: &Console) -> Result<(), Failure> {
    if project.facts.is_empty() {
        return Ok(());
    }
    let places = places(project);
    for change in changes.declarations.iter().filter(|it| it.status() == Status::Changed) {
        let Some(name) = change.newest().map(|side| side.name.as_str()) else { continue };
        for place in places.get(&(change.kind, name)).into_iter().flatten() {
            console.line(format_args!("? facts about {} {name}, which has changed: {place}", change.kind.name()))?;
        }
    }
    let added = changes.with(Kind::Function, Status::Added).filter_map(|change| change.newest());
    for side in added.filter(|side| !facts.methods.contains_key(&side.name)) {
        console.line(format_args!("? function {} has no facts", side.name))?;
    }
    Ok(())
}

/// Where the fact files have something about constructors and functions.
fn places(project: &Project) -> BTreeMap<(Kind, &str), Vec<String>> {
    let mut places: BTreeMap<(Kind, &str), Vec<String>> = BTreeMap::new();
    for facts in project.facts.iter().map(|facts| &facts.file) {
        let functions = facts.functions.iter().map(|entry| (Kind::Function, entry));
        for (kind, entry) in functions.chain(facts.constructors.iter().map(|entry| (Kind::Constructor, entry))) {
            let (line, column) = project.sources.line_column(facts.source, entry.name.span.start);
            let place = format!("{}:{line}:{column}", project.sources.name(facts.source));
            places.entry((kind, entry.name.value.as_str())).or_default().push(place);
        }
    }
    places
}
