//! Schemas whose declarations are not sorted.

use typelang_ir::is_prelude;
use typelang_parser::ast::{File, Item};
use typelang_parser::{Diagnostic, Label, Parsed, Span, declare_code, format, order_matters, parse, sort};

use crate::context::Context;

declare_code!(DECLARATION_ORDER {
    name: "declaration-order",
    level: Silence,
    summary: "Declarations are not in the sorted layout",
    explanation: "Schemas that are published from time to time are easier to compare if all of them have one order: built-in \
        declarations, then constructors by the namespace and the name of their type, then functions by namespace and name. \
        `tl fmt --sort` writes it, and `tl fmt --help` describes it. A comment such as `// LAYER 8` belongs into the comments at \
        the beginning.\n\n\
        ```text\nuser id:int = User;\nchat id:int = Chat;\n```\n\n\
        `Chat` goes before `User`. The order means nothing to programs, so this is allowed by default. Files that have several \
        layers one after the other are left alone.",
});

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for file in context.files {
        findings.extend(misplaced(file, context.sources.text(file.source)));
    }
}

/// The first place at which the sorted layout differs, if a file is not in it. How single declarations are laid out makes no difference.
fn misplaced(file: &File, text: &str) -> Option<Diagnostic> {
    if order_matters(file).is_some() {
        return None;
    }
    let parsed = Parsed { file: file.clone(), diagnostics: Vec::new() };
    let (formatted, sorted) = (format(&parsed, text)?, sort(&parsed, text, is_prelude)?);
    let offset = first_difference(&formatted, &sorted)?;
    if let (Some(layer), Some(first)) = (file.layer, file.items.first())
        && layer.span.start > first.span().start
    {
        let label = Label::new(file.source, layer.span);
        let diagnostic = Diagnostic::new(&DECLARATION_ORDER, "the layer is not stated at the beginning", label);
        return Some(diagnostic.with_help("`tl fmt --sort` moves the comment there"));
    }
    // Laid out, the same items are in the same order.
    let items = parse(file.source, &formatted).file.items;
    let index = items.iter().position(|item| item.span().end as usize > offset);
    let (message, span) = match index.and_then(|index| file.items.get(index)) {
        Some(Item::Combinator(it)) => (format!("`{}` is not where the sorted layout has it", it.name), it.name.span),
        Some(item) => ("the sorted layout has something else here".to_owned(), item.span()),
        None => {
            let span = file.comments.last().map_or_else(Span::default, |comment| comment.span);
            ("this comment is not where the sorted layout has it".to_owned(), span)
        }
    };
    let diagnostic = Diagnostic::new(&DECLARATION_ORDER, message, Label::new(file.source, span));
    Some(diagnostic.with_help("`tl fmt --sort` sorts the file"))
}

/// Where the first line begins in which a text differs from another one.
fn first_difference(text: &str, other: &str) -> Option<usize> {
    let mut offset = 0;
    let mut others = other.split_inclusive('\n');
    for line in text.split_inclusive('\n') {
        if others.next() != Some(line) {
            return Some(offset);
        }
        offset += line.len();
    }
    others.next().map(|_| offset)
}
