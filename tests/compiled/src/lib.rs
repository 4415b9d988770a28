//! The code generated from the schemas of the snapshot tests. That it compiles without a warning is a test in itself.

#![no_std]
#![deny(warnings, missing_docs, clippy::all)]

extern crate alloc;

pub mod own;

macro_rules! generated {
    ($($(#[$attribute:meta])* $name:ident)*) => {
        $(
            #[doc = concat!("From `", stringify!($name), ".tl`.")]
            $(#[$attribute])*
            pub mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            }
        )*
    };
}

generated! {
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
