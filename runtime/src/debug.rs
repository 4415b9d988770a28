//! `Debug` of structs.

use core::fmt::{Debug, Formatter, Result};

/// Implements `Debug` for a struct, with the same output as `derive(Debug)`: `debug_struct!(PeerUser { user_id })`. A struct that
/// borrows names its lifetime: `debug_struct!(PeerUser<'a> { name })`.
///
/// Generated code has it where a derive would have every program compile more: that makes `&dyn Debug` of the fields themselves,
/// and so asks for the code that drops them.
///
/// ```
/// use typelang::debug_struct;
///
/// struct PeerUser {
///     user_id: i64,
///     r#type: Option<String>,
/// }
///
/// debug_struct!(PeerUser { user_id, r#type });
///
/// let peer = PeerUser { user_id: 5, r#type: None };
/// assert_eq!(format!("{peer:?}"), "PeerUser { user_id: 5, type: None }");
/// ```
#[macro_export]
macro_rules! debug_struct {
    ($struct:ident $(<$lifetime:lifetime>)? { $($field:ident),* $(,)? }) => {
        impl $(<$lifetime>)? ::core::fmt::Debug for $struct $(<$lifetime>)? {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::format_struct(formatter, stringify!($struct), &[$(stringify!($field)),*], &[$(&&self.$field),*])
            }
        }
    };
}

/// What [`debug_struct!`] expands to a call of.
///
/// # Errors
///
/// The text cannot be written.
#[doc(hidden)]
pub fn format_struct(formatter: &mut Formatter<'_>, name: &str, names: &[&str], values: &[&dyn Debug]) -> Result {
    let mut fields = formatter.debug_struct(name);
    for (name, value) in names.iter().zip(values) {
        fields.field(name.strip_prefix("r#").unwrap_or(name), value);
    }
    fields.finish()
}
