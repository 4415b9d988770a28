//! Flags fields, and optional truth values.

use typelang_parser::ast::{Combinator, Field, FieldKind};
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
        for field in fields.iter().copied().filter(|field| walk::is_nat(field)) {
            let name = walk::field_name(field);
            if !is_flags_name(name) || is_used(combinator, &fields, name) {
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

/// Whether a condition tests a number, or it is a count or an argument.
fn is_used(combinator: &Combinator, fields: &[&Field], name: &str) -> bool {
    let implied = |field: &&Field| matches!(&field.kind, FieldKind::Repetition(it) if it.multiplicity.is_none());
    let tested = |field: &&Field| field.condition.as_ref().is_some_and(|condition| condition.field.text == name);
    let mut expressions = fields.iter().filter_map(|field| walk::expression(field)).chain([&combinator.result]);
    fields.iter().any(|field| implied(field) || tested(field))
        || expressions.any(|expression| walk::names(expression).iter().any(|used| used.to_string() == name))
}
