//! The table as a whole: its parts, and how they are found.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::builtin::Builtin;
use super::codes;
use super::combinator::{self, Combinator, Entry, Kind};
use super::cursor;
use super::index::Index;
use super::record::{self, Record, Type};

/// A schema as a table of bytes, which [the module](super) describes. Copying it copies references.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    bytes: &'t [u8],
    layer: u32,
    flags: u32,
    types: &'t [TypeBytes],
    combinators: &'t [combinator::Bytes],
    ids: Index<'t>,
    names: Index<'t>,
    type_names: Index<'t>,
    lists: &'t [[u8; codes::WORD]],
    records: &'t [record::Bytes],
    texts: &'t [u8],
}

/// A type as it is in the table.
type TypeBytes = [u8; codes::TYPE * codes::WORD];

/// Why bytes are not a table.
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

impl<'t> Table<'t> {
    /// A table that was read or built at run time. All of it is checked, in time linear in its size.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a table, or a damaged one.
    pub fn new(bytes: &'t [u8]) -> Result<Self, TableError> {
        let header = |position: usize| header_word(bytes, position);
        if header(0) != Some(codes::MAGIC) {
            return Err(TableError::NotATable);
        }
        match header(1) {
            Some(codes::VERSION) => {}
            Some(found) => return Err(TableError::Version { found }),
            None => return Err(TableError::Damaged),
        }
        let table = Self::parts(bytes).ok_or(TableError::Damaged)?;
        match super::check::check(&table) {
            Some(()) => Ok(table),
            None => Err(TableError::Damaged),
        }
    }

    /// A table that was generated together with the code that uses it, and therefore is right: nothing is checked. What is
    /// wrong nevertheless is an error of the walk that meets it, never a panic.
    #[must_use]
    pub const fn generated(bytes: &'t [u8]) -> Self {
        match Self::parts(bytes) {
            Some(table) => table,
            None => Self {
                bytes,
                layer: 0,
                flags: 0,
                types: &[],
                combinators: &[],
                ids: Index::EMPTY,
                names: Index::EMPTY,
                type_names: Index::EMPTY,
                lists: &[],
                records: &[],
                texts: &[],
            },
        }
    }

    /// Finds where each part is; nothing if one of them is not there.
    const fn parts(bytes: &'t [u8]) -> Option<Self> {
        let (words, _) = bytes.as_chunks::<{ codes::WORD }>();
        let Some((header, rest)) = words.split_first_chunk::<{ codes::HEADER }>() else { return None };
        let [_, _, layer, flags, types, combinators, ids, lists, records, texts] = *header;
        let [types, combinators, ids] = [number(types), number(combinators), number(ids)];
        let [lists, records, texts] = [number(lists), number(records), number(texts)];
        // No part has more entries than there are words, so that nothing overflows.
        if types > words.len() || combinators > words.len() || lists > records || records > texts || texts > words.len()
        {
            return None;
        }
        let Some((types_part, rest)) = rest.split_at_checked(types * codes::TYPE) else { return None };
        let Some((combinators_part, rest)) = rest.split_at_checked(combinators * codes::COMBINATOR) else {
            return None;
        };
        let Some((ids, rest)) = Index::split(rest, ids) else { return None };
        let Some((names, rest)) = Index::split(rest, combinators) else { return None };
        let Some((type_names, _)) = Index::split(rest, types) else { return None };
        let (_, from_lists) = words.split_at(lists);
        let (lists, _) = from_lists.split_at(records - lists);
        let (_, from_records) = words.split_at(records);
        let (records, _) = from_records.split_at(texts - records);
        let (_, texts) = bytes.split_at(texts * codes::WORD);
        Some(Self {
            bytes,
            layer: u32::from_le_bytes(layer),
            flags: u32::from_le_bytes(flags),
            types: types_part.as_flattened().as_chunks().0,
            combinators: combinators_part.as_flattened().as_chunks().0,
            ids,
            names,
            type_names,
            lists,
            records: records.as_flattened().as_chunks().0,
            texts,
        })
    }

    /// The bytes of the table.
    #[must_use]
    pub fn as_bytes(&self) -> &'t [u8] {
        self.bytes
    }

    /// The layer that the schema states, if any.
    #[must_use]
    pub fn layer(&self) -> Option<u32> {
        Some(self.layer).filter(|&layer| layer != 0)
    }

    /// Returns whether strings of 2²⁴ bytes and more are part of the wire format.
    #[must_use]
    pub fn has_long_strings(&self) -> bool {
        self.flags & codes::TABLE_LONG_STRINGS != 0
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
        (0..table.combinator_count())
            .filter_map(move |position| table.combinator_at(position))
            .filter(|it| it.kind() != Kind::Builtin)
    }

    /// The constructor of a name.
    #[must_use]
    pub fn constructor_named(&self, name: &str) -> Option<Combinator<'t>> {
        self.find_by_name(name).find(|it| matches!(it.kind(), Kind::Named | Kind::Default | Kind::Opaque))
    }

    /// The function of a name.
    #[must_use]
    pub fn function_named(&self, name: &str) -> Option<Combinator<'t>> {
        self.find_by_name(name).find(Combinator::is_function)
    }

    /// Boxed values of the type of a name.
    #[must_use]
    pub fn type_named(&self, name: &str) -> Option<Type<'t>> {
        let mut found = self.type_names.find(codes::name_key(name));
        let position = found.find(|&position| self.type_at(position).is_some_and(|it| it.name() == Some(name)));
        position.map(Type::boxed)
    }

    /// The names of all types, in the order of the schema.
    pub fn type_names(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let table = *self;
        (0..table.type_count()).map_while(move |position| table.type_at(position)?.name())
    }

    /// How a type is called in messages: `int`, `Vector<Message>`, `%FutureSalt`.
    pub(super) fn text_of(&self, ty: Type<'t>) -> String {
        self.text_of_record(ty.record, TEXT_DEPTH)
    }

    fn text_of_record(&self, record: Record, depth: u32) -> String {
        let name = |it: Option<Combinator<'t>>| it.and_then(|it| it.name()).unwrap_or("?").to_string();
        let element = |position: u32| match (self.record_at(position), depth.checked_sub(1)) {
            (Some(element), Some(depth)) => self.text_of_record(element, depth),
            _ => "?".to_string(),
        };
        match record.code() {
            codes::BOXED_BUILTIN => {
                let builtin = u8::try_from(record.a()).ok().and_then(Builtin::of_code);
                builtin.map_or_else(|| "?".to_string(), boxed_name)
            }
            codes::BOXED_VECTOR => format!("Vector<{}>", element(record.a())),
            codes::BARE_VECTOR => format!("vector<{}>", element(record.a())),
            codes::TUPLE | codes::BOXED_TUPLE => format!("tuple of {}", element(record.a().saturating_add(1))),
            codes::BOXED => self.type_at(record.a()).and_then(|it| it.name()).unwrap_or("?").to_string(),
            codes::BARE | codes::IDENTIFIED => name(self.combinator_at(record.a())),
            codes::PARAMETER => "type parameter".to_string(),
            codes::CALL | codes::FUNCTION => "function".to_string(),
            codes::OUTPUT => "result of a call".to_string(),
            codes::CONSTRUCTOR => "constructor".to_string(),
            codes::OBJECT => "constructor or function".to_string(),
            _ => record.builtin().map_or("?", Builtin::name).to_string(),
        }
    }

    pub(super) fn type_count(&self) -> u32 {
        u32::try_from(self.types.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn combinator_count(&self) -> u32 {
        u32::try_from(self.combinators.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn indexes(&self) -> [Index<'t>; 3] {
        [self.ids, self.names, self.type_names]
    }

    /// A text, by its offset among the texts.
    #[inline]
    pub(super) fn text(&self, offset: u32) -> Option<&'t str> {
        cursor::text(self.texts, offset)
    }

    /// The bytes of a text, by its offset among the texts.
    #[inline]
    pub(super) fn text_bytes(&self, offset: u32) -> Option<&'t [u8]> {
        cursor::text_bytes(self.texts, offset)
    }

    /// A record, by position.
    #[inline]
    pub(super) fn record_at(&self, position: u32) -> Option<Record> {
        self.records.get(position as usize).map(Record::read)
    }

    /// The records of a list of arguments.
    #[inline]
    pub(super) fn list(&self, position: u32) -> Option<&'t [record::Bytes]> {
        if position == 0 {
            return Some(&[]);
        }
        let (head, rest) = self.records.get(position as usize..)?.split_first()?;
        let head = Record::read(head);
        if head.code() == codes::LIST { rest.get(..head.a() as usize) } else { None }
    }

    /// A type, by position.
    #[inline]
    pub(super) fn type_at(&self, position: u32) -> Option<TypeRecord<'t>> {
        let bytes = self.types.get(position as usize)?;
        Some(TypeRecord { bytes, lists: self.lists, texts: self.texts })
    }

    /// A combinator, by position.
    #[inline]
    pub(super) fn combinator_at(&self, position: u32) -> Option<Combinator<'t>> {
        let bytes = self.combinators.get(position as usize)?;
        Some(Combinator::new(position, bytes, self.records, self.texts))
    }

    /// The constructor or function that has an id and a name.
    pub(crate) fn combinator_called(&self, id: u32, name: &str) -> Option<Combinator<'t>> {
        self.combinators_with(id).find(|it| it.name() == Some(name))
    }

    /// The declaration of a built-in type, by the name of its constructor, if values of it are known by its id.
    pub(super) fn builtin_named(&self, name: &str) -> Option<Combinator<'t>> {
        self.find_by_name(name).find(|it| it.kind() == Kind::Builtin).filter(Combinator::stands_alone)
    }

    /// All constructors, functions and built-in types that have an id.
    #[inline]
    pub(super) fn find_by_id(&self, id: u32) -> impl Iterator<Item = Combinator<'t>> + use<'t> {
        let (combinators, records, texts) = (self.combinators, self.records, self.texts);
        let combinator =
            move |position: u32| Some(Combinator::new(position, combinators.get(position as usize)?, records, texts));
        self.ids.find(id).filter_map(combinator).filter(move |it| it.id() == id)
    }

    /// The position of the constructor of a type that has an id.
    #[inline]
    pub(super) fn constructor_with(&self, id: u32, ty: u32) -> Option<u32> {
        let is_it = |it: Entry<'_>| it.constructs(ty);
        self.ids.positions(id).iter().find_map(|entry| {
            let (key, position) = super::index::entry_of(entry);
            (key == id && self.entry_at(position).is_some_and(is_it)).then_some(position)
        })
    }

    /// A combinator by position, without where its texts and records are.
    #[inline]
    pub(super) fn entry_at(&self, position: u32) -> Option<Entry<'t>> {
        self.combinators.get(position as usize).map(Entry)
    }

    /// The records of the fields of a combinator.
    #[inline]
    pub(super) fn records_of(&self, entry: Entry<'t>) -> &'t [record::Bytes] {
        entry.records(self.records)
    }

    /// All constructors, functions and built-in types of a name.
    pub(super) fn find_by_name<'n>(&self, name: &'n str) -> impl Iterator<Item = Combinator<'t>> + use<'t, 'n> {
        let table = *self;
        let combinators = self.names.find(codes::name_key(name)).filter_map(move |it| table.combinator_at(it));
        combinators.filter(move |it| it.is_called(name))
    }
}

/// How deep types are written in messages, one inside of another.
const TEXT_DEPTH: u32 = 64;

/// A word of the header.
fn header_word(bytes: &[u8], position: usize) -> Option<u32> {
    let word = bytes.get(codes::WORD * position..)?.first_chunk()?;
    Some(u32::from_le_bytes(*word))
}

/// A word as a number of things in memory.
const fn number(word: [u8; codes::WORD]) -> usize {
    u32::from_le_bytes(word) as usize
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
    bytes: &'t TypeBytes,
    lists: &'t [[u8; codes::WORD]],
    texts: &'t [u8],
}

impl<'t> TypeRecord<'t> {
    #[inline]
    fn word(&self, position: usize) -> u32 {
        cursor::word(self.bytes, position)
    }

    pub(super) fn name(&self) -> Option<&'t str> {
        cursor::text(self.texts, self.word(0))
    }

    /// Least number of bytes of a boxed value.
    pub(super) fn least_length(&self) -> usize {
        self.word(1) as usize
    }

    /// How many parameters there are.
    pub(super) fn parameters(&self) -> usize {
        self.word(2) as usize
    }

    /// How many constructors there are.
    pub(super) fn constructors(&self) -> usize {
        self.word(4) as usize
    }

    /// The position of the default constructor.
    #[inline]
    pub(super) fn default(&self) -> Option<u32> {
        self.word(5).checked_sub(1)
    }

    /// The positions of the constructors; none if the table is damaged.
    pub(super) fn positions(&self) -> impl Iterator<Item = u32> + use<'t> {
        let start = self.word(3) as usize;
        let list = self.lists.get(start..).and_then(|rest| rest.get(..self.constructors())).unwrap_or_default();
        list.iter().map(|word| u32::from_le_bytes(*word))
    }
}
