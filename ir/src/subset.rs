//! Keeping what some roots reach.

use std::collections::BTreeSet;
use std::fmt;

use crate::schema::{Argument, Combinator, ConstructorId, Directions, FunctionId, Schema, TypeId, ValueType};

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
        let mut reach = Reach::new(self, options);
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
        tl_parser::suggest(root, names.iter().map(String::as_str)).or_else(elsewhere).map(str::to_owned)
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Encode,
    Decode,
}

/// What has been reached, and what is still to be followed.
struct Reach<'a> {
    schema: &'a Schema,
    options: SubsetOptions,
    functions: BTreeSet<FunctionId>,
    types: Vec<Directions>,
    constructors: Vec<Directions>,
    /// Whether calls of all functions have been reached, in both directions.
    has_calls: bool,
    open: Vec<(&'a ValueType, Direction)>,
}

impl<'a> Reach<'a> {
    fn new(schema: &'a Schema, options: SubsetOptions) -> Self {
        Self {
            schema,
            options,
            functions: BTreeSet::new(),
            types: vec![Directions::NONE; schema.types.len()],
            constructors: vec![Directions::NONE; schema.constructors.len()],
            has_calls: false,
            open: Vec::new(),
        }
    }

    /// Adds what a root names; false if it names nothing.
    fn root(&mut self, root: &str) -> bool {
        let schema = self.schema;
        let namespace = root.strip_suffix(".*");
        let mut found = false;
        for id in schema.function_ids() {
            let name = &schema[id].combinator.name;
            if name.to_string() == root || namespace.is_some_and(|it| it == name.namespace.join(".")) {
                found = true;
                self.function(id);
            }
        }
        for id in schema.constructor_ids().filter(|&id| schema[id].combinator.name.to_string() == root) {
            found = true;
            self.constructor(id, Direction::Encode);
            self.constructor(id, Direction::Decode);
        }
        for id in schema.type_ids().filter(|&id| schema[id].name.to_string() == root) {
            found = true;
            self.ty(id, Direction::Encode);
            self.ty(id, Direction::Decode);
        }
        self.follow();
        found
    }

    fn function(&mut self, id: FunctionId) {
        if !self.functions.insert(id) {
            return;
        }
        let function = &self.schema[id];
        self.fields(&function.combinator, Direction::Encode);
        self.value(&function.result, Direction::Decode);
    }

    fn follow(&mut self) {
        while let Some((ty, direction)) = self.open.pop() {
            match ty {
                ValueType::Boxed(id, arguments) => {
                    self.ty(*id, direction);
                    self.arguments(arguments, direction);
                }
                ValueType::Bare(id, arguments) => {
                    self.constructor(*id, direction);
                    self.arguments(arguments, direction);
                }
                ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => {
                    self.open.push((element, direction));
                }
                ValueType::Object => {
                    self.all_types();
                    self.all_calls();
                }
                ValueType::Function => self.all_calls(),
                ValueType::Builtin(_)
                | ValueType::BoxedBuiltin(..)
                | ValueType::Parameter(_)
                | ValueType::Call(_)
                | ValueType::Output(_) => {}
            }
        }
    }

    fn arguments(&mut self, arguments: &'a [Argument], direction: Direction) {
        for argument in arguments {
            if let Argument::Type(ty) = argument {
                self.open.push((ty, direction));
            }
        }
    }

    /// An `Object` can be of any type. What is known by its id alone is one Rust type, which is encoded and decoded.
    fn all_types(&mut self) {
        for id in self.schema.type_ids() {
            self.ty(id, Direction::Encode);
            self.ty(id, Direction::Decode);
        }
    }

    /// An `Object` or a `Function` can be a call of any function, which is encoded and decoded.
    fn all_calls(&mut self) {
        let schema = self.schema;
        if std::mem::replace(&mut self.has_calls, true) {
            return;
        }
        for id in schema.function_ids() {
            self.function(id);
            let arguments = &schema[id].combinator.fields;
            self.open.extend(arguments.iter().map(|field| (&field.ty, Direction::Decode)));
        }
    }

    /// Notes a value for [`Self::follow`], in both directions if that is asked for.
    fn value(&mut self, ty: &'a ValueType, direction: Direction) {
        if self.options.both_directions {
            self.open.extend([(ty, Direction::Encode), (ty, Direction::Decode)]);
        } else {
            self.open.push((ty, direction));
        }
    }

    fn fields(&mut self, combinator: &'a Combinator, direction: Direction) {
        for field in &combinator.fields {
            self.value(&field.ty, direction);
        }
    }

    fn ty(&mut self, id: TypeId, direction: Direction) {
        if mark(&mut self.types[id.index()], direction) && !self.schema[id].external {
            for &constructor in &self.schema[id].constructors {
                self.constructor(constructor, direction);
            }
        }
    }

    fn constructor(&mut self, id: ConstructorId, direction: Direction) {
        if mark(&mut self.constructors[id.index()], direction) && !self.schema[id].external {
            self.fields(&self.schema[id].combinator, direction);
        }
    }

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

/// Sets a direction; false if it was set before.
fn mark(directions: &mut Directions, direction: Direction) -> bool {
    let flag = match direction {
        Direction::Encode => &mut directions.encode,
        Direction::Decode => &mut directions.decode,
    };
    !std::mem::replace(flag, true)
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
