//! The constructor ids that the wire format itself relies on.

/// Id of `vector#1cb5c415 {t:Type} # [ t ] = Vector t`, which begins every boxed vector.
pub const VECTOR_ID: u32 = 0x1cb5_c415;

/// Id of `boolTrue#997275b5 = Bool`.
pub const BOOL_TRUE_ID: u32 = 0x9972_75b5;

/// Id of `boolFalse#bc799737 = Bool`.
pub const BOOL_FALSE_ID: u32 = 0xbc79_9737;
