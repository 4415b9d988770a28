//! How names are written.

use std::collections::BTreeSet;

use typelang_parser::{Code, Diagnostic, Label, declare_code};

use crate::context::Context;
use crate::walk;

declare_code!(COMBINATOR_CASE {
    name: "combinator-case",
    level: Silence,
    summary: "The name of a constructor or a function is not in lowerCamelCase",
    explanation: "Constructors and functions are written `inputPeerUser`, without underscores. MTProto's own names \
        (`msgs_ack`, `p_q_inner_data`) and those of some engines are not, and a name cannot be changed without \
        changing the id, so this is allowed by default. Ask for it in new schemas.\n\n\
        ```text\ninput_peer id:long = InputPeer;\n```\n\n\
        Write `inputPeer`.",
});

declare_code!(FIELD_CASE {
    name: "field-case",
    level: Silence,
    summary: "The name of a field is not in snake_case",
    explanation: "Fields are written `access_hash`. Cryptographic values (`A`, `M1`) and some engines' fields are not, \
        and the name is part of the text that the id is computed from, so this is allowed by default.\n\n\
        ```text\nuser firstName:string = User;\n```\n\n\
        Write `first_name`.",
});

declare_code!(TYPE_CASE {
    name: "type-case",
    level: Silence,
    summary: "The name of a type is not in UpperCamelCase",
    explanation: "Types are written `InputPeer`, without underscores. MTProto's `P_Q_inner_data` is not, and the name is \
        part of the text that the id is computed from, so this is allowed by default. A type is reported at \
        its first constructor.\n\n\
        ```text\ninputPeer id:long = Input_peer;\n```\n\n\
        Write `InputPeer`.",
});

pub(super) fn combinators(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        let name = &declaration.combinator.name;
        let better = lower_camel(&name.name);
        if name.name != "_" && better != name.name {
            let what = format!("the {}", declaration.what());
            findings.push(report(&COMBINATOR_CASE, &what, &name.name, &better, declaration.label(name.span)));
        }
    }
}

pub(super) fn fields(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        for name in walk::all_fields(declaration.combinator).into_iter().filter_map(|field| field.name.as_ref()) {
            let better = snake(&name.text);
            if better != name.text {
                findings.push(report(&FIELD_CASE, "the field", &name.text, &better, declaration.label(name.span)));
            }
        }
    }
}

pub(super) fn types(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for declaration in context.declarations().filter(|declaration| declaration.is_constructor()) {
        let Some(name) = walk::head(&declaration.combinator.result).filter(|name| name.is_upper()) else { continue };
        let better = upper_first(&lower_camel(&name.name));
        if better != name.name && seen.insert(name.to_string()) {
            findings.push(report(&TYPE_CASE, "the type", &name.name, &better, declaration.label(name.span)));
        }
    }
}

fn report(code: &'static Code, what: &str, name: &str, better: &str, label: Label) -> Diagnostic {
    let case = code.summary.rsplit(' ').next().unwrap_or_default();
    let finding = Diagnostic::new(code, format!("{what} `{name}` is not in {case}"), label);
    finding.with_help(format!("write `{better}`, which changes the id if it is computed from the text"))
}

/// `msgs_ack` → `msgsAck`. What needs no change keeps its letters: `resPQ`.
fn lower_camel(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let start: String = if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        // The case of a type's first letter is put back by the caller.
        first.chars().take(1).map(|c| c.to_ascii_lowercase()).chain(first.chars().skip(1)).collect()
    } else {
        first.to_owned()
    };
    start + &words.map(upper_first).collect::<String>()
}

fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// `firstName` → `first_name`; leading and trailing underscores stay.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && after_lower {
            snake.push('_');
        }
        after_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rewritten() {
        for (name, better) in [("msgs_ack", "msgsAck"), ("resPQ", "resPQ"), ("p_q_inner", "pQInner"), ("a1", "a1")] {
            assert_eq!(lower_camel(name), better);
        }
        for (name, better) in [("P_Q_inner_data", "PQInnerData"), ("InputPeer", "InputPeer"), ("X_", "X")] {
            assert_eq!(upper_first(&lower_camel(name)), better);
        }
        for (name, better) in [
            ("firstName", "first_name"),
            ("M1", "m1"),
            ("access_hash", "access_hash"),
            ("_x", "_x"),
            ("userID", "user_id"),
        ] {
            assert_eq!(snake(name), better);
        }
    }
}
