//! Places where names are declared and used.

use typelang_parser::SourceId;

use crate::schema::{ConstructorId, FunctionId, Origin, TypeId};

/// A constructor or a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CombinatorId {
    /// A constructor.
    Constructor(ConstructorId),
    /// A function.
    Function(FunctionId),
}

/// The meaning of a name in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A type.
    Type(TypeId),
    /// A constructor.
    Constructor(ConstructorId),
    /// A function.
    Function(FunctionId),
    /// A field of a combinator, by position. The fields that a repetition groups are those of its constructor.
    Field(CombinatorId, usize),
    /// A parameter of a combinator, by position.
    Parameter(CombinatorId, usize),
}

/// A place where a name is declared or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The meaning of the name.
    pub named: Named,
    /// The place of the name alone, without what belongs to it: `%`, `!`, arguments, a bit.
    pub origin: Origin,
    /// Whether the name is declared here. A type is declared wherever it is constructed.
    pub declares: bool,
}

/// All places where the names of a schema are declared and used: for going to a definition, renaming, and lists of uses.
///
/// Built-in types are not among the names, nor is anything in a declaration that is left out of the schema, such as the
/// repetition of another file's.
///
/// ```
/// use typelang_ir::{Named, resolve};
///
/// let text = "user id:int = User;\nchat members:Vector<User> = Chat;\n";
/// let parsed = typelang_parser::parse(Default::default(), text);
/// let resolution = resolve(&[parsed.file], Default::default());
/// let user = Named::Type(resolution.schema.find_type("User").unwrap());
/// let places = resolution.uses.of(user).map(|it| it.origin.span.range());
/// assert_eq!(places.collect::<Vec<_>>(), [14..18, 40..44]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses {
    all: Vec<Use>,
}

impl Uses {
    pub(crate) fn new(mut all: Vec<Use>) -> Self {
        all.sort_by_key(|it| (it.origin.source, it.origin.span));
        Self { all }
    }

    /// All places, in the order of the texts.
    #[must_use]
    pub fn all(&self) -> &[Use] {
        &self.all
    }

    /// The places of one name, in the order of the texts.
    pub fn of(&self, named: Named) -> impl Iterator<Item = &Use> {
        self.all.iter().filter(move |it| it.named == named)
    }

    /// The name at an offset in a text. The end of a name belongs to it, as a cursor behind it does.
    #[must_use]
    pub fn at(&self, source: SourceId, offset: u32) -> Option<&Use> {
        let before = self.all.partition_point(|it| (it.origin.source, it.origin.span.start) <= (source, offset));
        let last = self.all.get(before.checked_sub(1)?)?;
        (last.origin.source == source && offset <= last.origin.span.end).then_some(last)
    }
}
