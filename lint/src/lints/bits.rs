//! Which bits of flags the fields depend on.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use typelang_parser::ast::Combinator;
use typelang_parser::{Code, Diagnostic, declare_code};

use crate::context::{Context, Declaration};
use crate::walk::{self, Conditional};

declare_code!(BIT_ALIAS {
    name: "bit-alias",
    level: Warning,
    summary: "Two `true` fields are the same bit",
    explanation: "`flags.N?true` is nothing but the bit itself, so two of them on one bit are two names for the same \
        thing: neither can be set without the other. One of them was probably meant to have a bit of its own.\n\n\
        ```text\nmessage flags:# out:flags.1?true silent:flags.1?true = Message;\n```\n\n\
        Give one of them a bit that is free. If two names for one bit are what you want, allow it there.",
});

declare_code!(BIT_GAP {
    name: "bit-gap",
    level: Silence,
    summary: "Bits between those in use are used by no field",
    explanation: "Fields that were removed leave a gap in the bits of their flags field. A gap is harmless, and often \
        right: data of before still has the bit set, so it must not be given to another field. It is worth a \
        look in a schema that never changed, where it may be a slip, and before a new field is given one of \
        these bits.\n\n\
        ```text\nuser flags:# a:flags.0?int b:flags.1?int d:flags.3?int = User;\n```\n\n\
        Bit 2 is free. Flags that are arguments of a type, or are handed on to one, are not looked at: their \
        bits may have a meaning elsewhere.",
});

declare_code!(SHARED_BIT {
    name: "shared-bit",
    level: Silence,
    summary: "Several fields that hold values depend on the same bit",
    explanation: "Fields on one bit are there together or not at all. Telegram's schemas use this for values that belong \
        together (`views` and `forwards` of a message), and generated code keeps them in one optional struct. \
        In a new schema it is more often a bit that was copied with the line.\n\n\
        ```text\nchat flags:# title:flags.0?string photo:flags.0?bytes = Chat;\n```\n\n\
        Give each field its own bit, or put what belongs together into a type of its own: `chat flags:# \
        cover:flags.0?cover = Chat`. A `true` that shares its bit with values is not reported: it is the name \
        of the bit.",
});

/// The conditional fields by the name of the flags field and the bit.
fn by_bit(combinator: &Combinator) -> BTreeMap<(&str, u32), Vec<Conditional<'_>>> {
    let mut groups: BTreeMap<(&str, u32), Vec<Conditional<'_>>> = BTreeMap::new();
    for conditional in walk::conditionals(combinator) {
        groups.entry((&conditional.condition.field.text, conditional.bit)).or_default().push(conditional);
    }
    groups
}

pub(super) fn aliases(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        groups(declaration, walk::is_flag, findings, |names, flags, bit| {
            let message = format!("{names} are the same bit, {bit} of `{flags}`");
            (&BIT_ALIAS, message, "neither can be set without the other")
        });
    }
}

pub(super) fn shared(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        groups(
            declaration,
            |field| !walk::is_flag(field),
            findings,
            |names, flags, bit| {
                let message = format!("{names} share bit {bit} of `{flags}`");
                (&SHARED_BIT, message, "they are there together or not at all")
            },
        );
    }
}

/// How many other fields of a bit are shown.
const MOST_PLACES: usize = 8;

/// Reports each bit that several fields of a kind depend on.
fn groups(
    declaration: Declaration<'_>,
    of_kind: impl Fn(&typelang_parser::ast::Field) -> bool,
    findings: &mut Vec<Diagnostic>,
    describe: impl Fn(&str, &str, u32) -> (&'static Code, String, &'static str),
) {
    for ((flags, bit), mut group) in by_bit(declaration.combinator) {
        group.retain(|conditional| of_kind(conditional.field));
        let [earlier @ .., last] = group.as_slice() else { continue };
        if earlier.is_empty() {
            continue;
        }
        let names: Vec<String> = group.iter().map(|it| format!("`{}`", walk::field_name(it.field))).collect();
        let (code, message, note) = describe(&walk::listed(&names), flags, bit);
        let mut finding = Diagnostic::new(code, message, declaration.label(last.field.span)).with_note(note);
        for conditional in earlier.iter().take(MOST_PLACES) {
            let label = declaration.label(conditional.field.span).with_message("depends on the same bit");
            finding = finding.with_secondary(label);
        }
        findings.push(finding);
    }
}

pub(super) fn gaps(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for declaration in context.declarations() {
        let combinator = declaration.combinator;
        let mut used: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (flags, bit) in by_bit(combinator).into_keys() {
            used.entry(flags).or_default().push(bit);
        }
        let handed_on = OnceCell::new();
        for field in walk::all_fields(combinator).into_iter().filter(|field| walk::is_nat(field)) {
            let name = walk::field_name(field);
            // What is out of range is an error, and would make a long list.
            let Some(bits) = used.get(name).filter(|bits| bits.iter().all(|bit| *bit < 32)) else { continue };
            let highest = bits.iter().copied().max().unwrap_or_default();
            let free: Vec<String> = (0..highest).filter(|bit| !bits.contains(bit)).map(|bit| bit.to_string()).collect();
            if free.is_empty() || handed_on.get_or_init(|| walk::used_names(combinator)).contains(name) {
                continue;
            }
            let (subject, verb) = if free.len() == 1 { ("bit", "is") } else { ("bits", "are") };
            let message = format!("{subject} {} of `{name}` {verb} used by no field", walk::listed(&free));
            findings.push(Diagnostic::new(&BIT_GAP, message, declaration.label(field.span)));
        }
    }
}
