//! The codes of histories.

use typelang_parser::declare_codes;

declare_codes! {
    HISTORY_COMMENT {
        name: "history-comment",
        level: Error,
        summary: "A `// tl:…` comment of a history cannot be understood, or is at the wrong place",
        explanation:
            "A history begins with `// tl:history(NAME)`. Each layer begins with `// tl:layer(N) DATE SOURCE`, then come \
            `// tl:removed(name#id)` and `// tl:dropped(name#id)`, then the declarations. `// tl:pinned`, `// tl:repaired(why)` and \
            `// tl:meaning(what)` are behind a declaration, on its line.",
    }
    HISTORY_DECLARATION {
        name: "history-declaration",
        level: Error,
        summary: "A declaration of a history has no id, or belongs to no layer",
        explanation:
            "Every declaration of a history has its id, since the id is what bytes of that layer begin with, and comes after the \
            `// tl:layer(N)` of the layer that it is new in.",
    }
    HISTORY_FORM {
        name: "history-form",
        level: Error,
        summary: "A layer of a history is not written in its canonical form",
        explanation:
            "Each layer has one form: declarations in canonical spelling, constructors before functions, without a namespace before \
            those with one, by namespace, type and name; and no removal of what another declaration replaces. `tl history append` writes \
            it, so that two people who append the same layer write the same text.",
        fix: "writes a declaration in canonical spelling",
    }
    HISTORY_ID {
        name: "history-id",
        level: Error,
        summary: "A declaration of a history has an id that its text does not give",
        explanation:
            "The id of a combinator is the checksum of its text. Where the published id is another one, the declaration has the mark \
            `// tl:pinned` behind it. Often the source was wrong instead: take the text of a source whose checksum is the id.",
    }
    HISTORY_LAYER_ORDER {
        name: "history-layer-order",
        level: Error,
        summary: "A layer of a history comes after a later one",
        explanation:
            "A layer is written as the difference to the one before it, so that the numbers of layers grow. The same number again \
            is a later revision of the layer.",
    }
    HISTORY_LAYOUT {
        name: "history-layout",
        level: Error,
        summary: "The layouts of a history cannot be told apart by their ids",
        explanation:
            "Old bytes are read by the ids in them. A value of a constructor without its id has the layout of one layer, so that the             constructor must have the same layout in all layers.",
    }
    HISTORY_MEANING {
        name: "history-meaning",
        level: Error,
        summary: "A bit of an id means something else than in an earlier layer, or a mark says so without reason",
        explanation:
            "Ids of Telegram's schemas do not count fields of the form `x:flags.0?true`. If such a field moves to another bit, or its bit gets \
            another name, the same bytes mean something else, and only the layer tells which. Such a declaration has the mark \
            `// tl:meaning(…)` behind it; `tl history append` writes it.",
    }
    HISTORY_REMOVED {
        name: "history-removed",
        level: Error,
        summary: "A history removes a declaration that the layer before does not have",
        explanation:
            "`// tl:removed(name#id)` names a declaration of the layer before, by its name and its id. It is not needed where a \
            declaration of the same name or of the same id follows: that one replaces it.",
    }
    HISTORY_REPEATED {
        name: "history-repeated",
        level: Error,
        summary: "A layer of a history declares a name or an id twice, or declares again what the layer before has",
        explanation:
            "A layer is written as the difference to the one before it. Each name and each id is in it at most once, and only if the \
            declaration is new or different.",
    }
    HISTORY_REWRITTEN {
        name: "history-rewritten",
        level: Error,
        summary: "A history is not an earlier one with something behind it",
        explanation:
            "A history only grows, since others may have read it. What turned out to be wrong in the last layer is corrected by a later \
            revision of it: another `// tl:layer(N)` of the same number.",
    }
    HISTORY_RULE {
        name: "history-rule",
        level: Error,
        summary: "A rule about old values cannot be understood, or the layouts contradict it",
        explanation:
            "A rule has the old constructors that it is for (`of`), where it is not theirs the wanted type (`as`), where it has another             name the new constructor (`to`), and an expression for each field of the new constructor that is not the old field of the             same name (`fields`). Every name must be in the layouts, and every expression must give a value of the field's type.",
    }
    HISTORY_SOURCE {
        name: "history-source",
        level: Error,
        summary: "A layer cannot be appended to a history as its source has it",
        explanation:
            "The source declares an id that its text does not give, two declarations of the same name or id, or an id that had another \
            layout in an earlier layer. If the source is wrong, `--proof FILE` names schemas whose texts give their ids: then what they \
            prove is repaired, and the rest of what is wrong is left out. Both are written down in the history.",
    }
    HISTORY_TWO_LAYOUTS {
        name: "history-two-layouts",
        level: Error,
        summary: "An id of a history has two layouts",
        explanation:
            "Bytes are read by their id, whatever layer they are of, so that an id means the same fields in all layers. Only fields of \
            the form `x:flags.0?true`, which have no bytes, may be different. A declaration whose published id is wrong has the mark \
            `// tl:pinned`.",
    }
}
