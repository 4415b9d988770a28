//! Numbers, strings and other values without parts.

use typelang_ir::Builtin;

use super::Sampler;

/// Ids of `boolTrue` and `boolFalse`.
const BOOLS: [u32; 2] = [0x9972_75b5, 0xbc79_9737];
/// Lengths around which headers and padding of strings change.
const LENGTHS: [usize; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 252, 253, 254, 255, 256, 257];
/// Characters of one to four bytes in UTF-8.
const CHARACTERS: [char; 8] = ['a', '\0', 'é', 'я', '€', '\u{fffd}', '🏽', '\u{10ffff}'];
const NUMBERS: [u64; 8] =
    [0, 1, u64::MAX, 0x7fff_ffff, 0x8000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x0102_0304_0506_0708];
const DOUBLES: [f64; 8] = [0.0, -0.0, 1.5, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY, f64::NAN, 5e-324];
const FLOATS: [f32; 8] = [0.0, -0.0, 1.5, f32::MIN_POSITIVE, f32::MAX, f32::INFINITY, f32::NAN, 1e-45];

impl Sampler<'_> {
    pub(super) fn put_builtin(&mut self, builtin: Builtin, depth: u32) {
        match builtin {
            Builtin::Nat | Builtin::Int => {
                let number = self.number() as u32;
                self.put_u32(number);
            }
            Builtin::Long => {
                let number = self.number();
                self.out.extend(number.to_le_bytes());
            }
            Builtin::Double => {
                let number = self.random.pick(&DOUBLES);
                self.out.extend(number.to_le_bytes());
            }
            Builtin::Float => {
                let number = self.random.pick(&FLOATS);
                self.out.extend(number.to_le_bytes());
            }
            Builtin::Int128 => self.put_raw(16),
            Builtin::Int256 => self.put_raw(32),
            Builtin::Int512 => self.put_raw(64),
            Builtin::String => {
                let length = self.length(depth);
                let text = self.text(length);
                self.put_string(text.as_bytes());
            }
            Builtin::Bytes => {
                let length = self.length(depth);
                let bytes = self.random.bytes(length);
                self.put_string(&bytes);
            }
            Builtin::Bool => {
                let id = self.random.pick(&BOOLS);
                self.put_u32(id);
            }
            Builtin::True => {}
        }
    }

    pub(super) fn number(&mut self) -> u64 {
        if self.random.coin() { self.random.pick(&NUMBERS) } else { self.random.number() }
    }

    fn length(&mut self, depth: u32) -> usize {
        if self.is_enough(depth) { 0 } else { self.random.pick(&LENGTHS) }
    }

    /// A text of so many bytes.
    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            let character = self.random.pick(&CHARACTERS);
            let fits = text.len() + character.len_utf8() <= length;
            text.push(if fits { character } else { 'a' });
        }
        text
    }

    fn put_raw(&mut self, length: usize) {
        let bytes = self.random.bytes(length);
        self.out.extend(bytes);
    }

    pub(super) fn put_u32(&mut self, number: u32) {
        self.out.extend(number.to_le_bytes());
    }

    fn put_string(&mut self, content: &[u8]) {
        let start = self.out.len();
        match content.len() {
            length @ ..254 => self.out.push(length as u8),
            length => self.put_u32((length as u32) << 8 | 254),
        }
        self.out.extend(content);
        let written = self.out.len() - start;
        self.out.resize(start + written.next_multiple_of(4), 0);
    }
}
