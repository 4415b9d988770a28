//! What the checked-in crate defines, reachable by ids and in lists.

use std::fmt::Debug;

use typelang::codec::EncodeAs;
use typelang::reflect::Table;
use typelang::{DecodeOwned, Writer};
use typelang_telegram::{Decode, DecodeError, Encode, Function, ReadOptions};

pub use crate::recode::{Recode, Recoded, recode};

include!(concat!(env!("OUT_DIR"), "/items.rs"));

/// Decodes bytes and asks the value for its name.
pub type NameOf = fn(&[u8]) -> Result<&'static str, DecodeError>;

/// Decodes bytes and formats the value for debugging.
pub type DebugOf = fn(&[u8]) -> Result<String, DecodeError>;

fn debug_of<T: DecodeOwned + Debug>(bytes: &[u8]) -> Result<String, DecodeError> {
    T::from_bytes(bytes).map(|value| format!("{value:?}"))
}

/// An enum: a type of several constructors.
#[derive(Clone, Copy, Debug)]
pub struct Enumeration {
    /// Path of the enum in the crate.
    pub path: &'static str,
    /// Size in memory, in bytes.
    pub size: usize,
    /// The ids that values begin with.
    pub ids: &'static [u32],
    /// Decodes a value of the enum and encodes it again.
    pub recode: Recode,
}

impl Enumeration {
    const fn of<T: DecodeOwned + Encode>(path: &'static str) -> Self {
        Self { path, size: size_of::<T>(), ids: T::IDS, recode: recode::<T> }
    }
}

/// Decodes a call, then what it gives, in the form that the call says, and encodes that again.
pub type RecodeOutput = fn(&[u8], &[u8], ReadOptions) -> Result<Recoded, DecodeError>;

/// What a function returns.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Path of the function in the crate.
    pub path: &'static str,
    /// Id of the function.
    pub id: u32,
    /// Decodes a call of the function and a result of it, and encodes the result again.
    pub recode: RecodeOutput,
}

impl Answer {
    /// What the function `F` returns.
    #[must_use]
    pub const fn of<F>(path: &'static str) -> Self
    where
        F: Function<OutputForm: EncodeAs<F::Output>> + DecodeOwned,
    {
        Self { path, id: F::ID, recode: recode_output::<F> }
    }
}

fn recode_output<F>(call: &[u8], result: &[u8], options: ReadOptions) -> Result<Recoded, DecodeError>
where
    F: Function<OutputForm: EncodeAs<F::Output>> + DecodeOwned,
{
    let call = F::from_bytes_with(call, options)?;
    let output = call.read_output_with(result, options)?;
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes);
    call.output_form().encode_as(&output, &mut writer);
    writer.finish().expect("what was decoded can be encoded");
    Ok(Recoded { bytes })
}

/// One of the modules of the crate.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// Its name.
    pub name: &'static str,
    /// The file that it is made from.
    pub schema: &'static str,
    /// Decodes a boxed value of any constructor and encodes it again.
    pub constructor: Recode,
    /// The same for any function; a schema without functions has none.
    pub function: Option<Recode>,
    /// The name that a value of any constructor says it has.
    pub constructor_name: NameOf,
    /// The name that a call of any function says it has.
    pub function_name: Option<NameOf>,
    /// The `Debug` form of a value of any constructor.
    pub constructor_debug: DebugOf,
    /// The same for a call of any function.
    pub function_debug: Option<DebugOf>,
    /// The name of an id.
    pub name_of: fn(u32) -> Option<&'static str>,
    /// The schema as a table.
    pub table: Table<'static>,
    /// Every enum.
    pub enums: &'static [Enumeration],
    /// What every function returns, but for those that wrap another call.
    pub answers: &'static [Answer],
}

/// All modules of the crate.
pub static MODULES: [Module; 3] = [
    Module {
        name: "api",
        schema: "api.tl",
        constructor: recode::<typelang_telegram::api::AnyConstructor>,
        function: Some(recode::<typelang_telegram::api::AnyFunction>),
        constructor_name: |bytes| typelang_telegram::api::AnyConstructor::from_bytes(bytes).map(|it| it.name()),
        function_name: Some(|bytes| typelang_telegram::api::AnyFunction::from_bytes(bytes).map(|it| it.name())),
        constructor_debug: debug_of::<typelang_telegram::api::AnyConstructor>,
        function_debug: Some(debug_of::<typelang_telegram::api::AnyFunction>),
        name_of: typelang_telegram::api::name_of,
        table: typelang_telegram::api::TABLE,
        enums: API_ENUMS,
        answers: API_ANSWERS,
    },
    Module {
        name: "mtproto",
        schema: "mtproto.tl",
        constructor: recode::<typelang_telegram::mtproto::AnyConstructor>,
        function: Some(recode::<typelang_telegram::mtproto::AnyFunction>),
        constructor_name: |bytes| typelang_telegram::mtproto::AnyConstructor::from_bytes(bytes).map(|it| it.name()),
        function_name: Some(|bytes| typelang_telegram::mtproto::AnyFunction::from_bytes(bytes).map(|it| it.name())),
        constructor_debug: debug_of::<typelang_telegram::mtproto::AnyConstructor>,
        function_debug: Some(debug_of::<typelang_telegram::mtproto::AnyFunction>),
        name_of: typelang_telegram::mtproto::name_of,
        table: typelang_telegram::mtproto::TABLE,
        enums: MTPROTO_ENUMS,
        answers: MTPROTO_ANSWERS,
    },
    Module {
        name: "secret",
        schema: "secret.tl",
        constructor: recode::<typelang_telegram::secret::AnyConstructor>,
        function: None,
        constructor_name: |bytes| typelang_telegram::secret::AnyConstructor::from_bytes(bytes).map(|it| it.name()),
        function_name: None,
        constructor_debug: debug_of::<typelang_telegram::secret::AnyConstructor>,
        function_debug: None,
        name_of: typelang_telegram::secret::name_of,
        table: typelang_telegram::secret::TABLE,
        enums: SECRET_ENUMS,
        answers: SECRET_ANSWERS,
    },
];

/// The module of a name.
///
/// # Panics
///
/// There is no such module.
#[must_use]
pub fn module(name: &str) -> &'static Module {
    MODULES.iter().find(|module| module.name == name).unwrap_or_else(|| panic!("no module {name}"))
}
