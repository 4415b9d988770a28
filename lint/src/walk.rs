//! Ways through syntax trees that several lints take.

use std::collections::BTreeSet;

use typelang_parser::ast::{Body, Combinator, Condition, Expression, ExpressionKind, Field, FieldKind, QualifiedName};

/// The fields of a declaration, without those inside of repetitions.
pub(crate) fn fields(combinator: &Combinator) -> &[Field] {
    match &combinator.body {
        Body::Fields(fields) => fields,
        Body::Builtin(_) => &[],
    }
}

/// The fields of a declaration and of the repetitions in it, in the order of the text.
pub(crate) fn all_fields(combinator: &Combinator) -> Vec<&Field> {
    fn collect<'f>(fields: &'f [Field], found: &mut Vec<&'f Field>) {
        for field in fields {
            found.push(field);
            if let FieldKind::Repetition(repetition) = &field.kind {
                collect(&repetition.fields, found);
            }
        }
    }
    let mut found = Vec::with_capacity(fields(combinator).len());
    collect(fields(combinator), &mut found);
    found
}

/// Every name in an expression, in the order of the text.
pub(crate) fn names(expression: &Expression) -> Vec<&QualifiedName> {
    fn collect<'e>(expression: &'e Expression, found: &mut Vec<&'e QualifiedName>) {
        match &expression.kind {
            ExpressionKind::Name(name) => found.push(name),
            ExpressionKind::Application { function, arguments, .. } => {
                collect(function, found);
                arguments.iter().for_each(|argument| collect(argument, found));
            }
            ExpressionKind::Bare(inner) => collect(inner, found),
            ExpressionKind::Sum(terms) => terms.iter().for_each(|term| collect(term, found)),
            ExpressionKind::Nat | ExpressionKind::Number(_) => {}
        }
    }
    let mut found = Vec::new();
    collect(expression, &mut found);
    found
}

/// The expressions of a field itself: its type, or its multiplicity.
pub(crate) fn expression(field: &Field) -> Option<&Expression> {
    match &field.kind {
        FieldKind::Type(expression) => Some(expression),
        FieldKind::Repetition(repetition) => repetition.multiplicity.as_ref(),
    }
}

/// What an application applies, bare or not: `Tuple` of `%(Tuple t n)`.
pub(crate) fn head(expression: &Expression) -> Option<&QualifiedName> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name),
        ExpressionKind::Application { function: inner, .. } | ExpressionKind::Bare(inner) => head(inner),
        ExpressionKind::Nat | ExpressionKind::Number(_) | ExpressionKind::Sum(_) => None,
    }
}

/// Returns whether a type is just this name, without a namespace.
pub(crate) fn is_name(expression: &Expression, wanted: &str) -> bool {
    matches!(&expression.kind, ExpressionKind::Name(name) if name.namespace.is_empty() && name.name == wanted)
}

/// Returns whether a field is a natural number.
pub(crate) fn is_nat(field: &Field) -> bool {
    matches!(&field.kind, FieldKind::Type(Expression { kind: ExpressionKind::Nat, .. }))
}

/// Returns whether a field has no bytes of its own: `x:flags.0?true`, `x:flags.0?%True`.
pub(crate) fn is_flag(field: &Field) -> bool {
    let FieldKind::Type(expression) = &field.kind else { return false };
    let is_true = match &expression.kind {
        ExpressionKind::Bare(inner) => is_name(inner, "True") || is_name(inner, "true"),
        _ => is_name(expression, "true"),
    };
    is_true && field.condition.is_some()
}

/// A field with the bit that it depends on.
pub(crate) struct Conditional<'a> {
    pub(crate) field: &'a Field,
    pub(crate) condition: &'a Condition,
    pub(crate) bit: u32,
}

/// The fields that depend on a bit, in the order of the text.
pub(crate) fn conditionals(combinator: &Combinator) -> impl Iterator<Item = Conditional<'_>> {
    all_fields(combinator).into_iter().filter_map(|field| {
        let condition = field.condition.as_ref()?;
        Some(Conditional { field, condition, bit: condition.bit?.value })
    })
}

/// A field's name as messages show it.
pub(crate) fn field_name(field: &Field) -> &str {
    field.name.as_ref().map_or("_", |name| &name.text)
}

/// The names without a namespace that the types of the fields, their multiplicities and the result use.
pub(crate) fn used_names(combinator: &Combinator) -> BTreeSet<&str> {
    let fields = all_fields(combinator);
    let expressions = fields.iter().filter_map(|field| expression(field)).chain([&combinator.result]);
    expressions.flat_map(names).filter(|used| used.namespace.is_empty()).map(|used| used.name.as_str()).collect()
}

/// `a`; `a` and `b`; `a`, `b` and `c`. Of many, only the first ones are listed, and the others are counted.
pub(crate) fn listed(items: &[String]) -> String {
    const MOST: usize = 32;
    match items {
        _ if items.len() > MOST => {
            format!("{} and {} more", items.get(..MOST - 1).unwrap_or_default().join(", "), items.len() + 1 - MOST)
        }
        [] => String::new(),
        [only] => only.clone(),
        [all_but_last @ .., last] => format!("{} and {last}", all_but_last.join(", ")),
    }
}
