//! The schema as one compact table of bytes, for programs that read and write values without generated code.
//!
//! The format is described where it is read: `typelang::reflect`.

pub(crate) mod codes;
mod writer;

use writer::{Record, Texts};

use crate::Facts;
use crate::schema::{BoxedBuiltin, Combinator, Constructor, ConstructorKind, Function, Schema, Type};

/// The table of a schema, in the format that `typelang::reflect` describes. Equal schemas give equal bytes.
///
/// `long_strings` says whether strings of 2²⁴ bytes and more are part of the wire format:
/// [`Profile::has_long_strings`](crate::Profile::has_long_strings) for most.
///
/// ```
/// let parsed = typelang_parser::parse(Default::default(), "user#d23c81a3 id:int name:string = User;");
/// let schema = typelang_ir::resolve(&[parsed.file], Default::default()).schema;
/// assert!(typelang_ir::table(&schema, false).starts_with(b"TLTB"));
/// ```
#[must_use]
pub fn table(schema: &Schema, long_strings: bool) -> Vec<u8> {
    let facts = Facts::new(schema);
    let mut builder = Builder::default();
    for id in schema.type_ids() {
        builder.ty(&schema[id], facts.ty(id).least_length);
    }
    for id in schema.constructor_ids() {
        let facts_of_it = facts.constructor(id);
        let stands_alone = facts.used_by_constructor(id).is_empty();
        builder.constructor(&schema[id], stands_alone, facts_of_it.recursive, facts_of_it.least_length);
    }
    for id in schema.function_ids() {
        let facts = facts.function(id);
        builder.function(&schema[id], facts.recursive, facts.least_length);
    }
    let boxed = schema.boxed_builtins();
    for builtin in &schema.builtins {
        let (name, id) = (builtin.name.to_string(), builtin.id);
        builder.builtin(&name, id, boxed.iter().any(|it| it.id == id && it.name == name));
    }
    let is_declared = |it: &&BoxedBuiltin| schema.builtins.iter().any(|declared| declared.id == it.id);
    for builtin in boxed.iter().filter(|it| !is_declared(it)) {
        builder.builtin(&builtin.name, builtin.id, true);
    }
    builder.finish(schema.layer, long_strings)
}

/// What a combinator is found by.
struct Entry {
    id: u32,
    /// Where its record begins, in bytes from the first record.
    offset: usize,
    has_id: bool,
    name: String,
}

/// A table in the making.
#[derive(Default)]
struct Builder {
    texts: Texts,
    records: Vec<u8>,
    types: Vec<usize>,
    combinators: Vec<Entry>,
}

impl Builder {
    fn record(&mut self) -> Record<'_> {
        Record { out: &mut self.records, texts: &mut self.texts }
    }

    fn ty(&mut self, ty: &Type, least_length: u32) {
        self.types.push(self.records.len());
        let mut record = self.record();
        record.name(&ty.name.to_string());
        record.number(least_length as usize);
        record.parameters(&ty.parameters);
        record.number(ty.constructors.len());
        for constructor in &ty.constructors {
            record.number(constructor.index());
        }
    }

    fn constructor(&mut self, constructor: &Constructor, stands_alone: bool, recursive: bool, least_length: u32) {
        let combinator = &constructor.combinator;
        let kind = match constructor.kind {
            ConstructorKind::Named => codes::KIND_NAMED,
            ConstructorKind::Default => codes::KIND_DEFAULT,
            ConstructorKind::Group => codes::KIND_GROUP,
            ConstructorKind::Opaque => codes::KIND_OPAQUE,
        };
        let has_id = constructor.kind.has_id();
        let depth = if recursive { codes::COUNTS_DEPTH } else { 0 };
        let alone = if stands_alone && has_id && !constructor.external { codes::STANDS_ALONE } else { 0 };
        self.entry(combinator, has_id);
        let mut record = self.record();
        head(&mut record, kind | depth | alone, combinator, least_length);
        record.number(constructor.result.index());
        fields(&mut record, combinator);
    }

    fn function(&mut self, function: &Function, recursive: bool, least_length: u32) {
        let combinator = &function.combinator;
        let depth = if recursive { codes::COUNTS_DEPTH } else { 0 };
        self.entry(combinator, true);
        let mut record = self.record();
        head(&mut record, codes::KIND_FUNCTION | codes::STANDS_ALONE | depth, combinator, least_length);
        record.value_type(&function.result);
        fields(&mut record, combinator);
    }

    fn builtin(&mut self, name: &str, id: u32, stands_alone: bool) {
        let offset = self.records.len();
        self.combinators.push(Entry { id, offset, has_id: true, name: name.to_owned() });
        let mut record = self.record();
        record.byte(codes::KIND_BUILTIN | if stands_alone { codes::STANDS_ALONE } else { 0 });
        record.name(name);
    }

    fn entry(&mut self, combinator: &Combinator, has_id: bool) {
        let name = combinator.name.to_string();
        self.combinators.push(Entry { id: combinator.id, offset: self.records.len(), has_id, name });
    }

    /// Positions of combinators in the order that a key gives.
    fn sorted<K: Ord>(&self, wanted: impl Fn(&Entry) -> bool, key: impl Fn(&Entry) -> K) -> Vec<usize> {
        let mut positions: Vec<usize> =
            (0..self.combinators.len()).filter(|&position| wanted(&self.combinators[position])).collect();
        positions.sort_by_key(|&position| key(&self.combinators[position]));
        positions
    }

    fn finish(self, layer: Option<u32>, long_strings: bool) -> Vec<u8> {
        let by_id = self.sorted(|entry| entry.has_id, |entry| entry.id);
        let by_name = self.sorted(|_| true, |entry| entry.name.clone());
        let indexes = 4 * (self.types.len() + 2 * self.combinators.len() + by_id.len() + by_name.len());
        let records = codes::HEADER + indexes;
        let texts = records + self.records.len();
        let flags = if long_strings { codes::TABLE_LONG_STRINGS } else { 0 };
        let mut out = Vec::with_capacity(texts + self.texts.bytes.len());
        for word in [codes::MAGIC, codes::VERSION, layer.unwrap_or_default(), flags] {
            out.extend(word.to_le_bytes());
        }
        for count in [self.types.len(), self.combinators.len(), by_id.len(), texts] {
            out.extend(word(count));
        }
        for offset in &self.types {
            out.extend(word(records + offset));
        }
        for entry in &self.combinators {
            out.extend(entry.id.to_le_bytes());
            out.extend(word(records + entry.offset));
        }
        for position in by_id.into_iter().chain(by_name) {
            out.extend(word(position));
        }
        out.extend(self.records);
        out.extend(self.texts.bytes);
        out
    }
}

/// What the records of constructors and functions begin with.
fn head(record: &mut Record<'_>, first: u8, combinator: &Combinator, least_length: u32) {
    record.byte(first);
    record.name(&combinator.name.to_string());
    record.number(least_length as usize);
    record.parameters(&combinator.parameters);
}

fn fields(record: &mut Record<'_>, combinator: &Combinator) {
    record.number(combinator.fields.len());
    for field in &combinator.fields {
        record.field(field);
    }
}

/// A position as four bytes. A schema of four gigabytes is no schema.
fn word(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}
