//! How the bytes of a fuzzer are divided: which type, which options, and the rest.

use std::sync::LazyLock;

use typelang::catalog::{Entry, Kind};
use typelang::reflect::{Table, Type};
use typelang_telegram::{DecodeError, Encode, ReadOptions, api, mtproto, secret};

/// Something that can be decoded: an entry of a catalog, or any constructor or function by its id.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is, for messages.
    pub name: String,
    /// The table of its schema.
    pub table: Table<'static>,
    /// The same for the walker.
    pub ty: Type<'static>,
    /// Reads a value.
    pub entry: Entry,
}

impl Subject {
    fn any(module: &str, table: Table<'static>, entry: Entry, ty: Type<'static>) -> Self {
        Self { name: format!("{module} {}", entry.name()), table, ty, entry }
    }

    fn of(module: &str, table: Table<'static>, entry: Entry) -> Self {
        let name = entry.name();
        let ty = match entry.kind() {
            Kind::Type => table.type_named(name),
            Kind::Constructor => table.constructor_named(name).map(|it| it.bare()),
            Kind::Function => table.function_named(name).map(|it| it.boxed()),
            _ => table.function_named(name).map(|it| it.result()),
        };
        let ty = ty.unwrap_or_else(|| panic!("{entry:?} is not in the table"));
        Self { name: format!("{module} {entry:?}"), table, ty, entry }
    }

    /// Decodes a value of the subject.
    ///
    /// # Errors
    ///
    /// Those of decoding.
    pub fn decode(&self, bytes: &[u8], options: ReadOptions) -> Result<Box<dyn Encode>, DecodeError> {
        self.entry.decode(bytes, options)
    }
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let any = [
        Subject::any("api", api::TABLE, Entry::of_type::<api::AnyConstructor>("any constructor"), Type::OBJECT),
        Subject::any("api", api::TABLE, Entry::of_type::<api::AnyFunction>("any function"), Type::FUNCTION),
        Subject::any(
            "mtproto",
            mtproto::TABLE,
            Entry::of_type::<mtproto::AnyConstructor>("any constructor"),
            Type::OBJECT,
        ),
        Subject::any("mtproto", mtproto::TABLE, Entry::of_type::<mtproto::AnyFunction>("any function"), Type::FUNCTION),
        Subject::any(
            "secret",
            secret::TABLE,
            Entry::of_type::<secret::AnyConstructor>("any constructor"),
            Type::OBJECT,
        ),
    ];
    let api = api::CATALOG.iter().chain(&api::CALLS).map(|entry| Subject::of("api", api::TABLE, *entry));
    let mtproto = mtproto::CATALOG.iter().chain(&mtproto::CALLS);
    let mtproto = mtproto.map(|entry| Subject::of("mtproto", mtproto::TABLE, *entry));
    let secret = secret::CATALOG.iter().map(|entry| Subject::of("secret", secret::TABLE, *entry));
    any.into_iter().chain(api).chain(mtproto).chain(secret).collect()
});

/// All that can be decoded. The first five are any constructor and any function of `api` and `mtproto`, and any constructor
/// of `secret`.
#[must_use]
pub fn subjects() -> &'static [Subject] {
    &SUBJECTS
}

/// The bytes of a fuzzer, divided.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What to decode.
    pub subject: &'static Subject,
    /// How.
    pub options: ReadOptions,
    /// The bytes to be decoded.
    pub bytes: &'a [u8],
}

/// Bytes before those that are decoded.
const HEADER: usize = 3;

impl<'a> Input<'a> {
    /// Two bytes say what, one byte says how; nothing if there are fewer.
    #[must_use]
    pub fn new(data: &'a [u8]) -> Option<Self> {
        let ([low, high, options], bytes) = data.split_first_chunk::<HEADER>()?;
        let index = usize::from(u16::from_le_bytes([*low, *high]));
        let subject = &SUBJECTS[index % SUBJECTS.len()];
        Some(Self { subject, options: options_of(*options), bytes })
    }

    /// The bytes that say the same, for seeds: default options.
    ///
    /// # Panics
    ///
    /// There are more than 65,536 subjects.
    #[must_use]
    pub fn joined(index: usize, bytes: &[u8]) -> Vec<u8> {
        let index = u16::try_from(index).expect("few subjects");
        [&index.to_le_bytes()[..], &[0], bytes].concat()
    }
}

fn options_of(choice: u8) -> ReadOptions {
    let options = if choice & 1 == 1 { ReadOptions::strict() } else { ReadOptions::new() };
    let options = options.lossy_strings(choice & 2 != 0).long_strings(choice & 4 != 0);
    let options = if choice & 8 == 0 { options } else { options.max_depth(3) };
    if choice & 16 == 0 { options } else { options.max_memory_ratio(1) }
}
