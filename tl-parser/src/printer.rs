//! From syntax tree to text, in one canonical layout.

use std::fmt::{self, Write};

use crate::ast::{
    ApplicationStyle, Body, Combinator, Condition, Documentation, Expression, ExpressionKind, Field, FieldKind, File,
    Finality, FinalityKind, Item, Layer, OptionalArgument, PartialApplication, Repetition, Section, Separator,
};

/// Prints a file: one line a declaration, in the order of the tree, with sections, layers, documentation and the stated layer.
///
/// Other comments are left out. Parsing the text gives the same tree again but for places, and with it the same ids.
#[must_use]
pub fn print(file: &File) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = write_file(&mut text, file);
    text
}

/// Prints a constructor or a function on one line, with annotations and without documentation:
/// `name#01234567 {X:Type} flags:# a:flags.0?true b:Vector<int> = T;`.
#[must_use]
pub fn print_combinator(combinator: &Combinator) -> String {
    print_as(combinator, combinator.id.map(|id| id.value))
}

/// The same with an id, whatever the combinator declares.
#[must_use]
pub fn print_combinator_with_id(combinator: &Combinator, id: u32) -> String {
    print_as(combinator, Some(id))
}

fn print_as(combinator: &Combinator, id: Option<u32>) -> String {
    let mut text = String::with_capacity(128);
    let _ = write_combinator(&mut text, combinator, id);
    text
}

fn write_file(out: &mut String, file: &File) -> fmt::Result {
    if let Some(layer) = file.layer {
        writeln!(out, "// LAYER {}\n", layer.number)?;
    }
    let mut markers = file.layer_markers.iter().peekable();
    for (index, item) in file.items.iter().enumerate() {
        while let Some(marker) = markers.next_if(|marker| marker.span.start <= item.span().start) {
            write_layer_marker(out, marker)?;
        }
        match item {
            Item::Section(header) => {
                let before = if index > 0 && !out.ends_with("\n\n") { "\n" } else { "" };
                writeln!(out, "{before}{}\n", section_header(header.section))?;
            }
            Item::Combinator(combinator) => {
                if let Some(documentation) = &combinator.documentation {
                    write_documentation(out, documentation)?;
                }
                write_combinator(out, combinator, combinator.id.map(|id| id.value))?;
                out.push('\n');
            }
            Item::PartialApplication(application) => {
                write_partial_application(out, application)?;
                out.push_str(";\n");
            }
            Item::Finality(finality) => {
                write_finality(out, finality)?;
                out.push_str(";\n");
            }
        }
    }
    markers.try_for_each(|marker| write_layer_marker(out, marker))
}

fn write_layer_marker(out: &mut String, marker: &Layer) -> fmt::Result {
    let before = if out.is_empty() || out.ends_with("\n\n") { "" } else { "\n" };
    writeln!(out, "{before}==={}===\n", marker.number)
}

/// `---functions---`
pub(crate) fn section_header(section: Section) -> &'static str {
    match section {
        Section::Types => "---types---",
        Section::Functions => "---functions---",
    }
}

/// `Tuple int 3`, without the semicolon.
pub(crate) fn write_partial_application(out: &mut String, application: &PartialApplication) -> fmt::Result {
    write_expression(out, &application.expression, Place::Whole)
}

/// `Final Type`, without the semicolon.
pub(crate) fn write_finality(out: &mut String, finality: &Finality) -> fmt::Result {
    let keyword = match finality.kind {
        FinalityKind::New => "New",
        FinalityKind::Final => "Final",
        FinalityKind::Empty => "Empty",
    };
    write!(out, "{keyword} {}", finality.name)
}

fn write_documentation(out: &mut String, documentation: &Documentation) -> fmt::Result {
    if let Some(class) = &documentation.class {
        writeln!(out, "{}", format!("//@class {} @description {}", class.name, class.description).trim_end())?;
    }
    if let Some(description) = &documentation.description {
        writeln!(out, "{}", format!("//@description {description}").trim_end())?;
    }
    for field in &documentation.fields {
        let prefix = if matches!(field.name.as_str(), "description" | "class") { "param_" } else { "" };
        writeln!(out, "{}", format!("//@{prefix}{} {}", field.name, field.text).trim_end())?;
    }
    Ok(())
}

fn write_combinator(out: &mut String, combinator: &Combinator, id: Option<u32>) -> fmt::Result {
    for annotation in &combinator.annotations {
        write!(out, "@{} ", annotation.text)?;
    }
    write_name_and_id(out, combinator, id)?;
    for argument in &combinator.optional_arguments {
        out.push(' ');
        write_optional_argument(out, argument)?;
    }
    match &combinator.body {
        Body::Fields(fields) => write_fields(out, fields)?,
        Body::Builtin(_) => out.push_str(" ?"),
    }
    out.push(' ');
    write_separator_and_result(out, combinator)?;
    out.push(';');
    Ok(())
}

/// `name#01234567`
pub(crate) fn write_name_and_id(out: &mut String, combinator: &Combinator, id: Option<u32>) -> fmt::Result {
    write!(out, "{}", combinator.name)?;
    match id {
        Some(id) => write!(out, "#{id:08x}"),
        None => Ok(()),
    }
}

/// `= Type`, without the semicolon.
pub(crate) fn write_separator_and_result(out: &mut String, combinator: &Combinator) -> fmt::Result {
    out.push_str(match combinator.separator {
        Separator::Equals => "= ",
        Separator::FunctionArrow => "=> ",
    });
    write_expression(out, &combinator.result, Place::Whole)
}

/// `{X:Type}`
pub(crate) fn write_optional_argument(out: &mut String, argument: &OptionalArgument) -> fmt::Result {
    let exclamation = if argument.exclamation { "!" } else { "" };
    write!(out, "{{{}:{exclamation}", argument.name.text)?;
    write_expression(out, &argument.kind, Place::Whole)?;
    out.push('}');
    Ok(())
}

/// Writes the fields, each with a blank before it.
fn write_fields(out: &mut String, fields: &[Field]) -> fmt::Result {
    for field in fields {
        out.push(' ');
        write_field(out, field)?;
    }
    Ok(())
}

fn write_field(out: &mut String, field: &Field) -> fmt::Result {
    write_field_beginning(out, field)?;
    if let FieldKind::Repetition(repetition) = &field.kind {
        write_fields(out, &repetition.fields)?;
        out.push_str(" ]");
    }
    Ok(())
}

/// A field of a type as a whole; one that is a repetition up to its opening bracket: `name:flags.0?n*[`.
pub(crate) fn write_field_beginning(out: &mut String, field: &Field) -> fmt::Result {
    if let Some(name) = &field.name {
        write!(out, "{}:", name.text)?;
    }
    if let Some(condition) = &field.condition {
        write_condition(out, condition)?;
    }
    if field.exclamation {
        out.push('!');
    }
    match &field.kind {
        FieldKind::Type(expression) => write_expression(out, expression, Place::Term),
        FieldKind::Repetition(repetition) => write_repetition_beginning(out, repetition),
    }
}

fn write_condition(out: &mut String, condition: &Condition) -> fmt::Result {
    match condition.bit {
        Some(bit) => write!(out, "{}.{}?", condition.field.text, bit.value),
        None => write!(out, "{}?", condition.field.text),
    }
}

fn write_repetition_beginning(out: &mut String, repetition: &Repetition) -> fmt::Result {
    if let Some(multiplicity) = &repetition.multiplicity {
        write_expression(out, multiplicity, Place::Term)?;
        out.push('*');
    }
    out.push('[');
    Ok(())
}

/// Where an expression stands, which says what needs parentheses there.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Between delimiters of its own.
    Whole,
    /// Among the arguments of a juxtaposition.
    Argument,
    /// Where the grammar asks for a term.
    Term,
}

fn write_expression(out: &mut String, expression: &Expression, place: Place) -> fmt::Result {
    let needs_parentheses = match &expression.kind {
        ExpressionKind::Application { style: ApplicationStyle::Juxtaposition, .. } => place != Place::Whole,
        ExpressionKind::Sum(_) => place == Place::Term,
        _ => false,
    };
    if needs_parentheses {
        out.push('(');
    }
    match &expression.kind {
        ExpressionKind::Name(name) => write!(out, "{name}")?,
        ExpressionKind::Nat => out.push('#'),
        ExpressionKind::Number(number) => write!(out, "{number}")?,
        ExpressionKind::Bare(inner) => {
            out.push('%');
            write_expression(out, inner, Place::Term)?;
        }
        ExpressionKind::Sum(terms) => write_list(out, terms, "+", Place::Term)?,
        ExpressionKind::Application { function, arguments, style: ApplicationStyle::Angle } => {
            write_expression(out, function, Place::Term)?;
            out.push('<');
            write_list(out, arguments, ",", Place::Whole)?;
            out.push('>');
        }
        ExpressionKind::Application { function, arguments, style: ApplicationStyle::Juxtaposition } => {
            write_expression(out, function, Place::Argument)?;
            out.push(' ');
            write_list(out, arguments, " ", Place::Argument)?;
        }
    }
    if needs_parentheses {
        out.push(')');
    }
    Ok(())
}

fn write_list(out: &mut String, expressions: &[Expression], separator: &str, place: Place) -> fmt::Result {
    for (index, expression) in expressions.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        write_expression(out, expression, place)?;
    }
    Ok(())
}
