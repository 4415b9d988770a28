//! First pass: which types, constructors and functions there are, and their ids.

use std::cell::OnceCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{
    Body, Combinator as Declaration, Expression, ExpressionKind, File, Finality, FinalityKind, Item, QualifiedName,
    Section,
};
use typelang_parser::ids::{Dialect, check_ids, id_of};
use typelang_parser::{Diagnostic, Label, SourceId, Span, Suggestions, print_combinator_with_id};

use super::declared::{constructed, split, variables};
use super::layers::{Form, Layers};
use super::missing::Missing;
use super::nats::FreeBits;
use super::options::ResolveOptions;
use crate::name::NameRef;
use crate::schema::{
    BuiltinDeclaration, Combinator, Constructor, ConstructorKind, Directions, Function, Origin, Parameter, Schema,
    Type, ValueType,
};
use crate::{Builtin, CombinatorId, ConstructorId, FunctionId, Name, TypeId, builtin, codes};

/// A declaration whose fields are still to be resolved.
pub(super) struct Pending<'a> {
    pub(super) source: SourceId,
    pub(super) declaration: &'a Declaration,
    /// The parameters that it lacks.
    pub(super) missing: Vec<Parameter>,
    pub(super) free_bits: FreeBits,
    pub(super) target: CombinatorId,
}

#[derive(Default)]
pub(super) struct Collected<'a> {
    pub(super) schema: Schema,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) pending: Vec<Pending<'a>>,
    pub(super) types: BTreeMap<NameRef<'a>, TypeId>,
    pub(super) constructors: BTreeMap<NameRef<'a>, ConstructorId>,
    functions: BTreeMap<NameRef<'a>, FunctionId>,
    /// Where each built-in type is declared first.
    builtins: BTreeMap<Name, Origin>,
    /// The first default constructor of each type.
    defaults: BTreeMap<TypeId, Origin>,
    pub(super) layers: Layers<'a>,
    /// Types that functions return, and nothing else mentions.
    pub(super) results: BTreeMap<NameRef<'a>, TypeId>,
    /// Instances of types that are asked for by name.
    pub(super) applications: Vec<(SourceId, &'a Expression)>,
    /// Types that `New`, `Final` and `Empty` name.
    pub(super) finalities: Vec<(SourceId, &'a QualifiedName)>,
    /// Types that can have no more constructors.
    closed: BTreeMap<TypeId, (FinalityKind, Origin)>,
    /// All files, to look for types that are declared later.
    files: Vec<&'a File>,
    /// The names of all types that constructors declare, once they are asked for.
    declared_types: OnceCell<BTreeSet<NameRef<'a>>>,
    /// Ids that their text cannot give, since it lacks arguments.
    ids_of_incomplete: BTreeSet<(SourceId, Span)>,
}

pub(super) fn collect<'a>(files: impl Iterator<Item = &'a File>, options: ResolveOptions) -> Collected<'a> {
    let mut collected = Collected { files: files.collect(), ..Collected::default() };
    for file in collected.files.clone() {
        let dialect = options.dialect_of(file);
        let free_bits = FreeBits::of_file(file, options, dialect);
        let family = Family { source: file.source, dialect, free_bits, layer: None };
        collected.diagnostics.extend(check_ids(file, dialect));
        collected.layer(file);
        collected.schema.profile = collected.schema.profile.or_else(|| options.said_profile(file));
        for item in &file.items {
            match item {
                Item::Section(_) => {}
                Item::Combinator(declaration) => {
                    let layer = file.layer_at(declaration.span.start);
                    collected.combinator(declaration, Family { layer, ..family });
                }
                Item::PartialApplication(application) => {
                    collected.applications.push((file.source, &application.expression));
                }
                Item::Finality(finality) => {
                    collected.finality(finality, file.source);
                    collected.finalities.push((file.source, &finality.name));
                }
            }
        }
    }
    collected.report_types_without_constructors();
    collected.forget_ids_of_incomplete();
    collected.results_without_constructors();
    collected
}

/// What all declarations of a file have in common.
#[derive(Clone, Copy)]
struct Family {
    source: SourceId,
    dialect: Dialect,
    free_bits: FreeBits,
    /// The layer of the declaration, if lines of the file divide layers.
    layer: Option<u32>,
}

impl<'a> Collected<'a> {
    fn layer(&mut self, file: &File) {
        let Some(layer) = file.layer else { return };
        match self.schema.layer {
            Some(earlier) if earlier != layer.number => self.diagnostics.push(Diagnostic::new(
                &codes::LAYER_MISMATCH,
                format!("layer {}, but an earlier file says layer {earlier}", layer.number),
                Label::new(file.source, layer.span),
            )),
            _ => self.schema.layer = Some(layer.number),
        }
    }

    fn combinator(&mut self, declaration: &'a Declaration, family: Family) {
        let source = family.source;
        let origin = Origin { source, span: declaration.name.span };
        let id = id_of(declaration, family.dialect);
        if declaration.section == Section::Types && builtin::is_declaration(declaration) {
            self.builtin(declaration, id, origin);
            return;
        }
        let mut parameters = variables(declaration, source, &mut self.diagnostics);
        let missing = self.missing_parameters(declaration, source);
        parameters.extend(missing.iter().cloned());
        let combinator = Combinator {
            name: Name::from(&declaration.name),
            id,
            parameters,
            fields: Vec::new(),
            annotations: declaration.annotations.iter().map(|it| it.text.clone()).collect(),
            text: print_combinator_with_id(declaration, id),
            documentation: declaration.documentation.clone(),
            origin,
        };
        let target = match declaration.section {
            Section::Types => self.constructor(combinator, declaration, family.layer).map(CombinatorId::Constructor),
            Section::Functions => self.function(combinator, declaration, family.layer).map(CombinatorId::Function),
        };
        if let Some(target) = target {
            self.pending.push(Pending { source, declaration, missing, free_bits: family.free_bits, target });
        }
    }

    /// The parameters that a declaration lacks, which are reported. Everything else is read as if they were there.
    fn missing_parameters(&mut self, declaration: &'a Declaration, source: SourceId) -> Vec<Parameter> {
        let is_constructor = declaration.section == Section::Types;
        let missing = Missing::of(declaration, is_constructor, |name| self.is_type(name));
        let diagnostic = missing.report(declaration, source);
        if let (Some(_), Some(id)) = (&diagnostic, declaration.id) {
            self.ids_of_incomplete.insert((source, id.span));
        }
        self.diagnostics.extend(diagnostic);
        missing.parameters().collect()
    }

    /// Returns whether a name is that of a type or of a constructor, here, in a later declaration, or built in.
    fn is_type(&self, name: &QualifiedName) -> bool {
        let declared = || {
            let combinators = self.files.iter().flat_map(|file| file.combinators());
            let constructors = combinators.filter(|it| it.section == Section::Types);
            let names = constructors.flat_map(|it| [Some(&it.name), split(&it.result).map(|(name, _)| name)]);
            names.flatten().map(NameRef::from).collect()
        };
        builtin::is_name(name) || self.declared_types.get_or_init(declared).contains(&NameRef::from(name))
    }

    /// Removes what the ids of declarations say that lack arguments: with those their text is another one.
    fn forget_ids_of_incomplete(&mut self) {
        let ids = &self.ids_of_incomplete;
        if !ids.is_empty() {
            let is_about_id = |it: &Diagnostic| it.code == &typelang_parser::codes::ID_MISMATCH;
            self.diagnostics.retain(|it| !is_about_id(it) || !ids.contains(&(it.primary.source, it.primary.span)));
        }
    }

    /// Adds the types that functions return and no file declares, unless their names are like those of others.
    fn results_without_constructors(&mut self) {
        let functions = self.pending.iter().filter(|it| matches!(it.target, CombinatorId::Function(_)));
        let mut found = Vec::new();
        for pending in functions {
            let variables = &pending.declaration.optional_arguments;
            let is_variable = |name: &QualifiedName| {
                let of_name = |it: &str| name.namespace.is_empty() && it == name.name;
                variables.iter().any(|it| of_name(&it.name.text)) || pending.missing.iter().any(|it| of_name(&it.name))
            };
            let mut names = Vec::new();
            plain_names(&pending.declaration.result, &mut names);
            names.retain(|name| name.is_upper() && !is_variable(name) && !builtin::is_name(name));
            found.extend(names.into_iter().map(|name| (name, pending.source)));
        }
        found.retain(|(name, _)| !self.types.contains_key(&NameRef::from(*name)));
        let mut asked = BTreeSet::new();
        found.retain(|(name, _)| asked.insert(NameRef::from(*name)));
        if found.is_empty() {
            return;
        }
        let types = self.types.keys().map(NameRef::to_string);
        let types: Vec<String> = types.chain(builtin::names().map(str::to_owned)).collect();
        let last_parts: BTreeSet<&str> = types.iter().filter_map(|other| other.rsplit('.').next()).collect();
        let suggestions = Suggestions::new();
        for (name, source) in found {
            let text = name.to_string();
            let is_elsewhere = last_parts.contains(name.name.as_str());
            let is_like_another = || suggestions.suggest(&text, types.iter().map(String::as_str)).is_some();
            // Where nobody can tell any more, the name may be misspelt.
            if is_elsewhere || is_like_another() || suggestions.are_spent() {
                continue;
            }
            let reference = NameRef::from(name);
            let id = TypeId::new(self.schema.types.len());
            self.schema.types.push(Type::without_constructors(reference.into(), Vec::new()));
            self.results.insert(reference, id);
            let message = format!("nothing constructs `{text}`, the result of a function");
            let help = format!(
                "declare its constructors, or `Empty {text};` if it has none; generated code can use a type of your own: \
                 `--extern-path {text}=PATH`, `Builder::extern_path`"
            );
            let diagnostic = Diagnostic::new(&codes::UNDEFINED_RESULT, message, Label::new(source, name.span));
            self.diagnostics.push(diagnostic.with_help(help));
        }
    }

    fn builtin(&mut self, declaration: &Declaration, id: u32, origin: Origin) {
        let name = Name::from(&declaration.name);
        let earlier = match self.builtins.entry(name.clone()) {
            Entry::Occupied(earlier) => Some(*earlier.get()),
            Entry::Vacant(place) => {
                place.insert(origin);
                None
            }
        };
        match earlier {
            Some(earlier) if earlier.source == origin.source => self.duplicate_name(&name, origin, earlier),
            Some(earlier) => self.repeated(&name, origin, earlier),
            None => self.schema.builtins.push(BuiltinDeclaration { name, id, origin }),
        }
    }

    fn constructor(
        &mut self,
        mut combinator: Combinator,
        declaration: &'a Declaration,
        layer: Option<u32>,
    ) -> Option<ConstructorId> {
        let own_name = NameRef::from(&declaration.name);
        let kind = match declaration.body {
            Body::Builtin(_) => ConstructorKind::Opaque,
            Body::Fields(_) if combinator.name.name == "_" => ConstructorKind::Default,
            Body::Fields(_) => ConstructorKind::Named,
        };
        let mut is_newest = true;
        if kind != ConstructorKind::Default {
            if let Some(&earlier) = self.constructors.get(&own_name) {
                is_newest = self.another_form(own_name, CombinatorId::Constructor(earlier), &mut combinator, layer)?;
            } else if let Some(older) = self.layers.older(&combinator.name) {
                self.duplicate_name(&combinator.name, combinator.origin, older);
                return None;
            }
        }
        let variables = std::mem::take(&mut combinator.parameters);
        let source = combinator.origin.source;
        let (name, parameters) = constructed(declaration, variables, source, &mut self.diagnostics)?;
        let result = self.type_of(name.into(), parameters.clone());
        combinator.parameters = parameters;
        self.compare_parameters(result, &combinator);
        if kind == ConstructorKind::Default {
            self.second_default(result, &combinator);
        }
        if let Some(&closed) = self.closed.get(&result) {
            self.constructor_of_closed_type(result, &combinator, closed);
        }
        let id = ConstructorId::new(self.schema.constructors.len());
        if kind != ConstructorKind::Default && is_newest {
            self.constructors.insert(own_name, id);
        }
        self.layers.note(CombinatorId::Constructor(id), layer);
        let ty = &mut self.schema.types[result.index()];
        ty.constructors.push(id);
        if let Some(class) = declaration.documentation.as_ref().and_then(|docs| docs.class.as_ref()) {
            ty.documentation = Some(class.description.clone());
        }
        self.schema.constructors.push(Constructor {
            combinator,
            result,
            kind,
            external: kind == ConstructorKind::Opaque,
            directions: Directions::BOTH,
        });
        Some(id)
    }

    /// The type of a name; new if it was not spoken of before.
    fn type_of(&mut self, name: NameRef<'a>, parameters: Vec<Parameter>) -> TypeId {
        if let Some(&id) = self.types.get(&name) {
            return id;
        }
        let id = TypeId::new(self.schema.types.len());
        self.types.insert(name, id);
        self.schema.types.push(Type::without_constructors(name.into(), parameters));
        id
    }

    /// All constructors of a type take the same kinds of arguments.
    fn compare_parameters(&mut self, ty: TypeId, combinator: &Combinator) {
        let ty = &self.schema[ty];
        let (own, others) = (&combinator.parameters, &ty.parameters);
        if own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.kind == other.kind) {
            return;
        }
        let (code, message) = if ty.parameters.len() == combinator.parameters.len() {
            (&codes::KIND_MISMATCH, format!("another constructor of `{}` has arguments of other kinds", ty.name))
        } else {
            let (here, there) = (combinator.parameters.len(), ty.parameters.len());
            let arguments = if here == 1 { "argument" } else { "arguments" };
            (&codes::WRONG_ARITY, format!("`{}` has {here} {arguments} here, but {there} before", ty.name))
        };
        let first = ty.constructors.first().map(|&it| self.schema[it].combinator.origin);
        let mut diagnostic = Diagnostic::new(code, message, label(combinator.origin));
        if let Some(first) = first {
            diagnostic = diagnostic.with_secondary(label(first).with_message("first constructor of the type"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// A type has at most one default constructor.
    fn second_default(&mut self, ty: TypeId, combinator: &Combinator) {
        let earlier = *self.defaults.entry(ty).or_insert(combinator.origin);
        if earlier != combinator.origin {
            let message = format!("`{}` has two default constructors", self.schema[ty].name);
            let first = label(earlier).with_message("first here");
            self.diagnostics.push(
                Diagnostic::new(&codes::DUPLICATE_DEFAULT, message, label(combinator.origin)).with_secondary(first),
            );
        }
    }

    /// `New T;`, `Final T;`, `Empty T;`.
    fn finality(&mut self, finality: &'a Finality, source: SourceId) {
        let name = NameRef::from(&finality.name);
        let known = self.types.get(&name).copied();
        let origin = Origin { source, span: finality.span };
        let first = known.and_then(|ty| self.schema[ty].constructors.first().copied());
        if let (FinalityKind::New | FinalityKind::Empty, Some(first)) = (finality.kind, first) {
            let earlier = label(self.schema[first].combinator.origin).with_message("constructed here");
            let message = format!("`{name}` has constructors before this point");
            self.diagnostics
                .push(Diagnostic::new(&codes::WRONG_FINALITY, message, label(origin)).with_secondary(earlier));
        }
        match finality.kind {
            FinalityKind::New => {}
            FinalityKind::Final | FinalityKind::Empty => {
                let ty = self.type_of(name, Vec::new());
                self.closed.insert(ty, (finality.kind, origin));
            }
        }
    }

    fn constructor_of_closed_type(&mut self, ty: TypeId, combinator: &Combinator, closed: (FinalityKind, Origin)) {
        let message = format!("`{}` can have no more constructors", self.schema[ty].name);
        let said = label(closed.1).with_message("as said here");
        self.diagnostics
            .push(Diagnostic::new(&codes::WRONG_FINALITY, message, label(combinator.origin)).with_secondary(said));
    }

    /// `Final T;` alone declares nothing.
    fn report_types_without_constructors(&mut self) {
        for (&ty, &(kind, origin)) in &self.closed {
            if kind == FinalityKind::Final && self.schema[ty].constructors.is_empty() {
                let message = format!("`{}` has no constructors; `Empty` would say so", self.schema[ty].name);
                self.diagnostics.push(Diagnostic::new(&codes::UNKNOWN_TYPE, message, label(origin)));
            }
        }
    }

    fn function(
        &mut self,
        mut combinator: Combinator,
        declaration: &'a Declaration,
        layer: Option<u32>,
    ) -> Option<FunctionId> {
        let own_name = NameRef::from(&declaration.name);
        if combinator.name.name == "_" {
            self.diagnostics.push(
                Diagnostic::new(&codes::UNNAMED_FUNCTION, "a function needs a name", label(combinator.origin))
                    .with_note("`_` is a constructor without an id"),
            );
            return None;
        }
        let mut is_newest = true;
        if let Some(&earlier) = self.functions.get(&own_name) {
            is_newest = self.another_form(own_name, CombinatorId::Function(earlier), &mut combinator, layer)?;
        } else if let Some(older) = self.layers.older(&combinator.name) {
            self.duplicate_name(&combinator.name, combinator.origin, older);
            return None;
        }
        let id = FunctionId::new(self.schema.functions.len());
        if is_newest {
            self.functions.insert(own_name, id);
        }
        self.layers.note(CombinatorId::Function(id), layer);
        let result = ValueType::Builtin(Builtin::True);
        self.schema.functions.push(Function { combinator, result });
        Some(id)
    }

    /// Another definition of a name: that of another layer, for which this says whether it is the newest, or else one that is
    /// reported.
    fn another_form(
        &mut self,
        name: NameRef<'a>,
        earlier: CombinatorId,
        combinator: &mut Combinator,
        layer: Option<u32>,
    ) -> Option<bool> {
        let first = match earlier {
            CombinatorId::Constructor(id) => &self.schema[id].combinator,
            CombinatorId::Function(id) => &self.schema[id].combinator,
        };
        let is_free = |name: &Name| {
            let name = NameRef::from(name);
            !self.constructors.contains_key(&name) && !self.functions.contains_key(&name)
        };
        match self.layers.compare(name, (earlier, first), (layer, combinator), is_free) {
            Form::Conflict => {
                let earlier = Earlier::of(first, combinator);
                self.second(combinator, earlier);
                None
            }
            Form::Same => None,
            Form::Newer(older) => {
                match earlier {
                    CombinatorId::Constructor(id) => self.schema.constructors[id.index()].combinator.name = older,
                    CombinatorId::Function(id) => self.schema.functions[id.index()].combinator.name = older,
                }
                Some(true)
            }
            Form::Older(older) => {
                combinator.name = older;
                Some(false)
            }
        }
    }

    /// Another definition of a name: the same one again, or a conflict.
    fn second(&mut self, combinator: &Combinator, earlier: Earlier) {
        let across_files = earlier.origin.source != combinator.origin.source;
        if across_files && earlier.is_same {
            self.repeated(&combinator.name, combinator.origin, earlier.origin);
        } else {
            self.duplicate_name(&combinator.name, combinator.origin, earlier.origin);
        }
    }

    fn repeated(&mut self, name: &Name, origin: Origin, earlier: Origin) {
        self.diagnostics.push(
            Diagnostic::new(
                &codes::REPEATED_DEFINITION,
                format!("`{name}` is defined in several files"),
                label(origin),
            )
            .with_secondary(label(earlier).with_message("this definition is kept")),
        );
    }

    fn duplicate_name(&mut self, name: &Name, origin: Origin, earlier: Origin) {
        self.diagnostics.push(
            Diagnostic::new(&codes::DUPLICATE_NAME, format!("`{name}` is defined twice"), label(origin))
                .with_secondary(label(earlier).with_message("first defined here")),
        );
    }
}

/// An earlier definition beside a later one.
struct Earlier {
    /// Whether both say the same.
    is_same: bool,
    origin: Origin,
}

impl Earlier {
    fn of(earlier: &Combinator, later: &Combinator) -> Self {
        Self { is_same: earlier.text == later.text, origin: earlier.origin }
    }
}

pub(super) fn label(origin: Origin) -> Label {
    Label::new(origin.source, origin.span)
}

/// The names in a type that stand for a whole type each, without arguments of their own.
fn plain_names<'a>(expression: &'a Expression, found: &mut Vec<&'a QualifiedName>) {
    match &expression.kind {
        ExpressionKind::Name(name) => found.push(name),
        ExpressionKind::Application { arguments, .. } => arguments.iter().for_each(|it| plain_names(it, found)),
        ExpressionKind::Bare(_) | ExpressionKind::Nat | ExpressionKind::Number(_) | ExpressionKind::Sum(_) => {}
    }
}
