//! CRC-32 as in IEEE 802.3 and zlib: reflected, polynomial 0x04c11db7.

/// How many bytes are taken in one step.
const WIDTH: usize = 8;

/// `TABLES[n][b]` is what the byte `b` adds to the remainder when `n` more bytes follow it in its step.
static TABLES: [[u32; 256]; WIDTH] = tables();

const fn tables() -> [[u32; 256]; WIDTH] {
    let mut tables = [[0; 256]; WIDTH];
    let mut index = 0;
    let mut byte = 0;
    while index < 256 {
        let mut remainder: u32 = byte;
        let mut step = 0;
        while step < WIDTH {
            let mut bit = 0;
            while bit < 8 {
                let reflected_polynomial = if remainder & 1 == 1 { 0xedb8_8320 } else { 0 };
                remainder = (remainder >> 1) ^ reflected_polynomial;
                bit += 1;
            }
            tables[step][index] = remainder;
            step += 1;
        }
        index += 1;
        byte += 1;
    }
    tables
}

/// The checksum of `bytes`.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let (steps, rest) = bytes.as_chunks::<WIDTH>();
    let remainder = steps.iter().fold(u32::MAX, wide_step);
    !rest.iter().fold(remainder, narrow_step)
}

fn narrow_step(remainder: u32, byte: &u8) -> u32 {
    let [low, ..] = remainder.to_le_bytes();
    (remainder >> 8) ^ TABLES[0][usize::from(low ^ byte)]
}

/// The same as a [`narrow_step`] for each of the bytes, whose look-ups need not wait for one another.
fn wide_step(remainder: u32, bytes: &[u8; WIDTH]) -> u32 {
    let remainder = remainder.to_le_bytes().into_iter().chain([0; WIDTH - 4]);
    let bytes = bytes.iter().zip(remainder).map(|(byte, remainder)| usize::from(byte ^ remainder));
    bytes.zip(TABLES.iter().rev()).fold(0, |sum, (byte, table)| sum ^ table[byte])
}

#[cfg(test)]
mod tests {
    use super::{crc32, narrow_step};

    #[test]
    fn check_values() {
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b"int ? = Int"), 0xa850_9bda);
    }

    #[test]
    fn wide_steps_give_what_narrow_ones_give() {
        let bytes: Vec<u8> = (0..=255).rev().chain(0..77).collect();
        for end in 0..bytes.len() {
            let bytes = &bytes[..end];
            assert_eq!(crc32(bytes), !bytes.iter().fold(u32::MAX, narrow_step), "{end} bytes");
        }
    }
}
