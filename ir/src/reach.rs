//! What functions, constructors and types reach.

use std::collections::BTreeSet;

use crate::schema::{Argument, Combinator, ConstructorId, Directions, FunctionId, Schema, TypeId, ValueType};

/// What some functions need to be called and to have their results read, themselves included. See [`Schema::reached_from`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    functions: Vec<bool>,
    types: Vec<bool>,
    constructors: Vec<bool>,
    objects: bool,
    calls: bool,
}

impl Reached {
    /// Whether a function is among those asked for, or is reached by way of an `Object` or a `Function`.
    #[must_use]
    pub fn has_function(&self, id: FunctionId) -> bool {
        self.functions.get(id.index()).is_some_and(|&it| it)
    }

    /// Whether a type is reached, with all of its constructors.
    #[must_use]
    pub fn has_type(&self, id: TypeId) -> bool {
        self.types.get(id.index()).is_some_and(|&it| it)
    }

    /// Whether a constructor is reached: by its type, or bare.
    #[must_use]
    pub fn has_constructor(&self, id: ConstructorId) -> bool {
        self.constructors.get(id.index()).is_some_and(|&it| it)
    }

    /// Whether an `Object` is reached, and with it all types.
    #[must_use]
    pub fn has_objects(&self) -> bool {
        self.objects
    }

    /// Whether a call of any function is reached, and with it all functions.
    #[must_use]
    pub fn has_calls(&self) -> bool {
        self.calls
    }
}

impl Schema {
    /// What functions reach, whichever way values travel. The cost is that of visiting everything that is reached once.
    #[must_use]
    pub fn reached_from(&self, functions: impl IntoIterator<Item = FunctionId>) -> Reached {
        let mut reach = Reach::new(self, true);
        functions.into_iter().for_each(|id| reach.function(id));
        reach.follow();
        let is_reached = |directions: &Directions| *directions != Directions::NONE;
        Reached {
            functions: self.function_ids().map(|id| reach.functions.contains(&id)).collect(),
            types: reach.types.iter().map(is_reached).collect(),
            constructors: reach.constructors.iter().map(is_reached).collect(),
            objects: reach.has_objects,
            calls: reach.has_calls,
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Direction {
    Encode,
    Decode,
}

/// What has been reached, and what is still to be followed.
pub(crate) struct Reach<'a> {
    pub(crate) schema: &'a Schema,
    /// Whether everything is followed in both directions.
    both_directions: bool,
    pub(crate) functions: BTreeSet<FunctionId>,
    pub(crate) types: Vec<Directions>,
    pub(crate) constructors: Vec<Directions>,
    /// Whether an `Object` has been reached, and with it all types, in both directions.
    has_objects: bool,
    /// Whether calls of all functions have been reached, in both directions.
    has_calls: bool,
    open: Vec<(&'a ValueType, Direction)>,
}

impl<'a> Reach<'a> {
    pub(crate) fn new(schema: &'a Schema, both_directions: bool) -> Self {
        Self {
            schema,
            both_directions,
            functions: BTreeSet::new(),
            types: vec![Directions::NONE; schema.types.len()],
            constructors: vec![Directions::NONE; schema.constructors.len()],
            has_objects: false,
            has_calls: false,
            open: Vec::new(),
        }
    }

    /// Adds what a root names; false if it names nothing.
    pub(crate) fn root(&mut self, root: &str) -> bool {
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

    /// An `Object` can be of any type, and goes both ways.
    fn all_types(&mut self) {
        if std::mem::replace(&mut self.has_objects, true) {
            return;
        }
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
        if self.both_directions {
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
}

/// Sets a direction; false if it was set before.
fn mark(directions: &mut Directions, direction: Direction) -> bool {
    let flag = match direction {
        Direction::Encode => &mut directions.encode,
        Direction::Decode => &mut directions.decode,
    };
    !std::mem::replace(flag, true)
}
