//! A schema with everything that the emitters ask about it, computed once.

use tl_ir::{ConstructorId, Facts, FunctionId, Schema, TypeId};

use crate::names::{Names, generic_ident};
use crate::options::Options;
use crate::record::Record;

/// A schema, its Rust names and shapes, and the choices for its code.
pub(crate) struct Model<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) options: &'a Options,
    pub(crate) names: Names,
    pub(crate) facts: Facts,
    constructors: Vec<Record<'a>>,
    functions: Vec<Record<'a>>,
}

impl<'a> Model<'a> {
    pub(crate) fn new(schema: &'a Schema, options: &'a Options) -> Self {
        let mut names = Names::new(schema);
        let constructors = schema
            .constructor_ids()
            .map(|id| Record::new(&schema[id].combinator, options, |name| names.beside_constructor(id, name)))
            .collect();
        let functions = schema
            .function_ids()
            .map(|id| Record::new(&schema[id].combinator, options, |name| names.beside_function(id, name)))
            .collect();
        Self { schema, options, facts: Facts::new(schema, options.layout), names, constructors, functions }
    }

    pub(crate) fn constructor(&self, id: ConstructorId) -> &Record<'a> {
        &self.constructors[id.index()]
    }

    pub(crate) fn function(&self, id: FunctionId) -> &Record<'a> {
        &self.functions[id.index()]
    }

    /// The path that replaces a type or a constructor.
    pub(crate) fn extern_path(&self, name: &tl_ir::Name) -> Option<&str> {
        let name = name.to_string();
        self.options.extern_paths.iter().find(|(tl, _)| *tl == name).map(|(_, rust)| rust.as_str())
    }

    /// Whether a type has an enum of its own: it has several constructors and is not defined elsewhere.
    pub(crate) fn has_enum(&self, id: TypeId) -> bool {
        !self.schema[id].external && self.schema[id].constructors.len() > 1
    }

    /// Whether a constructor has a struct here.
    pub(crate) fn has_struct(&self, id: ConstructorId) -> bool {
        let constructor = &self.schema[id];
        !self.schema[constructor.result].external && !constructor.external
    }

    /// Whether a value of a constructor sits behind a pointer in the enum of its type.
    pub(crate) fn is_boxed_variant(&self, id: ConstructorId) -> bool {
        self.facts.constructor(id).boxed_variant
    }
}

/// The generic parameter of a function's struct, from the `X` of `{X:Type}`.
pub(crate) fn parameter_ident(model: &Model<'_>, id: FunctionId) -> Option<proc_macro2::Ident> {
    let parameter = model.schema[id].parameter.as_ref()?;
    Some(generic_ident(parameter, &model.names.function(id).ident))
}
