//! What calls return.

use alloc::string::String;
use alloc::vec::Vec;

use super::combinator::Combinator;
use super::error::{DecodeError, DecodeFault};
use super::given::{self, Given};
use super::record::{Record, Role, Type};
use super::table::Table;
use super::value::{Object, Value};
use super::visitor::Visitor;
use super::walk::Walk;
use crate::ReadOptions;

impl<'t> Table<'t> {
    /// Walks through bytes as what a call returns. The form of it can depend on the arguments of the call, as in
    /// `getTuple n:# = Tuple int n`, or be that of a call inside (`invokeWithLayer {X:Type} layer:int query:!X = X`).
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk), and if the value is not a call of a function of the schema.
    pub fn walk_output(
        &self,
        call: &Value<'t>,
        bytes: &[u8],
        options: ReadOptions,
        visitor: &mut dyn Visitor<'t>,
    ) -> Result<usize, DecodeError> {
        let (mut walk, record, scope) = self.output(call, bytes, options)?;
        let done = walk.tell(record, scope, visitor);
        walk.finish(done)
    }

    /// Returns an error that says why bytes cannot be decoded as what a call returns, if so. `call` are the bytes of the call.
    ///
    /// # Errors
    ///
    /// As [`walk_output`](Self::walk_output), and if the bytes of the call are not one.
    pub fn check_output(&self, call: &[u8], bytes: &[u8], options: ReadOptions) -> Result<usize, DecodeError> {
        let of_call = ReadOptions::new().max_memory_ratio(u32::MAX).max_depth(options.max_depth);
        let call = self.decode_as(Type::FUNCTION, call, of_call)?;
        let (mut walk, record, scope) = self.output(&call, bytes, options)?;
        let done = walk.skip(record, scope);
        walk.finish(done)
    }

    /// A walk through the result of a call, with its type and the scope of that.
    fn output<'c, 'b>(
        &self,
        call: &'c Value<'t>,
        bytes: &'b [u8],
        options: ReadOptions,
    ) -> Result<(Walk<'c, 't, 'b>, Record, u32), DecodeError> {
        let mut walk = Walk::new(self, bytes, options);
        let output = match call {
            Value::Object(call) => walk.output_of(call),
            _ => None,
        };
        match output {
            Some((record, scope)) => Ok((walk, record, scope)),
            None => Err(DecodeError::new(DecodeFault::IncompleteType, 0, String::new())),
        }
    }
}

/// The call inside of a call.
pub(super) fn wrapped<'c, 't>(function: &Combinator<'t>, call: &'c Object<'t>) -> Option<&'c Object<'t>> {
    let field = function.fields().find(|field| field.ty().is_wrapped_call())?;
    match call.get(field.name)? {
        Value::Object(wrapped) => Some(wrapped),
        _ => None,
    }
}

/// The numbers among the fields of a call, by slot.
pub(super) fn numbers(function: &Combinator<'_>, call: &Object<'_>) -> Vec<(u32, u32)> {
    let mut values = Vec::new();
    if given::place(function, call, &mut values).is_err() {
        return Vec::new();
    }
    let given = Given { records: function.records(), values: &values };
    let mut bits = alloc::vec![0; function.slots()];
    given::computed_bits(given.given(), &mut bits);
    let numbers = function.records().iter().map(Record::read).zip(&values).filter_map(|(record, value)| {
        let written = match value {
            Some(Value::Nat(value)) => Some(*value),
            _ => None,
        };
        let value = match record.role() {
            Role::None => return None,
            Role::Number => written?,
            Role::Flags | Role::Mixed => {
                written.unwrap_or_default() | bits.get(record.a() as usize).copied().unwrap_or_default()
            }
        };
        Some((record.a(), value))
    });
    numbers.collect()
}
