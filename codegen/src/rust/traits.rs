//! Which Rust traits the types of a schema can have.

use typelang_ir::graph::{Node, Order};
use typelang_ir::{
    Argument, Builtin, Combinator, ConstructorId, ConstructorKind, Field, Schema, Type, TypeId, ValueType,
};

use crate::rust::builtin::Representation;
use crate::rust::layout::{Layout, LayoutOptions};

/// Rust traits that a type can have beside `Debug`, `Clone` and `PartialEq`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// No heap memory, and at most [`LayoutOptions::max_copy`] bytes.
    pub(crate) copy: bool,
    /// No floating-point number inside.
    pub(crate) eq: bool,
    /// Equality and copying are cheap enough that values make good keys.
    pub(crate) hash: bool,
    /// Every field has a natural empty value.
    pub(crate) default: bool,
}

/// Traits of every type and constructor.
pub(crate) struct AllTraits {
    types: Vec<Traits>,
    constructors: Vec<Traits>,
}

impl AllTraits {
    /// Finds the traits of a whole schema, in time linear in its size.
    pub(crate) fn new(schema: &Schema, layout: &Layout, options: LayoutOptions) -> Self {
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
        Order::new(schema).settle(|node| {
            let (traits, place) = match node {
                Node::Type(id) if schema[id].external => return false,
                Node::Constructor(id) if schema[id].external => return false,
                Node::Type(id) => {
                    let fits = layout.ty(id) <= options.max_copy;
                    (all.of_type(schema, &schema[id], layout, fits), &mut all.types[id.index()])
                }
                Node::Constructor(id) => {
                    let fits = layout.constructor(id) <= options.max_copy;
                    let fits = fits && !layout.has_boxed_field(id);
                    let traits = limit_copy(all.of_combinator(&schema[id].combinator, layout), fits);
                    (traits, &mut all.constructors[id.index()])
                }
            };
            std::mem::replace(place, traits) != traits
        });
        all
    }

    /// Traits of the enum or struct of a type.
    pub(crate) fn ty(&self, id: TypeId) -> Traits {
        self.types[id.index()]
    }

    /// Traits of the struct of a constructor.
    pub(crate) fn constructor(&self, id: ConstructorId) -> Traits {
        self.constructors[id.index()]
    }

    fn of_type(&self, schema: &Schema, ty: &Type, layout: &Layout, fits: bool) -> Traits {
        let boxed = ty.constructors.iter().any(|it| layout.is_boxed_variant(*it));
        // A default constructor does not stand for its type, even alone.
        let alone = matches!(ty.constructors[..], [only] if schema[only].kind != ConstructorKind::Default);
        let members = ty.constructors.iter().map(|it| self.constructors[it.index()]);
        let traits = limit_copy(members.fold(TOP, Traits::and), fits && !boxed);
        Traits { default: traits.default && alone, ..traits }
    }

    /// Traits of a struct with these fields, its size aside.
    pub(crate) fn of_combinator(&self, combinator: &Combinator, layout: &Layout) -> Traits {
        let fields = combinator.fields.iter().filter(|field| !field.is_computed());
        fields.map(|field| self.of_field(field, layout)).fold(TOP, Traits::and)
    }

    fn of_field(&self, field: &Field, layout: &Layout) -> Traits {
        let traits = self.of_value(&field.ty, layout);
        Traits { default: traits.default || field.condition.is_some(), ..traits }
    }

    /// A type with arguments has what the type and all its arguments have.
    fn with_arguments(&self, traits: Traits, arguments: &[Argument], layout: &Layout) -> Traits {
        let types = arguments.iter().filter_map(|argument| match argument {
            Argument::Type(ty) if layout.is_boxed_argument(ty) => {
                Some(Traits { copy: false, hash: false, ..self.of_value(ty, layout) })
            }
            Argument::Type(ty) => Some(self.of_value(ty, layout)),
            Argument::Nat(_) => None,
        });
        types.fold(traits, Traits::and)
    }

    fn of_value(&self, ty: &ValueType, layout: &Layout) -> Traits {
        match ty {
            ValueType::Builtin(builtin) => of_builtin(*builtin),
            ValueType::Vector { element, .. } => {
                Traits { copy: false, hash: false, default: true, ..self.of_value(element, layout) }
            }
            ValueType::BoxedBuiltin(builtin, _) => of_builtin(*builtin),
            ValueType::Tuple { element, count, .. } => {
                let traits = self.of_value(element, layout);
                match layout.array_length(element, *count) {
                    // The standard library has `Default` for arrays of up to 32 elements.
                    Some(count) => Traits { default: traits.default && count <= 32, ..traits },
                    None => Traits { copy: false, hash: false, default: true, ..traits },
                }
            }
            ValueType::Boxed(id, arguments) => self.with_arguments(self.types[id.index()], arguments, layout),
            ValueType::Bare(id, arguments) => self.with_arguments(self.constructors[id.index()], arguments, layout),
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
    match Representation::from(builtin) {
        // The standard library has `Default` for arrays of up to 32 elements.
        Representation::Array(33..) => Traits { copy: false, hash: false, default: false, ..TOP },
        Representation::Integer(_) | Representation::Bool | Representation::Presence | Representation::Array(_) => TOP,
        Representation::Float(_) => Traits { eq: false, hash: false, ..TOP },
        Representation::Text | Representation::Bytes => Traits { copy: false, hash: false, ..TOP },
    }
}
