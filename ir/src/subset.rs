//! Keeping what some roots reach.

use std::fmt;

use crate::reach::Reach;
use crate::schema::{Argument, ConstructorId, Directions, Schema, TypeId, ValueType};

/// Choices for [`Schema::subset`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubsetOptions {
    /// Keep both directions of everything: for servers, proxies and tests, which also decode arguments and encode results.
    pub both_directions: bool,
}

/// A root that names nothing in the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoot {
    /// The name as given.
    pub name: String,
    /// A name that was perhaps meant.
    pub suggestion: Option<String>,
}

impl fmt::Display for UnknownRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no function, constructor or type is called `{}`", self.name)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, ", did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownRoot {}

impl Schema {
    /// The part of the schema that the roots reach: the arguments of functions are encoded, their results decoded.
    ///
    /// A root is the name of a function, a constructor or a type (both directions), or `namespace.*` for every function of a
    /// namespace.
    ///
    /// # Errors
    ///
    /// Every root that names nothing.
    pub fn subset<S: AsRef<str>>(&self, roots: &[S], options: SubsetOptions) -> Result<Schema, Vec<UnknownRoot>> {
        let mut reach = Reach::new(self, options.both_directions);
        let unknown: Vec<UnknownRoot> = roots
            .iter()
            .map(AsRef::as_ref)
            .filter(|root| !reach.root(root))
            .map(|root| UnknownRoot { name: root.to_owned(), suggestion: self.suggest_root(root) })
            .collect();
        if unknown.is_empty() { Ok(reach.keep()) } else { Err(unknown) }
    }

    fn suggest_root(&self, root: &str) -> Option<String> {
        let functions = self.functions.iter().map(|it| it.combinator.name.to_string());
        let constructors = self.constructors.iter().map(|it| it.combinator.name.to_string());
        let types = self.types.iter().map(|it| it.name.to_string());
        let names: Vec<String> = functions.chain(constructors).chain(types).collect();
        // The same name in another namespace is as likely as a slip.
        let elsewhere = || names.iter().map(String::as_str).find(|name| name.rsplit('.').next() == Some(root));
        typelang_parser::suggest(root, names.iter().map(String::as_str)).or_else(elsewhere).map(str::to_owned)
    }
}

impl Reach<'_> {
    /// The reached part, with ids of its own.
    fn keep(self) -> Schema {
        let schema = self.schema;
        // A constructor that is used bare brings its type along, since every constructor has one.
        let mut kept_types: Vec<bool> = self.types.iter().map(|&it| it != Directions::NONE).collect();
        for id in schema.constructor_ids().filter(|id| self.constructors[id.index()] != Directions::NONE) {
            kept_types[schema[id].result.index()] = true;
        }
        let types = Renumbering::new(kept_types.iter().copied());
        let constructors = Renumbering::new(self.constructors.iter().map(|&it| it != Directions::NONE));
        let new_type = |id: TypeId| TypeId::new(types.of(id.index()));
        let new_constructor = |id: ConstructorId| ConstructorId::new(constructors.of(id.index()));
        let value = |ty: &mut ValueType| renumber(ty, &new_type, &new_constructor);

        let mut kept = Schema {
            layer: schema.layer,
            profile: schema.profile,
            builtins: schema.builtins.clone(),
            ..Schema::default()
        };
        for id in schema.type_ids().filter(|id| kept_types[id.index()]) {
            let mut ty = schema[id].clone();
            ty.constructors.retain(|it| self.constructors[it.index()] != Directions::NONE);
            ty.constructors.iter_mut().for_each(|it| *it = new_constructor(*it));
            ty.directions = self.types[id.index()];
            kept.types.push(ty);
        }
        for id in schema.constructor_ids().filter(|id| self.constructors[id.index()] != Directions::NONE) {
            let mut constructor = schema[id].clone();
            constructor.result = new_type(constructor.result);
            constructor.directions = self.constructors[id.index()];
            constructor.combinator.fields.iter_mut().for_each(|field| value(&mut field.ty));
            kept.constructors.push(constructor);
        }
        for &id in &self.functions {
            let mut function = schema[id].clone();
            function.combinator.fields.iter_mut().for_each(|field| value(&mut field.ty));
            value(&mut function.result);
            kept.functions.push(function);
        }
        kept
    }
}

fn renumber(
    ty: &mut ValueType,
    types: &impl Fn(TypeId) -> TypeId,
    constructors: &impl Fn(ConstructorId) -> ConstructorId,
) {
    let arguments = match ty {
        ValueType::Boxed(id, arguments) => {
            *id = types(*id);
            arguments
        }
        ValueType::Bare(id, arguments) => {
            *id = constructors(*id);
            arguments
        }
        ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => {
            return renumber(element, types, constructors);
        }
        _ => return,
    };
    for argument in arguments {
        if let Argument::Type(ty) = argument {
            renumber(ty, types, constructors);
        }
    }
}

/// New positions of the items that are kept.
struct Renumbering(Vec<usize>);

impl Renumbering {
    fn new(kept: impl Iterator<Item = bool>) -> Self {
        let positions = kept.scan(0, |next, kept| {
            let position = *next;
            *next += usize::from(kept);
            Some(position)
        });
        Self(positions.collect())
    }

    fn of(&self, index: usize) -> usize {
        self.0[index]
    }
}
