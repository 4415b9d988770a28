//! The codes of the parser and of the check of ids.

use crate::declare_codes;

declare_codes! {
    BAD_CONDITION {
        name: "bad-condition",
        level: Error,
        summary: "A condition is not of the form `field.bit?`",
        explanation:
            "A condition names a `#` field, then a dot, a bit from 0 to 31, and a question mark: \
            `title:flags.3?string`.",
        fix: "adds the question mark where it is all that is missing",
    }
    BAD_ID {
        name: "bad-id",
        level: Error,
        summary: "`#` is not followed by 1 to 8 hexadecimal digits, or stands apart from the name",
        explanation:
            "An id is written right behind the name: `user#d23c81a3 id:int = User;`. Leave it out to have it \
            computed.",
        fix: "removes the blank before an id that stands apart from its name",
    }
    BAD_NAME {
        name: "bad-name",
        level: Error,
        summary: "A name cannot name what it stands for",
        explanation:
            "The last part of the name of a constructor or a function begins with a lower-case letter, that of \
            a type with an upper-case one, and the name of a field has no dot.",
        fix: "writes the name of a constructor or a function with a lower-case letter",
    }
    BAD_SECTION_HEADER {
        name: "bad-section-header",
        level: Error,
        summary: "A header is not `---types---` or `---functions---`",
        explanation: "A section begins with one of these two words between three minus signs on either side.",
        fix: "writes three minus signs on either side of the word",
    }
    CONDITION_WITHOUT_BIT {
        name: "condition-without-bit",
        level: Warning,
        summary: "A condition tests the whole number instead of a bit",
        explanation:
            "`x:mode?int` means that `x` is there if `mode` is not zero. The formal grammar has this form, but \
            no schema in use does, and most tools refuse it. Write the bit that is meant: `x:mode.0?int`.",
    }
    EMPTY_DECLARATION {
        name: "empty-declaration",
        level: Warning,
        summary: "A semicolon ends nothing",
        explanation: "There is no declaration before this semicolon. Remove it.",
        fix: "removes the semicolon",
    }
    EXPECTED_TOKEN {
        name: "expected-token",
        level: Error,
        summary: "Something else stands where the grammar asks for a certain thing",
        explanation:
            "The message says what was expected and what was found. A declaration is `name#id {X:Type} \
            field:type … = Type;`, with everything but the name, `=` and the type optional.",
    }
    ID_MISMATCH {
        name: "id-mismatch",
        level: Warning,
        summary: "A declared id is not the checksum of the declaration's text",
        explanation:
            "The id of a combinator is the CRC-32 of its normalised text, unless whoever made the schema \
            assigned one by hand. A difference often means that fields were edited and the id was not, so that \
            the two sides of a connection disagree on what follows the id.\n\n\
            ```text\nuser#00000005 id:int = User;\n```\n\n\
            Take the id that the message shows (`tl id` shows how it comes about), or leave it out to have it \
            computed. If the note says that the other dialect gives the declared id, the file may be in that \
            dialect: see `--dialect`. Where ids are assigned by hand, allow this code for the file.",
        fix: "writes the id that the text gives, unless the other dialect gives the declared one",
    }
    IGNORED_EXCLAMATION {
        name: "ignored-exclamation",
        level: Warning,
        summary: "`!` before a result means nothing",
        explanation:
            "`!X` is the type of a field that holds a call whose result is `X`. Before a result the mark has no \
            meaning; remove it.",
        fix: "removes the mark",
    }
    INVALID_ARGUMENT_KIND {
        name: "invalid-argument-kind",
        level: Error,
        summary: "An optional argument is neither a type nor a number",
        explanation: "An optional argument is `{X:Type}` or `{n:#}`.",
        fix: "writes `Type` where the word is like it",
    }
    INVALID_RESULT {
        name: "invalid-result",
        level: Error,
        summary: "What follows `=` is not a type that a declaration can result in",
        explanation:
            "A constructor ends with the name of its type, which begins with a capital letter, and that type's \
            arguments: `user id:int = User;`. A function may also result in a vector, a bare type or one of \
            its type arguments.",
    }
    INVALID_UTF8 {
        name: "invalid-utf8",
        level: Warning,
        summary: "The file has bytes that are not UTF-8",
        explanation:
            "Schemas are UTF-8 text. Such bytes are read as blanks. In a comment this is a warning, whose level \
            can be chosen; anywhere else it is an error. Save the file as UTF-8.",
    }
    LAYER_CONFLICT {
        name: "layer-conflict",
        level: Warning,
        summary: "Two comments of a file state different layers",
        explanation: "The first `// LAYER n` counts. Remove the other one.",
    }
    LAYER_MARKER {
        name: "layer-marker",
        level: Note,
        summary: "A line says which layer the declarations after it are of",
        explanation:
            "Schemas of secret chats divide layers by lines such as `===8===`, and declare a constructor again in each layer \
            that changes it. All forms are kept, since the two ends of a chat may speak different layers: the newest one has \
            the name as it is, each older one the number of its layer at the end, `note8`.",
    }
    MISPLACED_ANNOTATION {
        name: "misplaced-annotation",
        level: Error,
        summary: "An annotation stands before something that cannot have one",
        explanation: "Annotations (`@read`) stand before a constructor or a function.",
    }
    MISPLACED_OPTIONAL_ARGUMENT {
        name: "misplaced-optional-argument",
        level: Error,
        summary: "`{…}` stands after a field",
        explanation:
            "Optional arguments stand between the name and the first field: `pair {X:Type} {Y:Type} a:X b:Y = \
            Pair X Y;`.",
        fix: "moves the argument before the fields",
    }
    MISSING_EQUALS {
        name: "missing-equals",
        level: Error,
        summary: "A declaration has no `=`",
        explanation: "A declaration ends with `=` and its type: `user id:long = User;`.",
        fix: "adds `=` before the result type where there is one",
    }
    MISSING_SEMICOLON {
        name: "missing-semicolon",
        level: Error,
        summary: "A declaration has no `;` at its end",
        explanation: "The next declaration is read all the same. Add the semicolon where the message points.",
        fix: "adds the semicolon",
    }
    MISSING_TYPE {
        name: "missing-type",
        level: Error,
        summary: "Nothing stands after `:`, a condition or `=`",
        explanation: "Every field has a type, and every declaration a result: `user id:long = User;`.",
    }
    NESTING_TOO_DEEP {
        name: "nesting-too-deep",
        level: Error,
        summary: "Brackets or namespaces are nested deeper than the parser follows",
        explanation:
            "There is a limit, so that no file can overflow the stack. Give the inner types a name of their \
            own.",
    }
    NON_ASCII {
        name: "non-ascii",
        level: Error,
        summary: "A character outside of comments is not ASCII",
        explanation:
            "Names and types are ASCII. A letter that looks like another one (Cyrillic `а` for Latin `a`) often \
            comes from copying.",
        fix: "writes the ASCII character that looks the same, if there is one",
    }
    NOT_A_SCHEMA {
        name: "not-a-schema",
        level: Error,
        summary: "A file is something else than a schema",
        explanation:
            "The file was read no further, because it looks like something else: JSON, a compiled schema, a web page, \
            an archive, text in UTF-16, or nothing at all. A schema is text in UTF-8 with a declaration such as \
            `user id:long name:string = User;` for each constructor and function.\n\n\
            Telegram publishes each layer of its schema both as TL and as JSON; take the first. A download that gives \
            HTML has usually found a page about the file, or about an error.",
    }
    NUMBER_TOO_LARGE {
        name: "number-too-large",
        level: Error,
        summary: "A number has more than 32 bits",
        explanation: "Numbers in a schema are natural numbers of at most 4294967295.",
    }
    PARTIAL_APPLICATION {
        name: "partial-application",
        level: Warning,
        summary: "A declaration without `=` is read as an instance of a type",
        explanation:
            "`Tuple int 3;` asks for an instance of a type by name. No schema in use has such declarations; \
            more likely, `=` and the result are missing.",
    }
    PINNED_ID {
        name: "pinned-id",
        level: Note,
        summary: "The id is a known exception to the rule of ids",
        explanation:
            "Some declarations of Telegram's schemas have ids that are not the checksum of their text: assigned \
            by hand, computed before a field was renamed, or that of a former name. They are what every \
            implementation uses, so they are right as they are. They are listed so that nobody takes them for \
            checked.",
    }
    RESERVED_ID {
        name: "reserved-id",
        level: Warning,
        summary: "The id is 0 or ffffffff",
        explanation:
            "Readers use these two as marks of their own, so that a value with such an id may be taken for the \
            end of data or for nothing. Choose another id, or leave it out.",
        fix: "writes the id that the text gives",
    }
    SOURCE_TOO_LARGE {
        name: "source-too-large",
        level: Error,
        summary: "The text has more than 4 GiB",
        explanation: "Places in a text are kept in 32 bits. Divide the file.",
    }
    STRAY_CHARACTER {
        name: "stray-character",
        level: Error,
        summary: "A character begins nothing",
        explanation: "This character has no meaning in TL outside of comments. Comments are `// …` and `/* … */`.",
    }
    UNCLOSED_DELIMITER {
        name: "unclosed-delimiter",
        level: Error,
        summary: "An opening bracket has no closing one",
        explanation: "The message points at the bracket and at the place where the closing one is missed.",
        fix: "adds the closing bracket where all fields after the opening one are inside",
    }
    UNKNOWN_DOCUMENTED_FIELD {
        name: "unknown-documented-field",
        level: Warning,
        summary: "Documentation speaks of a field that is not there",
        explanation:
            "`//@name text` before a declaration documents its field `name`. There is no such field: it may \
            have been renamed or removed, or the tag is misspelt. The text appears nowhere until the tag is \
            right.",
        fix: "writes the name of the field that was probably meant",
    }
    UNKNOWN_SECTION {
        name: "unknown-section",
        level: Error,
        summary: "A section is neither `types` nor `functions`",
        explanation: "There are two sections: `---types---` and `---functions---`.",
        fix: "writes the section that was probably meant",
    }
    UNTERMINATED_COMMENT {
        name: "unterminated-comment",
        level: Error,
        summary: "`/*` has no `*/`",
        explanation: "The comment goes on to the end of the file. Close it.",
    }
    UPPER_CASE_NAMESPACE {
        name: "upper-case-namespace",
        level: Warning,
        summary: "A namespace begins with an upper-case letter",
        explanation:
            "Namespaces begin with a lower-case letter: `messages.Chats`, not `Messages.Chats`. Other tools \
            take the name for that of a type.",
        fix: "writes the namespace with a lower-case letter, unless the declaration has an id",
    }
}
