//! Changes as plain data.

use typelang_ir::Origin;

/// All changes between two schemas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The layer of the older schema, if it states one.
    pub old_layer: Option<u32>,
    /// The layer of the newer schema, if it states one.
    pub new_layer: Option<u32>,
    /// Constructors and functions that are not the same in both: in the order of the newer schema, then those that are gone, in the
    /// order of the older one.
    pub declarations: Vec<Change>,
    /// Types that are not in both, or have other constructors, in the same order.
    pub types: Vec<TypeChange>,
}

impl Changes {
    /// Returns whether the schemas declare the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.declarations.is_empty() && self.types.is_empty()
    }

    /// The changes of one kind with a status.
    pub fn with(&self, kind: Kind, status: Status) -> impl Iterator<Item = &Change> {
        self.declarations.iter().filter(move |it| it.kind == kind && it.status() == status)
    }
}

/// Constructor or function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A constructor of a type.
    Constructor,
    /// A function.
    Function,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Constructor => "constructor",
            Self::Function => "function",
        }
    }
}

/// The coarsest answer to what has become of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Only the newer schema has it.
    Added,
    /// Both have it, under the same or another name.
    Changed,
    /// Only the older schema has it.
    Removed,
}

impl Status {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// The change of one constructor or function. At least one of the sides is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Constructor or function.
    pub kind: Kind,
    /// The declaration in the older schema.
    pub old: Option<Side>,
    /// The declaration in the newer schema.
    pub new: Option<Side>,
    /// What is different, if both are there; never empty then.
    pub details: Vec<Detail>,
}

impl Change {
    /// Added, changed or removed.
    #[must_use]
    pub fn status(&self) -> Status {
        match (&self.old, &self.new) {
            (Some(_), Some(_)) => Status::Changed,
            (None, _) => Status::Added,
            (_, None) => Status::Removed,
        }
    }

    /// The newer declaration, or the older one if there is none.
    #[must_use]
    pub fn newest(&self) -> Option<&Side> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

/// A declaration in one of the schemas.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The name, with its namespace.
    pub name: String,
    /// The 32-bit id.
    pub id: u32,
    /// The result: the type of a constructor, or what a function returns.
    pub result: String,
    /// The declaration on one line in canonical spelling.
    pub text: String,
    /// The fields in wire order.
    pub fields: Vec<FieldSide>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A field of a declaration in one of the schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSide {
    /// The name.
    pub name: String,
    /// The type without the condition: `Vector<long>`.
    pub ty: String,
    /// The condition: `flags.5`.
    pub condition: Option<String>,
    /// When a value needs it.
    pub necessity: Necessity,
}

impl FieldSide {
    /// Condition and type as in a schema: `flags.5?Vector<long>`.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.condition {
            Some(condition) => format!("{condition}?{}", self.ty),
            None => self.ty.clone(),
        }
    }
}

/// When a value needs a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Necessity {
    /// Always.
    Required,
    /// It can be left out.
    Optional,
    /// It is a bit and has no bytes of its own: `flags.5?true`.
    Flag,
    /// It is computed from other fields: `flags:#`.
    Computed,
}

/// One difference between the older and the newer form of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Another name in the same namespace.
    Renamed,
    /// Another namespace.
    NamespaceMoved,
    /// Another id.
    IdChanged,
    /// A constructor of another type, where that type has not just been renamed.
    Moved,
    /// A function returns something else.
    ResultChanged,
    /// Other `{…}` parameters, as texts.
    ParametersChanged {
        /// Of the older schema.
        old: String,
        /// Of the newer schema.
        new: String,
    },
    /// A field that the older form does not have.
    FieldAdded(FieldSide),
    /// A field that the newer form does not have.
    FieldRemoved(FieldSide),
    /// The same place, type and condition under another name.
    FieldRenamed {
        /// The older name.
        old: String,
        /// The newer field.
        new: FieldSide,
    },
    /// Another type.
    FieldTypeChanged {
        /// The older field.
        old: FieldSide,
        /// The newer field.
        new: FieldSide,
        /// Whether only an id before the value came or went: `T` and `%T`, `Vector` and `vector`.
        is_boxing: bool,
    },
    /// Another bit, or a condition that came or went.
    FieldConditionChanged {
        /// The older field.
        old: FieldSide,
        /// The newer field.
        new: FieldSide,
    },
    /// Fields that both forms have are in another order.
    Reordered,
    /// The documentation in the schema is another one.
    DocumentationChanged,
}

/// A change of a type as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeChange {
    /// The name in the older schema.
    pub old: Option<String>,
    /// The name in the newer schema.
    pub new: Option<String>,
    /// How many constructors it had.
    pub old_constructors: usize,
    /// How many constructors it has.
    pub new_constructors: usize,
    /// Names of constructors that it did not have.
    pub added: Vec<String>,
    /// Names of constructors that it no longer has, those of the older schema.
    pub removed: Vec<String>,
}

impl TypeChange {
    /// Added, changed or removed.
    #[must_use]
    pub fn status(&self) -> Status {
        match (&self.old, &self.new) {
            (Some(_), Some(_)) => Status::Changed,
            (None, _) => Status::Added,
            (_, None) => Status::Removed,
        }
    }

    /// The newer name, or the older one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.new.as_deref().or(self.old.as_deref()).unwrap_or_default()
    }

    /// Returns whether a type of one constructor has become one of several, so that a struct becomes an enum.
    #[must_use]
    pub fn becomes_union(&self) -> bool {
        self.old_constructors == 1 && self.new_constructors > 1
    }
}
