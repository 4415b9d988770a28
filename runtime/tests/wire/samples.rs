//! Combinators written by hand in the shape of generated code, for the other tests.

use typelang::prelude::*;
use typelang::{DecodeError, ReadOptions};

/// `getUsers#2d84d5f5 ids:Vector<int> = Vector<User>;`, a well-known example whose bytes are published.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GetUsers {
    pub(crate) ids: Vec<i32>,
}

impl Combinator for GetUsers {
    const ID: u32 = 0x2d84_d5f5;
    const NAME: &'static str = "getUsers";
}

impl EncodeBare for GetUsers {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        self.ids.encode(writer);
    }
}

impl DecodeBare<'_> for GetUsers {
    const MIN_BARE_LEN: usize = 8;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self { ids: reader.decode() }
    }
}

impl Returns for GetUsers {
    type Value = Vec<User>;
}

/// `userEmpty#d3bc4b7a id:long = User; user#020b1422 flags:# bot:flags.0?true id:long name:flags.3?string = User;`
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum User {
    Empty(UserEmpty),
    Full(Box<UserFull>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UserEmpty {
    pub(crate) id: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UserFull {
    pub(crate) bot: bool,
    pub(crate) id: i64,
    pub(crate) name: Option<String>,
}

impl Combinator for UserEmpty {
    const ID: u32 = 0xd3bc_4b7a;
    const NAME: &'static str = "userEmpty";
}

impl EncodeBare for UserEmpty {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_i64(self.id);
    }
}

impl DecodeBare<'_> for UserEmpty {
    const MIN_BARE_LEN: usize = 8;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self { id: reader.read_i64() }
    }
}

impl Combinator for UserFull {
    const ID: u32 = 0x020b_1422;
    const NAME: &'static str = "user";
}

impl EncodeBare for UserFull {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_u32(u32::from(self.bot) | u32::from(self.name.is_some()) << 3);
        writer.write_i64(self.id);
        if let Some(name) = &self.name {
            name.encode(writer);
        }
    }
}

impl DecodeBare<'_> for UserFull {
    const MIN_BARE_LEN: usize = 12;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        let flags = reader.read_flags(0b1001);
        Self {
            bot: flags & 1 != 0,
            id: reader.read_i64(),
            name: if flags & 1 << 3 != 0 { Some(reader.decode()) } else { None },
        }
    }
}

impl Encode for User {
    fn encode(&self, writer: &mut Writer<'_>) {
        match self {
            Self::Empty(user) => user.encode(writer),
            Self::Full(user) => user.encode(writer),
        }
    }
}

impl Decode<'_> for User {
    const MIN_LEN: usize = 12;

    fn decode(reader: &mut Reader<'_>) -> Self {
        match reader.read_id("User") {
            UserEmpty::ID => Self::Empty(reader.decode_bare()),
            UserFull::ID => Self::Full(reader.decode_box()),
            other => {
                reader.fail_with_id(other, "User", &[UserEmpty::ID, UserFull::ID]);
                Self::Empty(reader.decode_bare())
            }
        }
    }
}

/// `textPlain#744694e0 text:string = RichText; textBold#6724abc4 text:RichText = RichText;`
/// `textConcat#7e6260d7 texts:Vector<RichText> = RichText;`
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RichText {
    Plain(String),
    Bold(Box<RichText>),
    Concat(Vec<RichText>),
}

pub(crate) const TEXT_PLAIN: u32 = 0x7446_94e0;
pub(crate) const TEXT_BOLD: u32 = 0x6724_abc4;
pub(crate) const TEXT_CONCAT: u32 = 0x7e62_60d7;

impl Encode for RichText {
    fn encode(&self, writer: &mut Writer<'_>) {
        if !writer.enter_levels(1) {
            return;
        }
        match self {
            Self::Plain(text) => {
                writer.write_id(TEXT_PLAIN);
                text.encode(writer);
            }
            Self::Bold(text) => {
                writer.write_id(TEXT_BOLD);
                text.encode(writer);
            }
            Self::Concat(texts) => {
                writer.write_id(TEXT_CONCAT);
                texts.encode(writer);
            }
        }
        writer.leave_levels(1);
    }
}

impl Decode<'_> for RichText {
    const MIN_LEN: usize = 8;

    fn decode(reader: &mut Reader<'_>) -> Self {
        let enclosing = reader.enter_recursive("RichText");
        let value = match reader.read_id("RichText") {
            TEXT_PLAIN => Self::Plain(reader.read_string()),
            TEXT_BOLD => Self::Bold(Box::new(reader.decode())),
            TEXT_CONCAT => Self::Concat(reader.decode()),
            other => {
                reader.fail_with_id(other, "RichText", &[TEXT_PLAIN, TEXT_BOLD, TEXT_CONCAT]);
                Self::Plain(String::new())
            }
        };
        reader.leave_recursive(enclosing);
        value
    }
}

/// `nothing = Nothing;`, bare: takes no bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nothing;

impl EncodeBare for Nothing {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
    }

    fn may_be_empty_bare() -> bool {
        true
    }
}

impl typelang::Named for Nothing {
    const TYPE_NAME: &'static str = "nothing";
}

impl DecodeBare<'_> for Nothing {
    const MIN_BARE_LEN: usize = 0;

    fn decode_fields(_: &mut Reader<'_>) -> Self {
        Self
    }
}

/// What a function reads from bytes, unless the reader finds fault with them.
pub(crate) fn read<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> T) -> Result<T, DecodeError> {
    read_with(bytes, ReadOptions::new(), read)
}

/// The same with options.
pub(crate) fn read_with<'a, T>(
    bytes: &'a [u8],
    options: ReadOptions,
    read: impl FnOnce(&mut Reader<'a>) -> T,
) -> Result<T, DecodeError> {
    let mut reader = Reader::with_options(bytes, options);
    let value = read(&mut reader);
    reader.finish().map(|()| value)
}

/// The bytes that hexadecimal digits stand for; spaces between them are for the eye.
pub(crate) fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u32> =
        digits.chars().filter(|digit| !digit.is_whitespace()).map(|digit| digit.to_digit(16).unwrap()).collect();
    assert_eq!(digits.len() % 2, 0, "half a byte in {digits:?}");
    digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect()
}
