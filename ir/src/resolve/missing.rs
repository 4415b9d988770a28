//! First pass: variables that a declaration uses without declaring them. Schemas that went through JSON have lost theirs:
//! `invokeAfterMsg msg_id:long query:!X = X`.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use typelang_parser::ast::{
    Combinator as Declaration, DeclaredId, Expression, ExpressionKind, Field, FieldKind, Identifier, OptionalArgument,
    QualifiedName,
};
use typelang_parser::ids::{Dialect, compute_id};
use typelang_parser::{Diagnostic, Fix, Label, ShortString, SourceId, Span};

use super::declared::{arguments_end, declared_fields, split};
use crate::codes;
use crate::schema::{Parameter, ParameterKind};

/// Variables that a declaration lacks, in the order in which it uses them.
#[derive(Debug, Default)]
pub(super) struct Missing<'a> {
    found: Vec<(&'a QualifiedName, ParameterKind)>,
    names: BTreeSet<&'a str>,
}

impl<'a> Missing<'a> {
    /// Finds the variables: those of calls, `!X`, and those that are arguments of the type that is constructed, if fields
    /// show whether they are types or numbers. `is_known` says of a name that it is not free.
    pub(super) fn of(
        declaration: &'a Declaration,
        is_constructor: bool,
        is_known: impl Fn(&QualifiedName) -> bool,
    ) -> Self {
        let declared: BTreeSet<&str> = declaration.optional_arguments.iter().map(|it| it.name.text.as_str()).collect();
        let is_declared = |name: &QualifiedName| declared.contains(name.name.as_str()) || !name.namespace.is_empty();
        let kinds = OnceCell::new();
        let mut missing = Self::default();
        let arguments =
            split(&declaration.result).filter(|_| is_constructor).map_or(&[][..], |(_, arguments)| arguments);
        for argument in arguments {
            let ExpressionKind::Name(name) = &argument.kind else { continue };
            if is_declared(name) || is_known(name) {
                continue;
            }
            let kinds = kinds.get_or_init(|| Kinds::of(declared_fields(declaration)));
            if let Some(kind) = kinds.shown(&name.name) {
                missing.add(name, kind);
            }
        }
        let mut calls = Vec::new();
        calls_of(declared_fields(declaration), &mut calls);
        let is_variable = |name: &QualifiedName| name.is_upper() || name.name.len() == 1;
        for name in calls.into_iter().filter(|name| is_variable(name) && !is_declared(name) && !is_known(name)) {
            missing.add(name, ParameterKind::Type);
        }
        missing
    }

    fn add(&mut self, name: &'a QualifiedName, kind: ParameterKind) {
        if self.names.insert(&name.name) {
            self.found.push((name, kind));
        }
    }

    /// The variables, as if they were declared.
    pub(super) fn parameters(&self) -> impl Iterator<Item = Parameter> {
        self.found.iter().map(|(name, kind)| Parameter { name: name.name.clone(), kind: *kind })
    }

    /// One error for all variables that a declaration lacks.
    pub(super) fn report(&self, declaration: &Declaration, source: SourceId) -> Option<Diagnostic> {
        let (first, _) = self.found.first()?;
        let names: Vec<String> = self.found.iter().map(|(name, _)| format!("`{name}`")).collect();
        let (verb, noun) = if names.len() == 1 { ("is", "an argument") } else { ("are", "arguments") };
        let braces: Vec<String> = self.parameters().map(|it| in_braces(&it)).collect();
        let text = braces.join(" ");
        let message = format!("{} {verb} used, but not declared as {noun}", names.join(", "));
        let diagnostic = Diagnostic::new(&codes::MISSING_ARGUMENT, message, Label::new(source, first.span))
            .with_help(format!("add `{text}`"))
            .with_fix(Fix::add(source, arguments_end(declaration), format!(" {text}")));
        let completed = self.completed(declaration);
        let gives_id = |id: DeclaredId| Dialect::ALL.iter().any(|&it| compute_id(&completed, it) == id.value);
        Some(if declaration.id.is_some_and(gives_id) {
            diagnostic.with_note("the text with it gives the declared id")
        } else {
            diagnostic
        })
    }

    /// The declaration with its variables.
    fn completed(&self, declaration: &Declaration) -> Declaration {
        let mut completed = declaration.clone();
        completed.optional_arguments.extend(self.parameters().map(|it| argument(&it)));
        completed
    }
}

fn in_braces(parameter: &Parameter) -> String {
    match parameter.kind {
        ParameterKind::Type => format!("{{{}:Type}}", parameter.name),
        ParameterKind::Nat => format!("{{{}:#}}", parameter.name),
    }
}

fn argument(parameter: &Parameter) -> OptionalArgument {
    let span = Span::default();
    let kind = match parameter.kind {
        ParameterKind::Type => {
            ExpressionKind::Name(QualifiedName { span, namespace: Vec::new(), name: ShortString::from("Type") })
        }
        ParameterKind::Nat => ExpressionKind::Nat,
    };
    let name = Identifier { span, text: parameter.name.clone() };
    OptionalArgument { span, name, exclamation: false, kind: Expression { span, kind } }
}

/// The names after `!`.
fn calls_of<'a>(fields: &'a [Field], found: &mut Vec<&'a QualifiedName>) {
    for field in fields {
        match &field.kind {
            FieldKind::Type(Expression { kind: ExpressionKind::Name(name), .. }) if field.exclamation => {
                found.push(name);
            }
            FieldKind::Type(_) => {}
            FieldKind::Repetition(repetition) => calls_of(&repetition.fields, found),
        }
    }
}

/// The names that fields use as types, where a value or an element has it, and as numbers, where a condition or a multiplicity
/// tests it.
#[derive(Default)]
struct Kinds<'a> {
    types: BTreeSet<&'a str>,
    numbers: BTreeSet<&'a str>,
}

impl<'a> Kinds<'a> {
    fn of(fields: &'a [Field]) -> Self {
        let mut kinds = Self::default();
        kinds.add_fields(fields);
        kinds
    }

    /// The kind of a variable. Nothing if the fields use it as neither, or as both.
    fn shown(&self, name: &str) -> Option<ParameterKind> {
        match (self.types.contains(name), self.numbers.contains(name)) {
            (true, false) => Some(ParameterKind::Type),
            (false, true) => Some(ParameterKind::Nat),
            _ => None,
        }
    }

    fn add_fields(&mut self, fields: &'a [Field]) {
        for field in fields {
            self.numbers.extend(field.condition.iter().map(|condition| condition.field.text.as_str()));
            match &field.kind {
                FieldKind::Type(expression) => self.add_type(expression),
                FieldKind::Repetition(repetition) => {
                    repetition.multiplicity.iter().for_each(|it| self.add_number(it));
                    self.add_fields(&repetition.fields);
                }
            }
        }
    }

    /// The arguments of a type can be of either kind, but for vectors and tuples.
    fn add_type(&mut self, expression: &'a Expression) {
        match &expression.kind {
            ExpressionKind::Name(found) if found.namespace.is_empty() => _ = self.types.insert(&found.name),
            ExpressionKind::Bare(inner) => self.add_type(inner),
            ExpressionKind::Application { function, arguments, .. } => match (&function.kind, &arguments[..]) {
                (ExpressionKind::Name(head), [element, rest @ ..])
                    if matches!(head.to_string().as_str(), "Vector" | "vector" | "Tuple" | "tuple") =>
                {
                    self.add_type(element);
                    rest.iter().for_each(|it| self.add_number(it));
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// The variables of a natural number.
    fn add_number(&mut self, expression: &'a Expression) {
        match &expression.kind {
            ExpressionKind::Name(found) if found.namespace.is_empty() => _ = self.numbers.insert(&found.name),
            ExpressionKind::Sum(terms) => terms.iter().for_each(|term| self.add_number(term)),
            _ => {}
        }
    }
}
