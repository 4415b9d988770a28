//! Names that hide other names.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{Combinator, Field, FieldKind};
use typelang_parser::{Diagnostic, Span, declare_code};

use crate::context::{Context, Declaration};
use crate::walk;

declare_code!(FIELD_SHADOWING {
    name: "field-shadowing",
    level: Warning,
    summary: "A field hides an argument, a field around it, or a type that is used after it",
    explanation: "A name in a type or a condition means the nearest variable of that name. So a field that has the name \
        of an optional argument, or a field of a repetition that has the name of one outside, changes what the \
        fields after it mean; and after a number `n:#`, the name `n` is that number and not the type or \
        constructor `n`. Different tools decide differently.\n\n\
        ```text\nlist {t:Type} t:int items:(vector t) = List t;\ngrid n:# rows:n*[ n:# cells:n*[ int ] ] = \
        Grid;\n```\n\n\
        Rename the field. This changes the id if it is computed from the text.",
});

pub(super) fn shadowing(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let declared: BTreeSet<&str> = context.declarations().flat_map(|it| names_of(it.combinator)).collect();
    for declaration in context.declarations().filter(|it| has_variables(it.combinator)) {
        let mut scope = Scope {
            declaration,
            declared: &declared,
            findings,
            variables: BTreeMap::new(),
            numbers: BTreeMap::new(),
            level: 0,
        };
        for argument in &declaration.combinator.optional_arguments {
            scope.declare(&argument.name.text, argument.name.span, "the argument");
        }
        scope.fields(walk::fields(declaration.combinator));
    }
}

/// The names of a constructor and its type that stand in no namespace, as the name of a field does.
fn names_of(combinator: &Combinator) -> impl Iterator<Item = &str> {
    let names = std::iter::once(&combinator.name).chain(walk::head(&combinator.result));
    names.filter(|name| name.namespace.is_empty()).map(|name| name.name.as_str())
}

/// Returns whether there is anything that a field could hide, or that could hide something.
fn has_variables(combinator: &Combinator) -> bool {
    let is_level = |field: &Field| matches!(field.kind, FieldKind::Repetition(_)) || walk::is_nat(field);
    !combinator.optional_arguments.is_empty() || walk::fields(combinator).iter().any(is_level)
}

struct Scope<'a, 'f> {
    declaration: Declaration<'a>,
    declared: &'a BTreeSet<&'a str>,
    findings: &'f mut Vec<Diagnostic>,
    /// By name, the variables that can be seen: at most one for each level, the innermost last.
    variables: BTreeMap<&'a str, Vec<Variable>>,
    /// Numbers that have the name of a type or constructor, the innermost last.
    numbers: BTreeMap<&'a str, Vec<Span>>,
    /// How many levels there are around what is looked at: arguments are the outermost.
    level: usize,
}

#[derive(Clone, Copy)]
struct Variable {
    level: usize,
    span: Span,
    what: &'static str,
}

impl<'a> Scope<'a, '_> {
    /// Goes through the fields of one level.
    fn fields(&mut self, fields: &'a [Field]) {
        self.level += 1;
        let mut numbers: Vec<&str> = Vec::new();
        for field in fields {
            self.uses(field);
            if let FieldKind::Repetition(repetition) = &field.kind {
                self.fields(&repetition.fields);
            }
            let Some(name) = field.name.as_ref().filter(|name| name.text != "_") else { continue };
            if let Some(hidden) = self.around(&name.text) {
                let message = format!("the field `{0}` hides {what} `{0}`", name.text, what = hidden.what);
                self.report(message, name.span, hidden.span, "hidden from here on");
            }
            self.declare(&name.text, name.span, "the field");
            if walk::is_nat(field) && self.declared.contains(name.text.as_str()) {
                self.numbers.entry(&name.text).or_default().push(name.span);
                numbers.push(&name.text);
            }
        }
        // What was declared here is not seen outside.
        for name in fields.iter().filter_map(|field| field.name.as_ref()) {
            if let Some(variables) = self.variables.get_mut(name.text.as_str()) {
                variables.pop_if(|variable| variable.level == self.level);
            }
        }
        for name in numbers {
            self.numbers.get_mut(name).and_then(Vec::pop);
        }
        self.level -= 1;
    }

    fn declare(&mut self, name: &'a str, span: Span, what: &'static str) {
        let variables = self.variables.entry(name).or_default();
        variables.pop_if(|variable| variable.level == self.level);
        variables.push(Variable { level: self.level, span, what });
    }

    /// The variable of a name on a level around this one.
    fn around(&self, name: &str) -> Option<Variable> {
        let variables = self.variables.get(name)?;
        variables.iter().rev().find(|variable| variable.level < self.level).copied()
    }

    /// Reports a name in a type that may mean a number of before or a declared type.
    fn uses(&mut self, field: &'a Field) {
        // A multiplicity is a number in any case.
        let FieldKind::Type(expression) = &field.kind else { return };
        for name in walk::names(expression).into_iter().filter(|name| name.namespace.is_empty()) {
            if let Some(number) = self.numbers.get(name.name.as_str()).and_then(|numbers| numbers.last()).copied() {
                let message = format!("`{name}` is a field here, and hides what is declared as `{name}`");
                self.report(message, name.span, number, "the field");
            }
        }
    }

    fn report(&mut self, message: String, place: Span, other: Span, label: &str) {
        let finding = Diagnostic::new(&FIELD_SHADOWING, message, self.declaration.label(place));
        self.findings.push(finding.with_secondary(self.declaration.label(other).with_message(label)));
    }
}
