//! The schema as one compact table of bytes, for programs that read and write values without generated code.
//!
//! The format is described where it is read: `typelang::reflect`.

pub(crate) mod codes;
mod writer;

use writer::{Block, Records, word};

use crate::Facts;
use crate::schema::{
    BoxedBuiltin, Combinator, Constructor, ConstructorId, ConstructorKind, Function, FunctionId, Nat, NatVariable,
    Schema, Type, ValueType,
};

/// How many levels of depth values count as, which depends on the code that is generated for them.
#[derive(Clone, Copy, Debug)]
pub struct TableLevels<'a> {
    /// A number for each constructor, by position.
    pub constructors: &'a [u32],
    /// A number for each function, by position.
    pub functions: &'a [u32],
}

/// The table of a schema, in the format that `typelang::reflect` describes. Equal schemas give equal bytes. A value counts as one
/// level of depth if it can contain values of its own kind.
///
/// `long_strings` is whether strings of 2²⁴ bytes and more are part of the wire format:
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
    let constructors: Vec<u32> =
        schema.constructor_ids().map(|id| u32::from(facts.constructor(id).recursive)).collect();
    let functions: Vec<u32> = schema.function_ids().map(|id| u32::from(facts.function(id).recursive)).collect();
    let levels = TableLevels { constructors: &constructors, functions: &functions };
    table_with_levels(schema, &facts, long_strings, levels)
}

/// The same as [`table`] with the levels that values count as in generated code.
#[must_use]
pub fn table_with_levels(schema: &Schema, facts: &Facts, long_strings: bool, levels: TableLevels<'_>) -> Vec<u8> {
    let mut builder = Builder {
        facts,
        levels,
        records: Records::new(schema, facts),
        types: Vec::new(),
        lists: Vec::new(),
        combinators: Vec::new(),
    };
    for id in schema.type_ids() {
        builder.ty(schema, &schema[id], facts.ty(id).least_length);
    }
    for id in schema.constructor_ids() {
        builder.constructor(id, &schema[id]);
    }
    for id in schema.function_ids() {
        builder.function(id, &schema[id]);
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

/// A table in the making.
struct Builder<'a> {
    facts: &'a Facts,
    levels: TableLevels<'a>,
    records: Records<'a>,
    types: Vec<(String, [u32; codes::TYPE])>,
    /// Constructors of types, by position.
    lists: Vec<u32>,
    combinators: Vec<Entry>,
}

/// A combinator, and what it is found by.
struct Entry {
    has_id: bool,
    name: String,
    words: [u32; codes::COMBINATOR],
}

impl Entry {
    fn id(&self) -> u32 {
        self.words[0]
    }
}

impl Builder<'_> {
    fn ty(&mut self, schema: &Schema, ty: &Type, least_length: u32) {
        let name = ty.name.to_string();
        let default = ty.constructors.iter().find(|&&it| schema[it].kind == ConstructorKind::Default);
        let words = [
            self.records.texts.offset(&name),
            least_length,
            word(ty.parameters.len()),
            word(self.lists.len()),
            word(ty.constructors.len()),
            default.map_or(0, |it| word(it.index()).saturating_add(1)),
        ];
        self.lists.extend(ty.constructors.iter().map(|it| word(it.index())));
        self.types.push((name, words));
    }

    fn constructor(&mut self, id: ConstructorId, constructor: &Constructor) {
        let kind = match constructor.kind {
            ConstructorKind::Named => codes::KIND_NAMED,
            ConstructorKind::Default => codes::KIND_DEFAULT,
            ConstructorKind::Group => codes::KIND_GROUP,
            ConstructorKind::Opaque => codes::KIND_OPAQUE,
        };
        let has_id = constructor.kind.has_id();
        let is_without_form = self.facts.used_by_constructor(id).is_empty();
        let alone = if is_without_form && has_id && !constructor.external { codes::STANDS_ALONE } else { 0 };
        let form = if is_without_form { 0 } else { codes::HAS_FORM };
        let facts = self.facts.constructor(id);
        let recursive = if facts.recursive { codes::RECURSIVE } else { 0 };
        let levels = self.levels.constructors.get(id.index()).copied().unwrap_or_default();
        let head = kind | alone | form | recursive | shifted(levels);
        let (least_length, result) = (facts.least_length, word(constructor.result.index()));
        self.combinator(&constructor.combinator, has_id, head, least_length, result);
    }

    fn function(&mut self, id: FunctionId, function: &Function) {
        let facts = self.facts.function(id);
        let recursive = if facts.recursive { codes::RECURSIVE } else { 0 };
        let levels = self.levels.functions.get(id.index()).copied().unwrap_or_default();
        let head = codes::KIND_FUNCTION | codes::STANDS_ALONE | recursive | shifted(levels);
        let least_length = facts.least_length;
        let result = self.records.result(&function.result, &function.combinator);
        self.combinator(&function.combinator, true, head, least_length, result);
    }

    fn combinator(&mut self, combinator: &Combinator, has_id: bool, head: u32, least_length: u32, result: u32) {
        let name = combinator.name.to_string();
        let Block { first, count, slots } = self.records.fields(combinator);
        let text = self.records.texts.offset(&name);
        let scope = if has_scope(combinator) || slots as usize > codes::FEW_SLOTS { codes::HAS_SCOPE } else { 0 };
        let words = [combinator.id, text, head | scope, least_length, result, first, count, slots];
        self.combinators.push(Entry { has_id, name, words });
    }

    fn builtin(&mut self, name: &str, id: u32, stands_alone: bool) {
        let head = codes::KIND_BUILTIN | if stands_alone { codes::STANDS_ALONE } else { 0 };
        let words = [id, self.records.texts.offset(name), head, 0, 0, 0, 0, 0];
        self.combinators.push(Entry { has_id: true, name: name.to_owned(), words });
    }

    fn finish(self, layer: Option<u32>, long_strings: bool) -> Vec<u8> {
        let entries = || self.combinators.iter().zip(0_u32..);
        let ids: Vec<(u32, u32)> = entries().filter(|(it, _)| it.has_id).map(|(it, place)| (it.id(), place)).collect();
        let id_count = word(ids.len());
        let names = entries().map(|(it, place)| (codes::name_key(&it.name), place)).collect();
        let types = self.types.iter().zip(0_u32..).map(|((name, _), place)| (codes::name_key(name), place)).collect();
        let mut body: Vec<u32> = Vec::new();
        self.types.iter().for_each(|(_, words)| body.extend(words));
        self.combinators.iter().for_each(|it| body.extend(it.words));
        [ids, names, types].into_iter().for_each(|it| index(it, &mut body));
        let lists = codes::HEADER + body.len();
        body.extend(&self.lists);
        let records = codes::HEADER + body.len();
        self.records.all.iter().for_each(|it| body.extend(it.words()));
        let texts = codes::HEADER + body.len();
        let flags = if long_strings { codes::TABLE_LONG_STRINGS } else { 0 };
        let (types, combinators) = (word(self.types.len()), word(self.combinators.len()));
        let header: [u32; codes::HEADER] = [
            codes::MAGIC,
            codes::VERSION,
            layer.unwrap_or_default(),
            flags,
            types,
            combinators,
            id_count,
            word(lists),
            word(records),
            word(texts),
        ];
        let words = header.into_iter().chain(body);
        words.flat_map(u32::to_le_bytes).chain(self.records.texts.bytes).collect()
    }
}

/// Returns whether types or conditions of fields depend on variables other than by a bit of a field before.
fn has_scope(combinator: &Combinator) -> bool {
    let mut depends = false;
    for field in &combinator.fields {
        let condition = field.condition.as_ref().map(|it| it.variable);
        depends |= matches!(condition, Some(NatVariable::Parameter(_)));
        field.ty.walk(&mut |ty| depends |= matches!(ty, ValueType::Parameter(_) | ValueType::Output(_)));
        field.ty.walk_nats(&mut |nat| depends |= matches!(nat, Nat::Variable(..)));
    }
    depends
}

/// Levels in the head of a combinator.
fn shifted(levels: u32) -> u32 {
    levels.min(u32::MAX >> codes::LEVELS_SHIFT) << codes::LEVELS_SHIFT
}

/// Appends an index of keys: for each bucket its first entry, and one more; then the entries in the order of their keys.
fn index(mut entries: Vec<(u32, u32)>, out: &mut Vec<u32>) {
    entries.sort_unstable();
    let bits = codes::bucket_bits(entries.len());
    let mut next = 0;
    for bucket in 0..=1_usize << bits {
        while entries.get(next).is_some_and(|(key, _)| codes::bucket(*key, bits) < bucket) {
            next += 1;
        }
        out.push(word(next));
    }
    entries.iter().for_each(|&(key, position)| out.extend([key, position]));
}
