//! Which Rust traits the types of a schema can have.

use super::Traits;
use super::graph::{Node, innermost_first};
use super::layout::{Layout, LayoutOptions, is_computed};
use crate::schema::{Argument, Builtin, Combinator, ConstructorKind, Field, Schema, Type, ValueType};

/// Traits of every type and constructor.
pub(super) struct AllTraits {
    pub(super) types: Vec<Traits>,
    pub(super) constructors: Vec<Traits>,
}

impl AllTraits {
    pub(super) fn new(schema: &Schema, layout: &Layout, options: LayoutOptions) -> Self {
        // `Eq` holds unless something speaks against it; `Copy` and `Default` only if shown, so that a type that contains
        // itself has neither.
        let start = Traits { copy: false, eq: true, hash: false, default: false };
        let mut all =
            Self { types: vec![start; schema.types.len()], constructors: vec![start; schema.constructors.len()] };
        for id in schema.type_ids().filter(|&id| schema[id].external) {
            all.types[id.index()] = Traits::default();
        }
        for id in schema.constructor_ids().filter(|&id| schema[id].external) {
            all.constructors[id.index()] = Traits::default();
        }
        let order = innermost_first(schema);
        let mut changed = true;
        while changed {
            changed = false;
            for &node in &order {
                let (traits, place) = match node {
                    Node::Type(id) if schema[id].external => continue,
                    Node::Constructor(id) if schema[id].external => continue,
                    Node::Type(id) => {
                        let fits = layout.types[id.index()].bytes <= options.max_copy;
                        (all.of_type(schema, &schema[id], layout, fits), &mut all.types[id.index()])
                    }
                    Node::Constructor(id) => {
                        let fits = layout.constructors[id.index()].bytes <= options.max_copy;
                        let traits = limit_copy(all.of_combinator(&schema[id].combinator), fits);
                        (traits, &mut all.constructors[id.index()])
                    }
                };
                changed |= *place != traits;
                *place = traits;
            }
        }
        all
    }

    fn of_type(&self, schema: &Schema, ty: &Type, layout: &Layout, fits: bool) -> Traits {
        let boxed = ty.constructors.iter().any(|it| layout.boxed_variants.contains(it));
        // A default constructor does not stand for its type, even alone.
        let alone = matches!(ty.constructors[..], [only] if schema[only].kind != ConstructorKind::Default);
        let members = ty.constructors.iter().map(|it| self.constructors[it.index()]);
        let traits = limit_copy(members.fold(TOP, Traits::and), fits && !boxed);
        Traits { default: traits.default && alone, ..traits }
    }

    /// Traits of a struct with these fields, its size aside.
    pub(super) fn of_combinator(&self, combinator: &Combinator) -> Traits {
        let fields = combinator.fields.iter().filter(|field| !is_computed(field));
        fields.map(|field| self.of_field(field)).fold(TOP, Traits::and)
    }

    fn of_field(&self, field: &Field) -> Traits {
        let traits = self.of_value(&field.ty);
        Traits { default: traits.default || field.condition.is_some(), ..traits }
    }

    /// A type with arguments has what the type and all its arguments have.
    fn with_arguments(&self, traits: Traits, arguments: &[Argument]) -> Traits {
        let types = arguments.iter().filter_map(|argument| match argument {
            Argument::Type(ty) => Some(self.of_value(ty)),
            Argument::Nat(_) => None,
        });
        types.fold(traits, Traits::and)
    }

    fn of_value(&self, ty: &ValueType) -> Traits {
        match ty {
            ValueType::Builtin(builtin) => of_builtin(*builtin),
            ValueType::Vector { element, .. } => {
                Traits { copy: false, hash: false, default: true, ..self.of_value(element) }
            }
            ValueType::BoxedBuiltin(builtin, _) => of_builtin(*builtin),
            ValueType::Tuple { element, count, .. } => {
                let element = self.of_value(element);
                match count.array_length() {
                    // The standard library has `Default` for arrays of up to 32 elements.
                    Some(count) => Traits { default: element.default && count <= 32, ..element },
                    None => Traits { copy: false, hash: false, default: true, ..element },
                }
            }
            ValueType::Boxed(id, arguments) => self.with_arguments(self.types[id.index()], arguments),
            ValueType::Bare(id, arguments) => self.with_arguments(self.constructors[id.index()], arguments),
            // Derived impls ask the same of what stands for the parameter.
            ValueType::Parameter(_) => TOP,
            ValueType::Call(_) => Traits { copy: false, eq: true, hash: false, default: false },
            ValueType::Output(_) | ValueType::Object | ValueType::Function => Traits::default(),
        }
    }
}

const TOP: Traits = Traits { copy: true, eq: true, hash: true, default: true };

impl Traits {
    fn and(self, other: Self) -> Self {
        Self {
            copy: self.copy && other.copy,
            eq: self.eq && other.eq,
            hash: self.hash && other.hash,
            default: self.default && other.default,
        }
    }
}

fn limit_copy(traits: Traits, fits: bool) -> Traits {
    let copy = traits.copy && fits;
    Traits { copy, hash: copy && traits.eq, ..traits }
}

fn of_builtin(builtin: Builtin) -> Traits {
    match builtin {
        Builtin::Nat
        | Builtin::Int
        | Builtin::Long
        | Builtin::Bool
        | Builtin::True
        | Builtin::Int128
        | Builtin::Int256 => TOP,
        Builtin::Double | Builtin::Float => Traits { eq: false, hash: false, ..TOP },
        // Arrays of more than 32 elements have no `Default`.
        Builtin::Int512 => Traits { copy: false, hash: false, default: false, ..TOP },
        Builtin::String | Builtin::Bytes => Traits { copy: false, hash: false, ..TOP },
    }
}
