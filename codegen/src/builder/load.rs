//! The schema that code is generated from.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;

use typelang_facts::Facts;
use typelang_ir::{ConstructorId, ConstructorKind, Profile, ResolveOptions, Schema, SubsetOptions, codes};
use typelang_parser::ids::Dialect;
use typelang_parser::{Diagnostic, Severity, Sources};
use typelang_project::Project;

use super::{Error, Findings, read};
use crate::options::Options;

/// The part of a schema that code is generated for, and all options.
pub(super) struct Loaded<'b> {
    pub(super) schema: Cow<'b, Schema>,
    pub(super) options: Options,
    /// Warnings and notes.
    pub(super) findings: Findings,
}

/// The files that a schema comes from, or the schema itself, and the part of it that is wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Input {
    pub(super) schemas: Vec<PathBuf>,
    pub(super) facts: Vec<PathBuf>,
    pub(super) resolved: Option<(Schema, Facts)>,
    pub(super) roots: Option<Vec<String>>,
    pub(super) subset: SubsetOptions,
    pub(super) dialect: Option<Dialect>,
    pub(super) profile: Option<Profile>,
    #[cfg(feature = "history")]
    pub(super) history: super::history::Input,
}

/// A whole schema.
struct Whole<'b> {
    schema: Cow<'b, Schema>,
    facts: Facts,
    findings: Findings,
}

impl Input {
    /// Loads the schema, and chooses from it.
    pub(super) fn load(&self, options: &Options) -> Result<Loaded<'_>, Error> {
        let Whole { mut schema, facts, mut findings } = self.whole()?;
        let mut options = Options { facts, ..options.clone() };
        for (name, _) in &mut options.extern_paths {
            replace(&mut schema, name)?;
        }
        if let Some(roots) = &self.roots {
            schema = Cow::Owned(schema.subset(roots, self.subset).map_err(Error::UnknownRoots)?);
            options.facts.keep_functions_of(&schema);
        }
        #[cfg(feature = "history")]
        {
            options.history = self.history.load(schema.layer)?;
        }
        remove_settled(&mut findings.diagnostics, &findings.sources, &schema, &options.extern_paths);
        match opaque_without_path(&schema, &options) {
            Some(name) => Err(no_rust_type(&name, findings)),
            None => Ok(Loaded { schema, options, findings }),
        }
    }

    /// The schema that the builder was given, or the one that its files make.
    fn whole(&self) -> Result<Whole<'_>, Error> {
        if let Some((schema, facts)) = &self.resolved {
            return Ok(Whole { schema: Cow::Borrowed(schema), facts: facts.clone(), findings: Findings::default() });
        }
        if self.schemas.is_empty() {
            return Err(Error::NoSchema);
        }
        let project = read::project(&self.schemas, &self.facts)?;
        let checked = project.as_one(ResolveOptions { dialect: self.dialect, profile: self.profile });
        let is_in_schema = checked.diagnostics.iter().any(|diagnostic| is_error_in_schema(diagnostic, &project));
        let has_errors = checked.has_errors();
        let findings = Findings { diagnostics: checked.diagnostics, sources: project.sources };
        match (is_in_schema, has_errors) {
            (true, _) => Err(Error::Schema(findings)),
            (false, true) => Err(Error::Facts(findings)),
            (false, false) => Ok(Whole { schema: Cow::Owned(checked.schema), facts: checked.facts, findings }),
        }
    }
}

fn is_error_in_schema(diagnostic: &Diagnostic, project: &Project) -> bool {
    diagnostic.severity == Severity::Error && project.files().any(|file| file.source == diagnostic.primary.source)
}

/// Notes in a schema that a path replaces the type or constructor of a name.
fn replace(schema: &mut Cow<'_, Schema>, name: &mut String) -> Result<(), Error> {
    if let Some(constructor) = opaque_constructor(schema, name) {
        *name = constructor;
        return Ok(());
    }
    let (ty, constructor) = (schema.find_type(name), schema.find_constructor(name));
    let of_type = ty.map(|ty| &schema[ty].parameters);
    let parameters = of_type.or(constructor.map(|it| &schema[it].combinator.parameters));
    if parameters.is_some_and(|parameters| !parameters.is_empty()) {
        return Err(Error::ExternPathWithParameters { name: name.clone() });
    }
    match (ty, constructor) {
        (Some(ty), _) => schema.to_mut().make_external(ty),
        (None, Some(constructor)) => schema.to_mut().make_constructor_external(constructor),
        (None, None) => return Err(Error::UnknownExternPath { name: name.clone() }),
    }
    Ok(())
}

/// The name of the only constructor of a type that is declared as built in: the bytes are the constructor's, by whichever name a path
/// is given to it.
fn opaque_constructor(schema: &Schema, name: &str) -> Option<String> {
    let only = schema.find_type(name).and_then(|ty| schema.only_constructor(ty));
    only.filter(|&only| is_opaque(schema, only)).map(|only| schema[only].combinator.name.to_string())
}

fn is_opaque(schema: &Schema, id: ConstructorId) -> bool {
    schema[id].kind == ConstructorKind::Opaque
}

/// A constructor that is declared as built in, is not known, and has no Rust type.
fn opaque_without_path(schema: &Schema, options: &Options) -> Option<String> {
    let opaque = schema.constructor_ids().filter(|&id| is_opaque(schema, id) && !schema[schema[id].result].external);
    let mut opaque = opaque.peekable();
    opaque.peek()?;
    let used = schema.used_constructors();
    let mut names = opaque.filter(|id| used[id.index()]).map(|id| schema[id].combinator.name.to_string());
    names.find(|name| options.extern_paths.iter().all(|(replaced, _)| replaced != name))
}

/// Removes findings that something lacks a Rust type where a path gives it one.
pub(super) fn remove_settled(
    diagnostics: &mut Vec<Diagnostic>,
    sources: &Sources,
    schema: &Schema,
    extern_paths: &[(String, String)],
) {
    let named = extern_paths.iter().flat_map(|(name, _)| [Some(name.clone()), opaque_constructor(schema, name)]);
    let replaced: BTreeSet<String> = named.flatten().collect();
    diagnostics.retain(|it| {
        let is_lack = [&codes::OPAQUE_BUILTIN, &codes::UNDEFINED_RESULT].contains(&it.code);
        !is_lack || !replaced.contains(sources.snippet(&it.primary))
    });
}

/// The error about a constructor without a Rust type: the finding with its place, where there is one.
fn no_rust_type(name: &str, mut findings: Findings) -> Error {
    let sources = &findings.sources;
    let is_it = |it: &&mut Diagnostic| it.code == &codes::OPAQUE_BUILTIN && sources.snippet(&it.primary) == name;
    match findings.diagnostics.iter_mut().find(is_it) {
        Some(diagnostic) => {
            diagnostic.severity = Severity::Error;
            Error::Schema(findings)
        }
        None => Error::NoRustType { name: name.to_owned() },
    }
}
