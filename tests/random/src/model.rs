//! A schema as plain data, so that it can be made smaller piece by piece.

use std::collections::BTreeSet;
use std::fmt;

use typelang_ir::Profile;

/// A schema, and the facts about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// The profile that the text specifies.
    pub profile: Option<Profile>,
    /// Declarations and comments in the order of the text. Section headers follow from them.
    pub items: Vec<Item>,
    /// The form of the text.
    pub layout: Layout,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// The form of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Lines end with CR and LF.
    pub carriage_returns: bool,
    /// The text begins with a byte order mark.
    pub byte_order_mark: bool,
    /// The last line ends without a line break.
    pub open_end: bool,
}

/// A fact about a declaration or a type: a text, a name for a group of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The table of the fact file: `functions`, `constructors`, `types`, `errors`.
    pub table: &'static str,
    /// The TL name.
    pub name: Name,
    /// The key beneath the name: `text`, `fields.x`, `groups.x`.
    pub key: Vec<String>,
    /// The value.
    pub value: FactValue,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// A text.
    Text(String),
    /// A number.
    Number(i32),
    /// A list of one text.
    List(String),
}

/// One piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The declaration of a built-in type, as it is written.
    Prelude(&'static str),
    /// A constructor or a function.
    Declaration(Box<Declaration>),
    /// `New T;`, `Final T;`, `Empty T;`.
    Finality(&'static str, Name),
    /// `Pair int;`.
    Application(Type),
    /// A comment with its delimiters.
    Comment(String),
}

/// The name of a type, a constructor or a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The namespaces, the outermost first.
    pub namespace: Vec<String>,
    /// The last part.
    pub name: String,
}

impl Name {
    /// A name without a namespace.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self { namespace: Vec::new(), name: name.to_owned() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.namespace.iter().try_for_each(|part| write!(f, "{part}."))?;
        f.write_str(&self.name)
    }
}

/// A constructor or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The name; `_` for a default constructor.
    pub name: Name,
    /// The id as it is written, without `#`.
    pub id: Option<String>,
    /// The arguments in braces.
    pub parameters: Vec<Parameter>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The result.
    pub result: Type,
    /// A function.
    pub is_function: bool,
    /// A function that its `=>` makes one, wherever it is.
    pub has_arrow: bool,
    /// The `@annotations`.
    pub annotations: Vec<String>,
    /// The `//@` comment.
    pub documentation: Option<Documentation>,
    /// A comment among the fields.
    pub comment: Option<String>,
}

/// A `//@` comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documentation {
    /// `@description`.
    pub description: String,
    /// `@class`, in a comment of its own.
    pub class: Option<(String, String)>,
    /// The texts of fields.
    pub fields: Vec<(String, String)>,
}

/// `{X:Type}` or `{n:#}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// A number.
    pub is_nat: bool,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: Option<String>,
    /// The condition.
    pub condition: Option<Condition>,
    /// The type.
    pub kind: FieldKind,
}

/// `flags.3?`, or `n?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The number that is tested.
    pub variable: String,
    /// The bit.
    pub bit: Option<u8>,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A type.
    Type(Type),
    /// `!X`.
    Call(String),
    /// `n*[ … ]`.
    Repetition(Option<Nat>, Vec<Field>),
}

/// A type expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `#`.
    Nat,
    /// A name: a type, a constructor, a built-in type, a type parameter.
    Name(Name),
    /// `Pair int int` or `Pair<int,int>`.
    Applied {
        /// The type or constructor.
        head: Name,
        /// The arguments.
        arguments: Vec<Argument>,
        /// With angle brackets.
        angle: bool,
    },
    /// `%T`.
    Bare(Box<Type>),
    /// `(T)`.
    Parenthesized(Box<Type>),
}

/// An argument of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A type.
    Type(Type),
    /// A number.
    Nat(Nat),
}

/// A natural number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nat {
    /// A constant.
    Constant(u32),
    /// A variable.
    Variable(String),
    /// A sum.
    Sum(Vec<Nat>),
}

impl Type {
    /// A type without a namespace and without arguments.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::Name(Name::plain(name))
    }

    /// Calls a function for every name in the type.
    pub fn names<'a>(&'a self, visit: &mut impl FnMut(&'a Name)) {
        match self {
            Self::Nat => {}
            Self::Name(name) => visit(name),
            Self::Applied { head, arguments, .. } => {
                visit(head);
                for argument in arguments {
                    if let Argument::Type(ty) = argument {
                        ty.names(visit);
                    }
                }
            }
            Self::Bare(inner) | Self::Parenthesized(inner) => inner.names(visit),
        }
    }
}

impl Model {
    /// The declarations.
    pub fn declarations(&self) -> impl Iterator<Item = &Declaration> {
        self.items.iter().filter_map(|item| match item {
            Item::Declaration(declaration) => Some(&**declaration),
            _ => None,
        })
    }

    /// The names of constructors, types and functions that are declared.
    #[must_use]
    pub fn declared(&self) -> BTreeSet<Name> {
        let mut names = BTreeSet::new();
        for declaration in self.declarations() {
            names.insert(declaration.name.clone());
            if !declaration.is_function {
                names.extend(declaration.result.head().cloned());
            }
        }
        names.extend(self.items.iter().filter_map(|item| match item {
            Item::Finality("Empty", name) => Some(name.clone()),
            _ => None,
        }));
        names
    }
}

impl Type {
    /// The name at the head.
    #[must_use]
    pub fn head(&self) -> Option<&Name> {
        match self {
            Self::Nat => None,
            Self::Name(name) | Self::Applied { head: name, .. } => Some(name),
            Self::Bare(inner) | Self::Parenthesized(inner) => inner.head(),
        }
    }
}

impl Declaration {
    /// Calls a function for every field, those of repetitions included.
    pub fn all_fields<'a>(&'a self, visit: &mut impl FnMut(&'a Field)) {
        fn all<'a>(fields: &'a [Field], visit: &mut impl FnMut(&'a Field)) {
            for field in fields {
                visit(field);
                if let FieldKind::Repetition(_, inner) = &field.kind {
                    all(inner, visit);
                }
            }
        }
        all(&self.fields, visit);
    }
}
