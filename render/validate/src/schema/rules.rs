//! The rules of schemas.

use crate::Rule;

/// In the order of the documentation.
pub(crate) const RULES: &[&Rule] = &[
    &NOT_AN_OBJECT,
    &UNKNOWN_KIND,
    &REMOVED_API,
    &DEPRECATED_API,
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &WRONG_TYPE,
    &WRONG_VALUE,
    &WRONG_FORMAT,
    &CONTRADICTION,
    &FILE_MODE,
    &INVALID_IMAGE,
    &INVALID_NAME,
    &INVALID_LABEL,
    &DUPLICATE_KEY,
    &DUPLICATE_OBJECT,
];

pub(super) static NOT_AN_OBJECT: Rule = Rule {
    id: "not-an-object",
    summary: "A document has no apiVersion, kind or name.",
    reason: "The API server refuses it.",
    allow: "Never: add what is missing.",
};

pub(super) static UNKNOWN_KIND: Rule = Rule {
    id: "unknown-kind",
    summary: "A kind is none of Kubernetes itself (an error in one of its own groups), and no definition of it is known.",
    reason: "The API server refuses it unless somebody has installed its definition; its fields cannot be checked.",
    allow: "When the definition is installed apart from these manifests; better, give its folder by --crds.",
};

pub(crate) static REMOVED_API: Rule = Rule {
    id: "removed-api",
    summary: "This version of Kubernetes no longer serves, or does not serve yet, the version of an API.",
    reason: "The API server refuses the object: installation and upgrade fail.",
    allow: "Never: use the replacement, or check for the version of the cluster by --kube-version.",
};

pub(super) static DEPRECATED_API: Rule = Rule {
    id: "deprecated-api",
    summary: "The version of an API is deprecated.",
    reason: "A coming version of Kubernetes no longer serves it.",
    allow: "As long as clusters must be supported that do not have the replacement.",
};

pub(super) static UNKNOWN_FIELD: Rule = Rule {
    id: "unknown-field",
    summary: "A field is none of its type.",
    reason: "The API server drops it, so what it was to do is not done; with strict validation it refuses the object.",
    allow: "When a later version of Kubernetes has the field; better, give that by --kube-version.",
};

pub(super) static MISSING_FIELD: Rule = Rule {
    id: "missing-field",
    summary: "A required field is missing.",
    reason: "The API server refuses the object.",
    allow: "When an admission webhook of the cluster sets the field.",
};

pub(super) static WRONG_TYPE: Rule = Rule {
    id: "wrong-type",
    summary: "A value has another type than its field.",
    reason: "The API server cannot read the object.",
    allow: "Never: write the value as its type; numbers and booleans that are meant as texts need quotes.",
};

pub(super) static WRONG_VALUE: Rule = Rule {
    id: "wrong-value",
    summary: "A value is none of those that its field may have, or out of its range.",
    reason: "The API server refuses the object.",
    allow: "When a later version of Kubernetes has the value; better, give that by --kube-version.",
};

pub(super) static WRONG_FORMAT: Rule = Rule {
    id: "wrong-format",
    summary: "A quantity, time, port or base64 text is none.",
    reason: "The API server cannot read the object.",
    allow: "Never: correct the text.",
};

pub(super) static CONTRADICTION: Rule = Rule {
    id: "contradiction",
    summary: "Fields of one object rule each other out.",
    reason: "The API server refuses the object, or the kubelet the container.",
    allow: "Never: leave out one of them.",
};

pub(super) static FILE_MODE: Rule = Rule {
    id: "file-mode",
    summary: "The mode of a volume's files gives others more than their owner, or writing without reading.",
    reason: "Most likely an octal number was written as a decimal one: 400 is 0620, and the program cannot read its file.",
    allow: "When the mode is meant.",
};

pub(super) static INVALID_IMAGE: Rule = Rule {
    id: "invalid-image",
    summary: "The reference of an image cannot be read.",
    reason: "The kubelet never starts the container: InvalidImageName.",
    allow: "Never: write REGISTRY/NAME:TAG, the name in small letters.",
};

pub(super) static INVALID_NAME: Rule = Rule {
    id: "invalid-name",
    summary: "A name has characters or a length that its kind does not allow.",
    reason: "The API server refuses the object, or what is made for it: pods of a StatefulSet carry its name in a label.",
    allow: "Never: choose another name.",
};

pub(super) static INVALID_LABEL: Rule = Rule {
    id: "invalid-label",
    summary: "A label or annotation has a key or a value that is not allowed, or annotations are larger than 256 KiB.",
    reason: "The API server refuses the object.",
    allow: "Never: labels hold at most 63 characters; what is longer may be an annotation.",
};

pub(super) static DUPLICATE_KEY: Rule = Rule {
    id: "duplicate-key",
    summary: "A key is given twice in a mapping.",
    reason: "Only the last one counts, so one of the two values is lost.",
    allow: "Never: remove one of the two.",
};

pub(super) static DUPLICATE_OBJECT: Rule = Rule {
    id: "duplicate-object",
    summary: "Two objects have the same kind, namespace and name.",
    reason: "Installation fails, or one overwrites the other.",
    allow: "When only one of the two is ever applied.",
};
