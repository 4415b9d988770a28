//! Constructors, functions and types of several constructors.

use crate::samples::{GetUsers, Nothing, User, UserEmpty, UserFull, hex, read};
use typelang::{
    Combinator, Decode, DecodeBare, DecodeErrorKind, Encode, EncodeBare, Function, ReadOptions, Reader, Writer,
};

#[test]
fn get_users_golden() {
    let request = GetUsers { ids: vec![2, 3, 4] };
    let bytes = hex("f5d5842d 15c4b51c 03000000 02000000 03000000 04000000");
    assert_eq!(request.to_bytes().unwrap(), bytes);
    assert_eq!(request.encoded_len(), 24);
    assert_eq!(GetUsers::from_bytes(&bytes).unwrap(), request);
    assert_eq!(GetUsers::MIN_LEN, 12);
}

#[test]
fn bare_form_has_no_id() {
    let user = UserEmpty { id: 9 };
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    user.encode_bare(&mut writer);
    writer.finish().unwrap();
    assert_eq!(out, hex("0900000000000000"));
    assert_eq!(read(&out, UserEmpty::decode_bare).unwrap(), user);
}

#[test]
fn another_id_is_an_error_that_names_the_combinator() {
    let error = UserEmpty::from_bytes(&hex("efbeadde 0900000000000000")).unwrap_err();
    let kind = DecodeErrorKind::UnknownConstructor { found: 0xdead_beef, expected: &[0xd3bc_4b7a] };
    assert_eq!(*error.kind(), kind);
    assert_eq!((error.offset(), error.type_name()), (0, "userEmpty"));
}

#[test]
fn outputs_are_read_by_the_request() {
    let users = vec![
        User::Empty(UserEmpty { id: 1 }),
        User::Full(Box::new(UserFull { bot: true, id: 2, name: Some("Ann".into()) })),
    ];
    let mut bytes = users.to_bytes().unwrap();
    assert_eq!(bytes, hex("15c4b51c 02000000 7a4bbcd3 0100000000000000 22140b02 09000000 0200000000000000 03416e6e"));
    assert_eq!(GetUsers::output_from_bytes(&bytes).unwrap(), users);
    assert_eq!(GetUsers::output_from_bytes_with(&bytes, ReadOptions::strict()).unwrap(), users);

    bytes.push(0);
    assert_eq!(GetUsers::output_from_bytes(&bytes).unwrap(), users);
    let error = GetUsers::output_from_bytes_with(&bytes, ReadOptions::strict()).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TrailingBytes { count: 1 });
}

#[test]
fn names_are_restored_when_a_value_ends() {
    let bytes = UserEmpty { id: 1 }.to_bytes().unwrap().repeat(2);
    let mut reader = Reader::new(&bytes);
    let enclosing = reader.enter("outer");
    let type_name = |reader: &Reader<'_>| {
        let mut reader = reader.clone();
        reader.read_raw(usize::MAX);
        reader.finish().unwrap_err().type_name()
    };
    User::decode(&mut reader);
    assert_eq!(type_name(&reader), "outer");
    UserEmpty::decode(&mut reader);
    assert_eq!(type_name(&reader), "outer");
    reader.leave(enclosing);
    assert_eq!(type_name(&reader), "");
}

#[test]
fn nothing_takes_no_bytes() {
    let mut out = Vec::new();
    Writer::new(&mut out).encode_bare(&Nothing);
    assert_eq!(out, []);
    assert_eq!(read(&[], Nothing::decode_bare).unwrap(), Nothing);
}

/// A wrapper such as `invokeWithLayer {X:Type} layer:int query:!X = X;`.
struct InvokeWithLayer<X> {
    layer: i32,
    query: X,
}

impl<X> Combinator for InvokeWithLayer<X> {
    const ID: u32 = 0xda9b_0d0d;
    const NAME: &'static str = "invokeWithLayer";
}

impl<X: Encode> EncodeBare for InvokeWithLayer<X> {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_i32(self.layer);
        self.query.encode(writer);
    }
}

impl<X: Function> Function for InvokeWithLayer<X> {
    type Output = X::Output;
    type OutputForm = X::OutputForm;

    fn output_form(&self) -> X::OutputForm {
        self.query.output_form()
    }
}

#[test]
fn wrappers_carry_the_boxed_query_and_its_output() {
    let request = InvokeWithLayer { layer: 230, query: GetUsers { ids: vec![] } };
    assert_eq!(request.to_bytes().unwrap(), hex("0d0d9bda e6000000 f5d5842d 15c4b51c 00000000"));
    let users = InvokeWithLayer::<GetUsers>::output_from_bytes(&hex("15c4b51c 00000000")).unwrap();
    assert_eq!(users, []);
    assert_eq!(request.read_output(&hex("15c4b51c 00000000")).unwrap(), []);
}
