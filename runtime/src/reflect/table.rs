//! The table as a whole: what it holds, and how it is found.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Kind};
use super::cursor::Cursor;
use super::types::{Node, Type};

/// A schema as a table of bytes, which [the module](super) describes. Copying it copies a reference.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    bytes: &'t [u8],
}

/// Why bytes are no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableError {
    /// The bytes do not begin as a table does.
    NotATable,
    /// The table has another version than this crate reads.
    Version {
        /// The version of the table.
        found: u32,
    },
    /// A part of the table cannot be read, or contradicts another part.
    Damaged,
}

impl fmt::Display for TableError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATable => formatter.write_str("not a schema table"),
            Self::Version { found } => {
                write!(formatter, "schema table of version {found}, where {} is known", codes::VERSION)
            }
            Self::Damaged => formatter.write_str("damaged schema table"),
        }
    }
}

impl core::error::Error for TableError {}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Table({} bytes)", self.bytes.len())
    }
}

/// Words of the header, by position.
#[derive(Clone, Copy)]
enum Word {
    Magic = 0,
    Version = 1,
    Layer = 2,
    Flags = 3,
    Types = 4,
    Combinators = 5,
    Ids = 6,
    Texts = 7,
}

impl<'t> Table<'t> {
    /// A table that was read or built at run time. All of it is checked, in time linear in its size.
    ///
    /// # Errors
    ///
    /// The bytes are no table, or a damaged one.
    pub fn new(bytes: &'t [u8]) -> Result<Self, TableError> {
        let table = Self { bytes };
        if table.header(Word::Magic) != Some(codes::MAGIC) {
            return Err(TableError::NotATable);
        }
        match table.header(Word::Version) {
            Some(codes::VERSION) => {}
            Some(found) => return Err(TableError::Version { found }),
            None => return Err(TableError::Damaged),
        }
        match super::check::check(table) {
            Some(()) => Ok(table),
            None => Err(TableError::Damaged),
        }
    }

    /// A table that was generated together with the code that uses it, and therefore is right: nothing is checked. What is
    /// wrong nevertheless is an error of the walk that meets it, never a panic.
    #[must_use]
    pub const fn generated(bytes: &'t [u8]) -> Self {
        Self { bytes }
    }

    /// The bytes of the table.
    #[must_use]
    pub fn as_bytes(&self) -> &'t [u8] {
        self.bytes
    }

    /// The layer that the schema states, if any.
    #[must_use]
    pub fn layer(&self) -> Option<u32> {
        self.header(Word::Layer).filter(|&layer| layer != 0)
    }

    /// Returns whether strings of 2²⁴ bytes and more are part of the wire format.
    #[must_use]
    pub fn has_long_strings(&self) -> bool {
        self.header(Word::Flags).is_some_and(|flags| flags & codes::TABLE_LONG_STRINGS != 0)
    }

    /// The name of the constructor, function or built-in type that has an id: of the first one, if several have it.
    #[must_use]
    pub fn name_of(&self, id: u32) -> Option<&'t str> {
        self.find_by_id(id).next()?.name()
    }

    /// The constructor or function that has an id: the first one, if several have it.
    #[must_use]
    pub fn combinator(&self, id: u32) -> Option<Combinator<'t>> {
        self.combinators_with(id).next()
    }

    /// All constructors and functions that have an id. A function and a constructor can have the same one, and so can
    /// constructors of different types, where nothing in the schema can be both.
    pub fn combinators_with(&self, id: u32) -> impl Iterator<Item = Combinator<'t>> + use<'t> {
        self.find_by_id(id).filter(|found| found.kind() != Kind::Builtin)
    }

    /// All constructors and functions, in the order of the schema; those without an id (default constructors and groups of
    /// repeated fields) are among them.
    pub fn combinators(&self) -> impl Iterator<Item = Combinator<'t>> + use<'t> {
        let table = *self;
        (0..self.count(Word::Combinators))
            // A damaged table may announce many more than it has.
            .map_while(move |position| table.combinator_at(position))
            .filter(|it| it.kind() != Kind::Builtin)
    }

    /// The constructor of a name.
    #[must_use]
    pub fn constructor_named(&self, name: &str) -> Option<Combinator<'t>> {
        self.find_by_name(name, |kind| matches!(kind, Kind::Named | Kind::Default | Kind::Opaque))
    }

    /// The function of a name.
    #[must_use]
    pub fn function_named(&self, name: &str) -> Option<Combinator<'t>> {
        self.find_by_name(name, |kind| kind == Kind::Function)
    }

    /// Boxed values of the type of a name.
    #[must_use]
    pub fn type_named(&self, name: &str) -> Option<Type<'t>> {
        (0..).zip(self.type_names()).find(|(_, it)| *it == name).map(|(position, _)| Type::boxed(position))
    }

    /// The names of all types, in the order of the schema.
    pub fn type_names(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let table = *self;
        (0..self.count(Word::Types)).map_while(move |position| Some(table.type_at(position)?.name))
    }

    /// How a type is called in messages: `int`, `Vector<Message>`, `%FutureSalt`.
    pub(super) fn text_of(&self, ty: Type<'t>) -> String {
        match ty.node() {
            Some(Node::Builtin(builtin)) => builtin.name().to_string(),
            Some(Node::BoxedBuiltin(builtin, _)) => boxed_name(builtin),
            Some(Node::Vector { boxed, element }) => {
                format!("{}<{}>", if boxed { "Vector" } else { "vector" }, self.text_of(element))
            }
            Some(Node::Tuple { element, .. }) => format!("tuple of {}", self.text_of(element)),
            Some(Node::Boxed(position, _)) => self.type_at(position).map_or("?", |it| it.name).to_string(),
            Some(Node::Bare(position, _) | Node::Identified(position)) => {
                self.combinator_at(position).and_then(|it| it.name()).unwrap_or("?").to_string()
            }
            Some(Node::Parameter(_)) => "type parameter".to_string(),
            Some(Node::Call) => "function".to_string(),
            Some(Node::Output) => "result of a call".to_string(),
            Some(Node::Object) => "constructor".to_string(),
            Some(Node::Any) => "constructor or function".to_string(),
            None => "?".to_string(),
        }
    }

    fn header(&self, word: Word) -> Option<u32> {
        Cursor::new(self.bytes.get(4 * word as usize..)?).word()
    }

    fn count(&self, word: Word) -> u32 {
        self.header(word).unwrap_or_default()
    }

    pub(super) fn type_count(&self) -> u32 {
        self.count(Word::Types)
    }

    pub(super) fn combinator_count(&self) -> u32 {
        self.count(Word::Combinators)
    }

    pub(super) fn id_count(&self) -> u32 {
        self.count(Word::Ids)
    }

    /// A word of the indexes behind the header.
    fn index_word(&self, position: u64) -> Option<u32> {
        let offset = usize::try_from(codes::HEADER as u64 + 4 * position).ok()?;
        Cursor::new(self.bytes.get(offset..)?).word()
    }

    fn record(&self, offset: u32) -> Option<Cursor<'t>> {
        Some(Cursor::new(self.bytes.get(usize::try_from(offset).ok()?..)?))
    }

    /// A text, by its offset among the texts.
    pub(super) fn text(&self, offset: u32) -> Option<&'t str> {
        let begin = self.header(Word::Texts)?.checked_add(offset)?;
        self.record(begin)?.text()
    }

    /// A type, by position.
    pub(super) fn type_at(&self, position: u32) -> Option<TypeRecord<'t>> {
        if position >= self.type_count() {
            return None;
        }
        let mut cursor = self.record(self.index_word(position.into())?)?;
        let name = self.text(cursor.number()?)?;
        let least_length = cursor.number()?;
        let parameters = cursor.parameters()?;
        let constructors = cursor.number()?;
        Some(TypeRecord { name, least_length, parameters, constructors, list: cursor })
    }

    /// A combinator, by position.
    pub(super) fn combinator_at(&self, position: u32) -> Option<Combinator<'t>> {
        if position >= self.combinator_count() {
            return None;
        }
        let entry = self.entry(position);
        let (id, offset) = (self.index_word(entry)?, self.index_word(entry + 1)?);
        Combinator::read(*self, position, id, self.record(offset)?)
    }

    /// Where the two words of a combinator begin, behind the header.
    fn entry(&self, position: u32) -> u64 {
        u64::from(self.type_count()) + 2 * u64::from(position)
    }

    /// The position of a combinator, by its place in the order of ids.
    pub(super) fn by_id(&self, place: u32) -> Option<u32> {
        let start = u64::from(self.type_count()) + 2 * u64::from(self.combinator_count());
        self.index_word(start + u64::from(place))
    }

    /// The position of a combinator, by its place in the order of names.
    pub(super) fn by_name(&self, place: u32) -> Option<u32> {
        let start = u64::from(self.type_count()) + 2 * u64::from(self.combinator_count()) + u64::from(self.id_count());
        self.index_word(start + u64::from(place))
    }

    /// The constructor or function that has an id and a name.
    pub(crate) fn combinator_called(&self, id: u32, name: &str) -> Option<Combinator<'t>> {
        self.combinators_with(id).find(|it| it.name() == Some(name))
    }

    /// The declaration of a built-in type, by the name of its constructor, if values of it are known by its id.
    pub(super) fn builtin_named(&self, name: &str) -> Option<Combinator<'t>> {
        self.find_by_name(name, |kind| kind == Kind::Builtin).filter(Combinator::stands_alone)
    }

    /// All constructors, functions and built-in types that have an id.
    pub(super) fn find_by_id(&self, id: u32) -> impl Iterator<Item = Combinator<'t>> + use<'t> {
        let table = *self;
        let id_of = |place| table.index_word(table.entry(table.by_id(place)?));
        let first = partition(table.id_count(), |place| id_of(place).is_some_and(|it| it < id));
        let found = move |place| table.combinator_at(table.by_id(place)?).filter(|it| it.id() == id);
        (first..table.id_count()).map_while(found)
    }

    fn find_by_name(&self, name: &str, wanted: impl Fn(Kind) -> bool) -> Option<Combinator<'t>> {
        let count = self.combinator_count();
        let found = |place| self.combinator_at(self.by_name(place)?);
        let is_before = |it: &Combinator<'_>| it.name().is_some_and(|other| other < name);
        let first = partition(count, |place| found(place).is_some_and(|it| is_before(&it)));
        let same = (first..count).map_while(found).take_while(|it| it.name() == Some(name));
        same.into_iter().find(|it| wanted(it.kind()))
    }
}

/// The first place for which a condition does not hold, where it holds for all before.
fn partition(count: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = u32::midpoint(low, high);
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// `int` is boxed as `Int`.
fn boxed_name(builtin: Builtin) -> String {
    let name = builtin.name();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A type with its constructors.
#[derive(Clone, Copy)]
pub(super) struct TypeRecord<'t> {
    pub(super) name: &'t str,
    /// Least number of bytes of a boxed value.
    pub(super) least_length: u32,
    /// How many parameters there are.
    pub(super) parameters: u32,
    /// How many constructors there are.
    pub(super) constructors: u32,
    list: Cursor<'t>,
}

impl TypeRecord<'_> {
    /// The positions of the constructors.
    pub(super) fn positions(&self) -> impl Iterator<Item = u32> {
        let mut list = self.list;
        (0..self.constructors).map_while(move |_| list.number())
    }
}
