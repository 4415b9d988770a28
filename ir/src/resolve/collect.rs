//! First pass: which types, constructors and functions there are, and their ids.

use std::collections::BTreeMap;

use tl_parser::ast::{Combinator as Declaration, DeclaredId, ExpressionKind, File, Item, Section};
use tl_parser::ids::{Dialect, check_ids, detect_dialect, id_of};
use tl_parser::{Diagnostic, Label, SourceId, print_combinator};

use super::ResolveOptions;
use crate::schema::{
    BuiltinDeclaration, Combinator, Constructor, Directions, Function, Origin, Schema, Type, ValueType,
};
use crate::{Builtin, ConstructorId, FunctionId, Name, TypeId, builtin};

/// A declaration whose fields are still to be resolved.
#[derive(Clone, Copy)]
pub(super) struct Pending<'a> {
    pub(super) source: SourceId,
    pub(super) declaration: &'a Declaration,
    pub(super) target: Target,
}

#[derive(Clone, Copy)]
pub(super) enum Target {
    Constructor(ConstructorId),
    Function(FunctionId),
}

#[derive(Default)]
pub(super) struct Collected<'a> {
    pub(super) schema: Schema,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) pending: Vec<Pending<'a>>,
    pub(super) types: BTreeMap<Name, TypeId>,
    pub(super) constructors: BTreeMap<Name, ConstructorId>,
    functions: BTreeMap<Name, FunctionId>,
    /// Who has an id, to report a second one.
    ids: BTreeMap<u32, (Name, Origin)>,
}

pub(super) fn collect<'a>(files: &'a [File], options: ResolveOptions) -> Collected<'a> {
    let mut collected = Collected::default();
    for file in files {
        let dialect = options.dialect.unwrap_or_else(|| detect_dialect(file));
        collected.diagnostics.extend(check_ids(file, dialect));
        collected.layer(file);
        for item in &file.items {
            match item {
                Item::Section(_) => {}
                Item::Combinator(declaration) => collected.combinator(file.source, declaration, dialect),
                Item::PartialApplication(application) => collected.unsupported(
                    file.source,
                    application.span,
                    "unsupported-partial-application",
                    "a partial application of a type is not supported yet",
                ),
                Item::Finality(finality) => collected.unsupported(
                    file.source,
                    finality.span,
                    "unsupported-finality",
                    "`New`, `Final` and `Empty` are not supported yet",
                ),
            }
        }
    }
    collected
}

impl<'a> Collected<'a> {
    pub(super) fn unsupported(
        &mut self,
        source: SourceId,
        span: tl_parser::Span,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, message, Label::new(source, span)));
    }

    fn layer(&mut self, file: &File) {
        let Some(layer) = file.layer else { return };
        match self.schema.layer {
            Some(earlier) if earlier != layer.number => self.diagnostics.push(Diagnostic::warning(
                "layer-mismatch",
                format!("layer {}, but an earlier file says layer {earlier}", layer.number),
                Label::new(file.source, layer.span),
            )),
            _ => self.schema.layer = Some(layer.number),
        }
    }

    fn combinator(&mut self, source: SourceId, declaration: &'a Declaration, dialect: Dialect) {
        let origin = Origin { source, span: declaration.name.span };
        let id = id_of(declaration, dialect);
        if declaration.section == Section::Types && builtin::is_declaration(declaration) {
            self.builtin(declaration, id, origin);
            return;
        }
        let combinator = Combinator {
            name: Name::from(&declaration.name),
            id,
            fields: Vec::new(),
            text: text(declaration, id),
            documentation: declaration.documentation.clone(),
            origin,
        };
        let target = match declaration.section {
            Section::Types => self.constructor(combinator, declaration).map(Target::Constructor),
            Section::Functions => self.function(combinator).map(Target::Function),
        };
        if let Some(target) = target {
            self.pending.push(Pending { source, declaration, target });
        }
    }

    fn builtin(&mut self, declaration: &Declaration, id: u32, origin: Origin) {
        let name = Name::from(&declaration.name);
        let earlier = self.schema.builtins.iter().find(|builtin| builtin.name == name).map(|builtin| builtin.origin);
        match earlier {
            Some(earlier) if earlier.source == origin.source => self.duplicate_name(&name, origin, earlier),
            Some(earlier) => self.repeated(&name, origin, earlier),
            None => self.schema.builtins.push(BuiltinDeclaration { name, id, origin }),
        }
    }

    fn constructor(&mut self, combinator: Combinator, declaration: &Declaration) -> Option<ConstructorId> {
        let earlier = self.constructors.get(&combinator.name).map(|&id| &self.schema[id].combinator);
        if let Some(earlier) = earlier.map(Earlier::from) {
            self.second(&combinator, earlier);
            return None;
        }
        self.claim_id(&combinator);
        let result = self.result_type(declaration, combinator.origin.source)?;
        let id = ConstructorId::new(self.schema.constructors.len());
        self.constructors.insert(combinator.name.clone(), id);
        let ty = &mut self.schema.types[result.index()];
        ty.constructors.push(id);
        if let Some(class) = declaration.documentation.as_ref().and_then(|docs| docs.class.as_ref()) {
            ty.documentation = Some(class.description.clone());
        }
        self.schema.constructors.push(Constructor {
            combinator,
            result,
            external: false,
            directions: Directions::BOTH,
        });
        Some(id)
    }

    fn function(&mut self, combinator: Combinator) -> Option<FunctionId> {
        let earlier = self.functions.get(&combinator.name).map(|&id| &self.schema[id].combinator);
        if let Some(earlier) = earlier.map(Earlier::from) {
            self.second(&combinator, earlier);
            return None;
        }
        self.claim_id(&combinator);
        let id = FunctionId::new(self.schema.functions.len());
        self.functions.insert(combinator.name.clone(), id);
        let result = ValueType::Builtin(Builtin::True);
        self.schema.functions.push(Function { combinator, parameter: None, result });
        Some(id)
    }

    /// The type that a constructor belongs to; a plain upper-case name.
    fn result_type(&mut self, declaration: &Declaration, source: SourceId) -> Option<TypeId> {
        let result = &declaration.result;
        match &result.kind {
            ExpressionKind::Name(name) if name.is_upper() => {
                let name = Name::from(name);
                let next = TypeId::new(self.schema.types.len());
                let id = *self.types.entry(name.clone()).or_insert(next);
                if id == next {
                    self.schema.types.push(Type {
                        name,
                        constructors: Vec::new(),
                        external: false,
                        documentation: None,
                        directions: Directions::BOTH,
                    });
                }
                Some(id)
            }
            ExpressionKind::Application { .. } => {
                let message = "a type with arguments is not supported yet";
                self.unsupported(source, result.span, "unsupported-type-arguments", message);
                None
            }
            _ => {
                let message =
                    "the result of a constructor must be the name of a type, which begins with a capital letter";
                self.diagnostics.push(Diagnostic::error("invalid-result", message, Label::new(source, result.span)));
                None
            }
        }
    }

    fn claim_id(&mut self, combinator: &Combinator) {
        let Some((name, earlier)) = self.ids.get(&combinator.id) else {
            self.ids.insert(combinator.id, (combinator.name.clone(), combinator.origin));
            return;
        };
        self.diagnostics.push(
            Diagnostic::error(
                "duplicate-id",
                format!("`{}` and `{name}` have the same id #{:08x}", combinator.name, combinator.id),
                label(combinator.origin),
            )
            .with_secondary(label(*earlier).with_message("first used here")),
        );
    }

    /// Another definition of a name: the same one again, or a conflict.
    fn second(&mut self, combinator: &Combinator, earlier: Earlier) {
        let across_files = earlier.origin.source != combinator.origin.source;
        if across_files && earlier.text == combinator.text {
            self.repeated(&combinator.name, combinator.origin, earlier.origin);
        } else {
            self.duplicate_name(&combinator.name, combinator.origin, earlier.origin);
        }
    }

    fn repeated(&mut self, name: &Name, origin: Origin, earlier: Origin) {
        self.diagnostics.push(
            Diagnostic::note("repeated-definition", format!("`{name}` is defined in several files"), label(origin))
                .with_secondary(label(earlier).with_message("this definition is kept")),
        );
    }

    fn duplicate_name(&mut self, name: &Name, origin: Origin, earlier: Origin) {
        self.diagnostics.push(
            Diagnostic::error("duplicate-name", format!("`{name}` is defined twice"), label(origin))
                .with_secondary(label(earlier).with_message("first defined here")),
        );
    }
}

/// What is needed of an earlier definition to compare it with a later one.
struct Earlier {
    text: String,
    origin: Origin,
}

impl From<&Combinator> for Earlier {
    fn from(combinator: &Combinator) -> Self {
        Self { text: combinator.text.clone(), origin: combinator.origin }
    }
}

pub(super) fn label(origin: Origin) -> Label {
    Label::new(origin.source, origin.span)
}

/// The canonical text of a declaration with its id, computed or not.
fn text(declaration: &Declaration, id: u32) -> String {
    let mut declaration = declaration.clone();
    declaration.id = Some(DeclaredId { span: declaration.name.span, value: id });
    print_combinator(&declaration)
}
