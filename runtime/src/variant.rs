//! Conversions between the struct of a constructor and the enum of its type.

/// Converts the struct of a constructor into its variant in the enum of its type with `From`, and back with `TryFrom`,
/// which returns the enum as it was if it is another variant.
///
/// A variant without fields converts only one way: `variant!(Peer::Empty = PeerEmpty)`. An enum that borrows names its
/// lifetime: `variant!(Peer<'a>::User(PeerUser<'a>))`.
///
/// Without the feature `conversions` of this crate it expands to nothing.
///
/// ```
/// use typelang::variant;
///
/// #[derive(Debug, PartialEq)]
/// struct PeerEmpty;
/// #[derive(Debug, PartialEq)]
/// struct PeerUser {
///     id: i64,
/// }
///
/// #[derive(Debug, PartialEq)]
/// enum Peer {
///     Empty,
///     User(Box<PeerUser>),
/// }
///
/// variant!(Peer::Empty = PeerEmpty);
/// variant!(Peer::User(Box<PeerUser>));
///
/// assert_eq!(Peer::from(PeerEmpty), Peer::Empty);
/// assert_eq!(PeerUser::try_from(Peer::from(PeerUser { id: 1 })), Ok(PeerUser { id: 1 }));
/// assert_eq!(PeerUser::try_from(Peer::Empty), Err(Peer::Empty));
/// ```
#[cfg(feature = "conversions")]
#[macro_export]
macro_rules! variant {
    ($enum:ident $(<$lifetime:lifetime>)? :: $variant:ident = $struct:path) => {
        impl $(<$lifetime>)? ::core::convert::From<$struct> for $enum $(<$lifetime>)? {
            #[inline]
            fn from(_: $struct) -> Self {
                Self::$variant
            }
        }
    };
    ($enum:ident $(<$lifetime:lifetime>)? :: $variant:ident(Box<$struct:path>)) => {
        $crate::variant!(@both $enum, [$($lifetime)?], $variant, $struct, value => $crate::prelude::Box::new(value), *value);
    };
    ($enum:ident $(<$lifetime:lifetime>)? :: $variant:ident($struct:path)) => {
        $crate::variant!(@both $enum, [$($lifetime)?], $variant, $struct, value => value, value);
    };
    (
        @both $enum:ident, [$($lifetime:lifetime)?], $variant:ident, $struct:path, $value:ident => $into:expr, $from:expr
    ) => {
        impl $(<$lifetime>)? ::core::convert::From<$struct> for $enum $(<$lifetime>)? {
            #[inline]
            fn from($value: $struct) -> Self {
                Self::$variant($into)
            }
        }

        impl $(<$lifetime>)? ::core::convert::TryFrom<$enum $(<$lifetime>)?> for $struct {
            type Error = $enum $(<$lifetime>)?;

            #[inline]
            fn try_from(value: $enum $(<$lifetime>)?) -> ::core::result::Result<Self, Self::Error> {
                match value {
                    $enum::$variant($value) => ::core::result::Result::Ok($from),
                    other => ::core::result::Result::Err(other),
                }
            }
        }
    };
}

#[cfg(not(feature = "conversions"))]
#[doc(hidden)]
#[macro_export]
macro_rules! variant {
    ($($conversion:tt)*) => {};
}
