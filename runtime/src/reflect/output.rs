//! What calls return.

use alloc::string::String;
use alloc::vec::Vec;

use super::combinator::{Combinator, Role};
use super::decode::{Done, Walk};
use super::encode::computed_bits;
use super::error::{DecodeError, DecodeFault};
use super::scope::{Bindings, Number, Scope};
use super::table::Table;
use super::types::Type;
use super::value::{Object, Value};
use super::visitor::{Event, Visitor};
use crate::ReadOptions;

impl<'t> Table<'t> {
    /// Walks through bytes as what a call returns. The form of it can depend on the arguments of the call, as in
    /// `getTuple n:# = Tuple int n`, or be that of a call inside (`invokeWithLayer {X:Type} layer:int query:!X = X`).
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk), and if the value is no call of a function of the schema.
    pub fn walk_output(
        &self,
        call: &Value<'t>,
        bytes: &[u8],
        options: ReadOptions,
        visitor: &mut dyn Visitor<'t>,
    ) -> Result<usize, DecodeError> {
        match call {
            Value::Object(call) => self.walk_with(bytes, options, visitor, |walk| walk.output_of(call)),
            _ => Err(DecodeError::new(DecodeFault::IncompleteType, 0, String::new())),
        }
    }

    /// Says whether bytes can be decoded as what a call returns, and if not, why. `call` are the bytes of the call.
    ///
    /// # Errors
    ///
    /// As [`walk_output`](Self::walk_output), and if the bytes of the call are none.
    pub fn check_output(&self, call: &[u8], bytes: &[u8], options: ReadOptions) -> Result<usize, DecodeError> {
        let of_call = ReadOptions::new().max_memory_ratio(u32::MAX).max_depth(options.max_depth);
        let call = self.decode_as(Type::FUNCTION, call, of_call)?;
        self.walk_output(&call, bytes, options, &mut |_: usize, _: Event<'t, '_>| Ok(()))
    }
}

impl<'t> Walk<'_, 't, '_> {
    /// What a call returns.
    fn output_of(&mut self, call: &Object<'t>) -> Done {
        let function = self.known(self.table.function_named(call.name))?;
        let numbers = numbers(&function, call);
        self.value(function.result(), &Scope { arguments: Bindings::NONE, numbers: &numbers, call: Some(call) })
    }

    /// What the call inside of a call returns.
    pub(super) fn output_of_wrapped(&mut self, scope: &Scope<'_, 't>) -> Done {
        let wrapped = scope.call.and_then(|call| wrapped(&self.table.function_named(call.name)?, call));
        let wrapped = self.known(wrapped)?;
        self.output_of(wrapped)
    }
}

/// The call inside of a call.
fn wrapped<'c, 't>(function: &Combinator<'t>, call: &'c Object<'t>) -> Option<&'c Object<'t>> {
    let field = function.fields().find(|field| field.ty.is_wrapped_call())?;
    match call.get(field.name)? {
        Value::Object(wrapped) => Some(wrapped),
        _ => None,
    }
}

/// The numbers among the fields of a call.
fn numbers(function: &Combinator<'_>, call: &Object<'_>) -> Vec<Number> {
    let numbers = (0_u32..).zip(function.fields()).filter_map(|(position, field)| {
        let given = match call.get(field.name) {
            Some(Value::Nat(value)) => Some(*value),
            _ => None,
        };
        let value = match field.role {
            Role::None => return None,
            Role::Number => given?,
            Role::Flags | Role::Mixed => given.unwrap_or_default() | computed_bits(function, position, call),
        };
        Some(Number { field: position, value })
    });
    numbers.collect()
}
