//! The same code in private modules, as a binary has it: lints ask more of what nobody else can see.

#![deny(warnings, clippy::all)]
#![allow(dead_code, unreachable_pub, unused_imports, reason = "nothing here is called, and nothing is exported")]

macro_rules! generated {
    ($($name:ident)*) => {
        $(
            mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            }
        )*
    };
}

generated! {
    boxed collisions corners defaults documentation flags generics masks names namespaces numbers objects only parameters recursion
    repetitions single sizes tdlib templates vectors wrapper
}

#[test]
fn ids_have_names() {
    assert_eq!(generics::name_of(0x1cb5c415), Some("vector"));
    assert_eq!(generics::name_of(0), None);
}
