//! What the family of a schema decides: the dialect of the ids, and whose the bits of a `#` are.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use support::{constructor, function};
use typelang_ir::NatRole::{self, Flags, Mask, Number};
use typelang_ir::{Profile, Resolution, ResolveOptions, Schema, resolve};
use typelang_parser::ids::Dialect;
use typelang_parser::parse;

fn resolved(text: &str, options: ResolveOptions) -> Schema {
    let parsed = parse(Default::default(), text);
    assert_eq!(parsed.diagnostics, []);
    let Resolution { schema, diagnostics } = resolve(&[parsed.file], options);
    assert_eq!(diagnostics, []);
    schema
}

fn with_profile(profile: Profile) -> ResolveOptions {
    ResolveOptions { profile: Some(profile), ..ResolveOptions::default() }
}

fn roles(schema: &Schema) -> Vec<NatRole> {
    schema.constructors[0].combinator.fields.iter().filter_map(|field| field.nat).collect()
}

/// Tested, counting as well, not tested; called `flags` or not.
const NUMBERS: &str =
    "numbers flags:# a:flags.0?int mode:# b:mode.1?int n:# c:n.0?int d:n*[int] flags2:# other:# = Numbers;";

#[test]
fn whose_the_bits_are() {
    for (profile, expected) in [
        (Profile::Telegram, [Flags, Flags, Mask, Flags, Number]),
        (Profile::Tdlib, [Flags, Flags, Mask, Flags, Number]),
        (Profile::Ton, [Mask, Mask, Mask, Number, Number]),
        (Profile::Vk, [Mask, Mask, Mask, Number, Number]),
    ] {
        assert_eq!(roles(&resolved(NUMBERS, with_profile(profile))), expected, "{}", profile.name());
        let text = format!("// tl:profile({})\n{NUMBERS}", profile.name());
        let schema = resolved(&text, ResolveOptions::default());
        assert_eq!(roles(&schema), expected, "{text}");
        assert_eq!(schema.profile, Some(profile));
    }
    // Where nobody says it, what is called flags and tested is computed.
    let schema = resolved(NUMBERS, ResolveOptions::default());
    assert_eq!(roles(&schema), [Flags, Mask, Mask, Number, Number]);
    assert_eq!(schema.profile, None);
}

#[test]
fn the_caller_is_heard_before_the_file() {
    let text = format!("// tl:profile(ton)\n{NUMBERS}");
    let schema = resolved(&text, with_profile(Profile::Telegram));
    assert_eq!(schema.profile, Some(Profile::Telegram));
    assert_eq!(roles(&schema)[0], Flags);
}

/// What TON's schemas begin with.
const OF_TON: &str = "int ? = Int;\nint256 8*[ int ] = Int256;\nton.block.header mode:# = ton.Block;\n";

/// What TDLib's schemas are like.
const OF_TDLIB: &str =
    "string ? = String;\nint53 = Int53;\n//@description A user @id The identifier\nuser id:int53 = User;\n";

#[test]
fn a_file_shows_its_family() {
    let shown = |text: &str| Profile::shown_by(&parse(Default::default(), text).file);
    assert_eq!(shown(OF_TON), Some(Profile::Ton));
    assert_eq!(shown(OF_TDLIB), Some(Profile::Tdlib));
    // MTProto has the same numbers, but other ids and no deep namespaces.
    let telegram = "int ? = Int;\nint256 8*[ int ] = Int256;\na.b.get#b804bbe6 x:bytes = a.B;\n";
    for other in [
        "",
        "a x:int = A;\n",
        "int53 = Int53;\na x:int53 = A;\n",
        "int ? = Int;\nint256 8*[ int ] = Int256;\n",
        telegram,
    ] {
        assert_eq!(shown(other), None, "{other}");
    }
    // What it shows counts as if it said so, and what is said counts more.
    let schema = resolved(OF_TON, ResolveOptions::default());
    assert_eq!(schema.profile, Some(Profile::Ton));
    assert_eq!(resolved(&format!("// tl:profile(vk)\n{OF_TON}"), ResolveOptions::default()).profile, Some(Profile::Vk));
    assert_eq!(resolved(OF_TON, with_profile(Profile::Tdlib)).profile, Some(Profile::Tdlib));
}

#[test]
fn profiles_have_names() {
    for profile in Profile::ALL {
        assert_eq!(Profile::from_name(profile.name()), Some(profile));
        assert_eq!(profile.has_long_strings(), profile != Profile::Telegram);
    }
    assert_eq!(Profile::from_name("telegramm"), None);
    assert_eq!(Profile::of_dialect(Dialect::Telegram), Profile::Telegram);
    assert_eq!(Profile::of_dialect(Dialect::Reference), Profile::Ton);
}

/// The table of both rules of ids: text, id in Telegram's dialect, id in the reference dialect.
const IDS: &[(&str, u32, u32)] = &[
    ("user", 0xd23c_81a3, 0xd23c_81a3),
    ("getUsers", 0x2d84_d5f5, 0x2d84_d5f5),
    ("invokeAfterMsg", 0xcb9f_372d, 0x1eeb_7e32),
    ("resPQ", 0x0516_2463, 0x1827_435a),
    ("tls.exprType", 0xecc9_da78, 0xecc9_da78),
];

const TEXT: &str = "
    vector {t:Type} # [ t ] = Vector t;
    int ? = Int;
    tuple {t:Type} {n:#} [ t ] = Tuple t n;
    user id:int first_name:string last_name:string = User;
    resPQ nonce:int128 server_nonce:int128 pq:bytes server_public_key_fingerprints:Vector<long> = ResPQ;
    tls.typeExpr = tls.TypeExpr;
    tls.exprType _:tls.TypeExpr = tls.Expr;
    ---functions---
    getUsers (Vector int) = Vector User;
    invokeAfterMsg {X:Type} msg_id:long query:!X = X;
";

#[test]
fn ids_in_both_dialects() {
    let by_dialect = |dialect| resolved(TEXT, ResolveOptions { dialect: Some(dialect), ..ResolveOptions::default() });
    let (telegram, reference) = (by_dialect(Dialect::Telegram), by_dialect(Dialect::Reference));
    let id = |schema: &Schema, name: &str| match schema.find_constructor(name) {
        Some(_) => schema[constructor(schema, name)].combinator.id,
        None => schema[function(schema, name)].combinator.id,
    };
    for &(name, in_telegram, in_reference) in IDS {
        assert_eq!(format!("{:08x}", id(&telegram, name)), format!("{in_telegram:08x}"), "{name}");
        assert_eq!(format!("{:08x}", id(&reference, name)), format!("{in_reference:08x}"), "{name}");
    }
    for schema in [&telegram, &reference] {
        let builtins: Vec<u32> = schema.builtins.iter().map(|it| it.id).collect();
        assert_eq!(builtins, [0x1cb5_c415, 0xa850_9bda, 0x9770_768a]);
    }
    // Profiles choose the dialect; a dialect that is given is heard before them.
    assert_eq!(id(&resolved(TEXT, with_profile(Profile::Telegram)), "resPQ"), id(&telegram, "resPQ"));
    for profile in [Profile::Tdlib, Profile::Ton, Profile::Vk] {
        assert_eq!(id(&resolved(TEXT, with_profile(profile)), "resPQ"), id(&reference, "resPQ"));
    }
    let both = ResolveOptions { dialect: Some(Dialect::Telegram), profile: Some(Profile::Vk) };
    assert_eq!(id(&resolved(TEXT, both), "resPQ"), id(&telegram, "resPQ"));
}
