//! A schema with everything that the emitters ask about it, computed once.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use typelang_ir::{
    Argument, ConstructorId, ConstructorKind, Directions, Facts, FunctionId, MAX_CALLERS, Profile, References, Schema,
    TypeId, ValueType,
};

use crate::borrowing::Borrowing;
use crate::features::Features;
use crate::generics::{Call, Generics};
use crate::names::{ErrorVariants, GenericNames, Names};
use crate::options::{Availability, Options};
use crate::output::hygiene::Scope;
use crate::record::Record;
use crate::rust::layout::Layout;
use crate::rust::stack::Levels;
use crate::rust::traits::AllTraits;
use crate::simplest::Simplest;

/// A schema, its Rust names and shapes, and the choices for its code.
pub(crate) struct Model<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) options: &'a Options,
    pub(crate) names: Names,
    pub(crate) facts: Facts,
    pub(crate) layout: Layout,
    /// How many levels of depth values count as.
    pub(crate) levels: Levels,
    pub(crate) traits: AllTraits,
    /// What is known about the schema beside the schema; texts of the schema's own comments included.
    pub(crate) known: typelang_facts::Facts,
    pub(crate) error_variants: ErrorVariants,
    pub(crate) references: References,
    /// The features for namespaces, if they are wanted.
    pub(crate) features: Features,
    /// Only examples ask for it.
    pub(crate) simplest: OnceCell<Simplest>,
    /// Which types borrow from the input.
    pub(crate) borrowing: Borrowing,
    /// The names that can hide what generated code uses.
    pub(crate) scope: Scope,
    constructors: Vec<Record<'a>>,
    functions: Vec<Record<'a>>,
    constructor_generics: Vec<Generics>,
    type_generics: Vec<Generics>,
    /// Those of functions have no parameters, since a call that is wrapped is none of them.
    function_generics: Vec<Generics>,
    /// Ids that several constructors have.
    shared_ids: BTreeSet<u32>,
    uses_object: bool,
    uses_function: bool,
    object_holds_calls: bool,
}

impl<'a> Model<'a> {
    pub(crate) fn new(schema: &'a Schema, options: &'a Options) -> Self {
        let mut known = options.facts.clone();
        known.add_schema_texts(schema);
        let references = References::new(schema);
        let mut names = Names::new(schema);
        let constructors: Vec<Record<'_>> = schema
            .constructor_ids()
            .map(|id| {
                let combinator = &schema[id].combinator;
                let named = known.groups.constructors.get(&combinator.name.to_string());
                Record::new(combinator, options, named, |name| names.beside_constructor(id, name))
            })
            .collect();
        let functions = schema
            .function_ids()
            .map(|id| {
                let combinator = &schema[id].combinator;
                let named = known.groups.functions.get(&combinator.name.to_string());
                Record::new(combinator, options, named, |name| names.beside_function(id, name))
            })
            .collect();
        let facts = Facts::new(schema);
        let layout = Layout::new(schema, options.layout);
        let borrowing = Borrowing::new(schema, &facts, options, schema.object_holds_calls());
        let mut generics_of_constructor = |id: ConstructorId| {
            let owner = names.constructor(id).ident.clone();
            let parameters = &schema[id].combinator.parameters;
            let used = facts.used_by_constructor(id);
            // A path of the user's has its lifetime already.
            let borrows = borrowing.constructor(id) && !schema[id].external;
            let groups: Vec<_> = constructors[id.index()].groups().map(|group| group.type_ident).collect();
            Generics::new(parameters, used, &owner, &groups, borrows, |name| names.beside_constructor(id, name))
        };
        let constructor_generics = schema.constructor_ids().map(&mut generics_of_constructor).collect();
        let mut generics_of_type = |id: TypeId| {
            let owner = names.ty(id).ident.clone();
            let parameters = &schema[id].parameters;
            let used = facts.used_by_type(id);
            let is_external = schema.only_constructor(id).is_some_and(|only| schema[only].external);
            let borrows = borrowing.ty(id) && !is_external;
            Generics::new(parameters, used, &owner, &[], borrows, |name| names.beside_type(id, name))
        };
        let type_generics = schema.type_ids().map(&mut generics_of_type).collect();
        let of_function = |id: FunctionId| Generics { borrows: borrowing.function(id), ..Generics::default() };
        let function_generics = schema.function_ids().map(of_function).collect();
        let levels = Levels::new(schema, &facts, &layout);
        Self {
            schema,
            options,
            facts,
            levels,
            traits: AllTraits::new(schema, &layout, options.layout),
            layout,
            error_variants: ErrorVariants::new(known.errors.keys()),
            known,
            features: Features::new(schema, &references, options),
            references,
            simplest: OnceCell::new(),
            scope: Scope::new(&names, &options.runtime_path),
            names,
            borrowing,
            constructors,
            functions,
            constructor_generics,
            type_generics,
            function_generics,
            shared_ids: shared_ids(schema),
            uses_object: schema.uses(&ValueType::Object),
            uses_function: schema.uses(&ValueType::Function),
            object_holds_calls: schema.object_holds_calls(),
        }
    }

    /// The parameters of a constructor that make a difference.
    pub(crate) fn generics_of(&self, id: ConstructorId) -> &Generics {
        &self.constructor_generics[id.index()]
    }

    /// The parameters of a type that make a difference.
    pub(crate) fn generics_of_type(&self, id: TypeId) -> &Generics {
        &self.type_generics[id.index()]
    }

    /// The parameters of a function: none, but perhaps a lifetime.
    pub(crate) fn generics_of_function(&self, id: FunctionId) -> &Generics {
        &self.function_generics[id.index()]
    }

    /// Returns whether so many functions return a type that a program needs to decode it, whichever of them it calls.
    pub(crate) fn is_common(&self, id: TypeId) -> bool {
        self.facts.ty(id).callers >= MAX_CALLERS
    }

    /// Returns whether values of a type borrow from the input. Type arguments are asked for themselves.
    pub(crate) fn borrows(&self, ty: &ValueType) -> bool {
        self.borrowing.value(&self.facts, ty)
    }

    /// The call that a function wraps.
    pub(crate) fn call(&self, id: FunctionId) -> Option<Call> {
        let position = self.schema[id].call()?;
        let combinator = &self.schema[id].combinator;
        let ValueType::Call(parameter) = combinator.fields[position].ty else { return None };
        let name = &combinator.parameters.get(parameter)?.name;
        let record = self.function(id);
        let groups = record.groups().map(|group| group.type_ident);
        let owner = &self.names.function(id).ident;
        let generic = GenericNames::apart_from(std::iter::once(owner).chain(groups)).ident(name);
        Some(Call { generic, field: record.idents[position].clone() })
    }

    pub(crate) fn constructor(&self, id: ConstructorId) -> &Record<'a> {
        &self.constructors[id.index()]
    }

    pub(crate) fn function(&self, id: FunctionId) -> &Record<'a> {
        &self.functions[id.index()]
    }

    /// The path that replaces a type or a constructor.
    pub(crate) fn extern_path(&self, name: &typelang_ir::Name) -> Option<&str> {
        let name = name.to_string();
        self.options.extern_paths.iter().find(|(tl, _)| *tl == name).map(|(_, rust)| rust.as_str())
    }

    /// The constructor whose struct stands for the whole type. A default constructor has no id of its own, so it cannot.
    pub(crate) fn only_constructor(&self, id: TypeId) -> Option<ConstructorId> {
        self.schema.only_constructor(id).filter(|&only| self.schema[only].kind != ConstructorKind::Default)
    }

    /// Returns whether a type has an enum of its own: it has several constructors or none, is not defined elsewhere, and boxed values of
    /// it are sent or received.
    pub(crate) fn has_enum(&self, id: TypeId) -> bool {
        let ty = &self.schema[id];
        !ty.external && ty.directions != Directions::NONE && self.only_constructor(id).is_none()
    }

    /// Returns whether a constructor has a struct here.
    pub(crate) fn has_struct(&self, id: ConstructorId) -> bool {
        !self.schema[id].external
    }

    /// Returns whether a boxed value of a constructor is known without arguments.
    pub(crate) fn stands_alone(&self, id: ConstructorId) -> bool {
        self.has_struct(id) && self.schema[id].kind == ConstructorKind::Named && self.generics_of(id).is_empty()
    }

    /// Returns whether the id of a constructor is enough to decode it, so that `AnyConstructor` has it. Constructors that share an id
    /// are left out.
    pub(crate) fn is_in_any_constructor(&self, id: ConstructorId) -> bool {
        self.stands_alone(id) && !self.shared_ids.contains(&self.schema[id].combinator.id)
    }

    /// Returns whether there is a table of the schema, with or without a feature.
    pub(crate) fn has_table(&self) -> bool {
        self.options.table().is_some()
    }

    /// Returns whether strings of 2²⁴ bytes and more are encoded and decoded.
    pub(crate) fn has_long_strings(&self) -> bool {
        self.options.long_strings || self.schema.profile.is_some_and(Profile::has_long_strings)
    }

    /// Returns whether `AnyConstructor` has calls beside constructors, since an `Object` of the schema can be one.
    pub(crate) fn object_holds_calls(&self) -> bool {
        self.object_holds_calls
    }

    /// Returns whether there is an enum of all functions if it is wanted: where a field needs it, even if it has no variant.
    pub(crate) fn can_have_any_function(&self) -> bool {
        self.uses_function || !self.schema.functions.is_empty()
    }

    /// Returns whether there is an enum of all constructors if it is wanted.
    pub(crate) fn can_have_any_constructor(&self) -> bool {
        self.uses_object
            || self.object_holds_calls
            || self.schema.constructor_ids().any(|id| self.is_in_any_constructor(id))
    }

    /// Whether a value of the type holds an `Object` or a `Function` by itself, not by way of a vector. The enum of these is a
    /// Rust type that can hold whatever holds it, so that a pointer must stand between.
    pub(crate) fn holds_any(&self, ty: &ValueType) -> bool {
        let is_any = |argument: &Argument| matches!(argument, Argument::Type(ty) if self.holds_any(ty));
        match ty {
            ValueType::Object | ValueType::Function => true,
            ValueType::Tuple { element, count, .. } => {
                self.layout.array_length(element, *count).is_some() && self.holds_any(element)
            }
            ValueType::Boxed(_, arguments) | ValueType::Bare(_, arguments) => arguments.iter().any(is_any),
            _ => false,
        }
    }

    /// The availability of the enum of all functions; a schema that uses `Function`, or calls as `Object`, cannot do without.
    pub(crate) fn function_decoding(&self) -> &Availability {
        if self.uses_function || self.object_holds_calls {
            &Availability::Always
        } else {
            &self.options.function_decoding
        }
    }

    /// The availability of the enum of all constructors; a schema that uses `Object` cannot do without.
    pub(crate) fn any_constructor(&self) -> &Availability {
        if self.uses_object { &Availability::Always } else { &self.options.any_constructor }
    }

    /// Returns whether the variant of a constructor contains its struct; one without fields contains nothing. A struct that is defined
    /// elsewhere may have any fields.
    pub(crate) fn holds_struct(&self, id: ConstructorId) -> bool {
        self.schema[id].external || !self.constructor(id).is_unit()
    }

    /// Returns whether a value of a constructor sits behind a pointer in the enum of its type.
    pub(crate) fn is_boxed_variant(&self, id: ConstructorId) -> bool {
        self.layout.is_boxed_variant(id)
    }
}

/// The ids that several constructors have, each of another type.
fn shared_ids(schema: &Schema) -> BTreeSet<u32> {
    let named = schema.constructors.iter().filter(|it| it.kind == ConstructorKind::Named);
    let mut seen = BTreeSet::new();
    named.map(|it| it.combinator.id).filter(|&id| !seen.insert(id)).collect()
}
