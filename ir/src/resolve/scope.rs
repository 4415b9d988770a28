//! Second pass, names: what a type expression means.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use typelang_parser::ast::{Expression, ExpressionKind, QualifiedName};
use typelang_parser::{Code, Diagnostic, Fix, Label, ShortString, SourceId, Span, Suggestions};

use super::collect::{Collected, label};
use super::frame::Frame;
use super::notes::{Notes, Variable};
use crate::name::NameRef;
use crate::schema::{Argument, ConstructorKind, Nat, Parameter, ParameterKind};
use crate::{Builtin, ConstructorId, Named, Origin, TypeId, ValueType, builtin, codes};

/// The id of `tuple` where the schema does not declare it.
const TUPLE_ID: u32 = 0x9770_768a;

/// Every name that a type expression can use.
pub(super) struct Names<'a> {
    types: BTreeMap<NameRef<'a>, TypeId>,
    /// Types that are only returned.
    results: BTreeMap<NameRef<'a>, TypeId>,
    /// Whether some type has the name of a constructor: most lower-case names need not be looked for among types.
    has_lower_types: bool,
    constructors: BTreeMap<NameRef<'a>, ConstructorEntry>,
    /// Names of constructors that have a form for each of several layers.
    divided: BTreeSet<NameRef<'a>>,
    /// By type.
    entries: Vec<TypeEntry>,
    builtin_ids: BTreeMap<String, u32>,
    /// What misspelt names may mean, with bounded work for all of them.
    pub(super) suggestions: Suggestions,
    spelled: OnceCell<Spelled>,
}

/// Names as texts, to look for what a misspelt one may mean. Needed only if there is one.
struct Spelled {
    /// Of types, those built in among them.
    types: Vec<String>,
    /// Of constructors, and those built in.
    constructors: Vec<String>,
    /// A name for each last part: that of a type, or else of a constructor.
    by_last: BTreeMap<String, String>,
}

struct TypeEntry {
    id: TypeId,
    parameters: Vec<Parameter>,
    constructors: Vec<ConstructorUse>,
}

struct ConstructorUse {
    id: ConstructorId,
    origin: Origin,
    kind: ConstructorKind,
}

struct ConstructorEntry {
    id: ConstructorId,
    ty: TypeId,
}

impl<'a> Names<'a> {
    pub(super) fn new(collected: &Collected<'a>) -> Self {
        let schema = &collected.schema;
        let entries = schema.type_ids().map(|id| {
            let constructors = schema[id].constructors.iter().map(|&id| ConstructorUse {
                id,
                origin: schema[id].combinator.origin,
                kind: schema[id].kind,
            });
            TypeEntry { id, parameters: schema[id].parameters.clone(), constructors: constructors.collect() }
        });
        let constructors =
            collected.constructors.iter().map(|(&name, &id)| (name, ConstructorEntry { id, ty: schema[id].result }));
        let builtin_ids = schema.builtins.iter().map(|it| (it.name.to_string(), it.id));
        Self {
            types: collected.types.clone(),
            divided: collected.layers.divided.clone(),
            results: collected.results.clone(),
            has_lower_types: collected.types.keys().any(|name| !name.is_upper()),
            constructors: constructors.collect(),
            entries: entries.collect(),
            builtin_ids: builtin_ids.collect(),
            suggestions: Suggestions::new(),
            spelled: OnceCell::new(),
        }
    }

    fn spelled(&self) -> &Spelled {
        self.spelled.get_or_init(|| {
            let known = || builtin::names().map(str::to_owned);
            let types: Vec<String> = self.types.keys().map(NameRef::to_string).chain(known()).collect();
            let constructors: Vec<String> = self.constructors.keys().map(NameRef::to_string).chain(known()).collect();
            let mut by_last = BTreeMap::new();
            for name in types.iter().chain(&constructors) {
                let last = name.rsplit('.').next().unwrap_or_default();
                by_last.entry(last.to_owned()).or_insert_with(|| name.clone());
            }
            Spelled { types, constructors, by_last }
        })
    }

    /// The id of the type of a name.
    pub(super) fn id_of_type(&self, name: &QualifiedName) -> Option<TypeId> {
        self.ty(name).map(|entry| entry.id)
    }

    /// The type of a name.
    fn ty(&self, name: &QualifiedName) -> Option<&TypeEntry> {
        if !name.is_upper() && !self.has_lower_types {
            return None;
        }
        self.entries.get(self.types.get(&NameRef::from(name))?.index())
    }

    /// The type of a name that is only returned.
    fn result(&self, name: &QualifiedName) -> Option<&TypeEntry> {
        self.entries.get(self.results.get(&NameRef::from(name))?.index())
    }

    /// The constructor of a name, and its type.
    fn constructor(&self, name: &QualifiedName) -> Option<(ConstructorId, &TypeEntry)> {
        let entry = self.constructors.get(&NameRef::from(name))?;
        Some((entry.id, self.entries.get(entry.ty.index())?))
    }
}

/// Resolves the type expressions of one source.
pub(super) struct Scope<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) source: SourceId,
    pub(super) notes: &'a Notes,
}

pub(super) type Resolved<T> = Result<T, Box<Diagnostic>>;

impl Scope<'_> {
    /// What a type expression means. `bare` is set beneath a `%`.
    pub(super) fn value_type(&self, frame: &Frame, expression: &Expression, bare: bool) -> Resolved<ValueType> {
        match &expression.kind {
            ExpressionKind::Nat => Ok(ValueType::Builtin(Builtin::Nat)),
            ExpressionKind::Name(_) => self.applied(frame, expression, &[], expression.span, bare),
            ExpressionKind::Bare(inner) => {
                self.value_type(frame, inner, true).map_err(|error| self.offer_boxed(error, expression, inner))
            }
            ExpressionKind::Application { function, arguments, .. } => {
                let arguments: Vec<&Expression> = arguments.iter().collect();
                self.applied(frame, function, &arguments, expression.span, bare)
            }
            ExpressionKind::Number(_) | ExpressionKind::Sum(_) => {
                Err(self.error(&codes::KIND_MISMATCH, expression.span, "expected a type, found a number"))
            }
        }
    }

    /// A type and its arguments: `Vector int`, `(Vector int)`, `%Vector int`, `Pair int` applied to more.
    fn applied(
        &self,
        frame: &Frame,
        function: &Expression,
        arguments: &[&Expression],
        span: Span,
        bare: bool,
    ) -> Resolved<ValueType> {
        match &function.kind {
            ExpressionKind::Bare(inner) => self
                .applied(frame, inner, arguments, span, true)
                .map_err(|error| self.offer_boxed(error, function, inner)),
            ExpressionKind::Application { function, arguments: first, .. } => {
                let all: Vec<&Expression> = first.iter().chain(arguments.iter().copied()).collect();
                self.applied(frame, function, &all, span, bare)
            }
            ExpressionKind::Name(name) => self.named(frame, name, arguments, span, bare),
            ExpressionKind::Nat if arguments.is_empty() => Ok(ValueType::Builtin(Builtin::Nat)),
            _ => Err(self.error(&codes::KIND_MISMATCH, function.span, "a number takes no arguments")),
        }
    }

    fn named(
        &self,
        frame: &Frame,
        name: &QualifiedName,
        arguments: &[&Expression],
        span: Span,
        bare: bool,
    ) -> Resolved<ValueType> {
        if name.namespace.is_empty() {
            if let Some(variable) = self.variable(frame, &name.name, arguments, span)? {
                if let ValueType::Parameter(position) | ValueType::Output(position) = variable {
                    self.notes.variable_used(self.source, name.span, Variable::Parameter(position));
                }
                return Ok(variable);
            }
            if let Some(ty) = self.special(frame, &name.name, arguments, span, bare)? {
                return Ok(ty);
            }
        }
        if let Some(entry) = self.names.ty(name).or_else(|| self.names.result(name).filter(|_| frame.of_result)) {
            self.notes.used(self.source, name.span, Named::Type(entry.id));
            let arguments = self.arguments(frame, name, entry, arguments, span)?;
            return if bare {
                Ok(ValueType::Bare(self.only_constructor(name, entry, span)?, arguments))
            } else {
                Ok(ValueType::Boxed(entry.id, arguments))
            };
        }
        if let Some((constructor, entry)) = self.names.constructor(name) {
            self.notes.used(self.source, name.span, Named::Constructor(constructor));
            if self.names.divided.contains(&NameRef::from(name)) {
                let message = format!("`{name}` has a form for each of several layers, so it cannot be bare");
                return Err(self.error(&codes::BARE_USE, span, message));
            }
            let arguments = self.arguments(frame, name, entry, arguments, span)?;
            return Ok(ValueType::Bare(constructor, arguments));
        }
        self.builtin(name, arguments, span, bare)
    }

    /// Checks `Pair int;`, which asks for instances of a type. Arguments may be missing at its end, and only there.
    pub(super) fn partial_application(&self, expression: &Expression) -> Resolved<()> {
        let (frame, mut arguments) = (Frame::default(), Vec::new());
        let mut head = expression;
        loop {
            head = match &head.kind {
                ExpressionKind::Application { function, arguments: last, .. } => {
                    arguments.splice(..0, last);
                    function
                }
                ExpressionKind::Bare(inner) => inner,
                _ => break,
            };
        }
        let ExpressionKind::Name(name) = &head.kind else {
            return self.value_type(&frame, expression, false).map(drop);
        };
        let ty = self.names.ty(name).or_else(|| Some(self.names.constructor(name)?.1));
        match ty {
            Some(entry) if arguments.len() < entry.parameters.len() => {
                self.notes.used(self.source, name.span, self.meaning(name, entry));
                self.leading_arguments(&frame, entry, &arguments).map(drop)
            }
            None if arguments.len() == 1 && matches!(name.to_string().as_str(), "Tuple" | "tuple") => {
                self.value_type(&frame, arguments[0], false).map(drop)
            }
            _ => self.value_type(&frame, expression, false).map(drop),
        }
    }

    /// The meaning of a name that is known to be that of a type or of one of its constructors.
    fn meaning(&self, name: &QualifiedName, entry: &TypeEntry) -> Named {
        match self.names.constructor(name) {
            Some((id, _)) if self.names.ty(name).is_none() => Named::Constructor(id),
            _ => Named::Type(entry.id),
        }
    }

    /// A type parameter of the combinator.
    fn variable(
        &self,
        frame: &Frame,
        name: &str,
        arguments: &[&Expression],
        span: Span,
    ) -> Resolved<Option<ValueType>> {
        if frame.nat(name).is_some() {
            return Err(self.error(
                &codes::KIND_MISMATCH,
                span,
                format!("expected a type, but `{name}` is a natural number"),
            ));
        }
        let Some(index) = frame.parameter(name, ParameterKind::Type) else { return Ok(None) };
        if !arguments.is_empty() {
            return Err(self.error(
                &codes::WRONG_ARITY,
                span,
                format!("the type argument `{name}` takes no arguments itself"),
            ));
        }
        if !frame.of_function {
            return Ok(Some(ValueType::Parameter(index)));
        }
        // Only the result of a function may speak of what a call gives.
        if frame.is_called(index) {
            return Ok(Some(ValueType::Output(index)));
        }
        let message = format!("`{name}` is what a call gives, but no field before is that call");
        Err(self
            .error(&codes::UNKNOWN_RESULT, span, message)
            .with_help(format!("a call is a field of type `!{name}`"))
            .into())
    }

    /// Types that are not resolved by name alone.
    fn special(
        &self,
        frame: &Frame,
        name: &str,
        arguments: &[&Expression],
        span: Span,
        bare: bool,
    ) -> Resolved<Option<ValueType>> {
        let ty = match name {
            "Vector" | "vector" => {
                let [element] = arguments else {
                    let diagnostic = self.wrong_arity(name, 1, arguments.len(), span);
                    return Err(diagnostic.with_help(format!("write `{name}<int>`")).into());
                };
                let element = Box::new(self.value_type(frame, element, false)?);
                ValueType::Vector { boxed: name == "Vector" && !bare, element }
            }
            "Tuple" | "tuple" => {
                let [element, count] = arguments else {
                    let diagnostic = self.wrong_arity(name, 2, arguments.len(), span);
                    return Err(diagnostic.with_help(format!("write `{name} int 3`")).into());
                };
                let id = (name == "Tuple" && !bare).then(|| self.builtin_id("tuple").unwrap_or(TUPLE_ID));
                let element = Box::new(self.value_type(frame, element, false)?);
                ValueType::Tuple { id, element, count: self.nat(frame, count)? }
            }
            "Object" | "object" if arguments.is_empty() => ValueType::Object,
            "Function" | "function" if arguments.is_empty() => ValueType::Function,
            _ => return Ok(None),
        };
        Ok(Some(ty))
    }

    /// A built-in type, bare or with its id.
    fn builtin(&self, name: &QualifiedName, arguments: &[&Expression], span: Span, bare: bool) -> Resolved<ValueType> {
        if let Some(first) = arguments.first() {
            let takes_none = builtin::bare(name).is_some() || builtin::boxed(name).is_some();
            if takes_none || (name.namespace.is_empty() && name.name == "Bool") {
                return Err(self.wrong_arity(&name.to_string(), 0, arguments.len(), first.span));
            }
        }
        if let Some(builtin) = builtin::bare(name) {
            return Ok(ValueType::Builtin(builtin));
        }
        match name.name.as_str() {
            _ if !name.namespace.is_empty() => {}
            "Bool" if bare => {
                return Err(self.error(&codes::BARE_USE, span, "`Bool` has two constructors, so it cannot be bare"));
            }
            "Bool" => return Ok(ValueType::Builtin(Builtin::Bool)),
            "True" if bare => return Ok(ValueType::Builtin(Builtin::True)),
            "true" => return Ok(ValueType::Builtin(Builtin::True)),
            _ => {}
        }
        let Some((lower, builtin)) = builtin::boxed(name) else {
            return Err(self.unknown(name, span));
        };
        match self.builtin_id(lower) {
            _ if bare => Ok(ValueType::Builtin(builtin)),
            Some(id) => Ok(ValueType::BoxedBuiltin(builtin, id)),
            None => {
                let message = format!("the boxed form of `{lower}` needs its declaration");
                let help = format!("add `{lower} ? = {name};`, or did you mean `{lower}`?");
                let diagnostic = self.error(&codes::UNKNOWN_TYPE, span, message).with_help(help);
                Err(Box::new(diagnostic.with_fix(Fix::write(self.source, name.span, lower))))
            }
        }
    }

    fn builtin_id(&self, name: &str) -> Option<u32> {
        self.names.builtin_ids.get(name).copied()
    }

    /// The arguments of a type, as its parameters ask for them.
    fn arguments(
        &self,
        frame: &Frame,
        name: &QualifiedName,
        entry: &TypeEntry,
        arguments: &[&Expression],
        span: Span,
    ) -> Resolved<Vec<Argument>> {
        if entry.parameters.len() != arguments.len() {
            let diagnostic = self.wrong_arity(&name.to_string(), entry.parameters.len(), arguments.len(), span);
            return Err(match entry.constructors.first() {
                Some(first) => diagnostic.with_secondary(label(first.origin).with_message("declared here")).into(),
                None => diagnostic,
            });
        }
        self.leading_arguments(frame, entry, arguments)
    }

    /// Arguments as the first parameters of a type ask for them.
    fn leading_arguments(
        &self,
        frame: &Frame,
        entry: &TypeEntry,
        arguments: &[&Expression],
    ) -> Resolved<Vec<Argument>> {
        let pairs = entry.parameters.iter().zip(arguments);
        pairs
            .map(|(parameter, argument)| match parameter.kind {
                ParameterKind::Type => Ok(Argument::Type(self.value_type(frame, argument, false)?)),
                ParameterKind::Nat => Ok(Argument::Nat(self.nat(frame, argument)?)),
            })
            .collect()
    }

    /// What a natural-number expression means.
    pub(super) fn nat(&self, frame: &Frame, expression: &Expression) -> Resolved<Nat> {
        match &expression.kind {
            ExpressionKind::Number(value) => Ok(Nat::Constant(*value)),
            ExpressionKind::Sum(terms) => {
                let terms = terms.iter().map(|term| self.nat(frame, term)).collect::<Resolved<Vec<Nat>>>()?;
                let sum = terms.into_iter().try_fold(Nat::Constant(0), add);
                sum.ok_or_else(|| {
                    let message = "a sum can have only one variable, and constants below 2³²";
                    self.error(&codes::UNSUPPORTED_SUM, expression.span, message)
                })
            }
            ExpressionKind::Name(name) => match frame.nat(&name.name).filter(|_| name.namespace.is_empty()) {
                Some(variable) => {
                    self.notes.variable_used(self.source, name.span, variable.into());
                    Ok(Nat::Variable(variable, 0))
                }
                None => Err(self.unknown_nat(frame, name, expression.span)),
            },
            ExpressionKind::Nat | ExpressionKind::Application { .. } | ExpressionKind::Bare(_) => {
                Err(self.error(&codes::KIND_MISMATCH, expression.span, "expected a natural number, found a type"))
            }
        }
    }

    fn unknown_nat(&self, frame: &Frame, name: &QualifiedName, span: Span) -> Box<Diagnostic> {
        let is_type = self.names.ty(name).is_some()
            || self.names.constructor(name).is_some()
            || builtin::bare(name).is_some()
            || frame.parameter(&name.name, ParameterKind::Type).is_some();
        if is_type {
            return self.error(
                &codes::KIND_MISMATCH,
                span,
                format!("expected a natural number, but `{name}` is a type"),
            );
        }
        if frame.field(&name.name).is_some() {
            return self.error(
                &codes::KIND_MISMATCH,
                span,
                format!("expected a natural number, but the field `{name}` is no `#`"),
            );
        }
        let diagnostic = self.error(&codes::UNKNOWN_VARIABLE, span, format!("unknown natural number `{name}`"));
        match self.names.suggestions.suggest(&name.to_string(), frame.nat_names().map(ShortString::as_str)) {
            Some(found) => diagnostic.with_suggestion(name.span, found).into(),
            None => {
                let note = format!("it must be a field `{name}:#` that stands before, or an argument `{{{name}:#}}`");
                diagnostic.with_note(note).into()
            }
        }
    }

    /// The one constructor of a type that is used bare.
    fn only_constructor(&self, name: &impl Display, entry: &TypeEntry, span: Span) -> Resolved<ConstructorId> {
        match &entry.constructors[..] {
            [] => {
                let message = format!("`{name}` has no constructors, so it cannot be bare");
                Err(self.error(&codes::BARE_USE, span, message))
            }
            [only] if only.kind == ConstructorKind::Default => {
                let message = format!("`{name}` has a default constructor, so it cannot be bare");
                let declared = label(only.origin).with_message("declared here");
                Err(self.error(&codes::BARE_USE, span, message).with_secondary(declared).into())
            }
            [only] => Ok(only.id),
            several => Err(self.bare_use(name, span, several)),
        }
    }

    fn bare_use(&self, ty: &impl Display, span: Span, constructors: &[ConstructorUse]) -> Box<Diagnostic> {
        let message = format!("`{ty}` has {} constructors, so it cannot be bare", constructors.len());
        let mut diagnostic = self
            .error(&codes::BARE_USE, span, message)
            .with_note("a bare value has no id that tells which constructor it is")
            .with_help(format!("use the boxed type `{ty}`, or name one of its constructors"));
        for constructor in constructors.iter().take(2) {
            diagnostic = diagnostic.with_secondary(label(constructor.origin).with_message("one of its constructors"));
        }
        Box::new(diagnostic)
    }

    /// Adds to an error about a bare use of `inner` that it can be boxed: without the `%`.
    fn offer_boxed(&self, error: Box<Diagnostic>, bare: &Expression, inner: &Expression) -> Box<Diagnostic> {
        // An error further in has its own remedy.
        if error.code != &codes::BARE_USE || error.fix.is_some() {
            return error;
        }
        let percent = Span::new(bare.span.start, inner.span.start);
        Box::new(error.with_fix(Fix::remove(self.source, percent, "remove `%`")))
    }

    fn wrong_arity(&self, name: &str, expected: usize, found: usize, span: Span) -> Box<Diagnostic> {
        let arguments = if expected == 1 { "argument" } else { "arguments" };
        self.error(&codes::WRONG_ARITY, span, format!("`{name}` takes {expected} {arguments}, found {found}"))
    }

    fn unknown(&self, name: &QualifiedName, span: Span) -> Box<Diagnostic> {
        let diagnostic = self.error(&codes::UNKNOWN_TYPE, span, format!("unknown type `{name}`"));
        match self.suggestion(name) {
            // A bare `true` has no bytes. `True` more likely lacks its declaration.
            Some(found) if found == "true" && name.is_upper() => {
                diagnostic.with_help(format!("did you mean `{found}`?")).into()
            }
            Some(found) => diagnostic.with_suggestion(name.span, &found).into(),
            None => diagnostic,
        }
    }

    /// What an unknown name was perhaps meant for.
    fn suggestion(&self, name: &QualifiedName) -> Option<String> {
        let suggestions = &self.names.suggestions;
        if suggestions.are_spent() {
            return None;
        }
        let Spelled { types, constructors, by_last } = self.names.spelled();
        let text = name.to_string();
        // A lower-case name means a bare type: a boxed one would be other bytes, so it is not the first thing to suggest.
        let like =
            |names: &'_ [String]| suggestions.suggest(&text, names.iter().map(String::as_str)).map(str::to_owned);
        let found = if name.is_upper() { like(types) } else { like(constructors).or_else(|| like(types)) };
        // The same name in another namespace is as likely as a slip.
        found.or_else(|| by_last.get(name.name.as_str()).cloned())
    }

    pub(super) fn error(&self, code: &'static Code, span: Span, message: impl Into<String>) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(code, message, Label::new(self.source, span)))
    }
}

/// The sum of two natural numbers, of which at most one may be a variable.
fn add(a: Nat, b: Nat) -> Option<Nat> {
    match (a, b) {
        (Nat::Constant(a), Nat::Constant(b)) => a.checked_add(b).map(Nat::Constant),
        (Nat::Variable(variable, a), Nat::Constant(b)) | (Nat::Constant(b), Nat::Variable(variable, a)) => {
            a.checked_add(b).map(|sum| Nat::Variable(variable, sum))
        }
        (Nat::Variable(..), Nat::Variable(..)) => None,
    }
}
