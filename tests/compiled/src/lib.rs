//! The code generated from the schemas of the snapshot tests. That it compiles without a warning is a test in itself.

#![no_std]
#![deny(warnings, missing_docs, clippy::all)]

extern crate alloc;

pub mod own;

/// Declares two modules for each schema: with values of their own, and in `borrowing` with values that borrow.
macro_rules! generated {
    ($($(#[$attribute:meta])* $name:ident)*) => {
        $(
            #[doc = concat!("From `", stringify!($name), ".tl`.")]
            $(#[$attribute])*
            pub mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            }
        )*

        /// The same schemas, with `&'a str` and `&'a [u8]`.
        pub mod borrowing {
            /// From `borrowed.tl`, with other types that borrow than references, and types of the user's own that do.
            pub mod cow {
                include!(concat!(env!("OUT_DIR"), "/cow.rs"));
            }

            $(
                #[doc = concat!("From `", stringify!($name), ".tl`.")]
                $(#[$attribute])*
                pub mod $name {
                    include!(concat!(env!("OUT_DIR"), "/borrowed-", stringify!($name), ".rs"));
                }
            )*
        }
    };
}

/// From `borrowed.tl`, with `bytes` that share the input.
pub mod shared {
    include!(concat!(env!("OUT_DIR"), "/shared.rs"));
}

/// From `strings.tl`, with long `bytes` that share the input.
pub mod shared_long {
    include!(concat!(env!("OUT_DIR"), "/shared-long.rs"));
}

generated! {
    borrowed
    boxed
    collisions
    containers
    corners
    defaults
    documentation
    ends
    facts
    features
    flags
    generics
    masks
    names
    namespaces
    numbers
    objects
    only
    #[allow(missing_docs)] // generated without documentation
    options
    parameters
    recursion
    repetitions
    single
    sizes
    strings
    tdlib
    templates
    vectors
    wrapper
}
