//! Statements that encode, and which of them write several values at once.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A value of fixed length.
pub(crate) struct FixedValue {
    /// The value.
    pub(crate) value: TokenStream,
    /// What writes it by itself.
    pub(crate) write: TokenStream,
    /// How many bytes it takes.
    pub(crate) length: u32,
}

/// Statements of a function that encodes. Neighbours of fixed length are written together, and the id with them.
#[derive(Default)]
pub(crate) struct Statements {
    done: TokenStream,
    has_id_waiting: bool,
    waiting: Vec<FixedValue>,
}

impl Statements {
    /// Statements of a function that first writes its argument `id`.
    pub(crate) fn after_id() -> Self {
        Self { has_id_waiting: true, ..Self::default() }
    }

    /// Adds a statement that writes nothing, and that what is written later needs.
    pub(crate) fn declare(&mut self, statement: TokenStream) {
        self.done.extend(statement);
    }

    pub(crate) fn push(&mut self, statement: TokenStream) {
        self.write_waiting();
        self.done.extend(statement);
    }

    pub(crate) fn push_fixed(&mut self, value: FixedValue) {
        let length: u32 = self.waiting.iter().map(|it| it.length).sum();
        if self.waiting.len() == MAX_FIXED_VALUES || length + value.length > MAX_FIXED_LENGTH {
            self.write_waiting();
        }
        self.waiting.push(value);
    }

    /// Adds a statement that writes a word of flags whose other bits are set later.
    ///
    /// Expands to: `let flags = flag(self.silent, 0x1); let mut flags = writer.write_flags(id, flags);`
    pub(crate) fn push_flags(&mut self, local: &Ident, bits: &TokenStream) {
        if !self.waiting.is_empty() {
            self.write_waiting();
        }
        let id = if std::mem::take(&mut self.has_id_waiting) { quote!(id) } else { quote!(None) };
        self.done.extend(quote! {
            let #local = #bits;
            let mut #local = writer.write_flags(#id, #local);
        });
    }

    /// Expands to: `writer.write_with_head(id, (self.id, self.access_hash));`
    fn write_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let values: Vec<_> = waiting.iter().map(|it| &it.value).collect();
        self.done.extend(match (std::mem::take(&mut self.has_id_waiting), values.as_slice()) {
            (true, []) => quote!(writer.write_head(id);),
            (true, [single]) => quote!(writer.write_with_head(id, #single);),
            (true, several) => quote!(writer.write_with_head(id, (#(#several),*));),
            (false, []) => return,
            (false, [_]) => waiting.into_iter().map(|it| it.write).collect(),
            (false, several) => quote!(writer.write_fixed((#(#several),*));),
        });
    }

    pub(crate) fn finish(mut self) -> TokenStream {
        self.write_waiting();
        self.done
    }
}

/// Most values in a tuple that the runtime writes at once.
const MAX_FIXED_VALUES: usize = 8;

/// Most bytes of them, after an id.
const MAX_FIXED_LENGTH: u32 = 124;
