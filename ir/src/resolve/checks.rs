//! What can be checked only when everything is resolved.

use typelang_parser::{Diagnostic, Label};

use crate::facts::least_lengths;
use crate::graph::{Groups, Nodes};
use crate::schema::{Argument, ConstructorId, ConstructorKind, Schema, ValueType};

/// A type all of whose values would be infinite can neither be built nor received.
pub(super) fn infinite_types(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let lengths = least_lengths(schema);
    let is_infinite = |id: &ConstructorId| lengths.constructors[id.index()].is_none();
    // A group of repeated fields is reported as what it is a part of.
    let is_declared = |id: &ConstructorId| schema[*id].kind != ConstructorKind::Group;
    for id in schema.constructor_ids().filter(|id| is_infinite(id) && is_declared(id)) {
        let name = &schema[id].combinator.name;
        diagnostics.push(
            Diagnostic::error("infinite-type", format!("every value of `{name}` would be infinite"), label(schema, id))
                .with_note("the constructor contains itself, and nothing on the way is optional or a vector"),
        );
    }
}

/// A type that contains itself with larger arguments would need infinitely many types: `t {X:Type} a:(T (pair X X))`.
pub(super) fn growing_arguments(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let has_parameters = |id: &ConstructorId| !schema[*id].combinator.parameters.is_empty();
    if !schema.constructor_ids().any(|id| has_parameters(&id)) {
        return;
    }
    let nodes = Nodes::new(schema);
    let groups = Groups::new(&nodes.edges(schema));
    for id in schema.constructor_ids().filter(has_parameters) {
        let node = nodes.constructor(id);
        let contains_larger = |ty: &ValueType| {
            let (target, arguments) = match ty {
                ValueType::Boxed(id, arguments) => (nodes.ty(*id), arguments),
                ValueType::Bare(id, arguments) => (nodes.constructor(*id), arguments),
                _ => return false,
            };
            groups.same(node, target) && arguments.iter().any(is_larger)
        };
        let mut larger = false;
        for field in &schema[id].combinator.fields {
            field.ty.walk(&mut |ty| larger |= contains_larger(ty));
        }
        if larger {
            let name = &schema[id].combinator.name;
            let message = format!("`{name}` contains itself with other type arguments");
            diagnostics.push(
                Diagnostic::error("growing-arguments", message, label(schema, id))
                    .with_note("each level would be a type of its own, without end"),
            );
        }
    }
}

/// Whether an argument is more than a parameter, but made of one.
fn is_larger(argument: &Argument) -> bool {
    let Argument::Type(ty) = argument else { return false };
    let mut has_parameter = false;
    ty.walk(&mut |ty| has_parameter |= matches!(ty, ValueType::Parameter(_)));
    has_parameter && !matches!(ty, ValueType::Parameter(_))
}

fn label(schema: &Schema, id: ConstructorId) -> Label {
    let origin = schema[id].combinator.origin;
    Label::new(origin.source, origin.span)
}
