//! Values that are made from a sequence of choices, for fuzzing and for tests.

use alloc::vec::Vec;

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Kind};
use super::record::{self, Nat, Record, Role, Type, Variable};
use super::scope::{Bound, OUTERMOST, Scopes, boxed_builtin};
use super::table::{Table, TypeRecord};
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID, Writer};

/// Values inside of one another below which as little as possible is written.
const ENOUGH_LEVELS: u32 = 24;
/// Values inside of one another with which a value is given up.
const MAX_LEVELS: u32 = 200;
/// Bytes after which as little as possible is written.
const ENOUGH_BYTES: usize = 1 << 16;
/// Bytes with which a value is given up.
const MAX_BYTES: usize = 1 << 20;
/// Values inside of a value with which it is given up: those without bytes add up to no length.
const MAX_VALUES: u32 = 1 << 17;
/// Types inside of one another in which a number is looked for.
const MAX_TYPE_DEPTH: u32 = 64;
/// Elements of a tuple with which a value is given up.
const MAX_TUPLE: u32 = 4096;

impl<'t> Table<'t> {
    /// Makes the bytes of a value of a type. Each byte of `choices` decides something: which constructor, which optional
    /// fields, how many elements, which number. When they end, the value gets as little as possible. So every sequence leads to
    /// a value, small changes of it to similar values, and what comes out is what this crate would write.
    ///
    /// Returns nothing if the type has parameters, if the table is damaged, or if the choices lead to a megabyte, to 131,072
    /// values inside of the value, or to a nesting without an end, which only schemas with computed lengths allow.
    ///
    /// ```
    /// # use typelang::reflect::{Table, Type};
    /// fn any_value(table: Table<'_>, fuzz: &[u8]) -> Option<Vec<u8>> {
    ///     table.sample(Type::OBJECT, &mut fuzz.iter().copied())
    /// }
    /// ```
    #[must_use]
    pub fn sample(&self, ty: Type<'t>, choices: &mut dyn Iterator<Item = u8>) -> Option<Vec<u8>> {
        let mut sampler = Sampler::new(*self, choices);
        sampler.value(ty.record, OUTERMOST)?;
        Some(sampler.out)
    }

    /// The same for the fields of a constructor or a function, without its id.
    #[must_use]
    pub fn sample_fields(&self, combinator: &Combinator<'t>, choices: &mut dyn Iterator<Item = u8>) -> Option<Vec<u8>> {
        let mut sampler = Sampler::new(*self, choices);
        sampler.fields(combinator, &[], OUTERMOST)?;
        Some(sampler.out)
    }
}

struct Sampler<'c, 't> {
    table: Table<'t>,
    choices: &'c mut dyn Iterator<Item = u8>,
    /// Whether no choices are left.
    is_decided: bool,
    levels: u32,
    values: u32,
    out: Vec<u8>,
    scopes: Scopes<'t, 't>,
}

impl<'c, 't> Sampler<'c, 't> {
    fn new(table: Table<'t>, choices: &'c mut dyn Iterator<Item = u8>) -> Self {
        Self { table, choices, is_decided: false, levels: 0, values: 0, out: Vec::new(), scopes: Scopes::new() }
    }

    /// The next choice; 0 if none is left.
    fn byte(&mut self) -> u8 {
        match self.choices.next() {
            Some(byte) => byte,
            None => {
                self.is_decided = true;
                0
            }
        }
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        core::array::from_fn(|_| self.byte())
    }

    fn word(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    /// A number below `limit`; nothing if there is no choice any more.
    fn below(&mut self, limit: usize) -> Option<usize> {
        let [low, high] = if limit > 256 { self.array() } else { [self.byte(), 0] };
        let number = usize::from(u16::from_le_bytes([low, high]));
        if self.is_enough() { None } else { number.checked_rem(limit) }
    }

    fn is_enough(&self) -> bool {
        self.is_decided || self.levels >= ENOUGH_LEVELS || self.out.len() >= ENOUGH_BYTES
    }

    fn put(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    fn put_word(&mut self, word: u32) {
        self.put(&word.to_le_bytes());
    }

    fn value(&mut self, record: Record, scope: u32) -> Option<()> {
        self.values += 1;
        if self.levels >= MAX_LEVELS || self.values >= MAX_VALUES || self.out.len() >= MAX_BYTES {
            return None;
        }
        self.levels += 1;
        self.value_of(record, scope)?;
        self.levels -= 1;
        Some(())
    }

    fn value_of(&mut self, record: Record, scope: u32) -> Option<()> {
        if let Some(builtin) = record.builtin() {
            self.builtin(builtin);
            return Some(());
        }
        match record.code() {
            codes::BOXED_BUILTIN => {
                self.put_word(record.b());
                self.builtin(boxed_builtin(record)?);
            }
            codes::BOXED_VECTOR | codes::BARE_VECTOR => {
                if record.code() == codes::BOXED_VECTOR {
                    self.put_word(VECTOR_ID);
                }
                let count = self.below(4).unwrap_or_default();
                self.put_word(u32::try_from(count).ok()?);
                let element = self.table.record_at(record.a())?;
                for _ in 0..count {
                    self.value(element, scope)?;
                }
            }
            codes::TUPLE | codes::BOXED_TUPLE => {
                if record.code() == codes::BOXED_TUPLE {
                    self.put_word(record.b());
                }
                let count = self.table.record_at(record.a())?.nat()?;
                let element = self.table.record_at(record.a().checked_add(1)?)?;
                let count = self.scopes.nat(scope, count).filter(|count| *count <= MAX_TUPLE)?;
                for _ in 0..count {
                    self.value(element, scope)?;
                }
            }
            codes::BOXED => self.boxed(record, scope)?,
            codes::BARE => {
                let constructor = self.table.combinator_at(record.a())?;
                self.fields(&constructor, self.table.list(record.b())?, scope)?;
            }
            codes::IDENTIFIED => {
                let combinator = self.table.combinator_at(record.a())?;
                self.put_word(combinator.id());
                self.fields(&combinator, &[], OUTERMOST)?;
            }
            codes::PARAMETER => match self.scopes.argument(scope, record.a())? {
                Bound::Type(ty, outer) => self.value(ty, outer)?,
                Bound::Nat(_) | Bound::Unknown => return None,
            },
            codes::CALL | codes::FUNCTION => self.any(Combinator::is_function)?,
            codes::CONSTRUCTOR => self.any(|it| !it.is_function())?,
            codes::OBJECT => self.any(|_| true)?,
            _ => return None,
        }
        Some(())
    }

    /// Whatever is known by its id alone.
    fn any(&mut self, is_wanted: impl Fn(&Combinator<'t>) -> bool) -> Option<()> {
        let table = self.table;
        let count = table.combinator_count();
        let is_possible = |it: &Combinator<'t>| it.stands_alone() && is_wanted(it);
        // An id that several have does not tell which is meant.
        let is_only = |it: &Combinator<'t>| table.find_by_id(it.id()).filter(&is_possible).count() == 1;
        let is_wanted = |it: &Combinator<'t>| is_possible(it) && is_only(it);
        let chosen = match self.below(usize::try_from(count).ok()?) {
            // The next one from there on, since going through all would take long.
            Some(first) => {
                let first = u32::try_from(first).ok()?;
                let mut positions = (first..count).chain(0..first);
                positions.find_map(|position| table.combinator_at(position).filter(is_wanted))?
            }
            None => table.combinators().filter(is_wanted).min_by_key(Combinator::least_length)?,
        };
        self.put_word(chosen.id());
        if chosen.kind() != Kind::Builtin {
            return self.fields(&chosen, &[], OUTERMOST);
        }
        match Builtin::declared(chosen.name()?)? {
            Builtin::Bool => {}
            builtin => self.builtin(builtin),
        }
        Some(())
    }

    /// Any of them, or the shortest: it contains only what is shorter, so that it comes to an end.
    fn choose(&mut self, all: &[Combinator<'t>]) -> Option<Combinator<'t>> {
        let length = |it: &&Combinator<'t>| it.least_length() + if it.has_id() { 4 } else { 0 };
        match self.below(all.len()) {
            Some(index) => all.get(index).copied(),
            None => all.iter().min_by_key(length).copied(),
        }
    }

    fn boxed(&mut self, record: Record, scope: u32) -> Option<()> {
        let ty = self.table.type_at(record.a())?;
        let constructors: Vec<Combinator<'t>> = self.constructors(&ty).collect();
        let chosen = self.choose(&constructors)?;
        let start = self.out.len();
        let arguments = self.table.list(record.b())?;
        if chosen.has_id() {
            self.put_word(chosen.id());
            return self.fields(&chosen, arguments, scope);
        }
        self.fields(&chosen, arguments, scope)?;
        let named: Vec<Combinator<'t>> = constructors.into_iter().filter(Combinator::has_id).collect();
        if named.is_empty() || !self.may_begin_with_id(start, &named) {
            return Some(());
        }
        // A value without an id must not begin as if it had one.
        self.out.truncate(start);
        let chosen = self.choose(&named)?;
        self.put_word(chosen.id());
        self.fields(&chosen, arguments, scope)
    }

    fn constructors(&self, ty: &TypeRecord<'t>) -> impl Iterator<Item = Combinator<'t>> {
        ty.positions().filter_map(|position| self.table.combinator_at(position))
    }

    /// Returns whether what was written from `start` on can be taken for one of these. What is shorter than an id can, since nobody
    /// knows what follows.
    fn may_begin_with_id(&self, start: usize, named: &[Combinator<'t>]) -> bool {
        let first = self.out.get(start..).and_then(<[u8]>::first_chunk);
        first.is_none_or(|bytes| named.iter().any(|it| it.id() == u32::from_le_bytes(*bytes)))
    }

    fn fields(&mut self, combinator: &Combinator<'t>, arguments: &'t [record::Bytes], outer: u32) -> Option<()> {
        if combinator.kind() == Kind::Opaque {
            return None;
        }
        let scope = self.scopes.enter(arguments, outer, combinator.slots());
        for record in combinator.records().iter().map(Record::read).filter(|it| it.code() != codes::RUN) {
            if let Some(condition) = record.condition()
                && !self.scopes.holds(scope, condition)?
            {
                continue;
            }
            if record.role() == Role::None {
                self.value(record, scope)?;
            } else {
                let value = self.number(combinator, record);
                self.put_word(value);
                self.scopes.set(scope, record.a(), value);
            }
        }
        self.scopes.leave(scope);
        Some(())
    }

    /// A number that decides how long something is must be small.
    fn number(&mut self, combinator: &Combinator<'t>, number: Record) -> u32 {
        let word = self.word();
        match number.role() {
            _ if self.is_enough() => 0,
            Role::Flags => word & number.b(),
            _ if self.decides(combinator, Variable::Slot(number.a())) => word % 4,
            _ => word,
        }
    }

    /// Returns whether a number is handed on by the type of a field, to count something or for another to decide by.
    fn decides(&self, combinator: &Combinator<'t>, variable: Variable) -> bool {
        let mut fields = combinator.records().iter().map(Record::read);
        fields.any(|it| it.role() == Role::None && self.mentions(it, variable, MAX_TYPE_DEPTH))
    }

    fn mentions(&self, record: Record, variable: Variable, depth: u32) -> bool {
        let Some(inner) = depth.checked_sub(1) else { return false };
        let is_it = |nat: Nat| matches!(nat, Nat::Variable(found, _) if found == variable);
        let in_record = |record: Record| match record.nat() {
            Some(nat) => is_it(nat),
            None => self.mentions(record, variable, inner),
        };
        let in_records = |position: u32| self.table.record_at(position).is_some_and(in_record);
        match record.code() {
            codes::BOXED_VECTOR | codes::BARE_VECTOR => in_records(record.a()),
            codes::TUPLE | codes::BOXED_TUPLE => in_records(record.a()) || in_records(record.a().saturating_add(1)),
            codes::BOXED | codes::BARE => {
                let arguments = self.table.list(record.b()).unwrap_or_default();
                arguments.iter().map(Record::read).any(in_record)
            }
            _ => false,
        }
    }

    fn builtin(&mut self, builtin: Builtin) {
        match builtin {
            Builtin::Nat | Builtin::Int | Builtin::Float => {
                let bytes: [u8; 4] = self.array();
                self.put(&bytes);
            }
            Builtin::Long | Builtin::Double => {
                let bytes: [u8; 8] = self.array();
                self.put(&bytes);
            }
            Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => self.repeated(builtin.least_length()),
            Builtin::String => {
                let length = self.length();
                let letters = ['a', '~', 'é', '…', '🦀', '\0'];
                let letter = letters[usize::from(self.byte()) % letters.len()];
                let text = core::iter::repeat_n(letter, length).collect::<alloc::string::String>();
                Writer::new(&mut self.out).write_string(&text);
            }
            Builtin::Bytes => {
                let length = self.length();
                let content = core::iter::repeat_n(self.byte(), length).collect::<Vec<u8>>();
                Writer::new(&mut self.out).write_bytes(&content);
            }
            Builtin::Bool => {
                let id = if self.byte() & 1 == 1 { BOOL_TRUE_ID } else { BOOL_FALSE_ID };
                self.put_word(id);
            }
            Builtin::True => {}
        }
    }

    fn repeated(&mut self, length: usize) {
        let byte = self.byte();
        self.out.extend(core::iter::repeat_n(byte, length));
    }

    /// The length of a text: mostly short, now and then near to where the header becomes longer.
    fn length(&mut self) -> usize {
        match usize::from(self.byte()) {
            _ if self.is_enough() => 0,
            length @ 0..250 => length % 9,
            length => length + 2,
        }
    }
}
