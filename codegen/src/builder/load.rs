//! The schema that code is generated from.

use std::borrow::Cow;
use std::path::PathBuf;

use typelang_facts::Facts;
use typelang_ir::{Profile, ResolveOptions, Schema, SubsetOptions};
use typelang_parser::ids::Dialect;
use typelang_parser::{Diagnostic, Severity};
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
        let Whole { mut schema, facts, findings } = self.whole()?;
        let mut options = Options { facts, ..options.clone() };
        for (name, _) in &options.extern_paths {
            match (schema.find_type(name), schema.find_constructor(name)) {
                (Some(ty), _) => schema.to_mut().make_external(ty),
                (None, Some(constructor)) => schema.to_mut().make_constructor_external(constructor),
                (None, None) => return Err(Error::UnknownExternPath { name: name.clone() }),
            }
        }
        if let Some(roots) = &self.roots {
            schema = Cow::Owned(schema.subset(roots, self.subset).map_err(Error::UnknownRoots)?);
            options.facts.keep_functions_of(&schema);
        }
        Ok(Loaded { schema, options, findings })
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
