//! Codes of the parser and of the check of ids.

use super::{Code, Default};

const fn error(name: &'static str, summary: &'static str, explanation: &'static str) -> Code {
    Code { name, default: Default::Error, summary, explanation }
}

const fn warning(name: &'static str, summary: &'static str, explanation: &'static str) -> Code {
    Code { name, default: Default::Warning, summary, explanation }
}

pub(super) const CODES: &[Code] = &[
    error(
        "bad-condition",
        "A condition is not of the form `field.bit?`",
        "A condition names a `#` field, then a dot, a bit from 0 to 31, and a question mark: `title:flags.3?string`.",
    ),
    error(
        "bad-id",
        "`#` is not followed by 1 to 8 hexadecimal digits, or stands apart from the name",
        "An id is written right behind the name: `user#d23c81a3 id:int = User;`. Leave it out to have it computed.",
    ),
    error(
        "bad-name",
        "A name cannot name what it stands for",
        "The last part of the name of a constructor or a function begins with a lower-case letter, that of a type with an \
         upper-case one, and the name of a field has no dot.",
    ),
    error(
        "bad-section-header",
        "A header is not `---types---` or `---functions---`",
        "A section begins with one of these two words between three minus signs on either side.",
    ),
    warning(
        "condition-without-bit",
        "A condition tests the whole number instead of a bit",
        "`x:mode?int` means that `x` is there if `mode` is not zero. The formal grammar has this form, but no schema in \
         use does, and most tools refuse it. Write the bit that is meant: `x:mode.0?int`.",
    ),
    warning(
        "empty-declaration",
        "A semicolon ends nothing",
        "There is no declaration before this semicolon. Remove it.",
    ),
    error(
        "expected-token",
        "Something else stands where the grammar asks for a certain thing",
        "The message says what was expected and what was found. A declaration is \
         `name#id {X:Type} field:type … = Type;`, with everything but the name, `=` and the type optional.",
    ),
    warning(
        "id-mismatch",
        "A declared id is not the checksum of the declaration's text",
        "The id of a combinator is the CRC-32 of its normalised text, unless whoever made the schema assigned one by \
         hand. A difference often means that fields were edited and the id was not, so that the two sides of a \
         connection disagree on what follows the id.\n\n\
         ```text\nuser#00000005 id:int = User;\n```\n\n\
         Take the id that the message shows (`tl id` shows how it comes about), or leave it out to have it computed. If \
         the note says that the other dialect gives the declared id, the file may be in that dialect: see `--dialect`. \
         Where ids are assigned by hand, allow this code for the file.",
    ),
    warning(
        "ignored-exclamation",
        "`!` before a result means nothing",
        "`!X` is the type of a field that holds a call whose result is `X`. Before a result the mark has no meaning; \
         remove it.",
    ),
    error(
        "invalid-argument-kind",
        "An optional argument is neither a type nor a number",
        "An optional argument is `{X:Type}` or `{n:#}`.",
    ),
    error(
        "invalid-result",
        "What follows `=` is not a type that a declaration can result in",
        "A constructor ends with the name of its type, which begins with a capital letter, and that type's arguments: \
         `user id:int = User;`. A function may also result in a vector, a bare type or one of its type arguments.",
    ),
    warning(
        "invalid-utf8",
        "The file has bytes that are not UTF-8",
        "Schemas are UTF-8 text. Such bytes are read as blanks. In a comment this is a warning, whose level can be chosen; \
         anywhere else it is an error. Save the file as UTF-8.",
    ),
    warning(
        "layer-conflict",
        "Two comments of a file state different layers",
        "The first `// LAYER n` counts. Remove the other one.",
    ),
    warning(
        "layer-marker",
        "`===8===` is not part of the language",
        "Some schemas of secret chats divide layers by such lines. They mean nothing to `tl` and are skipped; write them \
         as comments.",
    ),
    error(
        "misplaced-annotation",
        "An annotation stands before something that cannot have one",
        "Annotations (`@read`) stand before a constructor or a function.",
    ),
    error(
        "misplaced-optional-argument",
        "`{…}` stands after a field",
        "Optional arguments stand between the name and the first field: `pair {X:Type} {Y:Type} a:X b:Y = Pair X Y;`.",
    ),
    error(
        "missing-equals",
        "A declaration has no `=`",
        "A declaration ends with `=` and its type: `user id:long = User;`.",
    ),
    error(
        "missing-semicolon",
        "A declaration has no `;` at its end",
        "The next declaration is read all the same. Add the semicolon where the message points.",
    ),
    error(
        "missing-type",
        "Nothing stands after `:`, a condition or `=`",
        "Every field has a type, and every declaration a result: `user id:long = User;`.",
    ),
    error(
        "nesting-too-deep",
        "Brackets are nested deeper than the parser follows",
        "There is a limit, so that no file can overflow the stack. Give the inner types a name of their own.",
    ),
    error(
        "non-ascii",
        "A character outside of comments is not ASCII",
        "Names and types are ASCII. A letter that looks like another one (Cyrillic `а` for Latin `a`) often comes from \
         copying.",
    ),
    error(
        "number-too-large",
        "A number has more than 32 bits",
        "Numbers in a schema are natural numbers of at most 4294967295.",
    ),
    warning(
        "partial-application",
        "A declaration without `=` is read as an instance of a type",
        "`Tuple int 3;` asks for an instance of a type by name. No schema in use has such declarations; more likely, `=` \
         and the result are missing.",
    ),
    Code {
        name: "pinned-id",
        default: Default::Note,
        summary: "The id is a known exception to the rule of ids",
        explanation: "Some declarations of Telegram's schemas have ids that are not the checksum of their text: \
                      assigned by hand, computed before a field was renamed, or that of a former name. They are what every \
                      implementation uses, so they are right as they are. They are listed so that nobody takes them for \
                      checked.",
    },
    warning(
        "reserved-id",
        "The id is 0 or ffffffff",
        "Readers use these two as marks of their own, so that a value with such an id may be taken for the end of data or \
         for nothing. Choose another id, or leave it out.",
    ),
    error("source-too-large", "The text has more than 4 GiB", "Places in a text are kept in 32 bits. Divide the file."),
    error(
        "stray-character",
        "A character begins nothing",
        "This character has no meaning in TL outside of comments. Comments are `// …` and `/* … */`.",
    ),
    error(
        "unclosed-delimiter",
        "An opening bracket has no closing one",
        "The message points at the bracket and at the place where the closing one is missed.",
    ),
    warning(
        "unknown-documented-field",
        "Documentation speaks of a field that is not there",
        "`//@name text` before a declaration documents its field `name`. There is no such field: it may have been renamed \
         or removed, or the tag is misspelt. The text appears nowhere until the tag is right.",
    ),
    error(
        "unknown-section",
        "A section is neither `types` nor `functions`",
        "There are two sections: `---types---` and `---functions---`.",
    ),
    error("unterminated-comment", "`/*` has no `*/`", "The comment goes on to the end of the file. Close it."),
    warning(
        "upper-case-namespace",
        "A namespace begins with an upper-case letter",
        "Namespaces begin with a lower-case letter: `messages.Chats`, not `Messages.Chats`. Other tools take the name \
         for that of a type.",
    ),
];
