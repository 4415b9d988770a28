//! Packed data.

use typelang::prelude::*;
#[cfg(feature = "unpack")]
use typelang::unpack::{UnpackError, unpack};

/// `gzip_packed#3072cfa1 packed_data:bytes = Object;`
///
/// A value in place of itself. Servers send gzip; some clients send zlib.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GzipPacked {
    /// `packed_data:bytes`
    pub packed_data: Vec<u8>,
}

impl Combinator for GzipPacked {
    const ID: u32 = 0x3072_cfa1;
    const NAME: &'static str = "gzip_packed";
}

impl EncodeBare for GzipPacked {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_bytes(&self.packed_data);
    }
}

impl DecodeBare<'_> for GzipPacked {
    const MIN_BARE_LEN: usize = 4;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self { packed_data: reader.read_bytes() }
    }
}

#[cfg(feature = "unpack")]
impl GzipPacked {
    /// Unpacks the data, gzip or zlib, to at most `limit` bytes; see
    /// [`DEFAULT_MAX_UNPACKED`](typelang::unpack::DEFAULT_MAX_UNPACKED).
    ///
    /// # Errors
    ///
    /// Returns an error if the data is neither of the two, is damaged, or becomes larger.
    pub fn unpack(&self, limit: usize) -> Result<Vec<u8>, UnpackError> {
        unpack(&self.packed_data, limit)
    }
}
