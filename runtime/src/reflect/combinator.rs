//! Constructors and functions as a table has them.

use super::codes;
use super::cursor;
use super::record::{self, Record, Type};

/// A combinator as it is in the table.
pub(super) type Bytes = [u8; codes::COMBINATOR * codes::WORD];

/// A combinator by its bytes alone, for walks that do not tell about it.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t>(pub(super) &'t Bytes);

/// A constructor or a function of a [`Table`](super::Table).
#[derive(Clone, Copy)]
pub struct Combinator<'t> {
    position: u32,
    entry: Entry<'t>,
    /// All records of the table.
    records: &'t [record::Bytes],
    /// All texts of the table.
    texts: &'t [u8],
}

/// How a combinator came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A constructor with a name and an id.
    Named,
    /// A default constructor: a value that begins with no other constructor's id.
    Default,
    /// A group of repeated fields.
    Group,
    Function,
    /// A declaration of a type that the runtime knows.
    Builtin,
    /// A constructor with a name and an id whose values only code of their own can read.
    Opaque,
}

/// A field of a constructor or a function.
#[derive(Clone, Copy, Debug)]
pub struct Field<'t> {
    pub(super) name: &'t str,
    record: Record,
}

impl core::fmt::Debug for Combinator<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "Combinator({}#{:08x})", self.name().unwrap_or("?"), self.id())
    }
}

impl<'t> Combinator<'t> {
    #[inline]
    pub(super) fn new(position: u32, bytes: &'t Bytes, records: &'t [record::Bytes], texts: &'t [u8]) -> Self {
        Self { position, entry: Entry(bytes), records, texts }
    }

    #[inline]
    fn word(&self, position: usize) -> u32 {
        self.entry.word(position)
    }

    /// The position among the combinators of the table.
    pub(super) fn position(&self) -> u32 {
        self.position
    }

    /// The combinator without where its texts and records are.
    #[inline]
    pub(super) fn entry(&self) -> Entry<'t> {
        self.entry
    }

    /// The id; 0 for default constructors and groups of repeated fields, which have none.
    #[must_use]
    #[inline]
    pub fn id(&self) -> u32 {
        self.word(0)
    }

    /// The name in the schema, namespace included: `messages.sendMessage`. Nothing if the table is damaged.
    #[must_use]
    #[inline]
    pub fn name(&self) -> Option<&'t str> {
        cursor::text(self.texts, self.word(1))
    }

    /// The bytes of the name.
    #[inline]
    pub(super) fn text_bytes(&self) -> Option<&'t [u8]> {
        cursor::text_bytes(self.texts, self.word(1))
    }

    /// A text of the table, by its offset.
    pub(super) fn text(&self, offset: u32) -> Option<&'t str> {
        cursor::text(self.texts, offset)
    }

    /// Returns whether this is the name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.text_bytes() == Some(name.as_bytes())
    }

    /// Returns whether this is a function rather than a constructor.
    #[must_use]
    pub fn is_function(&self) -> bool {
        self.kind() == Kind::Function
    }

    /// The result of a function, or the type that a constructor constructs.
    #[must_use]
    pub fn result(&self) -> Type<'t> {
        if self.kind() != Kind::Function {
            return Type::boxed(self.word(4));
        }
        let record = self.records.get(self.word(4) as usize).map(Record::read);
        // Nothing has the type of a table that is damaged.
        Type::of(record.unwrap_or(Record::new(codes::LIST, 0)))
    }

    /// The type of a value of the constructor without its id.
    #[must_use]
    pub fn bare(&self) -> Type<'t> {
        Type::bare(self.position)
    }

    /// The type of a value of the constructor, or of a call of the function, with its id: as a boxed value, but no other
    /// constructor of the type is allowed.
    #[must_use]
    pub fn boxed(&self) -> Type<'t> {
        Type::identified(self.position)
    }

    /// The fields in the order of the wire, numbers that are computed included.
    pub fn fields(&self) -> impl Iterator<Item = Field<'t>> + use<'t> {
        let texts = self.texts;
        let records = self.records().iter().map(Record::read).filter(|record| record.code() != codes::RUN);
        records.map_while(move |record| Some(Field { name: cursor::text(texts, record.name())?, record }))
    }

    /// Returns whether a field has this name, by its record.
    pub(super) fn has_field_name(&self, record: Record, name: &str) -> bool {
        cursor::text_bytes(self.texts, record.name()) == Some(name.as_bytes())
    }

    /// The bytes of the name of a field, by its record.
    pub(super) fn name_bytes(&self, record: &record::Bytes) -> Option<&'t [u8]> {
        let record = Record::read(record);
        if record.code() == codes::RUN { None } else { cursor::text_bytes(self.texts, record.name()) }
    }

    /// The records of the fields, and of runs of them; none if the table is damaged.
    #[inline]
    pub(super) fn records(&self) -> &'t [record::Bytes] {
        self.entry.records(self.records)
    }

    /// Returns whether every field can be read.
    pub(super) fn is_whole(&self) -> bool {
        let runs = self.records().iter().filter(|bytes| Record::read(bytes).code() == codes::RUN).count();
        self.records().len() == self.entry.word(6) as usize && self.fields().count() + runs == self.records().len()
    }

    #[inline]
    pub(super) fn kind(&self) -> Kind {
        self.entry.kind()
    }

    /// Returns whether the kind is one.
    pub(super) fn has_kind(&self) -> bool {
        self.entry.head() & codes::KIND <= codes::KIND_OPAQUE
    }

    /// Returns whether a value can contain others of its kind.
    pub(super) fn is_recursive(&self) -> bool {
        self.entry.head() & codes::RECURSIVE != 0
    }

    /// How many levels of depth a value counts as.
    pub(super) fn levels(&self) -> u32 {
        self.entry.levels()
    }

    /// Returns whether a boxed value is known by its id alone: it has one, and no parameters that make a difference.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        self.entry.head() & codes::STANDS_ALONE != 0
    }

    /// Returns whether the boxed form has an id.
    pub(super) fn has_id(&self) -> bool {
        self.entry.has_id()
    }

    /// Least number of bytes of all fields.
    pub(super) fn least_length(&self) -> usize {
        self.entry.least_length()
    }

    /// How many numbers among the fields are remembered.
    pub(super) fn slots(&self) -> usize {
        self.entry.slots().min(self.records().len())
    }

    /// The position of the type that a constructor constructs.
    pub(super) fn constructed(&self) -> Option<u32> {
        self.entry.constructed()
    }
}

impl<'t> Entry<'t> {
    #[inline]
    fn word(self, position: usize) -> u32 {
        cursor::word(self.0, position)
    }

    #[inline]
    fn head(self) -> u32 {
        self.word(2)
    }

    #[inline]
    pub(super) fn kind(self) -> Kind {
        match self.head() & codes::KIND {
            codes::KIND_NAMED => Kind::Named,
            codes::KIND_DEFAULT => Kind::Default,
            codes::KIND_GROUP => Kind::Group,
            codes::KIND_FUNCTION => Kind::Function,
            codes::KIND_OPAQUE => Kind::Opaque,
            _ => Kind::Builtin,
        }
    }

    /// How many levels of depth a value counts as.
    #[inline]
    pub(super) fn levels(self) -> u32 {
        self.head() >> codes::LEVELS_SHIFT
    }

    /// Returns whether something has to be checked before a value is read.
    #[inline]
    pub(super) fn is_special(self) -> bool {
        self.has_form() || self.head() & codes::KIND == codes::KIND_OPAQUE
    }

    /// Returns whether fields depend on variables other than by bits of a few numbers.
    #[inline]
    pub(super) fn has_scope(self) -> bool {
        self.head() & codes::HAS_SCOPE != 0
    }

    /// Returns whether parameters make a difference to a value.
    #[inline]
    pub(super) fn has_form(self) -> bool {
        self.head() & codes::HAS_FORM != 0
    }

    /// Returns whether the boxed form has an id.
    #[inline]
    pub(super) fn has_id(self) -> bool {
        matches!(self.kind(), Kind::Named | Kind::Function | Kind::Opaque)
    }

    /// Returns whether it is a constructor of a type, by position, with an id.
    #[inline]
    pub(super) fn constructs(self, ty: u32) -> bool {
        self.word(4) == ty && matches!(self.head() & codes::KIND, codes::KIND_NAMED | codes::KIND_OPAQUE)
    }

    /// Least number of bytes of all fields.
    #[inline]
    pub(super) fn least_length(self) -> usize {
        self.word(3) as usize
    }

    /// How many numbers among the fields are remembered. A damaged table can have any number here.
    #[inline]
    pub(super) fn slots(self) -> usize {
        self.word(7) as usize
    }

    /// The position of the type that a constructor constructs.
    #[inline]
    pub(super) fn constructed(self) -> Option<u32> {
        match self.kind() {
            Kind::Function | Kind::Builtin => None,
            _ => Some(self.word(4)),
        }
    }

    /// The records of the fields, among all of the table.
    #[inline]
    pub(super) fn records(self, all: &'t [record::Bytes]) -> &'t [record::Bytes] {
        let start = self.word(5) as usize;
        all.get(start..start.saturating_add(self.word(6) as usize)).unwrap_or_default()
    }
}

impl<'t> Field<'t> {
    /// The name in the schema.
    #[must_use]
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// What the field holds. With parameters in it, it means something only within a value.
    #[must_use]
    pub fn ty(&self) -> Type<'t> {
        Type::of(self.record)
    }

    /// Returns whether the field can be absent.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.record.condition().is_some()
    }
}
