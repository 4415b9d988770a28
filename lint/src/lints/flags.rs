//! Flags fields, and optional truth values.

use std::collections::BTreeSet;

use typelang_parser::ast::{Field, FieldKind};
use typelang_parser::{Diagnostic, declare_code};

use crate::context::Context;
use crate::walk;

declare_code!(OPTIONAL_BOOL {
    name: "optional-bool",
    level: Silence,
    summary: "An optional `Bool` has three states",
    explanation: "`flags.N?Bool` is absent, false or true. That is right where absence has a meaning of its own (\"do \
        not change the setting\"), and Telegram uses it so. Where yes or no is all that is meant, it costs \
        four bytes and a question that every reader answers for himself.\n\n\
        ```text\nchat flags:# closed:flags.0?Bool = Chat;\n```\n\n\
        Write `closed:flags.0?true`: the bit is the value.",
});

declare_code!(UNUSED_FLAGS {
    name: "unused-flags",
    level: Silence,
    summary: "A flags field decides on no field",
    explanation: "A `#` that is called `flags`, `flags2`, … or `fields_mask` says which other fields are there. If no \
        condition tests it, and it is neither a count nor handed on to a type, then it is four bytes of zeros. \
        The fields may have been removed, or test another flags field by mistake.\n\n\
        ```text\nuser flags:# flags2:# bot:flags.0?true name:flags.1?string = User;\n```\n\n\
        `flags2` decides on nothing: some of the fields should test it, or it should go. Many schemas keep one \
        for fields to come, or after its last field was removed, so this is allowed by default. A `#` of any \
        other name (`mode`, `size`) is a number of its own and not reported.",
});

pub(super) fn optional_bool(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        for field in walk::all_fields(declaration.combinator) {
            let FieldKind::Type(expression) = &field.kind else { continue };
            let Some(condition) = field.condition.as_ref().filter(|_| walk::is_name(expression, "Bool")) else {
                continue;
            };
            let name = walk::field_name(field);
            let message = format!("`{name}` has three states: absent, false and true");
            let bit = condition.bit.map_or_else(String::new, |bit| format!(".{}", bit.value));
            findings.push(
                Diagnostic::new(&OPTIONAL_BOOL, message, declaration.label(field.span))
                    .with_help(format!("for yes or no, write `{name}:{}{bit}?true`", condition.field.text)),
            );
        }
    }
}

pub(super) fn unused_flags(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        let combinator = declaration.combinator;
        let fields = walk::all_fields(combinator);
        let is_flags = |field: &&Field| walk::is_nat(field) && is_flags_name(walk::field_name(field));
        let mut flags = fields.iter().copied().filter(is_flags).peekable();
        if flags.peek().is_none() || fields.iter().copied().any(has_implied_count) {
            continue;
        }
        let tested = fields.iter().filter_map(|field| Some(field.condition.as_ref()?.field.text.as_str()));
        let used: BTreeSet<&str> = tested.chain(walk::used_names(combinator)).collect();
        for field in flags {
            let name = walk::field_name(field);
            if used.contains(name) {
                continue;
            }
            let message = format!("no field depends on `{name}`");
            findings.push(Diagnostic::new(&UNUSED_FLAGS, message, declaration.label(field.span)));
        }
    }
}

fn is_flags_name(name: &str) -> bool {
    name == "fields_mask"
        || name.strip_prefix("flags").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a field is a repetition that says nothing of its number, so that a `#` before it counts it.
fn has_implied_count(field: &Field) -> bool {
    matches!(&field.kind, FieldKind::Repetition(repetition) if repetition.multiplicity.is_none())
}
