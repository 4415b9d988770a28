//! What can be checked only when everything is resolved.

use typelang_parser::{Diagnostic, Label};

use crate::codes;
use crate::facts::least_lengths;
use crate::graph::Groups;
use crate::schema::{Argument, ConstructorId, ConstructorKind, Schema, TypeId, ValueType};

/// A type all of whose values would be infinite can neither be built nor received.
pub(super) fn infinite_types(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let lengths = least_lengths(schema);
    let is_infinite = |id: &ConstructorId| lengths.constructors[id.index()].is_none();
    // A group of repeated fields is reported as what it is a part of.
    let is_declared = |id: &ConstructorId| schema[*id].kind != ConstructorKind::Group;
    for id in schema.constructor_ids().filter(|id| is_infinite(id) && is_declared(id)) {
        let name = &schema[id].combinator.name;
        diagnostics.push(
            Diagnostic::new(
                &codes::INFINITE_TYPE,
                format!("every value of `{name}` would be infinite"),
                label(schema, id),
            )
            .with_note("the constructor contains itself, and nothing on the way is optional or a vector"),
        );
    }
}

/// A type that contains itself with larger arguments would need infinitely many types: `t {X:Type} a:(T (pair X X))`.
///
/// What a parameter stands for is handed on to parameters of other types. Arguments grow without an end if a parameter is handed
/// back to itself, directly or through others, and on the way becomes a part of something larger.
pub(super) fn growing_arguments(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let has_parameters = |id: &ConstructorId| !schema[*id].combinator.parameters.is_empty();
    if !schema.constructor_ids().any(|id| has_parameters(&id)) {
        return;
    }
    let parameters = Parameters::new(schema);
    let mut edges = vec![Vec::new(); parameters.count];
    for id in schema.constructor_ids().filter(has_parameters) {
        parameters.for_each_hand_over(schema, id, &mut |hand_over| edges[hand_over.from].push(hand_over.to));
    }
    let groups = Groups::new(&edges);
    for id in schema.constructor_ids().filter(has_parameters) {
        let mut grows = false;
        parameters.for_each_hand_over(schema, id, &mut |HandOver { from, to, is_larger }| {
            grows |= is_larger && groups.same(from, to);
        });
        if grows {
            let name = &schema[id].combinator.name;
            let message = format!("`{name}` contains itself with other type arguments");
            diagnostics.push(
                Diagnostic::new(&codes::GROWING_ARGUMENTS, message, label(schema, id))
                    .with_note("each level would be a type of its own, without end"),
            );
        }
    }
}

/// The parameters of all types of a schema, numbered.
struct Parameters {
    /// By type: the number of its first parameter.
    first: Vec<usize>,
    count: usize,
}

/// A parameter is an argument for another one, or a part of it.
struct HandOver {
    from: usize,
    to: usize,
    /// The argument is more than the parameter alone.
    is_larger: bool,
}

impl Parameters {
    fn new(schema: &Schema) -> Self {
        let mut count = 0;
        let first = schema.types.iter().map(|ty| {
            let first = count;
            count += ty.parameters.len();
            first
        });
        Self { first: first.collect(), count }
    }

    /// Goes through all arguments of types in the fields of a constructor.
    fn for_each_hand_over(&self, schema: &Schema, id: ConstructorId, visit: &mut impl FnMut(HandOver)) {
        let own = self.first[schema[id].result.index()];
        let count = schema[schema[id].result].parameters.len();
        let mut of_argument = |target: TypeId, position: usize, argument: &ValueType| {
            let is_larger = !matches!(argument, ValueType::Parameter(_));
            let to = self.first[target.index()] + position;
            argument.walk(&mut |part| {
                // A constructor that its type does not fit has been reported.
                if let ValueType::Parameter(parameter) = part
                    && *parameter < count
                {
                    visit(HandOver { from: own + parameter, to, is_larger });
                }
            });
        };
        let mut of_type = |ty: &ValueType| {
            let (target, arguments) = match ty {
                ValueType::Boxed(ty, arguments) => (*ty, arguments),
                ValueType::Bare(constructor, arguments) => (schema[*constructor].result, arguments),
                _ => return,
            };
            let expected = schema[target].parameters.len();
            for (position, argument) in arguments.iter().enumerate().take(expected) {
                if let Argument::Type(argument) = argument {
                    of_argument(target, position, argument);
                }
            }
        };
        schema[id].combinator.fields.iter().for_each(|field| field.ty.walk(&mut of_type));
    }
}

fn label(schema: &Schema, id: ConstructorId) -> Label {
    let origin = schema[id].combinator.origin;
    Label::new(origin.source, origin.span)
}
