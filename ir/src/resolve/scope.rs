//! Second pass, names: what a type expression means.

use std::collections::BTreeMap;

use tl_parser::ast::{Expression, ExpressionKind, QualifiedName};
use tl_parser::{Diagnostic, Label, SourceId, Span, suggest};

use super::collect::{Collected, label};
use crate::{Builtin, ConstructorId, Name, Origin, TypeId, ValueType, builtin};

/// Every name that a type expression can use.
pub(super) struct Names {
    types: BTreeMap<Name, TypeEntry>,
    constructors: BTreeMap<Name, ConstructorEntry>,
}

struct TypeEntry {
    id: TypeId,
    constructors: Vec<(ConstructorId, Origin)>,
}

struct ConstructorEntry {
    id: ConstructorId,
    ty: Name,
}

impl Names {
    pub(super) fn new(collected: &Collected<'_>) -> Self {
        let schema = &collected.schema;
        let types = collected.types.iter().map(|(name, &id)| {
            let constructors = schema[id].constructors.iter().map(|&id| (id, schema[id].combinator.origin)).collect();
            (name.clone(), TypeEntry { id, constructors })
        });
        let constructors = collected.constructors.iter().map(|(name, &id)| {
            let ty = schema[schema[id].result].name.clone();
            (name.clone(), ConstructorEntry { id, ty })
        });
        Self { types: types.collect(), constructors: constructors.collect() }
    }
}

/// Resolves the type expressions of one combinator.
pub(super) struct Scope<'a> {
    pub(super) names: &'a Names,
    pub(super) source: SourceId,
    /// Name of the `{X:Type}` argument.
    pub(super) parameter: Option<&'a str>,
}

type Resolved<T> = Result<T, Box<Diagnostic>>;

impl Scope<'_> {
    /// What a type expression means. `bare` is set beneath a `%`.
    pub(super) fn value_type(&self, expression: &Expression, bare: bool) -> Resolved<ValueType> {
        match &expression.kind {
            ExpressionKind::Nat => Ok(ValueType::Builtin(Builtin::Nat)),
            ExpressionKind::Name(name) => self.name(name, expression.span, bare),
            ExpressionKind::Bare(inner) => self.value_type(inner, true),
            ExpressionKind::Application { function, arguments, .. } => {
                self.application(function, arguments, expression.span, bare)
            }
            ExpressionKind::Number(_) | ExpressionKind::Sum(_) => {
                Err(self.error("expected-type", expression.span, "expected a type, found a number"))
            }
        }
    }

    fn application(
        &self,
        function: &Expression,
        arguments: &[Expression],
        span: Span,
        bare: bool,
    ) -> Resolved<ValueType> {
        let (function, bare) = match &function.kind {
            ExpressionKind::Bare(inner) => (&**inner, true),
            _ => (function, bare),
        };
        let boxed = match &function.kind {
            ExpressionKind::Name(name) if name.namespace.is_empty() && name.name == "Vector" => !bare,
            ExpressionKind::Name(name) if name.namespace.is_empty() && name.name == "vector" => false,
            ExpressionKind::Name(name) if self.is_misspelt_vector(name) => {
                return Err(self.unknown(name, function.span));
            }
            _ => {
                let message = "only `Vector` and `vector` can have arguments yet";
                return Err(self.error("unsupported-type-arguments", span, message));
            }
        };
        let [element] = arguments else {
            return Err(self.wrong_arity(span, arguments.len()));
        };
        Ok(ValueType::Vector { boxed, element: Box::new(self.value_type(element, false)?) })
    }

    /// Whether a name that takes arguments is unknown, and perhaps meant for a vector.
    fn is_misspelt_vector(&self, name: &QualifiedName) -> bool {
        let is_known = self.names.types.contains_key(&Name::from(name));
        !is_known && suggest(&name.to_string(), ["Vector", "vector"]).is_some()
    }

    fn name(&self, name: &QualifiedName, span: Span, bare: bool) -> Resolved<ValueType> {
        if name.is_upper() { self.boxed_name(name, span, bare) } else { self.bare_name(name, span) }
    }

    fn boxed_name(&self, name: &QualifiedName, span: Span, bare: bool) -> Resolved<ValueType> {
        if let Some(entry) = self.names.types.get(&Name::from(name)) {
            return match (bare, &entry.constructors[..]) {
                (false, _) => Ok(ValueType::Boxed(entry.id)),
                (true, &[(only, _)]) => Ok(ValueType::Bare(only)),
                (true, several) => Err(self.bare_use(&name.to_string(), span, several)),
            };
        }
        if self.parameter == Some(&name.name) && name.namespace.is_empty() {
            let message = format!("the type argument `{name}` can be used only behind `!`, or as the result");
            return Err(self.error("unsupported-type-argument-use", span, message));
        }
        if name.namespace.is_empty() {
            match name.name.as_str() {
                "Bool" if bare => {
                    return Err(self.error("bare-use", span, "`Bool` has two constructors, so it cannot be bare"));
                }
                "Bool" => return Ok(ValueType::Builtin(Builtin::Bool)),
                "Vector" => return Err(self.wrong_arity(span, 0)),
                _ => {}
            }
        }
        match builtin::bare_name_of_boxed(name) {
            Some(lower) if bare => self.bare_name(&QualifiedName { name: lower.to_owned(), ..name.clone() }, span),
            Some(lower) => Err(Box::new(
                self.error(
                    "unsupported-boxed-builtin",
                    span,
                    format!("the boxed form of `{lower}` is not supported yet"),
                )
                .with_help(format!("did you mean `{lower}`?")),
            )),
            None => Err(self.unknown(name, span)),
        }
    }

    fn bare_name(&self, name: &QualifiedName, span: Span) -> Resolved<ValueType> {
        if let Some(builtin) = builtin::bare(name) {
            return Ok(ValueType::Builtin(builtin));
        }
        if name.namespace.is_empty() && name.name == "vector" {
            return Err(self.wrong_arity(span, 0));
        }
        let Some(entry) = self.names.constructors.get(&Name::from(name)) else {
            if name.namespace.is_empty() && name.name == "true" {
                return Ok(ValueType::Builtin(Builtin::True));
            }
            return Err(self.unknown(name, span));
        };
        match self.names.types.get(&entry.ty).map_or(&[][..], |ty| &ty.constructors) {
            [_] => Ok(ValueType::Bare(entry.id)),
            several => Err(self.bare_use(&entry.ty.to_string(), span, several)),
        }
    }

    fn bare_use(&self, ty: &str, span: Span, constructors: &[(ConstructorId, Origin)]) -> Box<Diagnostic> {
        let message = format!("`{ty}` has {} constructors, so it cannot be bare", constructors.len());
        let mut diagnostic = self
            .error("bare-use", span, message)
            .with_note("without an id on the wire nobody can tell which constructor it is")
            .with_help(format!("use the boxed type `{ty}`"));
        for &(_, origin) in constructors.iter().take(2) {
            diagnostic = diagnostic.with_secondary(label(origin).with_message("one of its constructors"));
        }
        Box::new(diagnostic)
    }

    fn wrong_arity(&self, span: Span, found: usize) -> Box<Diagnostic> {
        let message = format!("a vector takes one type argument, found {found}");
        self.error("wrong-arity", span, message).with_help("write `Vector<int>`").into()
    }

    fn unknown(&self, name: &QualifiedName, span: Span) -> Box<Diagnostic> {
        if name.namespace.is_empty() && ["Object", "object", "Function", "function"].contains(&name.name.as_str()) {
            let message = format!("`{name}`, a value of any type, is not supported yet");
            return self.error("unsupported-object", span, message);
        }
        let diagnostic = self.error("unknown-type", span, format!("unknown type `{name}`"));
        match self.suggestion(name) {
            Some(found) => diagnostic.with_help(format!("did you mean `{found}`?")).into(),
            None => diagnostic,
        }
    }

    /// What an unknown name was perhaps meant for.
    fn suggestion(&self, name: &QualifiedName) -> Option<String> {
        let types = self.names.types.keys().map(Name::to_string);
        let constructors = self.names.constructors.keys().map(Name::to_string);
        let known = builtin::names().map(str::to_owned);
        // A lower-case name means a bare type: a boxed one would be other bytes, so it is not the first thing to suggest.
        let (first, second): (Vec<String>, Vec<String>) = if name.is_upper() {
            (types.chain(known).collect(), Vec::new())
        } else {
            (known.chain(constructors).collect(), types.collect())
        };
        let text = name.to_string();
        let like = |candidates: &[String]| suggest(&text, candidates.iter().map(String::as_str)).map(str::to_owned);
        // The same name in another namespace is as likely as a slip.
        let elsewhere = || first.iter().chain(&second).find(|it| it.rsplit('.').next() == Some(&name.name)).cloned();
        like(&first).or_else(|| like(&second)).or_else(elsewhere)
    }

    pub(super) fn error(&self, code: &'static str, span: Span, message: impl Into<String>) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(code, message, Label::new(self.source, span)))
    }
}
