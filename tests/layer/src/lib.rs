//! A layer of Telegram's API that encodings and benchmarks belong to, whatever layer the checked-in crate has: what was compared
//! with it goes on to be compared with it.

/// Values that own their data.
#[allow(missing_docs)]
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}

/// Values that borrow from the bytes that they are decoded from.
#[allow(missing_docs)]
pub mod borrowed {
    include!(concat!(env!("OUT_DIR"), "/borrowed.rs"));
}
